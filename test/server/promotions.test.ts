import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type House, storeNames, useHouse } from './house.js';

const couponOf = async ({ call }: House, coupon: object = { percentOff: 25 }) =>
  (await call('POST', '/v1/coupons', coupon)).body;

async function codeOf(house: House, code: object = {}, coupon?: object) {
  const { id } = await couponOf(house, coupon);
  const answer = await house.call('POST', '/v1/promotion-codes', { couponId: id, ...code });
  expect(answer.status).toBe(201);
  return answer.body;
}

const linkOf = async ({ call }: House, changes: object = {}) =>
  (
    await call('POST', '/v1/payment-links', {
      type: 'amount',
      name: 'Poster',
      currency: 'EUR',
      amount: 2000,
      allowPromotionCodes: true,
      ...changes,
    })
  ).body;

let buyers = 0;
const buyer = (email = `buyer${++buyers}@example.com`) => ({ customer: { email } });

const open = ({ call }: House, link: { id: string }, request: object) =>
  call(
    'POST',
    `/v1/public/payment-links/${link.id}/sessions`,
    { ...buyer(), ...request },
    { key: null },
  );

const quote = ({ call }: House, link: { id: string }, selection: object) =>
  call('POST', `/v1/public/payment-links/${link.id}/quote`, selection, { key: null });

const settle = ({ call }: House, id: string, outcome: object = { outcome: 'succeeded' }) =>
  call('POST', `/v1/sandbox/checkout-sessions/${id}`, outcome, { key: null });

const countsOf = async ({ call }: House, id: string) => {
  const { redemptionCount, reservedCount } = (await call('GET', `/v1/promotion-codes/${id}`)).body;
  return { used: redemptionCount, reserved: reservedCount };
};

describe.each(storeNames)('promotion codes on %s', (store) => {
  const house = useHouse(store);

  it('take a share off, in whatever case they are typed', async () => {
    const { code } = await codeOf(house(), { code: 'Spring-25' });
    expect(code).toBe('SPRING-25');
    const link = await linkOf(house());
    const { status, body } = await quote(house(), link, { promotionCode: ' spring-25 ' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      subtotal: 2000,
      discounts: [{ code: 'SPRING-25', percentOff: 25, amount: 500, duration: 'once' }],
      discount: 500,
      total: 1500,
    });
  });

  it('charge what was quoted, count the use, and show it to the merchant', async () => {
    const { id, code } = await codeOf(house());
    const link = await linkOf(house());
    const opened = await open(house(), link, { promotionCode: code, expectedTotal: 1500 });
    expect(opened.status).toBe(201);
    expect(opened.body).toMatchObject({ total: 1500, totals: { discount: 500 } });
    expect(await countsOf(house(), id)).toEqual({ used: 0, reserved: 1 });
    await settle(house(), opened.body.id);
    expect(await countsOf(house(), id)).toEqual({ used: 1, reserved: 0 });
    const { body } = await house().call('GET', `/v1/payments?paymentLinkId=${link.id}`);
    expect(body.data).toMatchObject([{ amount: 1500, status: 'succeeded' }]);
  });

  it('ask for nothing where everything is taken off', async () => {
    const { code } = await codeOf(house(), {}, { percentOff: 100 });
    const { body } = await open(house(), await linkOf(house()), { promotionCode: code });
    expect(body.total).toBe(0);
    const done = await settle(house(), body.id);
    expect(done.body).toMatchObject({ status: 'complete', paymentStatus: 'no_payment_required' });
  });

  it('give a use back when the session ends unpaid, and take it again for late money', async () => {
    const { id, code } = await codeOf(house(), { maxRedemptions: 1 });
    const link = await linkOf(house());
    const { body: session } = await open(house(), link, { promotionCode: code });
    const other = await open(house(), link, { promotionCode: code });
    expect([other.status, other.body.code]).toEqual([422, 'promotion_code_used_up']);
    await house().call('POST', `/v1/public/checkout-sessions/${session.id}/cancel`, {});
    expect(await countsOf(house(), id)).toEqual({ used: 0, reserved: 0 });
  });

  it('let a buyer replace their own session that holds the last use', async () => {
    const { id, code } = await codeOf(house(), { maxRedemptions: 1, firstTimeTransaction: true });
    const link = await linkOf(house());
    const me = buyer();
    const first = await open(house(), link, { ...me, promotionCode: code });
    const again = await open(house(), link, {
      ...me,
      promotionCode: code,
      replaces: first.body.id,
    });
    expect(again.status).toBe(201);
    expect(await countsOf(house(), id)).toEqual({ used: 0, reserved: 1 });
  });

  it('are had by exactly as many as come first', async () => {
    const { id, code } = await codeOf(house(), { maxRedemptions: 5 });
    const link = await linkOf(house());
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => open(house(), link, { promotionCode: code })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    const refused = answers.filter(({ body }) => body.code === 'promotion_code_used_up');
    expect(refused).toHaveLength(35);
    expect(await countsOf(house(), id)).toEqual({ used: 0, reserved: 5 });
    const { rows } = await sql<{ sessions: number }>`
      select count(*)::int as sessions from checkout_session where payment_link_id = ${link.id}
    `.execute(house().backend.db);
    expect(rows).toEqual([{ sessions: 5 }]);
  });

  it('welcome one address once, however often it asks at the same time', async () => {
    const { code } = await codeOf(house(), { firstTimeTransaction: true });
    const link = await linkOf(house());
    const me = buyer();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => open(house(), link, { ...me, promotionCode: code })),
    );
    const opened = answers.filter(({ status }) => status === 201);
    expect(opened).toHaveLength(1);
    await settle(house(), opened[0]?.body.id);
    const shouted = { customer: { email: me.customer.email.toUpperCase() } };
    const later = await quote(house(), link, { ...shouted, promotionCode: code });
    expect(later.body.code).toBe('promotion_code_not_first_purchase');
    expect((await quote(house(), link, { promotionCode: code })).status).toBe(200);
  });
});

describe.each(storeNames)('a promotion code on %s', (store) => {
  const house = useHouse(store);

  const refusals: [what: string, code: object, coupon: object, link: object, problem: string][] = [
    ['that expired', { expiresAt: '2026-11-23T00:00:00Z' }, {}, {}, 'expired'],
    ['that was switched off', { isActive: false }, {}, {}, 'invalid'],
    [
      'below its minimum',
      { minimumAmount: 2001, minimumAmountCurrency: 'EUR' },
      {},
      {},
      'minimum_not_met',
    ],
    ['of another currency', {}, { amountOff: 500, currency: 'USD' }, {}, 'currency_mismatch'],
    [
      'with a minimum in another currency',
      { minimumAmount: 1, minimumAmountCurrency: 'USD' },
      {},
      {},
      'currency_mismatch',
    ],
    ['on a link without codes', {}, {}, { allowPromotionCodes: false }, 'not_eligible'],
  ];
  it.each(refusals)(
    '%s is refused in its own words',
    async (_what, code, coupon, link, problem) => {
      const { expiresAt, ...rest } = code as { expiresAt?: string };
      const grant = Object.keys(coupon).length ? coupon : { percentOff: 10 };
      const made = await codeOf(house(), rest, grant);
      if (expiresAt)
        await sql`update promotion_code set expires_at = paylink_now() where id = ${made.id}`.execute(
          house().backend.db,
        );
      const made2 = await linkOf(house(), link);
      for (const call of [quote, open]) {
        const { status, body } = await call(house(), made2, { promotionCode: made.code });
        expect([status, body.code]).toEqual([422, `promotion_code_${problem}`]);
        expect(body.errors).toMatchObject([{ path: 'promotionCode' }]);
      }
    },
  );

  it('nobody made is not known', async () => {
    const { body } = await quote(house(), await linkOf(house()), { promotionCode: 'NOPE' });
    expect(body.code).toBe('promotion_code_invalid');
  });

  it('takes a fixed amount of each currency, and never more than there is', async () => {
    const coupon = {
      amountOff: 500,
      currency: 'EUR',
      currencyOptions: { XAF: { amountOff: 3000 } },
    };
    const { code } = await codeOf(house(), {}, coupon);
    const francs = await linkOf(house(), { currency: 'XAF', amount: 2500 });
    expect((await quote(house(), francs, { promotionCode: code })).body).toMatchObject({
      discount: 2500,
      total: 0,
    });
    const euros = await linkOf(house());
    expect((await quote(house(), euros, { promotionCode: code })).body.total).toBe(1500);
  });

  it('tells the merchant what it is, and changes only what may change', async () => {
    const { call } = house();
    const made = await codeOf(house(), { maxRedemptions: 3, metadata: { campaign: 'spring' } });
    expect(made).toMatchObject({ object: 'promotion_code', isActive: true, redemptionCount: 0 });
    const path = `/v1/promotion-codes/${made.id}`;
    const changed = await call('PATCH', path, { isActive: false, maxRedemptions: null });
    expect(changed.body).toMatchObject({ isActive: false, maxRedemptions: null });
    expect((await call('PATCH', path, { code: 'OTHER' })).status).toBe(422);
    expect((await call('GET', '/v1/promotion-codes/promo_unknown')).status).toBe(404);
    const taken = await call('POST', '/v1/promotion-codes', {
      couponId: made.couponId,
      code: made.code.toLowerCase(),
    });
    expect(taken.body.errors).toMatchObject([{ path: 'code', code: 'taken' }]);
    const { body } = await call('GET', '/v1/promotion-codes?limit=1');
    expect(body.data).toHaveLength(1);
  });

  it('with a minimum counts what a trial will cost, before anything is off', async () => {
    const { call } = house();
    const price = { currency: 'EUR', type: 'recurring', interval: 'month', trialPeriodDays: 14 };
    const plan = { name: 'Club', prices: [{ ...price, unitAmount: 1000 }] };
    const { body: product } = await call('POST', '/v1/products', plan);
    const items = [{ productId: product.id }];
    const link = await linkOf(house(), { type: 'subscription', amount: undefined, items });
    const least = { minimumAmount: 800, minimumAmountCurrency: 'EUR' };
    const { code } = await codeOf(house(), least, { percentOff: 50, duration: 'forever' });
    const chosen = { items: [{ itemId: link.items[0].id, quantity: 1 }], promotionCode: code };
    expect((await quote(house(), link, chosen)).body).toMatchObject({
      total: 0,
      recurring: { amount: 500 },
    });
    expect((await open(house(), link, chosen)).status).toBe(201);
  });

  it('off a subscription lasts as long as its coupon', async () => {
    const { call } = house();
    const product = await call('POST', '/v1/products', {
      name: 'Club',
      prices: [{ unitAmount: 900, currency: 'EUR', type: 'recurring', interval: 'month' }],
    });
    const items = [{ productId: product.body.id }];
    const link = await linkOf(house(), { type: 'subscription', amount: undefined, items });
    const { body: shown } = await call('GET', `/v1/public/payment-links/${link.id}`);
    const selection = { items: [{ itemId: shown.items[0].id, quantity: 1 }] };
    const recurringWith = async (coupon: object) => {
      const { code } = await codeOf(house(), {}, { percentOff: 50, ...coupon });
      const { body } = await quote(house(), link, { ...selection, promotionCode: code });
      expect(body.total).toBe(450);
      return body.recurring;
    };
    expect(await recurringWith({ duration: 'forever' })).toMatchObject({ amount: 450 });
    expect(await recurringWith({ duration: 'once' })).toMatchObject({ amount: 900 });
    const repeating = await recurringWith({ duration: 'repeating', durationInMonths: 3 });
    expect(repeating).toMatchObject({ amount: 450, fullAmount: 900 });
    const { code } = await codeOf(
      house(),
      {},
      {
        percentOff: 50,
        duration: 'repeating',
        durationInMonths: 3,
      },
    );
    const { body: session } = await open(house(), link, { ...selection, promotionCode: code });
    await settle(house(), session.id);
    const { body } = await call('GET', `/v1/subscriptions?paymentLinkId=${link.id}`);
    expect(body.data).toMatchObject([{ amount: 450, fullAmount: 900 }]);
    expect(body.data[0].discountEndsAt).toBe(session.totals.recurring.discountEndsAt);
  });
});
