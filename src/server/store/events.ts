/** Events: what has happened, in the words merchants are told it in. */
import { sql } from 'kysely';
import type { EventType, Id } from '../../contract/index.js';
import { type Database, type Queries, transaction } from './database.js';
import { listed, type Page } from './paging.js';
import type { NewRow } from './schema.js';

export type EventRow = Omit<NewRow<'event'>, 'createdAt'> & { createdAt: string };

export const insertEvents = (db: Queries, events: readonly EventRow[]) =>
  db.insertInto('event').values(events).execute();

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
  filter: {
    type?: EventType | undefined;
    paymentLinkId?: string | undefined;
    objectId?: string | undefined;
  },
  page: Page,
) {
  let query = db
    .selectFrom('event')
    .selectAll()
    .where('accountId', '=', accountId)
    .where('isTest', '=', false);
  if (filter.type) query = query.where('type', '=', filter.type);
  if (filter.paymentLinkId)
    query = query.where('paymentLinkId', '=', filter.paymentLinkId as Id<'paymentLink'>);
  if (filter.objectId) query = query.where('objectId', '=', filter.objectId);
  if (page.before !== undefined) query = query.where('seq', '<', page.before);
  const rows = await query
    .orderBy('seq', 'desc')
    .limit(page.limit + 1)
    .execute();
  return listed(rows, page);
}

const mostAtOnce = 1_000;

/**
 * Gives every committed event its place in the stream, in the order in which they are found committed. One at a
 * time does this, on whichever process, so a place is never given before a smaller one can be read.
 */
export async function placeEvents(db: Database): Promise<void> {
  const waiting = await sql<{ any: boolean }>`select exists (
    select 1 from event where position is null and not is_test) as any`.execute(db);
  if (!waiting.rows[0]?.any) return;
  const placed = await transaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('paylink event position'))`.execute(tx);
    // A statement of its own: it must see what was committed while the lock was waited for.
    const { numAffectedRows } = await sql`
      update event set position = place.position
      from (
        select id, (select coalesce(max(position), 0) from event) + row_number() over (order by seq)
          as position
        from event where position is null and not is_test order by seq limit ${mostAtOnce}
      ) place
      where place.id = event.id`.execute(tx);
    return numAffectedRows ?? 0n;
  });
  if (placed >= mostAtOnce) await placeEvents(db);
}

/** The place of an event in the stream; undefined for one that is not in it. */
export async function findPosition(db: Queries, accountId: string, id: string) {
  const event = await findEvent(db, accountId, id);
  return event?.position ?? undefined;
}

export async function lastPosition(db: Queries, accountId: string): Promise<number> {
  const last = await db
    .selectFrom('event')
    .select('position')
    .where('accountId', '=', accountId)
    .where('position', 'is not', null)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.position ?? 0;
}

export const eventsAfter = (db: Queries, accountId: string, position: number, limit: number) =>
  db
    .selectFrom('event')
    .select(['id', 'body', 'position'])
    .where('accountId', '=', accountId)
    .where('position', '>', position)
    .orderBy('position')
    .limit(limit)
    .$narrowType<{ position: number }>()
    .execute();
