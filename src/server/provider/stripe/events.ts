/** What Stripe tells of a checkout, in our words. */
import type Stripe from 'stripe';
import { type FailureCode, type Id, isId } from '../../../contract/index.js';
import type { ProviderEvent } from '../provider.js';
import { fromStripe } from './amounts.js';
import { idOf } from './invoices.js';

type Found = Omit<ProviderEvent, 'provider' | 'id'>;

interface Reading {
  /** What was taken by a debit did not come. */
  readonly hasFailed?: boolean;
  /** Whose the checkout is, where it is not our own account's. */
  readonly account?: string | undefined;
}

/** Where a checkout of ours stands; undefined where it is nobody's of ours, or nothing was attempted yet. */
export function ofCheckout(
  session: Stripe.Checkout.Session,
  { hasFailed = false, account }: Reading = {},
): Found | undefined {
  const sessionId = ourSession(session.client_reference_id);
  if (!sessionId || session.status !== 'complete') return undefined;
  return {
    sessionId,
    // Anybody may write our reference into the address of one of Stripe's own payment links.
    checkout: account ? `${account}/${session.id}` : session.id,
    attempt: attemptOf(session),
    type: hasFailed ? 'failed' : session.payment_status === 'unpaid' ? 'processing' : 'succeeded',
    ...fromStripe(session.amount_total ?? 0, session.currency ?? ''),
    failureCode: hasFailed ? 'declined' : null,
  };
}

/** The intent that takes the money, or of a subscription the invoice; where there is nothing to pay, neither. */
export const attemptOf = (session: Stripe.Checkout.Session): string =>
  idOf(session.payment_intent) ?? idOf(session.invoice) ?? session.id;

/**
 * A card that was declined, each its own attempt. What is paid by a debit is told of by the checkout, once it is known.
 */
export function ofIntent(intent: Stripe.PaymentIntent, event: Stripe.Event): Found | undefined {
  const sessionId = ourSession(intent.metadata.checkout_session);
  const error = intent.last_payment_error;
  if (!sessionId || error?.payment_method?.type !== 'card') return undefined;
  return {
    sessionId,
    ...(event.account && { checkout: `${event.account}/${intent.id}` }),
    attempt: idOf(intent.latest_charge) ?? event.id,
    type: 'failed',
    ...fromStripe(intent.amount, intent.currency),
    failureCode: failureOf(error.decline_code ?? error.code),
  };
}

export const ourSession = (
  reference: string | null | undefined,
): Id<'checkoutSession'> | undefined =>
  isId('checkoutSession', reference) ? reference : undefined;

const failures: Readonly<Record<string, FailureCode>> = {
  insufficient_funds: 'insufficient_funds',
  card_velocity_exceeded: 'payer_limit_reached',
  withdrawal_count_limit_exceeded: 'payer_limit_reached',
  transaction_not_allowed: 'not_allowed',
  card_not_supported: 'not_allowed',
  currency_not_supported: 'not_allowed',
  restricted_card: 'not_allowed',
  processing_error: 'provider_error',
  issuer_not_available: 'provider_error',
  try_again_later: 'provider_error',
};

/** A buyer hears no more than they can act on: stolen and lost cards are declined like others. */
export const failureOf = (code: string | undefined): FailureCode =>
  (code && failures[code]) || 'declined';
