/** Opens a checkout at Stripe, of one payment or of a subscription, at the amounts of our snapshot. */
import type Stripe from 'stripe';
import type { Recurring } from '../../../contract/index.js';
import type { CheckoutToOpen } from '../provider.js';
import { exactly } from './amounts.js';
import { inOne, type Part, planOf } from './plan.js';
import type { Window } from './trial.js';

/** Seconds. Stripe takes no session shorter than half an hour; whoever asks again after a crash has not lost it. */
export const sessionLifetimeSeconds = 35 * 60;

type Params = Stripe.Checkout.SessionCreateParams;
type LineItem = NonNullable<Params['line_items']>[number];

/** All that is made carries a key of the session's: asked for again, it is there once. */
export async function openCheckout(stripe: Stripe, checkout: CheckoutToOpen) {
  const { recurring } = checkout.totals;
  const params = recurring
    ? await subscriptionParams(stripe, checkout, recurring)
    : await paymentParams(stripe, checkout);
  const { id, url } = await stripe.checkout.sessions.create(
    { ...sharedParams(checkout), ...params },
    { idempotencyKey: `${checkout.sessionId}/open` },
  );
  return { ref: id, url, renewsItself: recurring !== null };
}

const sharedParams = (checkout: CheckoutToOpen): Params => ({
  client_reference_id: checkout.sessionId,
  success_url: checkout.pageUrl,
  cancel_url: checkout.pageUrl,
  expires_at: Math.floor(Date.parse(checkout.expiresAt) / 1_000),
  ...(checkout.customerEmail && { customer_email: checkout.customerEmail }),
  metadata: { checkout_session: checkout.sessionId },
});

async function paymentParams(stripe: Stripe, checkout: CheckoutToOpen): Promise<Params> {
  const { sessionId, lines, totals, amount, currency } = checkout;
  exactly(amount, currency);
  return {
    mode: 'payment',
    line_items: lines.map((line) => lineItem(line, currency)),
    ...(totals.discount > 0 && {
      discounts: [
        { coupon: await makeCoupon(stripe, checkout, { duration: 'once', off: totals.discount }) },
      ],
    }),
    // Only where there is something to pay is there an intent.
    payment_intent_data: { metadata: { checkout_session: sessionId } },
  };
}

/** @throws Problem for what Stripe cannot bill exactly as it was priced */
async function subscriptionParams(
  stripe: Stripe,
  checkout: CheckoutToOpen,
  recurring: Recurring,
): Promise<Params> {
  const { sessionId, currency, expiresAt } = checkout;
  const plan = planOf({ ...checkout, recurring }, windowOf(expiresAt));
  const { interval, intervalCount } = recurring;
  const cycle = { interval, interval_count: intervalCount };
  const once = plan.once.map((part) => lineItem(part, currency));
  const subscription: Params = {
    mode: 'subscription',
    subscription_data: { metadata: { checkout_session: sessionId }, ...plan.trial },
  };
  const { coupon } = plan;
  if (coupon?.duration !== 'repeating')
    return {
      ...subscription,
      line_items: [...plan.recurring.map((part) => lineItem(part, currency, cycle)), ...once],
      ...(coupon && { discounts: [{ coupon: await makeCoupon(stripe, checkout, coupon) }] }),
    };
  // A coupon for what recurs and not for a fee beside it needs a product to name.
  const whole = inOne(plan.recurring);
  const { id: product } = await stripe.products.create(
    { name: whole.name },
    { idempotencyKey: `${sessionId}/product` },
  );
  const price = lineItem(whole, currency, cycle)
    .price_data as Stripe.Checkout.SessionCreateParams.LineItem.PriceData;
  const { product_data: _, ...known } = price;
  return {
    ...subscription,
    line_items: [{ quantity: 1, price_data: { ...known, product } }, ...once],
    discounts: [{ coupon: await makeCoupon(stripe, checkout, { ...coupon, product }) }],
  };
}

/** In whole seconds, as Stripe dates. */
function windowOf(expiresAt: string): Window {
  const until = Math.floor(Date.parse(expiresAt) / 1_000);
  const isoOf = (seconds: number) => new Date(seconds * 1_000).toISOString();
  return { from: isoOf(until - sessionLifetimeSeconds), until: isoOf(until) };
}

type Cycle = NonNullable<LineItem['price_data']>['recurring'];

const lineItem = ({ name, quantity, unitAmount }: Part, currency: string, recurring?: Cycle) =>
  ({
    quantity,
    price_data: {
      currency: currency.toLowerCase(),
      unit_amount: exactly(unitAmount, currency),
      product_data: { name },
      ...(recurring && { recurring }),
    },
  }) satisfies LineItem;

interface CouponToMake {
  readonly duration: 'once' | 'repeating';
  readonly off: number;
  readonly months?: number;
  /** What it is for; all of the invoice where none is named. */
  readonly product?: string;
}

/** What our promotion takes off, as one amount: Stripe is not to calculate it again. */
async function makeCoupon(
  stripe: Stripe,
  { sessionId, totals, currency }: CheckoutToOpen,
  { duration, off, months, product }: CouponToMake,
): Promise<string> {
  const { id } = await stripe.coupons.create(
    {
      amount_off: exactly(off, currency),
      currency: currency.toLowerCase(),
      duration,
      ...(months && { duration_in_months: months }),
      ...(product && { applies_to: { products: [product] } }),
      max_redemptions: 1,
      name: (totals.discounts[0]?.code ?? 'Discount').slice(0, 40),
    },
    { idempotencyKey: `${sessionId}/coupon` },
  );
  return id;
}
