/** Every route the OpenAPI document names, so that a new one is tried without being listed by hand. */
import { beforeAll } from 'vitest';
import { type House, useHouse } from './house.js';
import { begun, invoice, type Json, make, open, pay, tee } from './offers.js';

export interface Route {
  readonly method: string;
  /** As OpenAPI writes it. */
  readonly path: string;
  readonly hasBody: boolean;
}

export const routes: Route[] = [];

/** By the beginning of a path, an id that exists. */
const ids = new Map<string, string>();

/** The path with an id that exists in place of `{id}`. */
export function filled(path: string): string {
  const [, id] = [...ids].find(([beginning]) => path.startsWith(beginning)) ?? [];
  return path.replace('{id}', id ?? 'nobody');
}

export function useRoutes(): () => House {
  const house = useHouse();
  beforeAll(async () => {
    const { paths } = (await house().call('GET', '/openapi.json')).body;
    for (const [path, operations] of Object.entries<Json>(paths))
      for (const [method, { requestBody }] of Object.entries<Json>(
        path.startsWith('/v1/') ? operations : {},
      ))
        routes.push({ method: method.toUpperCase(), path, hasBody: requestBody !== undefined });
    const { link, product } = await tee(house());
    const session = await open(house(), await invoice(house()));
    const endpoint = { url: 'http://127.0.0.1:9/hook' };
    const paid = await pay(house(), await open(house(), await invoice(house())));
    const sold = await house().call('GET', `/v1/checkout-sessions/${paid.id}`);
    ids.set('/v1/payments', sold.body.paymentId);
    ids.set('/v1/public/payment-links', link.id);
    ids.set('/v1/public/checkout-sessions', session.id);
    ids.set('/v1/sandbox/checkout-sessions', session.id);
    ids.set('/v1/payment-links', link.id);
    ids.set('/v1/products', product.id);
    ids.set('/v1/skus', product.skus[0].id);
    const coupon = await make(house(), '/v1/coupons', { percentOff: 10 });
    const code = await make(house(), '/v1/promotion-codes', { couponId: coupon.id });
    ids.set('/v1/api-keys', (await make(house(), '/v1/api-keys', { name: 'Another' })).id);
    ids.set('/v1/coupons', coupon.id);
    ids.set('/v1/promotion-codes', code.id);
    ids.set('/v1/events', (await house().call('GET', '/v1/events')).body.data[0].id);
    const { subscription } = await begun(house());
    ids.set('/v1/subscriptions', subscription.id);
    ids.set('/v1/sandbox/subscriptions', subscription.id);
    ids.set('/v1/webhook-endpoints', (await make(house(), '/v1/webhook-endpoints', endpoint)).id);
  });

  return house;
}
