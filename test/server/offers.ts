/** Links a merchant might offer, made over the API, and buyers who come to them. */
import { expect } from 'vitest';
import type { Answer, House } from './house.js';

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there.
export type Json = any;

export const anna = { customer: { email: 'anna@example.com' } };

export async function make(house: House, path: string, body: unknown): Promise<Json> {
  const answer = await house.call('POST', path, body);
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}

/** A fixed amount: 25,000 francs. */
export const invoice = (house: House, more: object = {}): Promise<Json> =>
  make(house, '/v1/payment-links', {
    type: 'amount',
    name: 'Invoice 17',
    currency: 'XAF',
    amount: 25_000,
    ...more,
  });

/** The buyer chooses between 1.00 and 500.00 euros. */
export const donation = (house: House, more: object = {}): Promise<Json> =>
  make(house, '/v1/payment-links', {
    type: 'amount',
    name: 'Donation',
    currency: 'EUR',
    minAmount: 100,
    maxAmount: 50_000,
    suggestedAmounts: [500, 1_000],
    ...more,
  });

export interface Offer {
  readonly link: Json;
  /** The link as buyers read it. */
  readonly seen: Json;
  readonly product: Json;
}

export const seenBy = async (house: House, link: Json): Promise<Json> =>
  (await house.call('GET', `/v1/public/payment-links/${link.id}`, undefined, { key: null })).body;

interface Tee {
  readonly stock?: number | null;
  readonly item?: object;
  readonly link?: object;
}

/** A T-shirt of 20.00 euros in S and M; L costs 22.00 by its own amount. */
export async function tee(house: House, { stock = 5, item, link: more }: Tee = {}): Promise<Offer> {
  const sizes = ['S', 'M', 'L'];
  const product = await make(house, '/v1/products', {
    name: 'T-shirt',
    options: [{ name: 'size', values: sizes }],
    skus: sizes.map((size) => ({
      attributes: { size },
      stockQuantity: stock,
      ...(size === 'L' && { unitAmount: 2_200 }),
    })),
    prices: [{ unitAmount: 2_000, currency: 'EUR', type: 'one_time' }],
  });
  const link = await make(house, '/v1/payment-links', {
    type: 'product',
    name: 'Summer tee',
    currency: 'EUR',
    items: [{ productId: product.id, minQuantity: 1, maxQuantity: 10, ...item }],
    ...more,
  });
  return { link, product, seen: await seenBy(house, link) };
}

interface Plan {
  readonly trialPeriodDays?: number;
  readonly setupFee?: number;
  readonly link?: object;
}

/** 10.00 euros a month or 100.00 a year; the month may begin with a trial, both with a fee. */
export async function membership(house: House, plan: Plan = {}): Promise<Offer> {
  const { trialPeriodDays, setupFee, link: more } = plan;
  const recurring = { currency: 'EUR', type: 'recurring' };
  const product = await make(house, '/v1/products', {
    name: 'Membership',
    type: 'service',
    prices: [
      { ...recurring, unitAmount: 1_000, interval: 'month', trialPeriodDays },
      { ...recurring, unitAmount: 10_000, interval: 'year' },
    ],
  });
  const fee = setupFee === undefined ? [] : [{ name: 'Setup', unitAmount: setupFee }];
  const link = await make(house, '/v1/payment-links', {
    type: 'subscription',
    name: 'Membership',
    currency: 'EUR',
    items: [{ productId: product.id }, ...fee],
    ...more,
  });
  return { link, product, seen: await seenBy(house, link) };
}

interface Coming {
  readonly headers?: Record<string, string>;
}

/** Tries to open a session, as a buyer's browser would. */
export const tryOpen = (
  house: House,
  link: Json,
  request: object = anna,
  { headers = {} }: Coming = {},
): Promise<Answer> =>
  house.call('POST', `/v1/public/payment-links/${link.id}/sessions`, request, {
    key: null,
    headers,
  });

export async function open(
  house: House,
  link: Json,
  request: object = anna,
  coming?: Coming,
): Promise<Json> {
  const answer = await tryOpen(house, link, request, coming);
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}

/** What the buttons of the payment page do. @returns the session afterwards. */
export async function play(house: House, { id }: Json, wish: object): Promise<Json> {
  const path = `/v1/sandbox/checkout-sessions/${id}`;
  const answer = await house.call('POST', path, wish, { key: null });
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

export const pay = (house: House, session: Json): Promise<Json> =>
  play(house, session, { outcome: 'succeeded' });

export const readSession = async (house: House, { id }: Json): Promise<Json> =>
  (await house.call('GET', `/v1/public/checkout-sessions/${id}`, undefined, { key: null })).body;

/** A membership by the month that a buyer has begun, with all that it costs paid. */
export async function begun(
  house: House,
  plan: Plan = {},
): Promise<Offer & { readonly subscription: Json }> {
  const offer = await membership(house, plan);
  const items = offer.seen.items.map(({ id: itemId, prices }: Json) => ({
    itemId,
    priceId: prices[0].id,
    quantity: 1,
  }));
  await pay(house, await open(house, offer.link, { ...anna, items }));
  const [subscription] = await listOf(house, '/v1/subscriptions', offer.link);
  return { ...offer, subscription };
}

/** Everything of a merchant's list that belongs to the link, oldest first. */
export async function listOf(house: House, path: string, link: Json): Promise<Json[]> {
  const { body } = await house.call('GET', `${path}?paymentLinkId=${link.id}&limit=100`);
  return body.data.reverse();
}

export const eventTypesOf = async (house: House, link: Json): Promise<string[]> =>
  (await listOf(house, '/v1/events', link)).map(({ type }) => type);
