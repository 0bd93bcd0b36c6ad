/** Payments that a buyer's bank takes back, or gives up taking back. What was sold stays sold: no use is freed. */
import type { Transaction } from 'kysely';
import { Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import type { DisputeEvent } from '../provider/provider.js';
import { step } from '../step.js';
import { lockSession } from '../store/checkout-sessions.js';
import { transaction } from '../store/database.js';
import { findPaymentByRef, movePayment } from '../store/payments.js';
import { isNewProviderEvent } from '../store/provider-events.js';
import type { Row, Schema } from '../store/schema.js';
import { tell } from './event.js';
import { paymentView } from './session-view.js';

type Payment = Row<'payment'>;

export const isOfDispute = (event: { type: string }): event is DisputeEvent =>
  event.type === 'disputed' || event.type === 'undisputed';

/** @throws Problem `session_not_found` where its success is not known here yet: the provider will send the event again. */
export async function applyDisputeEvent(backend: Backend, event: DisputeEvent): Promise<void> {
  await transaction(backend.db, async (tx) => {
    const session = await lockSession(tx, event.sessionId);
    const payment = session && (await findPaymentByRef(tx, event.provider, event.attempt));
    const isKnown = payment && payment.status !== 'processing' && payment.status !== 'failed';
    if (!isKnown || payment.checkoutSessionId !== session.id)
      throw new Problem(
        'session_not_found',
        `${event.provider} event ${event.id} names no payment of ours`,
      );
    if (await isNewProviderEvent(tx, session.accountId, event))
      await apply(backend, tx, payment, event);
  });
}

async function apply(
  backend: Backend,
  tx: Transaction<Schema>,
  { id, amount, refundedAmount }: Payment,
  { type }: DisputeEvent,
): Promise<void> {
  const moved =
    type === 'disputed'
      ? await movePayment(tx, id, {
          from: ['succeeded', 'partially_refunded', 'refunded'],
          to: 'disputed',
        })
      : await movePayment(tx, id, { from: ['disputed'], to: statusOf(amount, refundedAmount) });
  step('payment moved');
  if (!moved) return;
  const told = type === 'disputed' ? 'payment.disputed' : 'payment.dispute_won';
  await tell(backend, tx, moved.accountId, told, paymentView(moved));
}

/** What it was before, and may have become by refunds since. */
function statusOf(amount: number, refundedAmount: number): Payment['status'] {
  if (refundedAmount === 0) return 'succeeded';
  return refundedAmount === amount ? 'refunded' : 'partially_refunded';
}
