/** The sandbox's book in our own database, so that any process may settle. */
import { sql } from 'kysely';
import type { FailureCode, Id } from '../../contract/index.js';
import type { MoneyAnswer } from '../provider/provider.js';
import type { NewCheckout, SandboxBook, SandboxEvent } from '../provider/sandbox.js';
import { type Database, now, type Queries, transaction } from './database.js';

/** What a delivered event makes of the checkout; the fifth failure closes it, as our own side does. */
const becomes = {
  succeeded: sql<'paid'>`'paid'`,
  failed: sql<'open' | 'canceled'>`case when attempts >= 5 then 'canceled' else 'open' end`,
  canceled: sql<'canceled'>`'canceled'`,
};

const answerOf = (failureCode: FailureCode | null): MoneyAnswer =>
  failureCode ? { status: 'failed', failureCode } : { status: 'succeeded' };

const findCharge = (db: Queries, ref: string) =>
  db.selectFrom('sandboxCharge').selectAll().where('ref', '=', ref).executeTakeFirst();

const inMs = (ms: number) => sql<string>`paylink_now() + make_interval(secs => ${ms / 1000})`;

/** Checkouts are opened many at once; the rest is one by one. */
export interface StoredSandboxBook extends Omit<SandboxBook, 'open'> {
  openAll(checkouts: readonly NewCheckout[]): Promise<void>;
}

export function createSandboxBook(db: Database): StoredSandboxBook {
  const at = (sessionId: string) => sessionId as Id<'checkoutSession'>;
  return {
    async openAll(checkouts: readonly NewCheckout[]) {
      await db
        .insertInto('sandboxCheckout')
        .values(
          checkouts.map(({ sessionId, amount, currency }) => ({
            checkoutSessionId: sessionId,
            amount,
            currency,
          })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    attempt: (sessionId, { id, type, failureCode, delayMs, copies, phone, approvalMs }) =>
      transaction(db, async (tx) => {
        const checkout = await tx
          .updateTable('sandboxCheckout')
          .set({
            status: 'pending',
            attempts: sql`attempts + 1`,
            phone,
            approvalUntil: phone === null ? null : inMs(approvalMs),
          })
          .where('checkoutSessionId', '=', at(sessionId))
          .where('status', '=', 'open')
          .returningAll()
          .executeTakeFirst();
        if (!checkout) return undefined;
        return tx
          .insertInto('sandboxEvent')
          .values({
            id,
            checkoutSessionId: at(sessionId),
            attempt: checkout.attempts,
            type,
            failureCode,
            amount: checkout.amount,
            currency: checkout.currency,
            deliverAt: inMs(delayMs),
            copiesLeft: copies,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
      }),

    dueEvents: () =>
      db
        .selectFrom('sandboxEvent')
        .selectAll()
        .where('copiesLeft', '>', 0)
        .where('deliverAt', '<=', now)
        .orderBy('deliverAt')
        .limit(100)
        .execute(),

    async delivered({ id, checkoutSessionId, attempt, type }: SandboxEvent) {
      await transaction(db, async (tx) => {
        await tx
          .updateTable('sandboxEvent')
          .set({ copiesLeft: sql`greatest(copies_left - 1, 0)` })
          .where('id', '=', id)
          .execute();
        await tx
          .updateTable('sandboxCheckout')
          .set({ status: becomes[type] })
          .where('checkoutSessionId', '=', checkoutSessionId)
          .where('status', '=', 'pending')
          .where('attempts', '=', attempt)
          .execute();
      });
    },

    async expire(sessionId) {
      const row = await db
        .updateTable('sandboxCheckout')
        .set({ status: sql`case status when 'open' then 'expired' else status end` })
        .where('checkoutSessionId', '=', at(sessionId))
        .returning('status')
        .executeTakeFirst();
      return row?.status === 'pending' || row?.status === 'paid' ? 'alive' : 'dead';
    },

    /**
     * Whether it was paid is not asked: an event may have been told to our side by hand, past this book.
     * More than the checkout was for never goes back.
     */
    refund: ({ key, ref, sessionId, amount, currency }) =>
      transaction(db, async (tx) => {
        const checkout = await tx
          .selectFrom('sandboxCheckout')
          .selectAll()
          .where('checkoutSessionId', '=', at(sessionId))
          .forUpdate()
          .executeTakeFirstOrThrow();
        const outcome = checkout.refundOutcome;
        if (outcome === 'unreachable') return null;
        const isLost = outcome === 'answer_lost';
        // A renewal gives back its own money, the checkout that of the first payment.
        const charge = await findCharge(tx, ref);
        const paid = charge ?? checkout;
        const chargeRef = charge?.ref ?? null;
        const refunds = await tx
          .selectFrom('sandboxRefund')
          .selectAll()
          .where('checkoutSessionId', '=', at(sessionId))
          .where('chargeRef', 'is not distinct from', chargeRef)
          .execute();
        const known = refunds.find((refund) => refund.key === key);
        if (known) return { answer: answerOf(known.failureCode), isLost };
        if (outcome === 'pending') return { answer: { status: 'pending' }, isLost };
        const gone = refunds
          .filter((refund) => refund.failureCode === null)
          .reduce((sum, refund) => sum + refund.amount, 0);
        const isPossible = currency === paid.currency && gone + amount <= paid.amount;
        const refusal = outcome === 'declined' ? (checkout.refundFailureCode ?? 'declined') : null;
        const failureCode = isPossible ? refusal : 'not_allowed';
        await tx
          .insertInto('sandboxRefund')
          .values({
            key,
            checkoutSessionId: at(sessionId),
            amount,
            currency,
            failureCode,
            chargeRef,
          })
          .execute();
        return { answer: answerOf(failureCode), isLost };
      }),

    async setRefundOutcome(sessionId, { outcome, reason }) {
      await db
        .updateTable('sandboxCheckout')
        .set({ refundOutcome: outcome, refundFailureCode: reason ?? null })
        .where('checkoutSessionId', '=', at(sessionId))
        .execute();
    },

    charge: ({ ref, sessionId, amount, currency }) =>
      transaction(db, async (tx) => {
        const { chargeOutcome: outcome, chargeFailureCode } = await tx
          .selectFrom('sandboxCheckout')
          .selectAll()
          .where('checkoutSessionId', '=', at(sessionId))
          .forUpdate()
          .executeTakeFirstOrThrow();
        if (outcome === 'unreachable') return null;
        const isLost = outcome === 'answer_lost';
        const known = await findCharge(tx, ref);
        if (known) return { answer: answerOf(known.failureCode), isLost };
        if (outcome === 'pending') return { answer: { status: 'pending' }, isLost };
        const failureCode = outcome === 'declined' ? (chargeFailureCode ?? 'declined') : null;
        await tx
          .insertInto('sandboxCharge')
          .values({ ref, checkoutSessionId: at(sessionId), amount, currency, failureCode })
          .execute();
        return { answer: answerOf(failureCode), isLost };
      }),

    async setChargeOutcome(sessionId, { outcome, reason }) {
      await db
        .updateTable('sandboxCheckout')
        .set({ chargeOutcome: outcome, chargeFailureCode: reason ?? null })
        .where('checkoutSessionId', '=', at(sessionId))
        .execute();
    },

    async pendingApproval(sessionId) {
      const row = await db
        .selectFrom('sandboxCheckout')
        .select(['phone', 'approvalUntil'])
        .where('checkoutSessionId', '=', at(sessionId))
        .where('status', '=', 'pending')
        .executeTakeFirst();
      return row?.phone && row.approvalUntil
        ? { phone: row.phone, until: row.approvalUntil }
        : null;
    },
  };
}
