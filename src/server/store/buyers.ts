/** Everything that is kept of a buyer, found by the e-mail address in whatever case it was typed, and erased. */
import { sql } from 'kysely';
import type { Id } from '../../contract/index.js';
import type { Queries } from './database.js';
import type { NewRow } from './schema.js';

export interface Traces {
  readonly sessions: readonly Id<'checkoutSession'>[];
  readonly subscriptions: readonly Id<'subscription'>[];
  /** Ids of what is under way: open and processing sessions, subscriptions that still charge. */
  readonly underWay: readonly string[];
}

const anyOf = (ids: readonly string[]) => sql`any(${[...ids]}::text[])`;

/** Finds and locks them: nothing of this buyer begins or ends while it is being erased. */
export async function lockTraces(db: Queries, accountId: string, email: string): Promise<Traces> {
  const isOf = sql<boolean>`lower(customer ->> 'email') = lower(${email})`;
  const sessions = await db
    .selectFrom('checkoutSession')
    .select(['id', 'status'])
    .where('accountId', '=', accountId)
    .where(isOf)
    .orderBy('id')
    .forUpdate()
    .execute();
  const ids = sessions.map(({ id }) => id);
  const subscriptions = await db
    .selectFrom('subscription')
    .select(['id', 'status'])
    .where('accountId', '=', accountId)
    .where((where) => where.or([isOf, sql<boolean>`checkout_session_id = ${anyOf(ids)}`]))
    .orderBy('id')
    .forUpdate()
    .execute();
  const open = sessions.filter(({ status }) => status === 'open' || status === 'processing');
  const alive = subscriptions.filter(({ status }) => status !== 'canceled');
  return {
    sessions: ids,
    subscriptions: subscriptions.map(({ id }) => id),
    underWay: [...open, ...alive].map(({ id }) => id),
  };
}

const count = async (statement: Promise<{ numAffectedRows?: bigint | undefined }>) =>
  Number((await statement).numAffectedRows ?? 0);

const nobody = sql`without_buyer('{"customer": {}}') -> 'customer'`;

/** Address, name, phone, answers and what the page sent along; also where it was, for its address can tell. */
export const eraseFromSessions = (db: Queries, { sessions }: Traces): Promise<number> =>
  count(
    sql`update checkout_session set customer = ${nobody}, custom_fields = '{}', metadata = '{}', utm = '{}',
        return_url = null, visit_host = null, is_forgotten = true, updated_at = paylink_now()
      where id = ${anyOf(sessions)} and status not in ('open', 'processing')`.execute(db),
  );

export const eraseFromSubscriptions = (db: Queries, { subscriptions }: Traces): Promise<number> =>
  count(
    sql`update subscription set customer = ${nobody}
      where id = ${anyOf(subscriptions)} and status = 'canceled'`.execute(db),
  );

const eventsOf = ({ sessions, subscriptions }: Traces) =>
  sql`object_id = ${anyOf([...sessions, ...subscriptions])} and body::jsonb -> 'data' ? 'customer'`;

/**
 * A webhook's body is the same in each of its attempts. So what was tried once and not received is given up: a
 * receiver may have read it. What was never tried goes out as it stands after this, a little later, so that a
 * sender who is just taking it up with the old body before its eyes finds it not due.
 * @returns how many were given up
 */
export async function stopDeliveries(db: Queries, traces: Traces): Promise<number> {
  const { rows } = await sql<{ status: string }>`
    update webhook_delivery set
      status = case when attempts = 0 then 'pending' else 'dead' end,
      error = case when attempts = 0 then error else 'buyer_erased' end,
      next_attempt_at = greatest(next_attempt_at, paylink_now() + interval '2 seconds'),
      updated_at = paylink_now()
    where status = 'pending' and event_id in (select id from event where ${eventsOf(traces)})
    returning status`.execute(db);
  return rows.filter(({ status }) => status === 'dead').length;
}

export const eraseFromEvents = (db: Queries, traces: Traces): Promise<number> =>
  count(
    sql`update event set
        body = jsonb_set(body::jsonb, '{data}', without_buyer(body::jsonb -> 'data'))::text
      where ${eventsOf(traces)}`.execute(db),
  );

/** Who is forgotten is not written to any more. */
export const eraseFromMail = (db: Queries, { sessions }: Traces) =>
  sql`delete from mail where checkout_session_id = ${anyOf(sessions)}`.execute(db);

/** The sandbox's far side keeps the number that was asked to approve; a real provider has rules of its own. */
export const eraseFromSandbox = (db: Queries, { sessions }: Traces) =>
  sql`update sandbox_checkout set phone = null
    where checkout_session_id = ${anyOf(sessions)} and phone is not null`.execute(db);

/** The answers stay, for their 24 h: a repeated request must not be done again. */
export const eraseFromAnswers = (
  db: Queries,
  accountId: string,
  { sessions, subscriptions }: Traces,
): Promise<number> =>
  count(
    sql`update idempotency_key set response_body = without_buyer(response_body::jsonb)::text
      where scope = ${accountId} and response_body like '{%"customer"%'
      and response_body::jsonb ->> 'id' = ${anyOf([...sessions, ...subscriptions])}`.execute(db),
  );

export const insertErasure = (db: Queries, erasure: NewRow<'buyerErasure'>) =>
  db.insertInto('buyerErasure').values(erasure).returning('erasedAt').executeTakeFirstOrThrow();
