/** What Stripe tells of a subscription, which it renews by itself. */
import type Stripe from 'stripe';
import type { Id } from '../../../contract/index.js';
import type { RenewalHappening, SubscriptionHappening } from '../provider.js';
import { fromStripe } from './amounts.js';
import { ourSession } from './events.js';

interface OfSession {
  readonly sessionId: Id<'checkoutSession'>;
}
type Renewal = OfSession & RenewalHappening;
type Happening = OfSession & SubscriptionHappening;

const isoOf = (seconds: number) => new Date(seconds * 1_000).toISOString();

/** The session that began the subscription of this invoice, where that is one of ours. */
export const sessionOfInvoice = ({ parent }: Stripe.Invoice) =>
  ourSession(parent?.subscription_details?.metadata?.checkout_session);

/** A renewal: paid, or tried in vain. The first invoice is told by its checkout; others are no business of ours. */
export function ofInvoice(invoice: Stripe.Invoice, type: Renewal['type']): Renewal | undefined {
  const sessionId = sessionOfInvoice(invoice);
  const { id, billing_reason: reason, attempt_count: tries } = invoice;
  if (!sessionId || reason !== 'subscription_cycle') return undefined;
  const isPaid = type === 'renewal_succeeded';
  return {
    sessionId,
    type,
    bill: id,
    // A refund is asked for by the invoice; of what failed, each try is an attempt of its own.
    attempt: isPaid ? id : `${id}/${tries}`,
    ...fromStripe(isPaid ? invoice.amount_paid : invoice.amount_due, invoice.currency),
    failureCode: isPaid ? null : 'declined',
    nextChargeAt: isPaid ? periodEndOf(invoice) : null,
  };
}

/** An invoice of a cycle is for the period that begins with it. */
function periodEndOf({ lines }: Stripe.Invoice): string | null {
  const ends = lines.data
    .filter(({ parent }) => parent?.subscription_item_details?.proration === false)
    .map(({ period }) => period.end);
  return ends.length ? isoOf(Math.max(...ends)) : null;
}

/** Whether it goes on, as it stands; undefined where it is none of ours. */
export function ofSubscription(subscription: Stripe.Subscription): Happening | undefined {
  const sessionId = ourSession(subscription.metadata.checkout_session);
  if (!sessionId) return undefined;
  if (hasEnded(subscription)) {
    const why = subscription.cancellation_details?.reason;
    const hasFailed = why === 'payment_failed' || why === 'payment_disputed';
    return { sessionId, type: 'subscription_ended', hasFailed };
  }
  const { cancel_at: at } = subscription;
  return { sessionId, type: 'subscription_ends', at: at === null ? null : isoOf(at) };
}

export const hasEnded = ({ status }: Stripe.Subscription): boolean =>
  status === 'canceled' || status === 'incomplete_expired';
