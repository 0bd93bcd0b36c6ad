/** Sends a house what anybody might, valid and not. Every answer is judged by the OpenAPI document (`judged.ts`). */
import fc from 'fast-check';
import { merchantOfKey } from '../../../src/server/store/merchants.js';
import { operationsOf } from '../document.js';
import type { House } from '../house.js';
import { donation, invoice, type Json, make, membership, open, pay, tee } from '../offers.js';
import { type FuzzRequest, requestsTo } from './requests.js';
import { filled } from './values.js';

export interface Tally {
  /** How often each operation answered with each status. */
  readonly byOperation: Map<string, Map<number, number>>;
  /** Whatever was not as promised, with the request that brought it about. */
  readonly faults: string[];
}

const perRound = 200;

/** What buyers can have at the moment, and how each is asked for. */
interface Shop {
  readonly orders: readonly { readonly link: Json; readonly selection: Json }[];
  /** The newest ids of each kind. */
  readonly ids: Map<string, string[]>;
  /** The id of the key all of it is asked with: revoked, it would end the run. */
  readonly ownKey: string | undefined;
}

function harvest({ ids, ownKey }: Pick<Shop, 'ids' | 'ownKey'>, text: string): void {
  for (const [id, prefix = ''] of text.matchAll(/\b([a-z]+)_[A-Za-z0-9]{24}\b/g)) {
    if (/_(Place|Example|AAAA)/.test(id) || id === ownKey) continue;
    const known = ids.get(prefix) ?? [];
    if (known.includes(id)) continue;
    ids.set(prefix, [id, ...known].slice(0, 40));
  }
}

/** A merchant's morning: links of every kind, some bought from, some being bought from. */
async function setUp(house: House): Promise<Shop> {
  const customer = { email: 'anna@example.com' };
  const bill = await invoice(house);
  const gift = await donation(house);
  const shirt = await tee(house, { stock: null });
  const club = await membership(house);
  const item = shirt.seen.items[0];
  const plan = club.seen.items[0];
  const shirts = [{ itemId: item.id, skuId: item.variants[0].id, quantity: 2 }];
  const months = [{ itemId: plan.id, priceId: plan.prices[0].id, quantity: 1 }];
  const orders = [
    { link: bill, selection: { customer } },
    { link: gift, selection: { customer, amount: 2_500 } },
    { link: shirt.link, selection: { customer, items: shirts } },
    { link: club.link, selection: { customer, items: months } },
  ];
  const own = await merchantOfKey(house.backend.db, house.key);
  const shop = { orders, ids: new Map<string, string[]>(), ownKey: own?.apiKeyId };
  const coupon = await make(house, '/v1/coupons', { percentOff: 10 });
  const code = await make(house, '/v1/promotion-codes', { couponId: coupon.id });
  const endpoint = await make(house, '/v1/webhook-endpoints', { url: 'http://127.0.0.1:9/hook' });
  const key = await make(house, '/v1/api-keys', { name: 'To be revoked' });
  harvest(shop, JSON.stringify([orders, shirt, club, coupon, code, endpoint, key]));
  for (const { link, selection } of orders) {
    await pay(house, await open(house, link, selection));
    harvest(shop, JSON.stringify(await open(house, link, selection)));
  }
  for (const list of ['payments', 'subscriptions', 'events', 'checkout-sessions'])
    harvest(shop, (await house.call('GET', `/v1/${list}?limit=20`)).text);
  return shop;
}

/** What belongs together is not found by drawing each part alone: an order of this very link, now and then. */
function fitting(request: FuzzRequest, { orders }: Shop, place: number): FuzzRequest {
  const isOrder = /^(quotePaymentLink|openCheckoutSession)$/.test(request.operationId);
  const order = orders[place % orders.length];
  if (!isOrder || !order || place % 3 === 0) return request;
  return {
    ...request,
    path: `/v1/public/payment-links/${order.link.id}/${request.path.split('/').at(-1)}`,
    headers: { ...request.headers, 'content-type': 'application/json' },
    body: JSON.stringify(order.selection),
  };
}

async function send(house: House, request: FuzzRequest): Promise<{ status: number; text: string }> {
  const { method, path, body, headers, hasKey } = request;
  const answer = await house.app.request(path, {
    method,
    headers: { ...(hasKey && { authorization: `Bearer ${house.key}` }), ...headers },
    ...(body !== undefined && { body }),
  });
  const { status } = answer;
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    await answer.body?.cancel();
    return { status, text: '' };
  }
  return { status, text: await answer.text() };
}

/** Deterministic by its seed, but for the ids, which are drawn anew. */
export async function fuzz(house: House, seed: number, count: number): Promise<Tally> {
  const document = (await house.call('GET', '/openapi.json')).body;
  const requestTo = requestsTo(document);
  const operations = operationsOf(document);
  const arbitraries = operations.map(requestTo);
  const byOperation: Tally['byOperation'] = new Map();
  const faults: string[] = [];
  for (let sent = 0, round = 0; sent < count; round++) {
    const shop = await setUp(house);
    const size = Math.min(perRound, count - sent);
    const drawn = fc.sample(
      fc
        .noBias(fc.nat({ max: operations.length - 1 }))
        .chain((index) =>
          fc.tuple(arbitraries[index] as fc.Arbitrary<FuzzRequest>, fc.nat({ max: 999 })),
        ),
      { numRuns: size, seed: seed + round },
    );
    for (const [one, place] of drawn) {
      const request = withIds(fitting(one, shop, place), shop, place);
      try {
        const { status, text } = await send(house, request);
        harvest(shop, text);
        const statuses = byOperation.get(request.operationId) ?? new Map<number, number>();
        byOperation.set(request.operationId, statuses);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status >= 500) faults.push(`${status} to ${told(request)}`);
      } catch (error) {
        faults.push(`${error} to ${told(request)}`);
      }
    }
    sent += size;
  }
  return { byOperation, faults };
}

const told = (request: FuzzRequest) => JSON.stringify(request).slice(0, 1_500);

/** One place in twelve is left as it is: an id of the right look that nothing has. */
function withIds(request: FuzzRequest, { ids }: Shop, other: number): FuzzRequest {
  const idAt = (prefix: string, place: number) => {
    const known = ids.get(prefix) ?? [];
    const missing = `${prefix}_${'0'.repeat(24)}`;
    return place % 12 === 0 ? missing : (known[(place + other) % known.length] ?? missing);
  };
  return {
    ...request,
    path: filled(request.path, idAt),
    body: request.body && filled(request.body, idAt),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, filled(value, idAt)]),
    ),
  };
}
