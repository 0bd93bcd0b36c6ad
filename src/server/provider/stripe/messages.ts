/** What a message of Stripe's means for us. Where its order could matter, what it is about is read as it is by now. */
import Stripe from 'stripe';
import { Problem } from '../../../contract/index.js';
import type { DisputeEvent, ProviderEvent, SubscriptionEvent } from '../provider.js';
import { ofDispute } from './disputes.js';
import { failureOf, ofCheckout, ofIntent } from './events.js';
import { lastIntentOf } from './invoices.js';
import { sweeping } from './patience.js';
import { ofInvoice, ofSubscription } from './subscription-events.js';

/** What an endpoint is asked to send. */
const askedFor = new Set<string>([
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'payment_intent.payment_failed',
  'invoice.paid',
  'invoice.payment_failed',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
] satisfies Stripe.Event['type'][]);

type Told = ProviderEvent | SubscriptionEvent | DisputeEvent;

/** @returns undefined where it is of no checkout of ours, or says nothing we ask for */
export async function translate(stripe: Stripe, event: Stripe.Event): Promise<Told | undefined> {
  const { id, account } = event;
  const about = ofPayment(event) ?? (account ? undefined : await ofWhatFollows(stripe, event));
  return about && ({ provider: 'stripe', id, ...about } as Told);
}

function ofPayment(event: Stripe.Event) {
  const { account } = event;
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
      return ofCheckout(event.data.object, { account });
    case 'checkout.session.async_payment_failed':
      return ofCheckout(event.data.object, { account, hasFailed: true });
    case 'payment_intent.payment_failed':
      return ofIntent(event.data.object, event);
    default:
      return undefined;
  }
}

/** Of a connected account nothing follows for us: we have sold nothing there. */
async function ofWhatFollows(stripe: Stripe, event: Stripe.Event) {
  switch (event.type) {
    case 'invoice.paid':
      return ofInvoice(event.data.object, 'renewal_succeeded');
    case 'invoice.payment_failed':
      return ofInvoiceInVain(stripe, event.data.object);
    case 'customer.subscription.updated':
      return isAboutEnd(event) ? ofSubscriptionNow(stripe, event.data.object) : undefined;
    case 'customer.subscription.deleted':
      return ofSubscription(event.data.object);
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.closed':
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated':
      return ofDispute(stripe, event.data.object.id);
    default:
      return undefined;
  }
}

/** Why is not in the invoice. */
async function ofInvoiceInVain(stripe: Stripe, invoice: Stripe.Invoice) {
  const renewal = ofInvoice(invoice, 'renewal_failed');
  if (!renewal) return undefined;
  const error = (await lastIntentOf(stripe, renewal.bill))?.last_payment_error;
  return { ...renewal, failureCode: failureOf(error?.decline_code ?? error?.code) };
}

const isAboutEnd = ({ data }: Stripe.CustomerSubscriptionUpdatedEvent): boolean => {
  const before = data.previous_attributes ?? {};
  return 'cancel_at_period_end' in before || 'cancel_at' in before;
};

async function ofSubscriptionNow(stripe: Stripe, told: Stripe.Subscription) {
  if (!ofSubscription(told)) return undefined;
  return ofSubscription(await stripe.subscriptions.retrieve(told.id, {}, sweeping));
}

/** @throws Problem for a message that is forged, too old, of the other side of test and live, or too old a version */
export function verified(
  stripe: Stripe,
  { body, signature }: { readonly body: string; readonly signature: string },
  { webhookSecret, testMode }: { readonly webhookSecret: string; readonly testMode: boolean },
): Stripe.Event {
  const event = signed(() => stripe.webhooks.constructEvent(body, signature, webhookSecret));
  if (event.livemode === testMode)
    throw new Problem(
      'validation_failed',
      `A message of stripe is of its ${event.livemode ? 'live' : 'test'} side, STRIPE_SECRET_KEY is not.`,
    );
  refuseOld(event);
  return event;
}

/** Since then invoices are written as we read them: by their `parent`. */
const oldestUnderstood = '2025-03-31';

/**
 * An older one would be taken for one of nothing of ours, and what it tells would be lost.
 * @throws Problem
 */
function refuseOld({ type, api_version: version }: Stripe.Event): void {
  if (!askedFor.has(type) || !version || version.slice(0, 10) >= oldestUnderstood) return;
  throw new Problem(
    'validation_failed',
    `A message of stripe has API version ${version}: set the endpoint to ${Stripe.API_VERSION}. None before ${oldestUnderstood} is understood.`,
  );
}

function signed(read: () => Stripe.Event): Stripe.Event {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof Stripe.errors.StripeSignatureVerificationError)
      throw new Problem('unauthorized', 'The signature does not fit.', { cause });
    throw new Problem('validation_failed', 'A message of stripe is no event.', { cause });
  }
}
