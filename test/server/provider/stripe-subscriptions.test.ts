import { describe, expect, it } from 'vitest';
import { anna, type Json, listOf, make, membership, open, seenBy, tryOpen } from '../offers.js';
import { refOf, useProvider } from './shop.js';
import { startStripe } from './stripe-stand-in.js';

const dayMs = 24 * 60 * 60_000;

interface Bought {
  readonly trialPeriodDays?: number;
  readonly setupFee?: number;
  /** Of 10.00 euros a month, or 100.00 a year. */
  readonly interval?: 'month' | 'year';
  readonly coupon?: object;
}

describe('a subscription by Stripe', () => {
  const { far, house, tell } = useProvider(startStripe);
  let codes = 0;

  async function offered({ trialPeriodDays, setupFee, interval = 'month', coupon }: Bought) {
    const more = { link: { allowPromotionCodes: true, maxRedemptions: 1 } };
    const { seen } = await membership(house(), {
      ...(trialPeriodDays && { trialPeriodDays }),
      ...(setupFee && { setupFee }),
      ...more,
    });
    const [plan, fee] = seen.items;
    const { id: priceId } = plan.prices.find((price: Json) => price.interval === interval);
    const items = [
      { itemId: plan.id, priceId, quantity: 1 },
      ...(fee ? [{ itemId: fee.id, quantity: 1 }] : []),
    ];
    if (!coupon) return { seen, request: { ...anna, items } };
    const promotionCode = `CODE-${++codes}`;
    const { id: couponId } = await make(house(), '/v1/coupons', coupon);
    await make(house(), '/v1/promotion-codes', { couponId, code: promotionCode });
    return { seen, request: { ...anna, items, promotionCode } };
  }

  async function bought(order: Bought = {}) {
    const { seen, request } = await offered(order);
    const session = await open(house(), seen, request);
    const ref = refOf(session);
    const message = far().pay(ref);
    expect(await tell(message)).toBe(204);
    return { seen, session, ref };
  }

  const paymentsOf = (link: Json) => listOf(house(), '/v1/payments', link);
  const subscriptionOf = async (link: Json): Promise<Json> =>
    (await listOf(house(), '/v1/subscriptions', link))[0];

  const tenPercent = (duration: string, more: object = {}) => ({
    coupon: { percentOff: 10, duration, ...more },
  });
  const off = (amountOff: number, duration: string) => ({
    coupon: { amountOff, currency: 'EUR', duration },
  });

  // What is charged at first, then at each renewal, in cents.
  it.each<[string, Bought, number, number[]]>([
    ['each month', {}, 1_000, [1_000, 1_000]],
    ['each year', { interval: 'year' }, 10_000, [10_000]],
    ['with a fee', { setupFee: 500 }, 1_500, [1_000, 1_000]],
    ['a tenth off for ever', tenPercent('forever'), 900, [900, 900, 900]],
    // Half a cent is rounded up, on the whole order.
    ['the same with a fee', { setupFee: 505, ...tenPercent('forever') }, 1_354, [900, 900]],
    ['12 euros off for ever', { setupFee: 500, ...off(1_200, 'forever') }, 300, [0, 0]],
    ['a tenth off once', { setupFee: 505, ...tenPercent('once') }, 1_354, [1_000, 1_000]],
    ['20 euros off once', { setupFee: 500, ...off(2_000, 'once') }, 0, [1_000, 1_000]],
    [
      'a tenth off for three months',
      { setupFee: 505, ...tenPercent('repeating', { durationInMonths: 3 }) },
      1_354,
      [900, 900, 1_000, 1_000],
    ],
    [
      'a tenth off for three months of a year',
      { interval: 'year', ...tenPercent('repeating', { durationInMonths: 3 }) },
      9_000,
      [10_000, 10_000],
    ],
    ['after a trial', { trialPeriodDays: 14 }, 0, [1_000, 1_000]],
    ['after a day', { trialPeriodDays: 1 }, 0, [1_000, 1_000]],
    ['a trial with a fee', { trialPeriodDays: 14, setupFee: 500 }, 500, [1_000, 1_000]],
    [
      'a trial with a fee, a tenth off for ever',
      { trialPeriodDays: 14, setupFee: 500, ...tenPercent('forever') },
      450,
      [900, 900],
    ],
    [
      'a trial with a fee, a tenth off once',
      { trialPeriodDays: 14, setupFee: 500, ...tenPercent('once') },
      450,
      [1_000, 1_000],
    ],
    [
      'a trial with a fee, a tenth off for two months',
      { trialPeriodDays: 14, setupFee: 500, ...tenPercent('repeating', { durationInMonths: 2 }) },
      450,
      [900, 900, 1_000],
    ],
    ['a trial, a tenth off once', { trialPeriodDays: 14, ...tenPercent('once') }, 0, [900, 1_000]],
    ['a trial, free once', { trialPeriodDays: 14, ...off(1_000, 'once') }, 0, [0, 1_000]],
    [
      'a long trial, a tenth off for two months',
      { trialPeriodDays: 45, ...tenPercent('repeating', { durationInMonths: 2 }) },
      0,
      [900, 900, 1_000, 1_000],
    ],
  ])('costs there what it costs here: %s', async (_, order, first, renewals) => {
    const { seen, session, ref } = await bought(order);
    expect(session.total).toBe(first);
    expect(far().amountOf(ref)).toBe(first);
    const { totals } = session;
    const subscription = await subscriptionOf(seen);
    expect(subscription).toMatchObject({
      status: order.trialPeriodDays ? 'trialing' : 'active',
      nextChargeAt: totals.recurring.nextChargeAt,
    });
    // The first charge is when it was said, or as much later as the buyer took to pay.
    const { shown } = far().book.subscriptionOf(ref);
    expect(shown.metadata).toEqual({ checkout_session: session.id });
    const told: Json[] = renewals.map(() => JSON.parse(far().renew(ref).body).data.object);
    const said = Date.parse(totals.recurring.nextChargeAt);
    const charged = told[0].lines.data[0].period.start * 1_000;
    expect(charged - said).toBeGreaterThan(-1_000);
    expect(charged - said).toBeLessThan(60_000);
    for (const invoice of told) expect(await tell(far().tellOf('invoice.paid', invoice))).toBe(204);
    expect(told.map(({ amount_paid: amount }) => amount)).toEqual(renewals);
    const charges = [first, ...renewals].filter((amount) => amount > 0);
    expect(await paymentsOf(seen)).toMatchObject(
      charges.map((amount) => ({ amount, currency: 'EUR', status: 'succeeded' })),
    );
    const end = told.at(-1).lines.data[0].period.end;
    expect(await subscriptionOf(seen)).toMatchObject({
      status: 'active',
      nextChargeAt: new Date(end * 1_000).toISOString(),
    });
  });

  it('is refused with its code where Stripe cannot end the discount at the right charge', async () => {
    const product = await make(house(), '/v1/products', {
      name: 'Box',
      prices: [
        {
          ...{ unitAmount: 1_000, currency: 'EUR', type: 'recurring' },
          ...{ interval: 'week', trialPeriodDays: 7 },
        },
      ],
    });
    const link = await make(house(), '/v1/payment-links', {
      ...{ type: 'subscription', name: 'Box', currency: 'EUR', items: [{ productId: product.id }] },
      ...{ allowPromotionCodes: true, maxRedemptions: 1 },
    });
    const { id: couponId } = await make(house(), '/v1/coupons', tenPercent('once').coupon);
    await make(house(), '/v1/promotion-codes', { couponId, code: 'FIRSTBOX' });
    const { items: seen } = await seenBy(house(), link);
    const request = { ...anna, items: [{ itemId: seen[0].id, quantity: 1 }] };
    const refused = await tryOpen(house(), link, { ...request, promotionCode: 'FIRSTBOX' });
    expect(refused).toMatchObject({
      ...{ status: 422, body: { code: 'promotion_code_not_eligible' } },
    });
    expect(refused.body.detail).toContain('whole months');
    expect((await tryOpen(house(), link, request)).status).toBe(201);
  });

  it('falls behind with each try in vain, and goes on when one succeeds', async () => {
    const { seen, ref } = await bought();
    const failures = [far().failRenewal(ref), far().failRenewal(ref)] as const;
    expect(await tell(failures[0])).toBe(204);
    expect(await tell(failures[0])).toBe(204);
    expect(await subscriptionOf(seen)).toMatchObject({ status: 'past_due' });
    expect((await paymentsOf(seen)).map(({ failure }) => failure?.code)).toContain(
      'insufficient_funds',
    );
    const paid = far().renew(ref);
    expect(await tell(paid)).toBe(204);
    expect(await subscriptionOf(seen)).toMatchObject({ status: 'active' });
    // The second one comes after what it came before.
    expect(await tell(failures[1])).toBe(204);
    expect(await subscriptionOf(seen)).toMatchObject({ status: 'active' });
    const statuses = (await paymentsOf(seen)).map(({ status }) => status);
    expect(statuses).toEqual(['succeeded', 'failed', 'succeeded', 'failed']);
  });

  it('is not charged sooner because an older bill is told later', async () => {
    const { seen, ref } = await bought();
    const [older, newer] = [far().renew(ref), far().renew(ref)];
    expect(await tell(newer)).toBe(204);
    const { nextChargeAt } = await subscriptionOf(seen);
    expect(await tell(older)).toBe(204);
    expect((await subscriptionOf(seen)).nextChargeAt).toBe(nextChargeAt);
    expect((await paymentsOf(seen)).map(({ status }) => status)).toEqual(
      Array(3).fill('succeeded'),
    );
  });

  it('is for a person to look at where another amount was paid', async () => {
    const { seen, ref } = await bought();
    const { shown } = far().book.renew(ref);
    expect(await tell(far().tellOf('invoice.paid', { ...shown, amount_paid: 999 }))).toBe(204);
    const last = (await paymentsOf(seen)).at(-1);
    expect(last).toMatchObject({ status: 'needs_review', amount: 999 });
  });

  it('gives the first payment back, and a renewal', async () => {
    const { seen, ref } = await bought();
    await tell(far().renew(ref));
    for (const { id } of await paymentsOf(seen)) {
      const { body } = await house().call('POST', `/v1/payments/${id}/refunds`, { amount: 400 });
      expect(body.status).toBe('succeeded');
    }
    const payments = await paymentsOf(seen);
    expect(payments.map(({ status }) => status)).toEqual(Array(2).fill('partially_refunded'));
    const { intents } = far().book;
    const made = far().refunds.slice(-2);
    expect(new Set(made.map((refund) => refund.payment_intent)).size).toBe(2);
    for (const { payment_intent: intent } of made) expect(intents.get(intent)?.amount).toBe(1_000);
  });

  it('ends as it was ended there', async () => {
    const [byMerchant, unpaid] = [await bought(), await bought()];
    const end = Math.floor(Date.now() / 1_000) + 30 * 24 * 60 * 60;
    const planned = far().planEnd(byMerchant.ref, end);
    expect(await tell(planned)).toBe(204);
    expect(await subscriptionOf(byMerchant.seen)).toMatchObject({
      ...{ status: 'active', cancelAt: new Date(end * 1_000).toISOString() },
    });
    const takenBack = far().planEnd(byMerchant.ref, null);
    // Whichever of two comes last: what counts is how it stands.
    expect(await tell(takenBack)).toBe(204);
    expect(await tell(far().planEnd(byMerchant.ref, null))).toBe(204);
    expect((await subscriptionOf(byMerchant.seen)).cancelAt).toBeNull();
    await tell(far().endSubscription(byMerchant.ref, 'cancellation_requested'));
    await tell(far().endSubscription(unpaid.ref, 'payment_failed'));
    expect(await subscriptionOf(byMerchant.seen)).toMatchObject({
      ...{ status: 'canceled', cancelReason: 'requested' },
    });
    expect(await subscriptionOf(unpaid.seen)).toMatchObject({
      ...{ status: 'canceled', cancelReason: 'payment_failed' },
    });
  });

  it('does not end because an older plan to end it is told later', async () => {
    const { seen, ref } = await bought();
    const planned = far().planEnd(ref, Math.floor((Date.now() + 30 * dayMs) / 1_000));
    expect(await tell(far().planEnd(ref, null))).toBe(204);
    expect(await tell(planned)).toBe(204);
    expect((await subscriptionOf(seen)).cancelAt).toBeNull();
  });

  it('is ended there by us, at once or with its period, as often as it is asked for', async () => {
    const { session, ref } = await bought();
    const { provider, book } = far();
    const subscription = { sessionId: session.id, checkoutRef: ref };
    await provider.endSubscription?.(subscription, 'period_end');
    await provider.endSubscription?.(subscription, 'period_end');
    expect(book.subscriptionOf(ref).shown).toMatchObject({
      ...{ status: 'active', cancel_at_period_end: true },
    });
    await provider.endSubscription?.(subscription, 'now');
    expect(book.subscriptionOf(ref).shown.status).toBe('canceled');
    await provider.endSubscription?.(subscription, 'now');
    await provider.endSubscription?.(subscription, 'period_end');
    expect(far().refunds.every(({ metadata }) => metadata.refund)).toBe(true);
  });

  it('is heard of again until its checkout is known, and of no other account', async () => {
    const { seen, request } = await offered({});
    const session = await open(house(), seen, request);
    const ref = refOf(session);
    const completed = far().pay(ref);
    const { shown } = far().book.renew(ref);
    expect(await tell(far().tellOf('invoice.paid', shown))).toBe(404);
    expect(await tell(completed)).toBe(204);
    const elsewhere = { account: 'acct_elsewhere' };
    expect(await tell(far().tellOf('invoice.paid', shown, elsewhere))).toBe(204);
    expect(await paymentsOf(seen)).toHaveLength(1);
    const manual = { ...shown, billing_reason: 'manual' };
    expect(await tell(far().tellOf('invoice.paid', manual))).toBe(204);
    expect(await paymentsOf(seen)).toHaveLength(1);
    expect(await tell(far().tellOf('invoice.paid', shown))).toBe(204);
    expect(await paymentsOf(seen)).toHaveLength(2);
  });
});
