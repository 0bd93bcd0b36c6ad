import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useHouse } from './house.js';
import { expectSoundBooks, rowCounts } from './invariants.js';
import {
  anna,
  donation,
  invoice,
  type Json,
  listOf,
  make,
  membership,
  open,
  pay,
  seenBy,
  tee,
  tryOpen,
} from './offers.js';

const house = useHouse();
afterAll(() => expectSoundBooks(house()));

/** Links by name, and the parts of them a cheat would name. */
const links: Record<string, Json> = {};
const parts: Record<string, string> = {};

beforeAll(async () => {
  links.invoice = await invoice(house());
  links.donation = await donation(house());
  const shirt = await tee(house(), { stock: 20 });
  links.tee = shirt.link;
  const [item] = shirt.seen.items;
  parts.shirt = item.id;
  parts.small = item.variants[0].id;
  const other = await tee(house(), { item: { quantity: 2, adjustableQuantity: false } });
  links.pair = other.link;
  parts.pair = other.seen.items[0].id;
  parts.pairSmall = other.seen.items[0].variants[0].id;
  const member = await membership(house());
  links.membership = member.link;
  parts.membership = member.seen.items[0].id;
  parts.monthly = member.seen.items[0].prices[0].id;
  const cheap = { unitAmount: 1, currency: 'EUR', type: 'one_time' };
  parts.cheapPrice = (
    await make(house(), '/v1/products', { name: 'Pin', prices: [cheap] })
  ).prices[0].id;
  // Of the same product, but not offered by the link, which names its price.
  const { product } = await tee(house());
  const named = { productId: product.id, priceId: product.prices[0].id };
  links.named = await make(house(), '/v1/payment-links', {
    type: 'product',
    name: 'Tee, full price',
    currency: 'EUR',
    items: [named],
  });
  const [full] = (await seenBy(house(), links.named)).items;
  parts.named = full.id;
  parts.namedSmall = full.variants[0].id;
  const cheaper = { productId: product.id, ...cheap };
  parts.cheaper = (await make(house(), '/v1/prices', cheaper)).id;
});

const line = (more: object) => ({ items: [{ quantity: 1, ...more }] });
const shirt = (more: object = {}) => line({ itemId: parts.shirt, skuId: parts.small, ...more });

type Cheat = readonly [what: string, link: string, path: string, selection: () => object];

const cheats: Cheat[] = [
  ['its own amount for a fixed one', 'invoice', 'amount', () => ({ amount: 1 })],
  ['the very amount for a fixed one', 'invoice', 'amount', () => ({ amount: 25_000 })],
  ['items for an amount', 'invoice', 'items', () => shirt()],
  ['less than the least', 'donation', 'amount', () => ({ amount: 99 })],
  ['more than the most', 'donation', 'amount', () => ({ amount: 50_001 })],
  ['no amount', 'donation', 'amount', () => ({})],
  ['an amount for items', 'tee', 'amount', () => ({ ...shirt(), amount: 1 })],
  ['nothing', 'tee', 'items', () => ({ items: [] })],
  ['an item of another link', 'tee', 'items.0.itemId', () => line({ itemId: parts.pair })],
  ['no variant', 'tee', 'items.0.skuId', () => line({ itemId: parts.shirt })],
  ['a variant of another product', 'tee', 'items.0.skuId', () => shirt({ skuId: parts.pairSmall })],
  [
    'a price of another product',
    'named',
    'items.0.priceId',
    () => line({ itemId: parts.named, skuId: parts.namedSmall, priceId: parts.cheapPrice }),
  ],
  [
    'a price the link does not offer',
    'named',
    'items.0.priceId',
    () => line({ itemId: parts.named, skuId: parts.namedSmall, priceId: parts.cheaper }),
  ],
  ['more than the most of an item', 'tee', 'items.0.quantity', () => shirt({ quantity: 11 })],
  [
    'another quantity than the fixed one',
    'pair',
    'items.0.quantity',
    () => line({ itemId: parts.pair, skuId: parts.pairSmall, quantity: 1 }),
  ],
  [
    'the same SKU on two lines',
    'tee',
    'items.1',
    () => ({ items: [...shirt().items, ...shirt().items] }),
  ],
  [
    'no price where several are offered',
    'membership',
    'items.0.priceId',
    () => line({ itemId: parts.membership }),
  ],
  [
    'two of a fixed subscription',
    'membership',
    'items.0.quantity',
    () => line({ itemId: parts.membership, priceId: parts.monthly, quantity: 2 }),
  ],
];

describe('a tampered selection', () => {
  it.each(cheats)(
    'with %s on the %s link is refused by field, never charged',
    async (_what, name, path, selection) => {
      const before = await rowCounts(house());
      const answer = await tryOpen(house(), links[name], { ...anna, ...selection() });
      const told = answer.text;
      expect([answer.status, answer.body.code], told).toEqual([422, 'invalid_selection']);
      expect(
        answer.body.errors.map((error: Json) => error.path),
        told,
      ).toContain(path);
      const quote = `/v1/public/payment-links/${links[name].id}/quote`;
      expect((await house().call('POST', quote, selection(), { key: null })).status).toBe(422);
      expect(await rowCounts(house())).toEqual(before);
    },
  );

  it('beyond the stock is out of stock, by field', async () => {
    const { link, seen } = await tee(house(), { stock: 5 });
    const [{ id: itemId, variants }] = seen.items;
    const items = [{ itemId, skuId: variants[0].id, quantity: 6 }];
    const { body } = await tryOpen(house(), link, { ...anna, items });
    expect([body.status, body.code]).toEqual([409, 'out_of_stock']);
    expect(body.errors[0].path).toBe('items.0.quantity');
  });

  it('without the buyer data the link asks for is refused, though it is priced', async () => {
    const { body } = await tryOpen(house(), links.invoice, {});
    expect([body.code, body.errors[0].path]).toEqual(['invalid_selection', 'customer.email']);
    const quote = `/v1/public/payment-links/${links.invoice.id}/quote`;
    expect((await house().call('POST', quote, {}, { key: null })).body.total).toBe(25_000);
  });
});

describe('the total a buyer was shown', () => {
  it('is refused with the new totals once the price has changed', async () => {
    const link = await invoice(house());
    const asked = { ...anna, expectedTotal: 25_000 };
    await house().call('PATCH', `/v1/payment-links/${link.id}`, { amount: 26_000 });
    const before = await rowCounts(house());
    const { status, body } = await tryOpen(house(), link, asked);
    expect([status, body.code]).toEqual([409, 'price_changed']);
    expect(body.totals).toMatchObject({ currency: 'XAF', total: 26_000, subtotal: 26_000 });
    expect(await rowCounts(house())).toEqual(before);
    await pay(house(), await open(house(), link, { ...asked, expectedTotal: 26_000 }));
  });

  it('stays the price of a session that is open, whatever changes behind it', async () => {
    const { link, product, seen } = await tee(house());
    const [{ id: itemId, variants }] = seen.items;
    const items = [{ itemId, skuId: variants[0].id, quantity: 2 }];
    const session = await open(house(), link, { ...anna, items, expectedTotal: 4_000 });
    await house().call('PATCH', `/v1/skus/${variants[0].id}`, { unitAmount: 9_000 });
    await house().call('POST', `/v1/products/${product.id}/archive`);
    await house().call('PATCH', `/v1/payment-links/${link.id}`, { isActive: false });
    expect(await pay(house(), session)).toMatchObject({ status: 'complete', total: 4_000 });
    const [payment] = await listOf(house(), '/v1/payments', link);
    expect(payment).toMatchObject({ amount: 4_000, currency: 'EUR', status: 'succeeded' });
  });
});
