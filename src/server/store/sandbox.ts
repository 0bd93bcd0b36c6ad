/** The sandbox's book in our own database, so that any process may settle. */
import { sql } from 'kysely';
import type { Id } from '../../contract/index.js';
import type { SandboxBook, SandboxEvent } from '../provider/sandbox.js';
import { type Database, now, transaction } from './database.js';

/** What a delivered event makes of the checkout; the fifth failure closes it, as our own side does. */
const becomes = {
  succeeded: sql<'paid'>`'paid'`,
  failed: sql<'open' | 'canceled'>`case when attempts >= 5 then 'canceled' else 'open' end`,
  canceled: sql<'canceled'>`'canceled'`,
};

const inMs = (ms: number) => sql<string>`paylink_now() + make_interval(secs => ${ms / 1000})`;

export function createSandboxBook(db: Database): SandboxBook {
  const at = (sessionId: string) => sessionId as Id<'checkoutSession'>;
  return {
    async open(checkouts) {
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
