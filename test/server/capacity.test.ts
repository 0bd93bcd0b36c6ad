import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type Answer, type House, storeNames, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { type Json, make } from './offers.js';

const buyer = { customer: { email: 'buyer@example.com' } };

const amountLink = (house: House, more: Json = {}): Promise<Json> =>
  make(house, '/v1/payment-links', {
    type: 'amount',
    name: 'Workshop',
    currency: 'EUR',
    amount: 5000,
    ...more,
  });

/** So many buyers at once, each with an order of their own. */
const buyAtOnce = (house: House, linkId: string, count: number, order: (index: number) => Json) =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      house.call('POST', `/v1/public/payment-links/${linkId}/sessions`, order(index), {
        key: null,
      }),
    ),
  );

/** How many answers there are of each kind. */
const kinds = (answers: readonly Answer[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const kind = status === 201 ? 'opened' : `${status} ${body.code}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
};

async function countersOf({ backend }: House, linkId: string) {
  const { rows } = await sql<{
    used: number;
    reserved: number;
    held: number;
  }>`select used, reserved,
      (select count(*) from redemption where payment_link_id = ${linkId} and status = 'reserved') as held
    from payment_link where id = ${linkId}`.execute(backend.db);
  return rows[0];
}

describe.each(storeNames)('capacity on %s', (store) => {
  const house = useHouse(store);

  it('gives 100 uses to exactly 100 of 2,000 buyers who come at once, and tells the others why', async () => {
    const { id } = await amountLink(house(), { maxRedemptions: 100 });
    const answers = await buyAtOnce(house(), id, 2000, () => buyer);
    expect(kinds(answers)).toEqual({ opened: 100, '409 temporarily_sold_out': 1900 });
    const opened = answers.filter(({ status }) => status === 201);
    expect(new Set(opened.map(({ body }) => body.id)).size).toBe(100);
    expect(await countersOf(house(), id)).toEqual({ used: 0, reserved: 100, held: 100 });
    await expectSoundBooks(house());
  }, 60_000);

  it('sells no more of any SKU than there is, in orders of several', async () => {
    const product = await make(house(), '/v1/products', {
      name: 'Chess set',
      options: [{ name: 'Part', values: ['Board', 'Pieces'] }],
      skus: [
        { attributes: { Part: 'Board' }, stockQuantity: 60 },
        { attributes: { Part: 'Pieces' }, stockQuantity: 90 },
      ],
      prices: [{ unitAmount: 1000, currency: 'EUR', type: 'one_time' }],
    });
    const item = { productId: product.id, adjustableQuantity: true };
    const link = await make(house(), '/v1/payment-links', {
      ...{ type: 'product', name: 'Chess', currency: 'EUR', items: [item, item] },
    });
    const seen = await house().call('GET', `/v1/public/payment-links/${link.id}`);
    const [one, other] = seen.body.items.map(({ id }: Json) => id);
    const [board, pieces] = product.skus.map(({ id }: Json) => id);
    const answers = await buyAtOnce(house(), link.id, 300, (index) => ({
      ...buyer,
      items: [
        { itemId: one, skuId: index % 2 ? board : pieces, quantity: 1 },
        { itemId: other, skuId: index % 2 ? pieces : board, quantity: 1 },
      ],
    }));
    const { opened, ...refused } = kinds(answers);
    expect(opened).toBe(60);
    expect(Object.keys(refused).every((kind) => /out_of_stock|temporarily/.test(kind))).toBe(true);
    const left = await house().call('GET', `/v1/products/${product.id}`);
    expect(left.body.skus.map(({ reservedQuantity }: Json) => reservedQuantity)).toEqual([60, 60]);
    await expectSoundBooks(house());
  }, 60_000);

  it('lets a code be used as often as it may, and by no more who come at once', async () => {
    const coupon = await make(house(), '/v1/coupons', { percentOff: 10, duration: 'once' });
    const code = { couponId: coupon.id, code: `RUSH${store}`.toUpperCase(), maxRedemptions: 20 };
    await make(house(), '/v1/promotion-codes', code);
    const { id } = await amountLink(house(), { allowPromotionCodes: true });
    const answers = await buyAtOnce(house(), id, 200, () => ({
      ...buyer,
      promotionCode: code.code,
    }));
    expect(kinds(answers)).toEqual({ opened: 20, '422 promotion_code_used_up': 180 });
    expect(house().logged).toEqual([]);
  }, 60_000);

  it('refuses an order for its own reason, whoever comes with it', async () => {
    const { id } = await amountLink(house(), { maxRedemptions: 50 });
    const answers = await buyAtOnce(house(), id, 40, (index) => {
      if (index % 4 === 1) return { ...buyer, expectedTotal: 1 };
      return index % 4 === 2 ? { customer: { email: 'no address' } } : buyer;
    });
    expect(kinds(answers)).toEqual({
      opened: 20,
      '409 price_changed': 10,
      '422 invalid_selection': 10,
    });
    expect(await countersOf(house(), id)).toEqual({ used: 0, reserved: 20, held: 20 });
  });
});
