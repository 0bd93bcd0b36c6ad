import { describe, expect, it } from 'vitest';
import type { Json } from './offers.js';
import {
  amountLink,
  type Case,
  expectRefused,
  ids,
  inline,
  itemsLink,
  price,
  product,
  useShop,
} from './violations.js';

const house = useShop();
const size = { name: 'size', values: ['S', 'M'] };

const line = (more: object) => ({
  items: [{ itemId: ids.item, skuId: ids.sku, quantity: 1, ...more }],
});

const others: Case[] = [
  ['POST /v1/products', 'name', () => ({ ...product, name: '   ' })],
  ['POST /v1/products', 'name', () => ({ ...product, name: 'a\u0000b' })],
  ['POST /v1/products', 'name', () => ({ ...product, name: 'half \ud83d' })],
  ['POST /v1/products', 'prices', () => ({ name: 'Mug', prices: [] })],
  [
    'POST /v1/products',
    'prices.0.currency',
    () => ({ ...product, prices: [{ ...price, currency: 'eur' }] }),
  ],
  [
    'POST /v1/products',
    'prices.0.currency',
    () => ({ ...product, prices: [{ ...price, currency: 'XYZ' }] }),
  ],
  [
    'POST /v1/products',
    'prices.0.interval',
    () => ({ ...product, prices: [{ ...price, type: 'recurring' }] }),
  ],
  [
    'POST /v1/products',
    'prices.0.interval',
    () => ({ ...product, prices: [{ ...price, interval: 'month' }] }),
  ],
  [
    'POST /v1/products',
    'options.0.swatches.Rust',
    () => ({
      ...product,
      options: [{ ...size, swatches: { Rust: '#b7410e' } }],
      skus: [{ attributes: { size: 'S' } }],
    }),
  ],
  [
    'POST /v1/products',
    'options.0.swatches.S',
    () => ({
      ...product,
      options: [{ ...size, swatches: { S: 'red;}' } }],
      skus: [{ attributes: { size: 'S' } }],
    }),
  ],
  ['POST /v1/products', 'imageUrl', () => ({ ...product, imageUrl: 'javascript:alert(1)' })],
  [
    'POST /v1/products',
    'skus.0.attributes.size',
    () => ({ ...product, options: [size], skus: [{ attributes: { size: 'XL' } }] }),
  ],
  [
    'POST /v1/products',
    'skus.0.attributes.size',
    () => ({ ...product, options: [size], skus: [{ attributes: {} }] }),
  ],
  [
    'POST /v1/products',
    'skus.1.attributes',
    () => ({
      ...product,
      options: [size],
      skus: [{ attributes: { size: 'S' } }, { attributes: { size: 'S' } }],
    }),
  ],
  [
    'POST /v1/products',
    'skus.0.attributes.size',
    () => ({ ...product, skus: [{ attributes: { size: 'S' } }] }),
  ],
  [
    'POST /v1/products',
    'options.0.values',
    () => ({ ...product, options: [{ name: 'size', values: ['S', 'S'] }] }),
  ],
  ['PATCH /v1/products/:product', 'name', () => ({ name: null })],
  ['PATCH /v1/skus/:sku', 'skuCode', () => ({ skuCode: '' })],
  ['POST /v1/prices', 'productId', () => ({ productId: 'prod_short', ...price })],
  ['POST /v1/payment-links', 'type', () => ({ ...amountLink, type: 'auction' })],
  ['POST /v1/payment-links', 'currency', () => ({ type: 'amount', name: 'Fee', amount: 5 })],
  ['POST /v1/payment-links', 'slug', () => ({ ...amountLink, slug: 'Not A Slug' })],
  ['POST /v1/payment-links', 'slug', () => ({ ...amountLink, slug: 'plink_abc' })],
  [
    'POST /v1/payment-links',
    'successUrl',
    () => ({ ...amountLink, successUrl: 'http://shop.example/' }),
  ],
  [
    'POST /v1/payment-links',
    'successUrl',
    () => ({ ...amountLink, successUrl: 'https://me:pw@shop.example/' }),
  ],
  [
    'POST /v1/payment-links',
    'allowedOrigins.0',
    () => ({ ...amountLink, allowedOrigins: ['https://shop.example/x'] }),
  ],
  ['POST /v1/payment-links', 'expiresAt', () => ({ ...amountLink, expiresAt: 'tomorrow' })],
  [
    'POST /v1/payment-links',
    'expiresAt',
    () => ({ ...amountLink, expiresAt: '2001-01-01T00:00:00Z' }),
  ],
  ['POST /v1/payment-links', 'maxRedemptions', () => ({ ...amountLink, maxRedemptions: 0 })],
  [
    'POST /v1/payment-links',
    'metadata.a',
    () => ({ ...amountLink, metadata: { a: 'half \ud83d' } }),
  ],
  [
    'POST /v1/payment-links',
    'branding.accent',
    () => ({ ...amountLink, branding: { accent: 'red;}' } }),
  ],
  ['POST /v1/payment-links', 'amount', () => ({ ...amountLink, minAmount: 100 })],
  [
    'POST /v1/payment-links',
    'minAmount',
    () => ({ ...amountLink, amount: null, minAmount: 200, maxAmount: 100 }),
  ],
  [
    'POST /v1/payment-links',
    'suggestedAmounts.1',
    () => ({ ...amountLink, amount: null, minAmount: 200, suggestedAmounts: [200, 100] }),
  ],
  ['POST /v1/payment-links', 'items', () => ({ ...amountLink, items: [inline] })],
  ['POST /v1/payment-links', 'items', () => itemsLink],
  ['POST /v1/payment-links', 'amount', () => ({ ...itemsLink, amount: 5, items: [inline] })],
  [
    'POST /v1/payment-links',
    'items.0.productId',
    () => ({ ...itemsLink, items: [{ productId: `prod_${'0'.repeat(24)}` }] }),
  ],
  [
    'POST /v1/payment-links',
    'items.0.priceId',
    () => ({ ...itemsLink, currency: 'XAF', items: [{ productId: ids.product }] }),
  ],
  [
    'POST /v1/payment-links',
    'items.0.maxQuantity',
    () => ({ ...itemsLink, items: [{ ...inline, minQuantity: 3, maxQuantity: 2 }] }),
  ],
  [
    'POST /v1/payment-links',
    'items.0.quantity',
    () => ({ ...itemsLink, items: [{ ...inline, quantity: 9, maxQuantity: 2 }] }),
  ],
  [
    'POST /v1/payment-links',
    'items',
    () => ({ ...itemsLink, type: 'subscription', items: [inline] }),
  ],
  ['POST /v1/payment-links/preview', 'currency', () => ({ ...amountLink, currency: 'eur' })],
  ['POST /v1/payment-links/preview', 'amount', () => ({ ...amountLink, minAmount: 100 })],
  ['POST /v1/payment-links/:donation/preview', 'minAmount', () => ({ minAmount: 60_000 })],
  ['POST /v1/payment-links/:tee/preview', 'items', () => ({ items: [] })],
  ['PATCH /v1/payment-links/:donation', 'type', () => ({ type: 'product' })],
  ['PATCH /v1/payment-links/:donation', 'currency', () => ({ currency: 'USD' })],
  ['PATCH /v1/payment-links/:donation', 'minAmount', () => ({ minAmount: 60_000 })],
  ['PATCH /v1/payment-links/:donation', 'suggestedAmounts.1', () => ({ maxAmount: 900 })],
  ['PATCH /v1/payment-links/:donation', 'amount', () => ({ amount: 700, maxAmount: 900 })],
  ['PATCH /v1/payment-links/:tee', 'items', () => ({ items: [] })],
  ['POST /v1/public/payment-links/:tee/quote', 'total', () => ({ ...line({}), total: 1 })],
  [
    'POST /v1/public/payment-links/:tee/sessions',
    'items.0.itemId',
    () => ({ items: [{ itemId: 'x', quantity: 1 }] }),
  ],
  ['POST /v1/public/payment-links/:tee/sessions', 'items.0.price', () => line({ price: 1 })],
  [
    'POST /v1/public/payment-links/:tee/sessions',
    'currency',
    () => ({ ...line({}), currency: 'XAF' }),
  ],
  ['POST /v1/public/payment-links/:tee/sessions', 'items.0.quantity', () => line({ quantity: 0 })],
  [
    'POST /v1/public/payment-links/:donation/sessions',
    'reference',
    () => ({ amount: 100, reference: 'a b' }),
  ],
  [
    'POST /v1/public/payment-links/:donation/sessions',
    'metadata',
    () => ({
      amount: 100,
      metadata: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [n, ''])),
    }),
  ],
  [
    'POST /v1/public/payment-links/:donation/sessions',
    'customer.card',
    () => ({ amount: 100, customer: { card: '4242' } }),
  ],
  [
    'POST /v1/public/payment-links/:donation/sessions',
    'customer.name',
    () => ({ amount: 100, customer: { name: '\u0000' } }),
  ],
  [
    'POST /v1/public/payment-links/:donation/sessions',
    'utm.source',
    () => ({ amount: 100, utm: { source: 'x' } }),
  ],
  [
    'POST /v1/public/payment-links/:donation/sessions',
    'replaces',
    () => ({ amount: 100, replaces: 'cs_1' }),
  ],
  ['POST /v1/public/checkout-sessions/:session/confirm', 'phone', () => ({ phone: 242060000001 })],
  ['POST /v1/public/checkout-sessions/:session/confirm', 'phone', () => ({ phone: 'call me' })],
  ['POST /v1/sandbox/checkout-sessions/:session', 'outcome', () => ({ outcome: 'stolen' })],
  ['POST /v1/sandbox/checkout-sessions/:session/refunds', 'outcome', () => ({ outcome: 'kept' })],
  ['POST /v1/payments/:payment/refunds', 'amount', () => ({ amount: 0 })],
  ['POST /v1/subscriptions/:subscription/cancel', 'at', () => ({ at: 'tomorrow' })],
  ['POST /v1/sandbox/subscriptions/:subscription', 'outcome', () => ({ outcome: 'kept' })],
  [
    'POST /v1/sandbox/checkout-sessions/:session',
    'duplicates',
    () => ({ outcome: 'succeeded', duplicates: -1 }),
  ],
  ['POST /v1/webhook-endpoints', 'url', () => ({ url: 'http://shop.example/hook' })],
  ['POST /v1/webhook-endpoints', 'url', () => ({ url: 'file:///etc/passwd' })],
  [
    'POST /v1/webhook-endpoints',
    'eventTypes.0',
    () => ({ url: 'https://shop.example/', eventTypes: ['*'] }),
  ],
  ['PATCH /v1/webhook-endpoints/:endpoint', 'isEnabled', () => ({ isEnabled: 'no' })],
  ['POST /v1/webhook-endpoints', 'url', () => ({ url: 'https://10.0.0.1/hook' })],
  ['PATCH /v1/webhook-endpoints/:endpoint', 'url', () => ({ url: 'https://shop.example:22/' })],
  ['POST /v1/webhook-endpoints/:endpoint/test', 'eventType', () => ({ eventType: 'test' })],
  ['POST /v1/events/:event/resend', 'endpointId', () => ({ endpointId: 'we_1' })],
  ['POST /v1/events/:event/resend', 'endpointId', () => ({ endpointId: `we_${'x'.repeat(24)}` })],
  ['POST /v1/coupons', 'percentOff', () => ({})],
  ['POST /v1/coupons', 'percentOff', () => ({ percentOff: 1, amountOff: 5, currency: 'EUR' })],
  ['POST /v1/coupons', 'percentOff', () => ({ percentOff: 0 })],
  ['POST /v1/coupons', 'percentOff', () => ({ percentOff: 100.5 })],
  ['POST /v1/coupons', 'percentOff', () => ({ percentOff: 33.333 })],
  ['POST /v1/coupons', 'currency', () => ({ amountOff: 5 })],
  ['POST /v1/coupons', 'amountOff', () => ({ amountOff: 0, currency: 'EUR' })],
  [
    'POST /v1/coupons',
    'currencyOptions.EURO',
    () => ({ amountOff: 1, currency: 'EUR', currencyOptions: { EURO: { amountOff: 1 } } }),
  ],
  ['POST /v1/coupons', 'durationInMonths', () => ({ percentOff: 5, duration: 'repeating' })],
  ['POST /v1/coupons', 'durationInMonths', () => ({ percentOff: 5, durationInMonths: 3 })],
  ['PATCH /v1/coupons/:coupon', 'percentOff', () => ({ percentOff: 20 })],
  ['POST /v1/promotion-codes', 'couponId', () => ({ couponId: `coupon_${'x'.repeat(24)}` })],
  ['POST /v1/promotion-codes', 'code', () => ({ couponId: ids.coupon, code: 'a b' })],
  ['POST /v1/promotion-codes', 'code', () => ({ couponId: ids.coupon, code: 'taken' })],
  [
    'POST /v1/promotion-codes',
    'minimumAmountCurrency',
    () => ({ couponId: ids.coupon, minimumAmount: 100 }),
  ],
  [
    'POST /v1/promotion-codes',
    'expiresAt',
    () => ({ couponId: ids.coupon, expiresAt: '2020-01-01T00:00:00Z' }),
  ],
  ['PATCH /v1/promotion-codes/:code', 'maxRedemptions', () => ({ maxRedemptions: 0 })],
  ['PATCH /v1/promotion-codes/:code', 'code', () => ({ code: 'OTHER' })],
  ['POST /v1/api-keys', 'name', () => ({})],
  ['POST /v1/api-keys', 'name', () => ({ name: '  ' })],
  ['POST /v1/api-keys', 'name', () => ({ name: 'a'.repeat(101) })],
  ['POST /v1/api-keys', 'key', () => ({ name: 'Mine', key: `sk_${'a'.repeat(40)}` })],
  ['PATCH /v1/settings', 'name', () => ({ name: null })],
  ['PATCH /v1/settings', 'name', () => ({ name: ' ' })],
  ['PATCH /v1/settings', 'name', () => ({ name: 'a\u0000b' })],
  ['PATCH /v1/settings', 'locale', () => ({ locale: 'de' })],
  ['PATCH /v1/settings', 'locale', () => ({ locale: '' })],
  ['PATCH /v1/settings', 'email', () => ({ email: 'nobody' })],
  ['PATCH /v1/settings', 'email', () => ({ email: 'a@shop.example\nBcc: b@shop.example' })],
  ['PATCH /v1/settings', 'countsVisits', () => ({ countsVisits: 'yes' })],
  ['PATCH /v1/settings', 'branding.accent', () => ({ branding: { accent: 'red;}' } })],
  ['PATCH /v1/settings', 'branding.css', () => ({ branding: { css: '*{}' } })],
  ['PATCH /v1/settings', 'sendsReceipts', () => ({ sendsReceipts: true })],
  ['PATCH /v1/settings', 'testMode', () => ({ testMode: false })],
  ...[
    'https://shop.example/x',
    'https://*',
    'https://*.shop.example',
    'https://shop.example;sandbox',
    "https://shop.example'",
    'https://shop.example,https://evil.example',
    'https://me@shop.example',
    'ftp://shop.example',
    'HTTPS://shop.example',
    'null',
    '*',
    '',
  ].map(
    (origin): Case => [
      'PATCH /v1/settings',
      'allowedOrigins.0',
      () => ({ allowedOrigins: [origin] }),
    ],
  ),
];

describe('a value outside the schema', () => {
  it.each(others)('is refused by %s at %s', (...wrong) => expectRefused(house(), wrong));

  it('is tried on every route with a body', async () => {
    const { paths } = (await house().call('GET', '/openapi.json')).body;
    const tried = new Set(others.map(([route]) => route.replace(/:\w+/, '{id}')));
    for (const [path, operations] of Object.entries<Json>(paths))
      for (const [method, { requestBody }] of Object.entries<Json>(operations))
        if (requestBody) expect(tried).toContain(`${method.toUpperCase()} ${path}`);
  });
});
