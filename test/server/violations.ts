/** Bodies that each route must refuse, and the rows they must not leave behind. */
import { beforeAll, expect } from 'vitest';
import { type House, useHouse } from './house.js';
import { rowCounts } from './invariants.js';
import { begun, donation, invoice, type Json, make, open, pay, tee } from './offers.js';

export const price = { unitAmount: 100, currency: 'EUR', type: 'one_time' };
export const product = { name: 'Mug', prices: [price] };
export const amountLink = { type: 'amount', name: 'Fee', currency: 'EUR', amount: 500 };
export const itemsLink = { type: 'product', name: 'Mugs', currency: 'EUR' };
export const inline = { name: 'Mug', unitAmount: 100 };

/** Ids by the names that routes use: `PATCH /v1/skus/:sku`. */
export const ids: Record<string, string> = {};

/** Route, where the fault must be found, the body. */
export type Case = readonly [route: string, path: string, body: () => Json];

export function useShop(): () => House {
  const house = useHouse();
  beforeAll(async () => {
    const shirt = await tee(house());
    const given = await donation(house());
    ids.tee = shirt.link.id;
    ids.item = shirt.seen.items[0].id;
    ids.sku = shirt.product.skus[0].id;
    ids.product = shirt.product.id;
    ids.donation = given.id;
    const bill = await invoice(house());
    const paid = await pay(house(), await open(house(), bill));
    const { body } = await house().call('GET', `/v1/checkout-sessions/${paid.id}`);
    ids.payment = body.paymentId;
    ids.subscription = (await begun(house())).subscription.id;
    ids.session = (await open(house(), bill)).id;
    const endpoint = { url: 'http://127.0.0.1:9/hook' };
    ids.endpoint = (await make(house(), '/v1/webhook-endpoints', endpoint)).id;
    ids.event = (await house().call('GET', '/v1/events')).body.data[0].id;
    ids.coupon = (await make(house(), '/v1/coupons', { percentOff: 10 })).id;
    const code = { couponId: ids.coupon, code: 'TAKEN' };
    ids.code = (await make(house(), '/v1/promotion-codes', code)).id;
  });

  return house;
}

export async function expectRefused(
  house: House,
  [route, path, body]: Case,
  written: (body: unknown) => string = JSON.stringify,
): Promise<void> {
  const [method = '', template = ''] = route.split(' ');
  const address = template.replace(/:(\w+)/, (_, name) => ids[name] as string);
  const raw = written(body());
  const before = await rowCounts(house);
  const answer = await house.call(method, address, undefined, { raw });
  const told = `${raw}: ${answer.text}`;
  expect([answer.status, answer.body.code], told).toEqual([422, 'validation_failed']);
  const errors: Json[] = answer.body.errors;
  expect(
    errors.map((error) => error.path),
    told,
  ).toContain(path);
  for (const { code, message } of errors) expect(Boolean(code && message), told).toBe(true);
  expect(await rowCounts(house)).toEqual(before);
  expect(house.logged).toEqual([]);
}
