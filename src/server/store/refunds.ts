/** Refunds. What a payment still has to give is kept on the payment, so that one guarded statement decides. */
import { sql } from 'kysely';
import type { FailureCode, Id } from '../../contract/index.js';
import { now, type Queries } from './database.js';
import { listed, type Page } from './paging.js';
import type { NewRow, Row } from './schema.js';

/** Sets `amount` of the payment aside for a refund. @returns false when that is not there to be given back */
export async function setAside(
  db: Queries,
  paymentId: Id<'payment'>,
  amount: number,
): Promise<boolean> {
  const rows = await db
    .updateTable('payment')
    .set({ pendingRefund: sql`pending_refund + ${amount}::bigint`, updatedAt: now })
    .where('id', '=', paymentId)
    .where('status', 'in', ['succeeded', 'partially_refunded'])
    .where(sql<boolean>`refunded_amount + pending_refund + ${amount}::bigint <= amount`)
    .returning('id')
    .execute();
  return rows.length === 1;
}

/** How long whoever decides on a refund, or takes one up again, has it to itself. */
const lease = sql<string>`paylink_now() + interval '45 seconds'`;

/** The caller attempts it next; should it die on the way, the refund is due again after the lease. */
export const insertRefund = (db: Queries, refund: NewRow<'refund'>) =>
  db
    .insertInto('refund')
    .values({ ...refund, attempts: 1, nextAttemptAt: lease })
    .returningAll()
    .executeTakeFirstOrThrow();

/** A refund asked for with this key in the last 24 h; one from before frees the key. */
export async function findByRequestKey(db: Queries, accountId: string, requestKey: string) {
  await db
    .updateTable('refund')
    .set({ requestKey: null })
    .where('accountId', '=', accountId)
    .where('requestKey', '=', requestKey)
    .where('createdAt', '<', sql<string>`paylink_now() - interval '24 hours'`)
    .execute();
  return db
    .selectFrom('refund')
    .selectAll()
    .where('accountId', '=', accountId)
    .where('requestKey', '=', requestKey)
    .executeTakeFirst();
}

export const findRefund = (db: Queries, id: Id<'refund'>) =>
  db.selectFrom('refund').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

export async function listRefunds(db: Queries, paymentId: Id<'payment'>, page: Page) {
  let query = db.selectFrom('refund').selectAll().where('paymentId', '=', paymentId);
  if (page.before !== undefined) query = query.where('seq', '<', page.before);
  const rows = await query
    .orderBy('seq', 'desc')
    .limit(page.limit + 1)
    .execute();
  return listed(rows, page);
}

/** Takes up what is due: refunds the provider did not answer, or whose process died. */
export const claimDueRefunds = (db: Queries, limit = 20) =>
  db
    .updateTable('refund')
    .set({ attempts: sql`attempts + 1`, nextAttemptAt: lease })
    .where('id', 'in', (from) =>
      from
        .selectFrom('refund')
        .select('id')
        .where('status', '=', 'pending')
        .where('nextAttemptAt', '<=', now)
        .orderBy('nextAttemptAt')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .execute();

/** Not answered: again after 5 s, then four times as long each time, at last every six hours. It is never given up. */
export const putOff = (db: Queries, id: Id<'refund'>) =>
  db
    .updateTable('refund')
    .set({
      nextAttemptAt: sql<string>`paylink_now()
        + least(interval '6 hours', interval '5 seconds' * power(4, least(attempts, 10) - 1))`,
    })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .execute();

/** The payment's share of a refund's end; its status tells what is gone, unless a dispute has the last word. */
const settledPayment = {
  succeeded: {
    refundedAmount: sql<number>`refunded_amount + done.amount`,
    status: sql<'refunded' | 'partially_refunded'>`case
      when payment.status = 'disputed' then 'disputed'
      when refunded_amount + done.amount = payment.amount then 'refunded'
      else 'partially_refunded' end`,
  },
  // What nobody asked for and the provider refuses: a person has to look at it.
  failed: {
    status: sql<Row<'payment'>['status']>`case
      when done.reason = 'late_payment' and payment.status = 'succeeded' then 'needs_review'
      else payment.status end`,
  },
};

export type RefundEnd = { readonly to: 'succeeded' } | Failed;
interface Failed {
  readonly to: 'failed';
  readonly failureCode: FailureCode;
}

/** Pending → succeeded or failed, with the payment, in one statement. @returns undefined when it was settled before */
export const settleRefund = (db: Queries, id: Id<'refund'>, end: RefundEnd) =>
  db
    .with('done', (cte) =>
      cte
        .updateTable('refund')
        .set({
          status: end.to,
          failureCode: end.to === 'failed' ? end.failureCode : null,
          settledAt: now,
        })
        .where('id', '=', id)
        .where('status', '=', 'pending')
        .returning(['paymentId', 'amount', 'reason']),
    )
    .updateTable('payment')
    .from('done')
    .set({
      ...settledPayment[end.to],
      pendingRefund: sql`pending_refund - done.amount`,
      updatedAt: now,
    })
    .whereRef('payment.id', '=', 'done.paymentId')
    .returningAll('payment')
    .executeTakeFirst();
