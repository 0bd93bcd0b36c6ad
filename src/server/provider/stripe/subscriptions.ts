/** Ends what Stripe renews by itself. */
import Stripe from 'stripe';
import type { RenewedElsewhere } from '../provider.js';
import { idOf } from './invoices.js';
import { sweeping } from './patience.js';
import { hasEnded } from './subscription-events.js';

/** What is over already, or never began, is done. */
export async function endSubscription(
  stripe: Stripe,
  { checkoutRef }: RenewedElsewhere,
  at: 'now' | 'period_end',
): Promise<void> {
  const session = await stripe.checkout.sessions.retrieve(checkoutRef, {}, sweeping);
  const id = idOf(session.subscription);
  if (!id) return;
  try {
    if (at === 'now')
      await stripe.subscriptions.cancel(id, { invoice_now: false, prorate: false }, sweeping);
    else await stripe.subscriptions.update(id, { cancel_at_period_end: true }, sweeping);
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    if (!(await isOver(stripe, id))) throw error;
  }
}

async function isOver(stripe: Stripe, id: string): Promise<boolean> {
  try {
    return hasEnded(await stripe.subscriptions.retrieve(id, {}, sweeping));
  } catch (error) {
    const isMissing =
      error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing';
    if (isMissing) return true;
    throw error;
  }
}
