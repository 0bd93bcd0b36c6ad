/** Stripe, by its own SDK: buyers pay on Stripe's page, and what happens there arrives by webhook. */
import Stripe from 'stripe';
import { Problem } from '../../../contract/index.js';
import type {
  Checkout,
  CheckoutToOpen,
  Provider,
  ProviderEvent,
  ProviderMessage,
  RefundAnswer,
  RefundToMake,
} from '../provider.js';
import { amountStep, toStripe } from './amounts.js';
import { failureOf, hasFailed, ofCheckout, translate } from './events.js';

interface StripeOptions {
  /** Of the test or the live side, as it begins: `sk_test_`, `rk_live_`. */
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** The API's origin, for a stand-in. */
  readonly apiUrl?: string | undefined;
}

/** Seconds. Stripe takes no session shorter than half an hour; whoever asks again after a crash has not lost it. */
const sessionLifetimeSeconds = 35 * 60;

/** All tries of an opening are over before its idempotency key may be claimed again. */
const opening = { timeout: 10_000, maxNetworkRetries: 1 };
/** What a sweep asks it asks again; a provider that hangs is not to hold it up. */
const sweeping = { timeout: 8_000, maxNetworkRetries: 0 };

export function createStripe({ secretKey, webhookSecret, apiUrl }: StripeOptions): Provider {
  const testMode = !secretKey.includes('_live_');
  const stripe = new Stripe(secretKey, {
    ...(apiUrl && placeOf(apiUrl)),
    ...opening,
    telemetry: false,
  });

  async function open(checkout: CheckoutToOpen) {
    const { sessionId } = checkout;
    const made = await stripe.checkout.sessions.create(await paramsOf(checkout), {
      idempotencyKey: `${sessionId}/open`,
    });
    return { ref: made.id, url: made.url };
  }

  async function paramsOf(checkout: CheckoutToOpen): Promise<Stripe.Checkout.SessionCreateParams> {
    const { sessionId, totals, amount, currency, customerEmail, pageUrl, expiresAt } = checkout;
    if (totals.recurring) throw new Error('Subscriptions are not offered by Stripe yet.');
    const unit = (part: number) => exactly(part, currency);
    unit(amount);
    return {
      mode: 'payment',
      client_reference_id: sessionId,
      success_url: pageUrl,
      cancel_url: pageUrl,
      expires_at: Math.floor(Date.parse(expiresAt) / 1_000),
      ...(customerEmail && { customer_email: customerEmail }),
      line_items: totals.lines.map(({ name, quantity, unitAmount }) => ({
        quantity,
        price_data: {
          currency: currency.toLowerCase(),
          unit_amount: unit(unitAmount),
          product_data: { name },
        },
      })),
      ...(totals.discount > 0 && { discounts: [{ coupon: await couponOf(checkout) }] }),
      metadata: { checkout_session: sessionId },
      // Only where there is something to pay is there an intent.
      payment_intent_data: { metadata: { checkout_session: sessionId } },
    };
  }

  /** What our promotion takes off, as one amount: Stripe is not to calculate it again. */
  async function couponOf({ sessionId, totals, currency }: CheckoutToOpen): Promise<string> {
    const { id } = await stripe.coupons.create(
      {
        amount_off: exactly(totals.discount, currency),
        currency: currency.toLowerCase(),
        duration: 'once',
        max_redemptions: 1,
        name: (totals.discounts[0]?.code ?? 'Discount').slice(0, 40),
      },
      { idempotencyKey: `${sessionId}/coupon` },
    );
    return id;
  }

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
    const expand = ['payment_intent'];
    const session = await stripe.checkout.sessions.retrieve(ref, { expand }, sweeping);
    const found = ofCheckout(session, hasFailed(session));
    return found && { provider: 'stripe', id: `${ref}/${found.type}`, ...found };
  }

  /** A key is remembered for a day, the refund for ever: it is looked for before it is made. */
  async function refund({ refundId, ref, amount, currency }: RefundToMake): Promise<RefundAnswer> {
    const made = await stripe.refunds.list({ payment_intent: ref, limit: 100 }, sweeping);
    const known = made.data.find(({ metadata }) => metadata?.refund === refundId);
    if (known) return answerOf(known);
    const params = {
      payment_intent: ref,
      amount: exactly(amount, currency),
      metadata: { refund: refundId },
    };
    try {
      return answerOf(
        await stripe.refunds.create(params, { ...sweeping, idempotencyKey: refundId }),
      );
    } catch (error) {
      // What Stripe refuses it refuses again; what did not arrive may have been done.
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
      return { status: 'failed', failureCode: failureOf(error.code) };
    }
  }

  function receive({ body, header }: ProviderMessage): ProviderEvent | undefined {
    const event = verified(body, header('stripe-signature') ?? '');
    if (event.livemode === testMode)
      throw new Problem(
        'validation_failed',
        `The event is of the ${event.livemode ? 'live' : 'test'} side, the key is not.`,
      );
    return translate(event);
  }

  function verified(body: string, signature: string): Stripe.Event {
    try {
      return stripe.webhooks.constructEvent(body, signature, webhookSecret);
    } catch (cause) {
      throw new Problem('unauthorized', 'The signature does not fit.', { cause });
    }
  }

  return {
    name: 'stripe',
    testMode,
    sessionLifetimeSeconds,
    paysOnOurPage: false,
    methods: ['page'],
    amountStep,
    open,
    expire,
    read,
    refund,
    receive,
  };
}

/** @throws Error for what Stripe cannot take exactly */
function exactly(amount: number, currency: string): number {
  const scaled = toStripe(amount, currency);
  if (scaled === undefined) throw new Error(`Stripe takes no ${amount} ${currency} exactly.`);
  return scaled;
}

const answerOf = ({ status, failure_reason: reason }: Stripe.Refund): RefundAnswer => {
  if (status === 'succeeded') return { status };
  return status === 'failed' || status === 'canceled'
    ? { status: 'failed', failureCode: failureOf(reason) }
    : { status: 'pending' };
};

function placeOf(apiUrl: string): Stripe.StripeConfig {
  const { protocol, hostname, port } = new URL(apiUrl);
  const isPlain = protocol === 'http:';
  return {
    host: hostname,
    protocol: isPlain ? 'http' : 'https',
    port: Number(port) || (isPlain ? 80 : 443),
  };
}
