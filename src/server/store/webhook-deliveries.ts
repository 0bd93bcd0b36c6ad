/** One delivery for each pair of an event and an endpoint that hears of it, and every attempt at it. */
import { sql } from 'kysely';
import type { DeliveryStatus, EventType, Id } from '../../contract/index.js';
import { now, type Queries } from './database.js';

interface Told {
  readonly events: readonly { readonly id: Id<'event'>; readonly accountId: string }[];
  /** The same for all of them. */
  readonly type: EventType;
}

/** A delivery for each endpoint that hears of the events: what follows `insert into webhook_delivery`. */
const hearing = ({ events, type }: Told, endpointId?: Id<'webhookEndpoint'>) => sql`
  (account_id, event_id, endpoint_id)
  select told.account_id, told.id, webhook_endpoint.id
  from webhook_endpoint
  join jsonb_to_recordset(${toldRows(events)}::jsonb) told (id text, account_id text)
    on told.account_id = webhook_endpoint.account_id
  where is_enabled and deleted_at is null and (event_types = '[]' or event_types ? ${type})
    and (${endpointId ?? null}::text is null or webhook_endpoint.id = ${endpointId ?? null})`;

const toldRows = (events: Told['events']) =>
  JSON.stringify(events.map(({ id, accountId }) => ({ id, account_id: accountId })));

/** @returns how many there are. */
export async function insertDeliveries(db: Queries, told: Told): Promise<number> {
  const { rows } = await sql`insert into webhook_delivery ${hearing(told)} returning id`.execute(
    db,
  );
  return rows.length;
}

/** Older attempts at what is asked for again: a log that grows only so far. */
const keptAttempts = 10;

/**
 * Makes an event due again, delivered or dead, for each endpoint that still hears of it, or for the named one.
 * @returns the deliveries.
 */
export async function wakeDeliveries(
  db: Queries,
  told: Told,
  endpointId?: Id<'webhookEndpoint'>,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    insert into webhook_delivery ${hearing(told, endpointId)}
    on conflict (event_id, endpoint_id) do update
      set status = 'pending', attempts = 0, next_attempt_at = paylink_now(), updated_at = paylink_now()
    returning id`.execute(db);
  const ids = rows.map(({ id }) => id);
  for (const id of ids)
    await sql`delete from webhook_attempt where delivery_id = ${id} and id not in (
      select id from webhook_attempt where delivery_id = ${id} order by id desc limit ${keptAttempts}
    )`.execute(db);
  return ids;
}

/** Longer than an attempt takes. */
const lease = sql<string>`paylink_now() + interval '45 seconds'`;

/** A delivery that is attempted by whoever inserts it; should that one die, it is due after the lease. */
export const insertClaimedDelivery = async (
  db: Queries,
  delivery: { accountId: string; eventId: Id<'event'>; endpointId: Id<'webhookEndpoint'> },
): Promise<number> =>
  (
    await db
      .insertInto('webhookDelivery')
      .values({
        ...delivery,
        attempts: 1,
        nextAttemptAt: lease,
        responseStatus: null,
        error: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id;

export interface ClaimedDelivery {
  readonly id: number;
  readonly accountId: string;
  /** With this one, since it was last asked for. */
  readonly attempts: number;
  readonly eventId: Id<'event'>;
  readonly endpointId: Id<'webhookEndpoint'>;
  readonly isTest: boolean;
  readonly body: string;
  readonly url: string;
  readonly secret: string;
  /** Null where no rotation was made in the last 24 h. */
  readonly previousSecret: string | null;
}

interface Claim {
  /** How many of one endpoint may be under way, and how many are. */
  readonly mostAtOnce: number;
  readonly underWay: Readonly<Record<Id<'webhookEndpoint'>, number>>;
}

/**
 * Takes due deliveries for the lease: if this process dies, they are due again after it. The attempt is counted
 * here, so that a crash in the middle counts too. What an endpoint was to hear waits while it is disabled, and
 * is never sent once it is deleted. Each endpoint's are looked for by themselves, so however much one has left
 * waiting, no other's come later for it.
 */
export async function claimDeliveries(
  db: Queries,
  { mostAtOnce, underWay }: Claim,
): Promise<ClaimedDelivery[]> {
  const { rows } = await sql<ClaimedDelivery>`
    with due as materialized (
      select due.id from webhook_endpoint endpoint cross join lateral (
        select id from webhook_delivery
        where endpoint_id = endpoint.id and status = 'pending' and next_attempt_at <= paylink_now()
        order by next_attempt_at
        limit greatest(0, ${mostAtOnce}::int
          - coalesce((${JSON.stringify(underWay)}::jsonb ->> endpoint.id)::int, 0))
        for update skip locked
      ) due
      where endpoint.is_enabled and endpoint.deleted_at is null
    )
    update webhook_delivery delivery
    set attempts = delivery.attempts + 1, next_attempt_at = ${lease}, updated_at = paylink_now()
    from due, event, webhook_endpoint endpoint
    where delivery.id = due.id and event.id = delivery.event_id and endpoint.id = delivery.endpoint_id
    returning delivery.id, delivery.account_id, delivery.attempts, event.id as event_id,
      endpoint.id as endpoint_id, event.is_test, event.body, endpoint.url, endpoint.secret,
      case when endpoint.previous_secret_until > paylink_now() then endpoint.previous_secret end
        as previous_secret`.execute(db);
  return rows;
}

/** Gives back what was taken and not answered: due at once, and no attempt is counted. */
export async function releaseDelivery(db: Queries, id: number): Promise<void> {
  await db
    .updateTable('webhookDelivery')
    .set({ attempts: sql<number>`greatest(0, attempts - 1)`, nextAttemptAt: now, updatedAt: now })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .execute();
}

export interface Attempted {
  readonly responseStatus: number | null;
  readonly durationMs: number;
  readonly error: string | null;
}

interface Noted extends Attempted {
  readonly status: DeliveryStatus;
  /** Until the next try, while the delivery is pending. */
  readonly retryInSeconds: number;
}

/**
 * Writes the attempt into the log, and what becomes of its delivery: in one statement, for most deliveries need
 * no other, and none locks a row that another delivery wants. What was delivered meanwhile stays so.
 */
export async function noteAttempt(
  db: Queries,
  delivery: Pick<ClaimedDelivery, 'id' | 'accountId' | 'endpointId' | 'isTest'>,
  { status, retryInSeconds, responseStatus, durationMs, error }: Noted,
): Promise<void> {
  const { id, accountId, endpointId, isTest } = delivery;
  await sql`
    with attempt as (
      insert into webhook_attempt (account_id, delivery_id, endpoint_id, is_test, started_at,
        duration_ms, response_status, error)
      values (${accountId}, ${id}, ${endpointId}, ${isTest},
        paylink_now() - make_interval(secs => ${durationMs / 1000}),
        ${durationMs}, ${responseStatus}, ${error})
    )
    update webhook_delivery set status = ${status}, response_status = ${responseStatus},
      error = ${error}, updated_at = paylink_now(),
      next_attempt_at = paylink_now() + make_interval(secs => ${retryInSeconds})
    where id = ${id} and (status = 'pending' or ${status} = 'delivered')`.execute(db);
}
