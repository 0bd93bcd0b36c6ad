import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { useHouse } from './house.js';
import { make } from './offers.js';

const prices = [{ unitAmount: 1_000, currency: 'EUR', type: 'one_time' }];

/** What each takes, beside what the others have made. */
const wishes: Record<string, (made: { product: string; coupon: string }) => object> = {
  products: () => ({ name: 'Board', prices, skus: [{ attributes: {}, stockQuantity: 3 }] }),
  prices: ({ product }) => ({ ...prices[0], currency: 'USD', productId: product }),
  'payment-links': () => ({ type: 'amount', name: 'Fee', currency: 'EUR', amount: 5, slug: 'fee' }),
  coupons: () => ({ percentOff: 10 }),
  'promotion-codes': ({ coupon }) => ({ couponId: coupon }),
  'webhook-endpoints': () => ({ url: 'https://shop.example/hook' }),
};

describe('what a merchant makes with a key', () => {
  const house = useHouse();

  it.each(Object.keys(wishes))(
    '(%s) is made once, though the server died before it said so',
    async (what) => {
      const product = (await make(house(), '/v1/products', { name: 'Shirt', prices })).id;
      const coupon = (await make(house(), '/v1/coupons', { percentOff: 20 })).id;
      const wish = wishes[what]?.({ product, coupon });
      const headers = { 'idempotency-key': `made ${what}`.replace(' ', '-') };
      const count = async (): Promise<number> => {
        if (what !== 'prices')
          return (await house().call('GET', `/v1/${what}?limit=100`)).body.data.length;
        return (await house().call('GET', `/v1/products/${product}`)).body.prices.length;
      };
      const before = await count();
      const ask = () => house().call('POST', `/v1/${what}`, wish, { headers });
      const first = await ask();
      expect(first.status, first.text).toBe(201);
      await sql`update idempotency_key set response_status = null, response_body = null
      where key = ${headers['idempotency-key']}`.execute(house().backend.db);
      await house().moveClock(61);

      const again = await ask();
      expect(again.status, again.text).toBe(201);
      expect(again.body).toEqual(first.body);
      expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
      expect(await count()).toBe(before + 1);
      // Kept now, like any answer.
      expect((await ask()).headers.get('idempotent-replayed')).toBe('true');
    },
  );
});
