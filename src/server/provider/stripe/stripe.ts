/** Stripe, by its own SDK: buyers pay on Stripe's page, and what happens there arrives by webhook. */
import Stripe from 'stripe';
import type { Checkout, Provider, ProviderEvent } from '../provider.js';
import { amountStep } from './amounts.js';
import { openCheckout, sessionLifetimeSeconds } from './checkout.js';
import { attemptOf, ofCheckout } from './events.js';
import { lastIntentOf } from './invoices.js';
import { translate, verified } from './messages.js';
import { opening, sweeping, timeoutMs } from './patience.js';
import { makeRefund } from './refunds.js';
import { endSubscription } from './subscriptions.js';

interface StripeOptions {
  /** Of the test or the live side, as it begins: `sk_test_`, `rk_live_`. */
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** The API's origin, for a stand-in. */
  readonly apiUrl?: string | undefined;
  /** How long one call is waited for; shorter where tests wait for it. */
  readonly timeout?: number;
}

export function createStripe(options: StripeOptions): Provider {
  const { secretKey, webhookSecret, apiUrl, timeout = timeoutMs } = options;
  const testMode = !secretKey.includes('_live_');
  const stripe = new Stripe(secretKey, {
    ...(apiUrl && placeOf(apiUrl)),
    ...opening,
    timeout,
    telemetry: false,
  });

  /** Asked again where somebody else ended it meanwhile, or paid. */
  async function expire(ref: string): Promise<'dead' | 'alive'> {
    const status = await statusOf(ref);
    if (status !== 'open') return status === 'complete' ? 'alive' : 'dead';
    try {
      await stripe.checkout.sessions.expire(ref, {}, sweeping);
      return 'dead';
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
      return (await statusOf(ref)) === 'expired' ? 'dead' : 'alive';
    }
  }

  /** Of another account, or of the other side of this one, it knows nothing: nobody pays it here. */
  async function statusOf(ref: string) {
    try {
      return (await stripe.checkout.sessions.retrieve(ref, {}, sweeping)).status;
    } catch (error) {
      const isMissing =
        error instanceof Stripe.errors.StripeInvalidRequestError &&
        error.code === 'resource_missing';
      if (isMissing) return 'expired';
      throw error;
    }
  }

  async function read({ ref }: Checkout): Promise<ProviderEvent | undefined> {
    const session = await stripe.checkout.sessions.retrieve(ref, {}, sweeping);
    const hasFailed = await hasDebitFailed(session);
    const found = ofCheckout(session, { hasFailed });
    const stands = hasFailed ? 'failed' : session.payment_status;
    return found && { provider: 'stripe', id: `${ref}/${stands}`, ...found };
  }

  /** Its checkout says no more than that it is not paid, from the first day to the last. */
  async function hasDebitFailed(session: Stripe.Checkout.Session): Promise<boolean> {
    if (session.status !== 'complete' || session.payment_status !== 'unpaid') return false;
    const intent = await lastIntentOf(stripe, attemptOf(session));
    if (intent?.status === 'canceled') return true;
    return intent?.status === 'requires_payment_method' && intent.last_payment_error !== null;
  }

  return {
    name: 'stripe',
    testMode,
    sessionLifetimeSeconds,
    paysOnOurPage: false,
    methods: ['page'],
    amountStep,
    open: (checkout) => openCheckout(stripe, checkout),
    expire,
    read,
    refund: (refund) => makeRefund(stripe, refund),
    endSubscription: (subscription, at) => endSubscription(stripe, subscription, at),
    async receive({ body, header }) {
      const signature = header('stripe-signature') ?? '';
      return translate(stripe, verified(stripe, { body, signature }, { webhookSecret, testMode }));
    },
  };
}

function placeOf(apiUrl: string): Stripe.StripeConfig {
  const { protocol, hostname, port } = new URL(apiUrl);
  const isPlain = protocol === 'http:';
  return {
    host: hostname,
    protocol: isPlain ? 'http' : 'https',
    port: Number(port) || (isPlain ? 80 : 443),
  };
}
