import { describe, expect, it } from 'vitest';
import { type IdKind, idPrefixes, idSchema, isId } from '../../src/contract/index.js';
import { newId } from '../../src/server/new-id.js';

const prefixes: [IdKind, string][] = [
  ['paymentLink', 'plink_'],
  ['paymentLinkItem', 'plitem_'],
  ['product', 'prod_'],
  ['price', 'price_'],
  ['sku', 'sku_'],
  ['checkoutSession', 'cs_'],
  ['payment', 'pay_'],
  ['subscription', 'sub_'],
  ['coupon', 'coupon_'],
  ['promotionCode', 'promo_'],
  ['webhookEndpoint', 'we_'],
  ['event', 'evt_'],
  ['refund', 're_'],
  ['apiKey', 'key_'],
];

it('knows a prefix for every kind', () => {
  expect(Object.keys(idPrefixes).sort()).toEqual(prefixes.map(([kind]) => kind).sort());
});

describe.each(prefixes)('the id of a %s', (kind, prefix) => {
  const takes = (text: unknown) => [isId(kind, text), idSchema(kind).safeParse(text).success];

  it(`is ${prefix} and 24 letters and digits`, () => {
    expect(takes(`${prefix}abc123def456ghi789jkl012`)).toEqual([true, true]);
    expect(takes(newId(kind))).toEqual([true, true]);
  });

  it.each([
    ['too short', `${prefix}${'a'.repeat(23)}`],
    ['too long', `${prefix}${'a'.repeat(25)}`],
    ['another alphabet', `${prefix}${'a'.repeat(23)}-`],
    ['a letter beyond ASCII', `${prefix}${'a'.repeat(23)}é`],
    ['a line behind it', `${prefix}${'a'.repeat(24)}\n`],
    ['a line before it', `\n${prefix}${'a'.repeat(24)}`],
    ['another prefix', `x${prefix}${'a'.repeat(24)}`],
    ['no prefix', 'a'.repeat(24)],
    ['nothing', ''],
    ['a number', 7],
    ['null', null],
  ])('is refused with %s', (_name, text) => {
    expect(takes(text)).toEqual([false, false]);
  });
});

it('is drawn from the whole alphabet, without repeating', () => {
  const ids = Array.from({ length: 20_000 }, () => newId('paymentLink').slice('plink_'.length));
  expect(new Set(ids).size).toBe(ids.length);
  const counts = new Map<string, number>();
  for (const character of ids.join('')) counts.set(character, (counts.get(character) ?? 0) + 1);
  expect(counts.size).toBe(62);
  const expected = (ids.length * 24) / 62;
  const chiSquare = [...counts.values()].reduce(
    (sum, n) => sum + (n - expected) ** 2 / expected,
    0,
  );
  // 61 degrees of freedom: beyond 140 by chance once in some ten million runs.
  expect(chiSquare).toBeLessThan(140);
});
