/** What Stripe tells, in our words. */
import type Stripe from 'stripe';
import { type FailureCode, type Id, isId } from '../../../contract/index.js';
import type { ProviderEvent } from '../provider.js';
import { fromStripe } from './amounts.js';

type Found = Omit<ProviderEvent, 'provider' | 'id'>;

/** Where a checkout of ours stands; undefined where it is nobody's of ours, or nothing was attempted yet. */
export function ofCheckout(session: Stripe.Checkout.Session, hasFailed = false): Found | undefined {
  const sessionId = ourSession(session.client_reference_id);
  if (!sessionId || session.status !== 'complete') return undefined;
  return {
    sessionId,
    attempt: idOf(session.payment_intent) ?? session.id,
    type: hasFailed ? 'failed' : session.payment_status === 'unpaid' ? 'processing' : 'succeeded',
    ...fromStripe(session.amount_total ?? 0, session.currency ?? ''),
    failureCode: hasFailed ? 'declined' : null,
  };
}

/** A debit that came to nothing after the checkout was complete. To be seen where the intent is read with it. */
export const hasFailed = ({
  payment_status: paid,
  payment_intent: intent,
}: Stripe.Checkout.Session) =>
  paid === 'unpaid' &&
  typeof intent === 'object' &&
  (intent?.status === 'requires_payment_method' || intent?.status === 'canceled');

/**
 * A card that was declined, each its own attempt. What is paid by a debit is told of by the checkout, once it is known.
 */
function ofIntent(intent: Stripe.PaymentIntent, eventId: string): Found | undefined {
  const sessionId = ourSession(intent.metadata.checkout_session);
  const error = intent.last_payment_error;
  if (!sessionId || error?.payment_method?.type !== 'card') return undefined;
  return {
    sessionId,
    attempt: idOf(intent.latest_charge) ?? eventId,
    type: 'failed',
    ...fromStripe(intent.amount, intent.currency),
    failureCode: failureOf(error.decline_code ?? error.code),
  };
}

/** @returns what the event means for us; undefined where it is of no checkout of ours, or says nothing we ask for */
export function translate(event: Stripe.Event): ProviderEvent | undefined {
  const found = meaningOf(event);
  return found && { provider: 'stripe', id: event.id, ...found };
}

function meaningOf(event: Stripe.Event): Found | undefined {
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
      return ofCheckout(event.data.object);
    case 'checkout.session.async_payment_failed':
      return ofCheckout(event.data.object, true);
    case 'payment_intent.payment_failed':
      return ofIntent(event.data.object, event.id);
    default:
      return undefined;
  }
}

const ourSession = (reference: string | null | undefined): Id<'checkoutSession'> | undefined =>
  isId('checkoutSession', reference) ? reference : undefined;

const idOf = (reference: string | { id: string } | null): string | undefined =>
  typeof reference === 'string' ? reference : reference?.id;

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
