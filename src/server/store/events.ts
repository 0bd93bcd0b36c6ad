/** Events, the endpoints that hear of them, and one delivery for each pair. */
import { sql } from 'kysely';
import type { EventType, Id } from '../../contract/index.js';
import { now, type Queries } from './database.js';
import { listed, type Page } from './paging.js';
import type { NewRow, Row } from './schema.js';

type EventRow = Omit<NewRow<'event'>, 'createdAt'> & { createdAt: string };

/** Writes events of one type, and their deliveries. @returns the ids of the deliveries to wake. */
export async function insertEvents(
  db: Queries,
  { accountId, type }: Pick<EventRow, 'accountId' | 'type'>,
  events: readonly EventRow[],
): Promise<number[]> {
  await db.insertInto('event').values(events).execute();
  const ids = events.map(({ id }) => sql`(${id}::text)`);
  const deliveries = await db
    .insertInto('webhookDelivery')
    .columns(['accountId', 'eventId', 'endpointId'])
    .expression((from) =>
      from
        .selectFrom([
          'webhookEndpoint',
          sql<{ id: Id<'event'> }>`(values ${sql.join(ids)})`.as(sql<'told'>`told (id)`),
        ])
        .select(['accountId', 'told.id as eventId', 'webhookEndpoint.id'])
        .where('accountId', '=', accountId)
        .where('isEnabled', '=', true)
        .where('deletedAt', 'is', null)
        .where(sql<boolean>`(event_types = '[]' or event_types ? ${type})`),
    )
    .returning('id')
    .execute();
  return deliveries.map(({ id }) => id);
}

export const findEvent = (db: Queries, accountId: string, id: string) =>
  db
    .selectFrom('event')
    .selectAll()
    .where('accountId', '=', accountId)
    .where('id', '=', id as Id<'event'>)
    .executeTakeFirst();

export async function listEvents(
  db: Queries,
  accountId: string,
  filter: { type?: EventType | undefined; paymentLinkId?: string | undefined },
  page: Page,
) {
  let query = db.selectFrom('event').selectAll().where('accountId', '=', accountId);
  if (filter.type) query = query.where('type', '=', filter.type);
  if (filter.paymentLinkId)
    query = query.where('paymentLinkId', '=', filter.paymentLinkId as Id<'paymentLink'>);
  if (page.before !== undefined) query = query.where('seq', '<', page.before);
  const rows = await query
    .orderBy('seq', 'desc')
    .limit(page.limit + 1)
    .execute();
  return listed(rows, page);
}

const endpoints = (db: Queries, accountId: string) =>
  db
    .selectFrom('webhookEndpoint')
    .selectAll()
    .where('accountId', '=', accountId)
    .where('deletedAt', 'is', null);

export const insertEndpoint = (db: Queries, endpoint: NewRow<'webhookEndpoint'>) =>
  db.insertInto('webhookEndpoint').values(endpoint).returningAll().executeTakeFirstOrThrow();

export const findEndpoint = (db: Queries, accountId: string, id: string) =>
  endpoints(db, accountId)
    .where('id', '=', id as Id<'webhookEndpoint'>)
    .executeTakeFirst();

export async function listEndpoints(db: Queries, accountId: string, page: Page) {
  let query = endpoints(db, accountId);
  if (page.before !== undefined) query = query.where('seq', '<', page.before);
  const rows = await query
    .orderBy('seq', 'desc')
    .limit(page.limit + 1)
    .execute();
  return listed(rows, page);
}

export const updateEndpoint = (
  db: Queries,
  accountId: string,
  id: string,
  changes: Partial<Pick<NewRow<'webhookEndpoint'>, 'url' | 'eventTypes' | 'isEnabled'>>,
) =>
  db
    .updateTable('webhookEndpoint')
    // A statement must set something: an empty change rewrites the account.
    .set({ accountId, ...changes })
    .where('accountId', '=', accountId)
    .where('id', '=', id as Id<'webhookEndpoint'>)
    .where('deletedAt', 'is', null)
    .returningAll()
    .executeTakeFirst();

export const deleteEndpoint = (db: Queries, accountId: string, id: string) =>
  db
    .updateTable('webhookEndpoint')
    .set({ deletedAt: now, isEnabled: false })
    .where('accountId', '=', accountId)
    .where('id', '=', id as Id<'webhookEndpoint'>)
    .where('deletedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();

export interface ClaimedDelivery {
  readonly id: number;
  readonly accountId: string;
  readonly attempts: number;
  readonly eventId: Id<'event'>;
  readonly endpointId: Id<'webhookEndpoint'>;
  readonly body: string;
  readonly url: string;
  readonly secret: string;
}

interface Claim {
  readonly id?: number | undefined;
  /** Endpoints that have enough to do. */
  readonly except: readonly Id<'webhookEndpoint'>[];
  readonly limit?: number;
}

/**
 * Takes due deliveries (all, or the named one) for a minute: if this process dies, they are due again after it.
 * The attempt is counted here, so that a crash in the middle counts too. What an endpoint was to hear waits
 * while it is switched off, and is never sent once it is deleted.
 */
export async function claimDeliveries(
  db: Queries,
  { id, except, limit = 50 }: Claim,
): Promise<ClaimedDelivery[]> {
  let due = db
    .selectFrom('webhookDelivery')
    .select('id')
    .where('status', '=', 'pending')
    .where('nextAttemptAt', '<=', now)
    .where('endpointId', 'in', (from) =>
      from
        .selectFrom('webhookEndpoint')
        .select('webhookEndpoint.id')
        .where('isEnabled', '=', true)
        .where('deletedAt', 'is', null),
    )
    .orderBy('nextAttemptAt')
    .limit(limit)
    .forUpdate()
    .skipLocked();
  if (id !== undefined) due = due.where('id', '=', id);
  if (except.length) due = due.where('endpointId', 'not in', except);
  return db
    .updateTable('webhookDelivery as delivery')
    .from(['event', 'webhookEndpoint as endpoint'])
    .set({
      attempts: sql`attempts + 1`,
      nextAttemptAt: sql<string>`paylink_now() + interval '1 minute'`,
      updatedAt: now,
    })
    .where('delivery.id', 'in', due)
    .whereRef('event.id', '=', 'delivery.eventId')
    .whereRef('endpoint.id', '=', 'delivery.endpointId')
    .returning([
      'delivery.id',
      'delivery.accountId',
      'delivery.attempts',
      'event.id as eventId',
      'endpoint.id as endpointId',
      'event.body',
      'endpoint.url',
      'endpoint.secret',
    ])
    .execute();
}

export interface Attempt {
  readonly status: Row<'webhookDelivery'>['status'];
  readonly responseStatus: number | null;
  readonly error: string | null;
  /** Until the next try, while the delivery is pending. */
  readonly retryInSeconds: number;
}

export const noteAttempt = (db: Queries, id: number, { retryInSeconds, ...attempt }: Attempt) =>
  db
    .updateTable('webhookDelivery')
    .set({
      ...attempt,
      nextAttemptAt: sql<string>`paylink_now() + make_interval(secs => ${retryInSeconds})`,
      updatedAt: now,
    })
    .where('id', '=', id)
    // Given up in the meantime: an attempt under way does not bring it back.
    .where('status', '=', 'pending')
    .execute();
