/**
 * Uses, stock and promotion codes: reserved when a session opens (uses and stock in `opening.ts`), confirmed when it
 * is paid, released when it ends unpaid. Every step is one guarded statement, so no number of buyers at once gets
 * more than there is.
 */
import { sql } from 'kysely';
import type { Id } from '../../contract/index.js';
import type { Queries } from './database.js';
import { confirmCode, giveCodeBack, releaseCodes, takeCodeAgain } from './promotion-codes.js';

export interface Need {
  readonly skuId: Id<'sku'>;
  readonly quantity: number;
}

/** One line a SKU, in one order for everyone, so that two orders never wait for each other in a circle. */
export function needsOf(lines: readonly { skuId: Id<'sku'> | null; quantity: number }[]): Need[] {
  const quantities = new Map<Id<'sku'>, number>();
  for (const { skuId, quantity } of lines)
    if (skuId) quantities.set(skuId, (quantities.get(skuId) ?? 0) + quantity);
  return [...quantities]
    .map(([skuId, quantity]) => ({ skuId, quantity }))
    .sort((one, other) => (one.skuId < other.skuId ? -1 : 1));
}

/** Takes stock of one SKU if there is enough; a SKU that is not counted only has its row held still. */
export async function takeStock(db: Queries, { skuId, quantity }: Need): Promise<boolean> {
  const taken = await db
    .updateTable('sku')
    .set({ reserved: sql`reserved + ${quantity}::bigint` })
    .where('id', '=', skuId)
    .where(sql<boolean>`stock_quantity - reserved >= ${quantity}::bigint`)
    .returning('id')
    .execute();
  if (taken.length) return true;
  const uncounted = await db
    .selectFrom('sku')
    .select('id')
    .where('id', '=', skuId)
    .where('stockQuantity', 'is', null)
    .forKeyShare()
    .execute();
  return uncounted.length === 1;
}

interface Replaced {
  readonly sessionId: Id<'checkoutSession'>;
  readonly linkId: Id<'paymentLink'>;
  readonly needs: readonly Need[];
}

/**
 * Before what one session holds is given back so that another may take it: all that either touches is locked first,
 * in the order of `open_sessions`, so that the two never wait for buyers who wait for them.
 */
export async function lockForReplacement(
  db: Queries,
  { sessionId, linkId, needs }: Replaced,
): Promise<void> {
  const skuIds = needs.map(({ skuId }) => skuId);
  await sql`select from payment_link where id = ${linkId} for key share`.execute(db);
  await sql`select from payment_link where id = ${linkId} and max_redemptions is not null
    for no key update`.execute(db);
  await sql`select from sku
    where stock_quantity is not null and (id = any(${skuIds}::text[]) or id in (
      select sku_id from stock_reservation where checkout_session_id = ${sessionId}))
    order by id collate "C" for no key update`.execute(db);
}

/**
 * Waits for a merchant who is just setting a limit or beginning to count stock, and keeps others from it:
 * whether there is a counter to move must not change between a reservation and its counter.
 * It is the weakest lock that does so; buyers do not wait for one another.
 */
async function holdStill(db: Queries, sessionIds: readonly Id<'checkoutSession'>[]): Promise<void> {
  await db
    .selectFrom('paymentLink')
    .select('id')
    .where('id', 'in', (from) =>
      from
        .selectFrom('redemption')
        .select('paymentLinkId')
        .where('checkoutSessionId', 'in', sessionIds),
    )
    .forKeyShare()
    .execute();
  await db
    .selectFrom('sku')
    .select('id')
    .where('id', 'in', (from) =>
      from
        .selectFrom('stockReservation')
        .select('skuId')
        .where('checkoutSessionId', 'in', sessionIds),
    )
    .forKeyShare()
    .execute();
}

/** What the session holds becomes used and sold. The caller has moved the session to `complete`. */
export async function confirmReservation(db: Queries, sessionId: Id<'checkoutSession'>) {
  await holdStill(db, [sessionId]);
  await db
    .with('confirmed', (cte) =>
      cte
        .updateTable('redemption')
        .set({ status: 'confirmed' })
        .where('checkoutSessionId', '=', sessionId)
        .where('status', '=', 'reserved')
        .returning('paymentLinkId'),
    )
    .updateTable('paymentLink')
    .set({ used: sql`used + 1`, reserved: sql`reserved - 1` })
    .where('id', 'in', (from) => from.selectFrom('confirmed').select('paymentLinkId'))
    .where('maxRedemptions', 'is not', null)
    .execute();
  for (const { skuId, quantity } of await settleStock(db, [sessionId], 'confirmed'))
    await db
      .updateTable('sku')
      .set({
        stockQuantity: sql`stock_quantity - ${quantity}::bigint`,
        reserved: sql`reserved - ${quantity}::bigint`,
      })
      .where('id', '=', skuId)
      .where('stockQuantity', 'is not', null)
      .execute();
  await confirmCode(db, sessionId);
}

/** What sessions of one link hold is given back. The caller has moved them to an end without payment. */
export async function releaseReservations(
  db: Queries,
  sessionIds: readonly Id<'checkoutSession'>[],
): Promise<void> {
  await holdStill(db, sessionIds);
  await db
    .with('released', (cte) =>
      cte
        .updateTable('redemption')
        .set({ status: 'released' })
        .where('checkoutSessionId', 'in', sessionIds)
        .where('status', '=', 'reserved')
        .returning('paymentLinkId'),
    )
    .updateTable('paymentLink')
    .set({ reserved: sql`reserved - (select count(*) from released)` })
    .where('id', 'in', (from) => from.selectFrom('released').select('paymentLinkId'))
    .where('maxRedemptions', 'is not', null)
    .execute();
  for (const { skuId, quantity } of await settleStock(db, sessionIds, 'released'))
    await db
      .updateTable('sku')
      .set({ reserved: sql`reserved - ${quantity}::bigint` })
      .where('id', '=', skuId)
      .where('stockQuantity', 'is not', null)
      .execute();
  await releaseCodes(db, sessionIds);
}

async function settleStock(
  db: Queries,
  sessionIds: readonly Id<'checkoutSession'>[],
  status: 'confirmed' | 'released',
) {
  const settled = await db
    .updateTable('stockReservation')
    .set({ status })
    .where('checkoutSessionId', 'in', sessionIds)
    .where('status', '=', 'reserved')
    .returning(['skuId', 'quantity'])
    .execute();
  return needsOf(settled);
}

/**
 * Money that came after the session had ended: takes the use and the stock again, if they are still there.
 * The link's status and expiry do not count any more: the buyer was in time when the session opened.
 * @returns false when something is gone; the caller rolls back, since part of it may have been taken.
 */
export async function takeAgain(db: Queries, sessionId: Id<'checkoutSession'>): Promise<boolean> {
  await holdStill(db, [sessionId]);
  const again = await db
    .with('again', (cte) =>
      cte
        .updateTable('redemption')
        .set({ status: 'reserved' })
        .where('checkoutSessionId', '=', sessionId)
        .where('status', '=', 'released')
        .returning('paymentLinkId'),
    )
    .updateTable('paymentLink')
    .set({ reserved: sql`case when max_redemptions is null then reserved else reserved + 1 end` })
    .where('id', 'in', (from) => from.selectFrom('again').select('paymentLinkId'))
    .where(sql<boolean>`(max_redemptions is null or used + reserved < max_redemptions)`)
    .returning('id')
    .execute();
  if (!again.length) return false;
  const stock = await db
    .updateTable('stockReservation')
    .set({ status: 'reserved' })
    .where('checkoutSessionId', '=', sessionId)
    .where('status', '=', 'released')
    .returning(['skuId', 'quantity'])
    .execute();
  for (const need of needsOf(stock)) if (!(await takeStock(db, need))) return false;
  return takeCodeAgain(db, sessionId);
}

/**
 * A refund gives back what the session had used, once: confirmed → released, which on a session that stays
 * complete says just that. Stock that is counted by now is on the shelf again, counted or not when it was sold.
 * @returns the link, where this was the use it lacked: it was exhausted and is not any more
 */
export async function giveBack(
  db: Queries,
  sessionId: Id<'checkoutSession'>,
): Promise<Id<'paymentLink'> | undefined> {
  await holdStill(db, [sessionId]);
  const link = await db
    .with('given', (cte) =>
      cte
        .updateTable('redemption')
        .set({ status: 'released' })
        .where('checkoutSessionId', '=', sessionId)
        .where('status', '=', 'confirmed')
        .returning('paymentLinkId'),
    )
    .updateTable('paymentLink')
    .set({ used: sql`used - 1` })
    .where('id', 'in', (from) => from.selectFrom('given').select('paymentLinkId'))
    .where('maxRedemptions', 'is not', null)
    .returning(['id', sql<boolean>`used + 1 = max_redemptions`.as('wasExhausted')])
    .executeTakeFirst();
  const stock = await db
    .updateTable('stockReservation')
    .set({ status: 'released' })
    .where('checkoutSessionId', '=', sessionId)
    .where('status', '=', 'confirmed')
    .returning(['skuId', 'quantity'])
    .execute();
  for (const { skuId, quantity } of needsOf(stock))
    await db
      .updateTable('sku')
      .set({ stockQuantity: sql`stock_quantity + ${quantity}::bigint` })
      .where('id', '=', skuId)
      .where('stockQuantity', 'is not', null)
      .execute();
  await giveCodeBack(db, sessionId);
  return link?.wasExhausted ? link.id : undefined;
}
