/** What has been kept long enough: buyers who never paid, and the persons in old events with the log of their deliveries. */
import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../../contract/index.js';
import type { Queries } from './database.js';

/** Long enough to hold a month against the same of the last year and the one before. */
const visitMonths = 25;

export const forgetOldVisits = (db: Queries) =>
  sql`delete from link_visit
    where day < (utc_day(paylink_now()) - make_interval(months => ${visitMonths}::int))::date`.execute(
    db,
  );

interface Batch {
  readonly days: number;
  readonly limit: number;
}

const ago = (days: number): RawBuilder<string> =>
  sql`paylink_now() - make_interval(days => ${days}::int)`;

/** Takes sessions that ended so long ago without money: what was paid, even if it went back, belongs to the accounts. */
export async function takeOldSessions(
  db: Queries,
  { days, limit }: Batch,
): Promise<Id<'checkoutSession'>[]> {
  const { rows } = await sql<{ id: Id<'checkoutSession'> }>`
    select id from checkout_session
    where status in ('expired', 'canceled') and not is_forgotten and updated_at < ${ago(days)}
      and not exists (
        select 1 from payment where checkout_session_id = checkout_session.id and status <> 'failed')
    order by updated_at limit ${limit} for update skip locked`.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * Takes the person out of events that are so old, whatever they tell of, and ends the log of their deliveries. What
 * still waits for an endpoint that is disabled is left as it is, for its body must not change.
 * @returns how many there were
 */
export async function forgetOldEvents(db: Queries, { days, limit }: Batch): Promise<number> {
  const { rows } = await sql<{ id: Id<'event'> }>`
    with old as (
      select id from event
      where not is_forgotten and created_at < ${ago(days)} and not exists (
        select 1 from webhook_delivery where event_id = event.id and status = 'pending')
      order by created_at limit ${limit} for update skip locked)
    update event set is_forgotten = true,
      body = case when body::jsonb -> 'data' ? 'customer'
        then jsonb_set(body::jsonb, '{data}', without_buyer(body::jsonb -> 'data'))::text else body end
    from old where event.id = old.id returning event.id`.execute(db);
  const ids = sql`any(${rows.map(({ id }) => id)}::text[])`;
  await sql`delete from webhook_attempt where delivery_id in (
    select id from webhook_delivery where event_id = ${ids})`.execute(db);
  await sql`delete from webhook_delivery where event_id = ${ids}`.execute(db);
  return rows.length;
}
