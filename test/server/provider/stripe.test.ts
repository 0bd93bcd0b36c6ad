import { describe, expect, it } from 'vitest';
import { fromStripe, toStripe } from '../../../src/server/provider/stripe/amounts.js';
import { anna, readSession } from '../offers.js';
import { refOf, useProvider } from './shop.js';
import { startStripe } from './stripe-stand-in.js';

describe('an amount', () => {
  // Ours → Stripe's, by the tables of docs.stripe.com/currencies.
  it.each([
    [2_500, 'EUR', 2_500],
    [2_500, 'XAF', 2_500],
    [500, 'JPY', 500],
    [1_230, 'KWD', 1_230],
    [1_234, 'KWD', undefined],
    [700, 'UGX', 70_000],
    [700, 'ISK', 70_000],
    [70_000, 'HUF', 70_000],
    [70_050, 'HUF', undefined],
    [300, 'TWD', 300],
    [350, 'TWD', undefined],
    [500, 'MGA', 5],
    [550, 'MGA', undefined],
    [0, 'EUR', 0],
  ])('of %i %s is %s to Stripe, and comes back', (amount, currency, there) => {
    expect(toStripe(amount, currency)).toBe(there);
    if (there !== undefined)
      expect(fromStripe(there, currency.toLowerCase())).toEqual({ amount, currency });
  });
});

describe('an amount Stripe cannot take', () => {
  const { house } = useProvider(startStripe);
  const post = (path: string, body: unknown) => house().call('POST', path, body);
  const link = { type: 'amount', name: 'Fee', currency: 'HUF' };
  const named = (path: string) => ({
    ...{ status: 422 },
    body: {
      code: 'validation_failed',
      errors: [{ path, code: 'not_payable', message: expect.stringContaining('multiples of') }],
    },
  });

  it.each([
    ['/v1/payment-links', { ...link, amount: 150 }, 'amount'],
    ['/v1/payment-links', { ...link, minAmount: 150 }, 'minAmount'],
    ['/v1/payment-links', { ...link, suggestedAmounts: [100, 250] }, 'suggestedAmounts.1'],
    [
      '/v1/payment-links',
      { ...link, type: 'product', items: [{ name: 'Tea', unitAmount: 199 }] },
      'items.0.unitAmount',
    ],
    [
      '/v1/products',
      { name: 'Tea', prices: [{ unitAmount: 1_234, currency: 'KWD', type: 'one_time' }] },
      'prices.0.unitAmount',
    ],
    [
      '/v1/products',
      {
        ...{ name: 'Tea', options: [{ name: 'size', values: ['S'] }] },
        skus: [{ attributes: { size: 'S' }, unitAmount: 50 }],
        prices: [{ unitAmount: 100, currency: 'HUF', type: 'one_time' }],
      },
      'skus.0.unitAmount',
    ],
    ['/v1/coupons', { amountOff: 150, currency: 'TWD' }, 'amountOff'],
  ])('is refused by %s: %j', async (path, body, where) => {
    expect(await post(path, body)).toMatchObject(named(where));
  });

  it('is refused when a link, a SKU or a price is changed', async () => {
    const { body: fee } = await post('/v1/payment-links', { ...link, amount: 100 });
    const change = (path: string, body: object) => house().call('PATCH', path, body);
    expect(await change(`/v1/payment-links/${fee.id}`, { amount: 101 })).toMatchObject(
      named('amount'),
    );
    const price = { unitAmount: 100, currency: 'HUF', type: 'one_time' };
    const { body: tea } = await post('/v1/products', { name: 'Tea', prices: [price] });
    expect(await change(`/v1/skus/${tea.skus[0].id}`, { unitAmount: 5 })).toMatchObject(
      named('unitAmount'),
    );
    const added = { ...price, productId: tea.id, unitAmount: 110 };
    expect(await post('/v1/prices', added)).toMatchObject(named('unitAmount'));
  });

  it('is no choice of a buyer’s, nor what a promotion code may leave', async () => {
    const range = { ...link, minAmount: 100, maxAmount: 100_000, allowPromotionCodes: true };
    const { body: gift } = await post('/v1/payment-links', range);
    const at = `/v1/public/payment-links/${gift.id}`;
    for (const path of [`${at}/quote`, `${at}/sessions`])
      expect(await post(path, { ...anna, amount: 150 })).toMatchObject({
        ...{ status: 422 },
        body: { code: 'invalid_selection', errors: [{ path: 'amount' }] },
      });
    const { body: third } = await post('/v1/coupons', { percentOff: 33 });
    await post('/v1/promotion-codes', { couponId: third.id, code: 'THIRD' });
    const ask = (amount: number) =>
      post(`${at}/sessions`, { ...anna, amount, promotionCode: 'THIRD' });
    expect((await ask(1_000)).body.code).toBe('promotion_code_not_eligible');
    expect((await ask(10_000)).body).toMatchObject({ total: 6_700, status: 'open' });
  });
});

describe('Stripe', () => {
  const { far, house, opened, tell, paymentsOf } = useProvider(startStripe);

  it('is given our snapshot, the page to come back to and our expiry', async () => {
    const session = await opened();
    const { asked } = far().sessions.get(refOf(session));
    expect(asked).toMatchObject({
      client_reference_id: session.id,
      customer_email: anna.customer.email,
      success_url: `http://127.0.0.1:4242/c/${session.id}`,
      line_items: [{ price_data: { currency: 'xaf', product_data: { name: 'Invoice 17' } } }],
    });
    expect(Number(asked.expires_at)).toBe(Math.floor(Date.parse(session.expiresAt) / 1_000));
  });

  it.each(['before', 'after', 500] as const)(
    'opens one checkout though the first call meets: %s',
    async (fault) => {
      const known = await far().count();
      far().meet(fault);
      expect((await opened()).status).toBe('open');
      expect(far().count()).toBe(known + 1);
    },
  );

  it.each([
    ['lost_card', 'declined'],
    ['transaction_not_allowed', 'not_allowed'],
    ['processing_error', 'provider_error'],
  ])('declines for %s, which a buyer hears as %s', async (theirs, ours) => {
    const session = await opened();
    expect(await tell(far().declineWith(refOf(session), theirs))).toBe(204);
    expect((await readSession(house(), session)).failure).toEqual({ code: ours });
  });

  it('is not heard of the live side with a key of the test side, nor of other ways to sell', async () => {
    const session = await opened();
    far().pay(refOf(session));
    expect(await tell(far().told(refOf(session), { livemode: true }))).toBe(422);
    const elsewhere = { client_reference_id: 'order 17' };
    expect(await tell(far().told(refOf(session), elsewhere))).toBe(204);
    expect((await readSession(house(), session)).status).toBe('open');
  });

  it('is not paid by another of its own payment links that was given our reference', async () => {
    const session = await opened();
    far().pay(refOf(session));
    const other = { id: 'cs_test_link', payment_intent: 'pi_link' };
    expect(await tell(far().told(refOf(session), { ...other, payment_status: 'unpaid' }))).toBe(
      204,
    );
    expect(await paymentsOf(session)).toEqual([]);
    expect(await tell(far().told(refOf(session), other))).toBe(204);
    expect((await readSession(house(), session)).status).toBe('open');
    expect(await paymentsOf(session)).toMatchObject([{ status: 'needs_review' }]);
  });

  it.each(['before', 'after', 500] as const)(
    'gives back once, though the call meets: %s',
    async (fault) => {
      const session = await opened();
      await tell(far().pay(refOf(session)));
      const [payment] = await paymentsOf(session);
      far().meetRefund(fault);
      const path = `/v1/payments/${payment?.id}/refunds`;
      const { body } = await house().call('POST', path, { amount: 1_000 });
      // The SDK itself tries a line once more that was broken off.
      expect(body.status).toBe(fault === 500 ? 'pending' : 'succeeded');
      await house().moveClock(60);
      await house().worker.sweep();
      expect(await paymentsOf(session)).toMatchObject([{ status: 'partially_refunded' }]);
      const { payment_intent: intent } = far().sessions.get(refOf(session));
      const made = far().refunds.filter((refund) => refund.payment_intent === intent);
      expect(made.map(({ amount }) => amount)).toEqual([1_000]);
    },
  );

  it('may say no to a debit in the end, without a word', async () => {
    const session = await opened();
    const statusOf = async () => (await readSession(house(), session)).status;
    expect(await tell(far().delay(refOf(session)))).toBe(204);
    expect(await statusOf()).toBe('processing');
    await house().moveClock(3 * 24 * 60 * 60);
    await house().worker.sweep();
    expect(await statusOf()).toBe('processing');
    far().failDebit(refOf(session));
    await house().moveClock(60 * 60);
    await house().worker.sweep();
    expect(await paymentsOf(session)).toMatchObject([{ status: 'failed' }]);
    // Its own time is long over, and nobody can pay there once more.
    await house().worker.sweep();
    expect(await statusOf()).toBe('expired');
  });
});
