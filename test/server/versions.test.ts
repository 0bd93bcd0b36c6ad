import { describe, expect, it } from 'vitest';
import { storeNames, useHouse } from './house.js';
import { type Json, make } from './offers.js';

describe.each(storeNames)('what two people change at once, on %s', (store) => {
  const house = useHouse(store);
  const patch = (path: string, body: Json, etag?: string | null) =>
    house().call('PATCH', path, body, { ...(etag && { headers: { 'if-match': etag } }) });

  const made: Record<string, () => Promise<{ path: string; first: Json; second: Json }>> = {
    async product() {
      const { id } = await make(house(), '/v1/products', product);
      return { path: `/v1/products/${id}`, first: { name: 'One' }, second: { name: 'Two' } };
    },
    async coupon() {
      const { id } = await make(house(), '/v1/coupons', { percentOff: 10 });
      return { path: `/v1/coupons/${id}`, first: { name: 'One' }, second: { name: 'Two' } };
    },
    async 'promotion code'() {
      const { id: couponId } = await make(house(), '/v1/coupons', { percentOff: 10 });
      const { id } = await make(house(), '/v1/promotion-codes', { couponId });
      return {
        path: `/v1/promotion-codes/${id}`,
        ...{ first: { maxRedemptions: 5 }, second: { isActive: false } },
      };
    },
    async 'webhook endpoint'() {
      const asked = { url: 'https://shop.example/hook', eventTypes: ['payment.succeeded'] };
      const { id } = await make(house(), '/v1/webhook-endpoints', asked);
      return {
        path: `/v1/webhook-endpoints/${id}`,
        ...{ first: { isEnabled: false }, second: { eventTypes: ['payment.failed'] } },
      };
    },
  };
  const product = {
    name: 'Print',
    prices: [{ unitAmount: 900, currency: 'EUR', type: 'one_time' }],
  };

  it.each(Object.keys(made))('of a %s is changed by the first alone', async (kind) => {
    const { path, first, second } = await (made[kind] as (typeof made)['product'])();
    const { headers } = await house().call('GET', path);
    const etag = headers.get('etag');
    expect(etag).toMatch(/^"/);
    const both = await Promise.all([patch(path, first, etag), patch(path, second, etag)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const [won, lost] = [...both].sort((one, other) => one.status - other.status);
    expect(lost?.body.code).toBe('precondition_failed');
    const now = await house().call('GET', path);
    expect(now.body).toEqual(won?.body);
    expect(now.headers.get('etag')).toBe(won?.headers.get('etag'));
    expect(now.headers.get('etag')).not.toBe(etag);
    // Who names the version of now, or none, changes it.
    expect((await patch(path, second, now.headers.get('etag'))).status).toBe(200);
    expect((await patch(path, first)).status).toBe(200);
  });

  it('of a SKU is its stock, too', async () => {
    const { skus } = await make(house(), '/v1/products', {
      ...product,
      skus: [{ attributes: {}, stockQuantity: 5 }],
    });
    const path = `/v1/skus/${skus[0].id}`;
    const { headers, body } = await house().call('GET', path);
    expect(body).toEqual(skus[0]);
    const etag = headers.get('etag');
    expect((await patch(path, { stockQuantity: 7 }, etag)).status).toBe(200);
    const late = await patch(path, { stockQuantity: 8 }, etag);
    expect([late.status, late.body.code]).toEqual([412, 'precondition_failed']);
  });

  it('of nobody’s is not there, whatever is named', async () => {
    const { status } = await patch(`/v1/products/prod_${'0'.repeat(24)}`, { name: 'x' }, '"x"');
    expect(status).toBe(404);
  });
});
