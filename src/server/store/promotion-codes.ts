/** Coupons and promotion codes. A code with a limit is reserved like a use of the link: by one guarded statement. */
import { sql } from 'kysely';
import type { Id } from '../../contract/index.js';
import { now, type Queries } from './database.js';
import { listed, type Page } from './paging.js';
import type { NewRow, Row } from './schema.js';

export const insertCoupon = (db: Queries, coupon: NewRow<'coupon'>) =>
  db.insertInto('coupon').values(coupon).returningAll().executeTakeFirstOrThrow();

export const findCoupon = (db: Queries, accountId: string, id: string) =>
  db
    .selectFrom('coupon')
    .selectAll()
    .where('accountId', '=', accountId)
    .where('id', '=', id as Id<'coupon'>)
    .executeTakeFirst();

export async function listCoupons(db: Queries, accountId: string, page: Page) {
  let query = db.selectFrom('coupon').selectAll().where('accountId', '=', accountId);
  if (page.before !== undefined) query = query.where('seq', '<', page.before);
  const rows = await query
    .orderBy('seq', 'desc')
    .limit(page.limit + 1)
    .execute();
  return listed(rows, page);
}

export const updateCoupon = (
  db: Queries,
  accountId: string,
  id: string,
  changes: { name?: string | null; metadata?: string },
) =>
  db
    .updateTable('coupon')
    .set({ id: id as Id<'coupon'>, ...changes })
    .where('accountId', '=', accountId)
    .where('id', '=', id as Id<'coupon'>)
    .returningAll()
    .executeTakeFirst();

/** @returns undefined when another code of the account is spelt the same */
export const insertPromotionCode = (db: Queries, code: NewRow<'promotionCode'>) =>
  db
    .insertInto('promotionCode')
    .values(code)
    .onConflict((conflict) => conflict.columns(['accountId', 'code']).doNothing())
    .returningAll()
    .executeTakeFirst();

export const findPromotionCode = (db: Queries, accountId: string, id: string) =>
  db
    .selectFrom('promotionCode')
    .selectAll()
    .where('accountId', '=', accountId)
    .where('id', '=', id as Id<'promotionCode'>)
    .executeTakeFirst();

export async function listPromotionCodes(db: Queries, accountId: string, page: Page) {
  let query = db.selectFrom('promotionCode').selectAll().where('accountId', '=', accountId);
  if (page.before !== undefined) query = query.where('seq', '<', page.before);
  const rows = await query
    .orderBy('seq', 'desc')
    .limit(page.limit + 1)
    .execute();
  return listed(rows, page);
}

type CodeChanges = Partial<
  Pick<NewRow<'promotionCode'>, 'isActive' | 'expiresAt' | 'maxRedemptions' | 'metadata'>
>;

/** @returns undefined when there is no such code, or more of it is taken than the new limit allows */
export const updatePromotionCode = (
  db: Queries,
  accountId: string,
  id: string,
  { maxRedemptions, ...changes }: CodeChanges,
) =>
  db
    .updateTable('promotionCode')
    .set({
      id: id as Id<'promotionCode'>,
      ...changes,
      ...(maxRedemptions !== undefined && { maxRedemptions }),
    })
    .where('accountId', '=', accountId)
    .where('id', '=', id as Id<'promotionCode'>)
    .where((where) =>
      typeof maxRedemptions === 'number'
        ? where(sql<number>`used + reserved`, '<=', maxRedemptions)
        : where.val(true),
    )
    .returningAll()
    .executeTakeFirst();

/** A code with what it grants, as a buyer spells it in capitals. */
export const findGrant = (db: Queries, accountId: string, code: string) =>
  db
    .selectFrom('promotionCode')
    .innerJoin('coupon', 'coupon.id', 'promotionCode.couponId')
    .selectAll('promotionCode')
    .select(['percentOff', 'amountsOff', 'duration', 'durationInMonths'])
    .select(
      sql<boolean>`coalesce(promotion_code.expires_at <= paylink_now(), false)`.as('isExpired'),
    )
    .where('promotionCode.accountId', '=', accountId)
    .where('promotionCode.code', '=', code)
    .executeTakeFirst();

export type Grant = NonNullable<Awaited<ReturnType<typeof findGrant>>>;

/** Reserves one use, if the code still holds and one is left. Buyers of the same code pass one by one. */
export async function takeCode(db: Queries, id: Id<'promotionCode'>): Promise<boolean> {
  const taken = await db
    .updateTable('promotionCode')
    .set({ reserved: sql`reserved + 1` })
    .where('id', '=', id)
    .where('isActive', '=', true)
    .where((where) => where.or([where('expiresAt', 'is', null), where('expiresAt', '>', now)]))
    .where(sql<boolean>`(max_redemptions is null or used + reserved < max_redemptions)`)
    .returning('id')
    .execute();
  return taken.length === 1;
}

export const noteCode = (db: Queries, redemption: NewRow<'promotionRedemption'>) =>
  db.insertInto('promotionRedemption').values(redemption).execute();

/** Whether this address paid before, or (with `codeId`) is paying with that code in another session right now. */
export async function hasBought(
  db: Queries,
  accountId: string,
  email: string,
  codeId?: Id<'promotionCode'>,
): Promise<boolean> {
  const found = await db
    .selectFrom('checkoutSession')
    .leftJoin('promotionRedemption', 'promotionRedemption.checkoutSessionId', 'checkoutSession.id')
    .select('checkoutSession.id')
    .where('checkoutSession.accountId', '=', accountId)
    .where('checkoutSession.status', '<>', 'expired')
    .where(sql<boolean>`lower(customer ->> 'email') = lower(${email})`)
    .where((where) =>
      where.or([
        where('checkoutSession.status', '=', 'complete'),
        where.and([
          where('promotionRedemption.promotionCodeId', '=', codeId ?? null),
          where('promotionRedemption.status', '=', 'reserved'),
        ]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

type Status = Row<'promotionRedemption'>['status'];

/** Moves what sessions hold of codes; `counters` says what that means for a code: `count` is how many of them are its. */
const settle = (
  db: Queries,
  sessionIds: readonly Id<'checkoutSession'>[],
  move: { from: Status; to: Status; counters: Record<string, ReturnType<typeof sql>> },
) =>
  db
    .with('moved', (cte) =>
      cte
        .updateTable('promotionRedemption')
        .set({ status: move.to })
        .where('checkoutSessionId', 'in', sessionIds)
        .where('status', '=', move.from)
        .returning('promotionCodeId'),
    )
    .with('counted', (cte) =>
      cte
        .selectFrom('moved')
        .select(['promotionCodeId as id', (all) => all.fn.countAll<number>().as('count')])
        .groupBy('promotionCodeId'),
    )
    .updateTable('promotionCode')
    .from('counted')
    .set(move.counters)
    .whereRef('promotionCode.id', '=', 'counted.id');

export const confirmCode = (db: Queries, sessionId: Id<'checkoutSession'>) =>
  settle(db, [sessionId], {
    from: 'reserved',
    to: 'confirmed',
    counters: { used: sql`used + count`, reserved: sql`reserved - count` },
  }).execute();

export const releaseCodes = (db: Queries, sessionIds: readonly Id<'checkoutSession'>[]) =>
  settle(db, sessionIds, {
    from: 'reserved',
    to: 'released',
    counters: { reserved: sql`reserved - count` },
  }).execute();

/** After a refund that gives back what the session had used. */
export const giveCodeBack = (db: Queries, sessionId: Id<'checkoutSession'>) =>
  settle(db, [sessionId], {
    from: 'confirmed',
    to: 'released',
    counters: { used: sql`used - count` },
  }).execute();

/** For late money: false when the code is used up by now. A code that expired since was in time. */
export async function takeCodeAgain(db: Queries, sessionId: Id<'checkoutSession'>) {
  const held = await db
    .selectFrom('promotionRedemption')
    .select('status')
    .where('checkoutSessionId', '=', sessionId)
    .executeTakeFirst();
  if (held?.status !== 'released') return true;
  const again = await settle(db, [sessionId], {
    from: 'released',
    to: 'reserved',
    counters: { reserved: sql`reserved + count` },
  })
    .where(sql<boolean>`(max_redemptions is null or used + reserved < max_redemptions)`)
    .returning('promotionCode.id')
    .execute();
  return again.length === 1;
}
