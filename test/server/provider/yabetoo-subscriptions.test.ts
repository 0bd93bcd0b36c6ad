import { describe, expect, it } from 'vitest';
import {
  anna,
  eventTypesOf,
  type Json,
  listOf,
  make,
  open,
  readSession,
  seenBy,
  tryOpen,
} from '../offers.js';
import { refOf, useProvider } from './shop.js';
import { startYabetoo } from './yabetoo-stand-in.js';

interface Plan {
  readonly hasPrice?: boolean;
  readonly trialPeriodDays?: number;
  readonly fee?: 'in the catalogue' | 'inline';
  readonly link?: object;
  /** Of the SKU, where it has its own. */
  readonly ownAmount?: number;
}

describe('a subscription by Yabetoo', () => {
  const { far, house, tell } = useProvider(startYabetoo);
  let count = 0;

  /** 5,000 francs a month, and 1,000 for the setup. */
  async function offered({ hasPrice = true, trialPeriodDays, fee, link: more, ownAmount }: Plan) {
    const [monthly, setup] = [`price_month_${++count}`, `price_setup_${count}`];
    const shared = { currency: 'XAF' };
    far().catalogue.set(monthly, {
      ...{ ...shared, amount: 5_000, isRecurring: true },
      hasTrial: trialPeriodDays !== undefined,
    });
    far().catalogue.set(setup, { ...shared, amount: 1_000, isRecurring: false });
    const product = await make(house(), '/v1/products', {
      name: 'Club',
      ...(ownAmount && { skus: [{ attributes: {}, unitAmount: ownAmount }] }),
      prices: [
        {
          ...{ ...shared, unitAmount: 5_000, type: 'recurring', interval: 'month' },
          ...(trialPeriodDays && { trialPeriodDays }),
          ...(hasPrice && { providerPriceId: monthly }),
        },
      ],
    });
    const setupPrice = { ...shared, unitAmount: 1_000, type: 'one_time', providerPriceId: setup };
    const feeProduct =
      fee === 'in the catalogue' &&
      (await make(house(), '/v1/products', { name: 'Setup', prices: [setupPrice] }));
    const link = await make(house(), '/v1/payment-links', {
      ...{ type: 'subscription', name: 'Club', ...shared, ...more },
      items: [
        { productId: product.id },
        ...(feeProduct ? [{ productId: feeProduct.id }] : []),
        ...(fee === 'inline' ? [{ name: 'Setup', unitAmount: 1_000 }] : []),
      ],
    });
    const { items } = await seenBy(house(), link);
    const request = { ...anna, items: items.map(({ id }: Json) => ({ itemId: id, quantity: 1 })) };
    return { link, request, monthly, setup };
  }

  const subscriptionOf = async (link: Json): Promise<Json> =>
    (await listOf(house(), '/v1/subscriptions', link))[0];
  const renewsItself = async ({ id }: Json) =>
    (
      await house()
        .backend.db.selectFrom('checkoutSession')
        .select('renewsItself')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
    ).renewsItself;

  it('is renewed there by the prices of its catalogue, with a setup fee', async () => {
    const { link, request, monthly, setup } = await offered({ fee: 'in the catalogue' });
    const session = await open(house(), link, request);
    const { mode, line_items: lines, ...rest } = far().askedOf(refOf(session));
    expect({ mode, lines }).toEqual({
      mode: 'subscription',
      lines: [
        { price: monthly, quantity: 1 },
        { price: setup, quantity: 1 },
      ],
    });
    expect(rest.client_reference_id).toBe(session.id);
    expect(far().amountOf(refOf(session))).toBe(6_000);
    expect(await renewsItself(session)).toBe(true);
    expect(await tell(far().pay(refOf(session)))).toBe(204);
    const data = { checkoutSessionId: refOf(session), subscriptionId: 'sub_there' };
    expect(await tell(far().tellOf('subscription.created', data))).toBe(204);
    expect(await subscriptionOf(link)).toMatchObject({ status: 'active', amount: 5_000 });
    expect(await listOf(house(), '/v1/payments', link)).toMatchObject([{ amount: 6_000 }]);
  });

  it('begins there with a trial, without a payment', async () => {
    const { link, request } = await offered({ trialPeriodDays: 14 });
    const session = await open(house(), link, request);
    expect(far().askedOf(refOf(session)).mode).toBe('subscription');
    expect(await tell(far().pay(refOf(session)))).toBe(204);
    expect(await readSession(house(), session)).toMatchObject({
      ...{ status: 'complete', paymentStatus: 'no_payment_required' },
    });
    expect(await subscriptionOf(link)).toMatchObject({ status: 'trialing' });
  });

  it('is refused with a setup fee and a trial, and its place given back', async () => {
    const plan = {
      trialPeriodDays: 14,
      fee: 'in the catalogue',
      link: { maxRedemptions: 1 },
    } as const;
    const { link, request } = await offered(plan);
    for (const _ of [1, 2]) {
      const refused = await tryOpen(house(), link, request);
      expect(refused).toMatchObject({ status: 422, body: { code: 'invalid_selection' } });
      expect(refused.body.detail).toContain('no setup fee together with a trial');
    }
    const read = await house().call('GET', `/v1/payment-links/${link.id}`);
    expect(read.body.reservedCount).toBe(0);
  });

  it.each<[string, Plan, number]>([
    ['its price has no name there', { hasPrice: false }, 5_000],
    ['its fee has none', { fee: 'inline' }, 6_000],
    ['its SKU has an amount of its own', { ownAmount: 4_000 }, 4_000],
    [
      'it is in its trial, its fee is not',
      { hasPrice: false, trialPeriodDays: 7, fee: 'inline' },
      1_000,
    ],
  ])('is paid for its first period alone where %s', async (_, plan, due) => {
    const { link, request } = await offered(plan);
    const session = await open(house(), link, request);
    expect(far().askedOf(refOf(session)).mode).toBe('payment');
    expect(far().amountOf(refOf(session))).toBe(due);
    expect(await renewsItself(session)).toBe(false);
    expect(await tell(far().pay(refOf(session)))).toBe(204);
    expect((await readSession(house(), session)).status).toBe('complete');
    expect((await subscriptionOf(link)).nextChargeAt).toBe(session.totals.recurring.nextChargeAt);
  });

  it('is paid by its buyer each period where a code takes something off', async () => {
    const { link, request } = await offered({ link: { allowPromotionCodes: true } });
    const { id: couponId } = await make(house(), '/v1/coupons', {
      ...{ percentOff: 10, duration: 'forever' },
    });
    await make(house(), '/v1/promotion-codes', { couponId, code: 'TENTH' });
    const session = await open(house(), link, { ...request, promotionCode: 'TENTH' });
    expect(far().askedOf(refOf(session)).mode).toBe('payment');
    expect(far().amountOf(refOf(session))).toBe(4_500);
    expect(await renewsItself(session)).toBe(false);
    expect(await tell(far().pay(refOf(session)))).toBe(204);
    expect(await subscriptionOf(link)).toMatchObject({ status: 'active', amount: 4_500 });
  });

  it('begins at once where nothing is due and Yabetoo would renew nothing', async () => {
    const { link, request } = await offered({ hasPrice: false, trialPeriodDays: 7 });
    const known = far().count();
    const headers = { 'idempotency-key': 'trial-at-once' };
    const session = await open(house(), link, request, { headers });
    expect(far().count()).toBe(known);
    expect(session).toMatchObject({
      ...{ status: 'complete', paymentStatus: 'no_payment_required', total: 0 },
      url: `http://127.0.0.1:4242/c/${session.id}`,
    });
    expect((await open(house(), link, request, { headers })).id).toBe(session.id);
    const subscription = await subscriptionOf(link);
    expect(subscription).toMatchObject({ status: 'trialing', amount: 5_000 });
    expect(await listOf(house(), '/v1/payments', link)).toEqual([]);
    // After the trial it is the buyer who is asked.
    await house().moveClock(8 * 24 * 60 * 60);
    await house().worker.sweep();
    expect(await subscriptionOf(link)).toMatchObject({ status: 'past_due' });
  });

  describe('that its buyer pays each period', () => {
    const day = 24 * 60 * 60;
    const pass = async (seconds: number) => {
      await house().moveClock(seconds);
      await house().worker.sweep();
    };
    const page = (subscription: Json, action = '', method = 'GET') =>
      house().call(method, `${new URL(subscription.manageUrl).pathname}${action}`, undefined, {
        key: null,
      });

    const read = async ({ id }: Json): Promise<Json> =>
      (await house().call('GET', `/v1/subscriptions/${id}`)).body;

    async function begun(): Promise<Json> {
      const { link, request } = await offered({ hasPrice: false });
      const session = await open(house(), link, request);
      await tell(far().pay(refOf(session)));
      return { link, subscription: await subscriptionOf(link) };
    }

    it('can be paid from three days before it is due, on its page', async () => {
      const { link, subscription } = await begun();
      expect((await page(subscription)).text).not.toContain('Pay XAF');
      expect((await page(subscription, '/pay', 'POST')).headers.get('location')).toMatch(/^\/s\//);
      await pass(29 * day);
      expect((await page(subscription)).text).toContain('You can pay the next period now.');
      const { status, headers } = await page(subscription, '/pay', 'POST');
      const url = headers.get('location') ?? '';
      expect([status, url]).toEqual([303, expect.stringContaining('.test/')]);
      const ref = refOf({ url });
      expect(far().amountOf(ref)).toBe(5_000);
      await tell(far().pay(ref));
      await pass(3 * day);
      const after = await subscriptionOf(link);
      expect(after.status).toBe('active');
      expect(Date.parse(after.nextChargeAt)).toBeGreaterThan(Date.parse(subscription.nextChargeAt));
      const payments = await listOf(house(), '/v1/payments', link);
      expect(payments.map((one) => [one.status, one.amount, one.subscriptionId])).toEqual(
        Array(2).fill(['succeeded', 5_000, subscription.id]),
      );
    });

    it('has one page to be paid on, however often its buyer asks for it', async () => {
      const { subscription } = await begun();
      await pass(31 * day);
      const before = await far().count();
      const presses = [1, 2, 3].map(() => page(subscription, '/pay', 'POST'));
      await Promise.all(presses);
      const { headers } = await page(subscription, '/pay', 'POST');
      expect(far().count()).toBe(before + 1);
      await tell(far().pay(refOf({ url: headers.get('location') })));
      expect(await read(subscription)).toMatchObject({ status: 'active' });
    });

    it('is not paid for any more once it has ended, whatever page is still open', async () => {
      const { link, subscription } = await begun();
      await pass(31 * day);
      const { headers } = await page(subscription, '/pay', 'POST');
      const ref = refOf({ url: headers.get('location') });
      await page(subscription, '/cancel', 'POST');
      expect(await read(subscription)).toMatchObject({ status: 'canceled' });
      await tell(far().pay(ref));
      await pass(60);
      // Yabetoo gives nothing back by its API: it is the merchant's to do, and they are told.
      const payments = await listOf(house(), '/v1/payments', link);
      expect(payments.map(({ status }) => status)).toEqual(['succeeded', 'needs_review']);
      const types = await eventTypesOf(house(), link);
      expect(types).toContain('payment.refund_failed');
      expect(types.filter((type) => type === 'checkout_session.completed')).toHaveLength(1);
      const sessions = await listOf(house(), '/v1/checkout-sessions', link);
      expect(sessions.map(({ status, renewalOf }) => [status, renewalOf])).toEqual([
        ['complete', null],
        ['canceled', subscription.id],
      ]);
    });

    it('is used until its paid period ends, where the next one was paid before the end was planned', async () => {
      const { subscription } = await begun();
      await pass(29 * day);
      const { headers } = await page(subscription, '/pay', 'POST');
      await page(subscription, '/cancel', 'POST');
      // Its page was closed with the plan; what is paid there all the same buys the next period.
      await tell(far().pay(refOf({ url: headers.get('location') })));
      const after = await read(subscription);
      expect(after.status).toBe('active');
      expect(after.cancelAt).toBe(after.nextChargeAt);
      await pass(25 * day);
      expect((await read(subscription)).status).toBe('active');
      await pass(15 * day);
      expect((await read(subscription)).status).toBe('canceled');
    });

    it('is past due when nobody has paid, and ends seven days later', async () => {
      const { link, subscription } = await begun();
      await pass(31 * day);
      expect((await subscriptionOf(link)).status).toBe('past_due');
      const shown = await page(subscription);
      expect(shown.text).toContain('A payment is due');
      // What was begun and left is no payment.
      await page(subscription, '/pay', 'POST');
      for (let days = 0; days < 7; days += 1) await pass(day);
      await pass(60);
      expect(await subscriptionOf(link)).toMatchObject({
        ...{ status: 'canceled', cancelReason: 'payment_failed' },
      });
      expect((await page(subscription, '/pay', 'POST')).headers.get('location')).toMatch(/^\/s\//);
      expect(await listOf(house(), '/v1/payments', link)).toHaveLength(1);
    });
  });

  it('cannot be ended by us where Yabetoo renews it, and says so', async () => {
    const { link, request } = await offered({});
    const session = await open(house(), link, request);
    await tell(far().pay(refOf(session)));
    const subscription = await subscriptionOf(link);
    const wish = { at: 'now' };
    const answer = await house().call('POST', `/v1/subscriptions/${subscription.id}/cancel`, wish);
    expect(answer).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const path = new URL(subscription.manageUrl).pathname;
    const { text } = await house().call('GET', path, undefined, { key: null });
    expect(text).toContain('To cancel, write to');
    expect(text).not.toContain('?cancel=1');
  });
});
