/** Gives money back at Stripe. */
import Stripe from 'stripe';
import type { MoneyAnswer, RefundToMake } from '../provider.js';
import { exactly } from './amounts.js';
import { failureOf } from './events.js';
import { intentOf } from './invoices.js';
import { sweeping } from './patience.js';

/** A key is remembered for a day, the refund for ever: it is looked for before it is made. */
export async function makeRefund(
  stripe: Stripe,
  { refundId, ref, amount, currency }: RefundToMake,
): Promise<MoneyAnswer> {
  const intent = await intentOf(stripe, ref);
  // An invoice that was settled outside Stripe, or by a credit: it took no money that it could give back.
  if (!intent) return { status: 'failed', failureCode: 'not_allowed' };
  const made = await stripe.refunds.list({ payment_intent: intent, limit: 100 }, sweeping);
  const known = made.data.find(({ metadata }) => metadata?.refund === refundId);
  if (known) return answerOf(known);
  const params = {
    payment_intent: intent,
    amount: exactly(amount, currency),
    metadata: { refund: refundId },
  };
  try {
    return answerOf(await stripe.refunds.create(params, { ...sweeping, idempotencyKey: refundId }));
  } catch (error) {
    // What Stripe refuses it refuses again; what did not arrive may have been done.
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    return { status: 'failed', failureCode: failureOf(error.code) };
  }
}

const answerOf = ({ status, failure_reason: reason }: Stripe.Refund): MoneyAnswer => {
  if (status === 'succeeded') return { status };
  return status === 'failed' || status === 'canceled'
    ? { status: 'failed', failureCode: failureOf(reason) }
    : { status: 'pending' };
};
