import { describe, expect, it } from 'vitest';
import {
  endpointUpdateSchema,
  linkUpdateSchema,
  newEndpointSchema,
  newLinkSchema,
  newPriceSchema,
  newProductSchema,
  publicLinkSchema,
  selectionSchema,
  sessionRequestSchema,
  skuUpdateSchema,
} from '../../src/contract/index.js';
import { amountLink, catalogue, id, item } from './links.js';

const product = {
  name: 'T-shirt',
  description: 'Cotton',
  imageUrl: 'https://shop.example/tee.svg',
  type: 'physical',
  options: [{ name: 'size', values: ['S', 'M'] }],
  skus: [
    {
      attributes: { size: 'S' },
      skuCode: 'TEE-S',
      unitAmount: 1_900,
      stockQuantity: 3,
      imageUrl: null,
    },
    { attributes: { size: 'M' }, stockQuantity: null },
  ],
  prices: [
    { unitAmount: 2_000, currency: 'EUR', type: 'one_time' },
    {
      unitAmount: 500,
      currency: 'EUR',
      type: 'recurring',
      interval: 'month',
      intervalCount: 3,
      trialPeriodDays: 7,
    },
  ],
};

const link = {
  type: 'product',
  name: 'Summer',
  currency: 'EUR',
  description: 'Tees',
  imageUrl: 'https://shop.example/tee.svg',
  slug: 'summer-2026',
  items: [
    {
      productId: `prod_${'a'.repeat(24)}`,
      priceId: `price_${'a'.repeat(24)}`,
      quantity: 1,
      adjustableQuantity: true,
      minQuantity: 1,
      maxQuantity: 5,
      isOptional: false,
      sortOrder: 2,
    },
    { name: 'Gift wrap', unitAmount: 300, stockQuantity: 10, isOptional: true },
  ],
  expiresAt: '2099-12-31T23:59:59+01:00',
  maxRedemptions: 100,
  collectEmail: 'required',
  collectName: 'optional',
  collectPhone: 'none',
  submitType: 'book',
  submitMessage: 'See you there',
  inactiveMessage: 'We are closed',
  fallbackUrl: 'https://shop.example/{PAYMENT_LINK_ID}',
  successUrl: 'https://shop.example/thanks?s={CHECKOUT_SESSION_ID}',
  cancelUrl: 'http://localhost:3000/',
  allowedOrigins: ['https://shop.example', 'http://localhost:3000'],
  branding: { accent: '#aa3366', radius: 8, font: 'serif' },
  metadata: { campaign: 'summer' },
};

const selection = {
  items: [
    {
      itemId: id('plitem', 'shirt'),
      skuId: id('sku', 'red'),
      priceId: id('price', 'full'),
      quantity: 2,
    },
  ],
  customer: { email: 'anna@example.com', name: 'Anna', phone: '+242060000001' },
  reference: 'order_7-b',
  metadata: { cart: '99' },
  utm: { utm_source: 'news', utm_campaign: 'summer' },
  locale: 'fr-CG',
};

const examples = [
  ['a product', newProductSchema, product],
  ['a one-time price', newPriceSchema, product.prices[0]],
  ['a recurring price', newPriceSchema, product.prices[1]],
  ['a change of a SKU', skuUpdateSchema, { stockQuantity: null, unitAmount: 5, name: 'Small' }],
  ['a link of items', newLinkSchema, link],
  [
    'a link of a fixed amount',
    newLinkSchema,
    { type: 'amount', name: 'Fee', currency: 'XAF', amount: 25_000 },
  ],
  [
    'a link of a chosen amount',
    newLinkSchema,
    {
      type: 'amount',
      name: 'Gift',
      currency: 'KWD',
      minAmount: 500,
      maxAmount: 9_000,
      suggestedAmounts: [1_000, 2_000],
    },
  ],
  [
    'a change of a link',
    linkUpdateSchema,
    { isActive: false, slug: null, maxRedemptions: null, successUrl: null, metadata: null },
  ],
  ['a selection', selectionSchema, selection],
  [
    'a request for a session',
    sessionRequestSchema,
    {
      ...selection,
      expectedTotal: 4_000,
      returnUrl: 'https://shop.example/',
      replaces: `cs_${'b'.repeat(24)}`,
    },
  ],
  [
    'an endpoint',
    newEndpointSchema,
    { url: 'https://shop.example/hook', eventTypes: ['payment.succeeded'] },
  ],
  ['a change of an endpoint', endpointUpdateSchema, { isEnabled: false, eventTypes: [] }],
] as const;

describe.each(examples)('%s', (_name, schema, example) => {
  it('is taken as it is documented', () => {
    expect(schema().parse(example)).toEqual(example);
  });

  it('is refused with a key nobody knows', () => {
    expect(schema().safeParse({ ...example, nonsense: 1 }).success).toBe(false);
  });

  it('is refused where a whole number stands as text or with decimals', () => {
    const numbers = [...JSON.stringify(example).matchAll(/:(\d+)(?=[,}\]])/g)];
    for (const { index, 1: digits = '' } of numbers)
      for (const wrong of [
        `"${digits}"`,
        `${digits}.5`,
        `-${Number(digits) + 1}`,
        '9007199254740993',
        'true',
      ]) {
        const text = JSON.stringify(example);
        const at = index + 1;
        const body = `${text.slice(0, at)}${wrong}${text.slice(at + digits.length)}`;
        // The order of items may well be negative.
        if (wrong.startsWith('-') && text.slice(0, at).endsWith('"sortOrder":')) continue;
        expect([body, schema().safeParse(JSON.parse(body)).success]).toEqual([body, false]);
      }
  });
});

describe('the public link', () => {
  it.each([
    ['amount', amountLink()],
    ['product', catalogue([item('fee')])],
    ['subscription', catalogue([item('fee')], { type: 'subscription' })],
  ])('of type %s is read, and keys of a newer server are ignored', (_type, open) => {
    expect(publicLinkSchema().parse({ ...open, sparkle: true })).toEqual(open);
  });

  it('that is closed carries nothing of its offer', () => {
    const { name, object, inactiveMessage, fallbackUrl, branding, url, testMode, now } =
      amountLink();
    const shared = { name, object, inactiveMessage, fallbackUrl, branding, url, testMode, now };
    for (const status of ['inactive', 'expired', 'exhausted']) {
      const closed = { ...shared, id: id('plink', 'link'), type: 'amount', status };
      expect(publicLinkSchema().parse({ ...closed, amount: 5 })).toEqual(closed);
    }
  });

  it.each([
    ['a float', { amount: 25.5 }],
    ['text', { amount: '2500' }],
    ['another id', { id: 'plink_1' }],
    ['a status nobody knows', { status: 'asleep' }],
  ])('is refused with %s', (_what, wrong) => {
    expect(publicLinkSchema().safeParse({ ...amountLink(), ...wrong }).success).toBe(false);
  });
});
