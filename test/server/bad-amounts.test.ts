import { describe, it } from 'vitest';
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

/** What is no amount of money on the wire, as JSON writes it. */
const noAmounts = [
  '9.99',
  '10.0',
  '1e3',
  '"1000"',
  '-1',
  'null',
  '9007199254740992',
  '[1]',
  'true',
];
const exactly = (json: string) => ({ toJSON: () => `@${json}@` });
const written = (body: unknown) =>
  JSON.stringify(body).replace(/"@(.*?)@"/g, (_, json) => JSON.parse(`"${json}"`));

const line = (more: object) => ({
  items: [{ itemId: ids.item, skuId: ids.sku, quantity: 1, ...more }],
});

const money: Case[] = noAmounts.flatMap((text): Case[] => {
  const amount = exactly(text);
  const cases: Case[] = [
    [
      'POST /v1/products',
      'prices.0.unitAmount',
      () => ({ ...product, prices: [{ ...price, unitAmount: amount }] }),
    ],
    [
      'POST /v1/prices',
      'unitAmount',
      () => ({ productId: ids.product, ...price, unitAmount: amount }),
    ],
    [
      'POST /v1/payment-links',
      'items.0.unitAmount',
      () => ({ ...itemsLink, items: [{ ...inline, unitAmount: amount }] }),
    ],
    ['POST /v1/public/payment-links/:donation/quote', 'amount', () => ({ amount })],
    ['POST /v1/public/payment-links/:donation/sessions', 'amount', () => ({ amount })],
    [
      'POST /v1/public/payment-links/:donation/sessions',
      'expectedTotal',
      () => ({ amount: 100, expectedTotal: amount }),
    ],
    [
      'POST /v1/public/payment-links/:tee/sessions',
      'items.0.quantity',
      () => line({ quantity: amount }),
    ],
  ];
  // Where null clears, it is no fault.
  const clearable: Case[] = [
    ['POST /v1/payment-links', 'amount', () => ({ ...amountLink, amount })],
    ['PATCH /v1/payment-links/:donation', 'minAmount', () => ({ minAmount: amount })],
    ['PATCH /v1/payment-links/:donation', 'maxAmount', () => ({ maxAmount: amount })],
    [
      'PATCH /v1/payment-links/:donation',
      'suggestedAmounts.0',
      () => ({ suggestedAmounts: [amount] }),
    ],
    ['PATCH /v1/payment-links/:donation', 'maxRedemptions', () => ({ maxRedemptions: amount })],
    ['PATCH /v1/skus/:sku', 'unitAmount', () => ({ unitAmount: amount })],
    ['PATCH /v1/skus/:sku', 'stockQuantity', () => ({ stockQuantity: amount })],
  ];
  return [...cases, ...(text === 'null' ? clearable.slice(3, 4) : clearable)];
});

describe('an amount that is no whole number of minor units', () => {
  it.each(money)('is refused by %s at %s', (...wrong) => expectRefused(house(), wrong, written));
});
