import { describe, expect, it } from 'vitest';
import { newProductSchema } from '../../src/contract/index.js';
import {
  addedPriceBody,
  detailsBody,
  productBody,
  refusedOf,
  skuBody,
} from '../../src/dashboard/product-form/body.js';
import { keyOf } from '../../src/dashboard/product-form/combinations.js';
import {
  type DraftAxis,
  emptyAxis,
  emptyPrice,
  emptyProduct,
  emptySku,
  type ProductDraft,
} from '../../src/dashboard/product-form/draft.js';
import { wordsIn } from '../../src/dashboard/words/words.js';

const english = { words: wordsIn('en'), locale: 'en' };
const french = { words: wordsIn('fr'), locale: 'fr' };
const says = english.words.products.problems;

const cap = (changes: Partial<ProductDraft> = {}): ProductDraft => ({
  ...emptyProduct('EUR'),
  name: ' Cap ',
  prices: [{ ...emptyPrice('EUR'), unitAmount: '12.50' }],
  ...changes,
});

const axis = (name: string, ...values: string[]): DraftAxis => ({ ...emptyAxis(), name, values });

describe('a product that is written', () => {
  it('says no more than what was written', () => {
    const { body, mistakes } = productBody(cap(), english);
    expect(mistakes).toEqual({});
    expect(body).toEqual({
      ...{ name: 'Cap', type: 'physical' },
      prices: [{ unitAmount: 1250, currency: 'EUR', type: 'one_time' }],
    });
  });

  it('counts the one there is where nothing is to be chosen', () => {
    const skus = { '[]': { ...emptySku, stockQuantity: '1 200', skuCode: 'CAP' } };
    expect(productBody(cap({ skus }), french).body.skus).toEqual([
      { attributes: {}, stockQuantity: 1200, skuCode: 'CAP' },
    ]);
  });

  it('reads prices in the merchant’s language, in several currencies and intervals', () => {
    const prices = [
      { ...emptyPrice('EUR'), unitAmount: '1 012,50' },
      {
        ...{ ...emptyPrice('XAF'), unitAmount: '6 500', rhythm: 'month' as const },
        ...{ intervalCount: '2', trialPeriodDays: '14', providerPriceId: 'price_1' },
      },
    ];
    const { body, mistakes } = productBody(cap({ prices }), french);
    expect(mistakes).toEqual({});
    expect(body.prices).toEqual([
      { unitAmount: 101250, currency: 'EUR', type: 'one_time' },
      {
        ...{ unitAmount: 6500, currency: 'XAF', type: 'recurring', interval: 'month' },
        ...{ intervalCount: 2, trialPeriodDays: 14, providerPriceId: 'price_1' },
      },
    ]);
  });

  it('forgets how often a price is paid that is paid once', () => {
    const prices = [
      { ...emptyPrice('EUR'), unitAmount: '5', intervalCount: 'x', trialPeriodDays: 'x' },
    ];
    const { body, mistakes } = productBody(cap({ prices }), english);
    expect(mistakes).toEqual({});
    expect(newProductSchema().safeParse(body).success).toBe(true);
  });

  it('leaves combinations out, and keeps what the others are', () => {
    const axes = [axis('Size', 'S', 'M'), axis('Colour', 'Red', 'Blue')];
    const key = (...values: string[]) => keyOf(axes, values);
    const skus = {
      [key('S', 'Red')]: { ...emptySku, isLeftOut: true, unitAmount: 'nonsense' },
      [key('M', 'Blue')]: { ...emptySku, unitAmount: '15', stockQuantity: '0' },
    };
    const { body, mistakes, rows } = productBody(cap({ axes, skus }), english);
    expect(mistakes).toEqual({});
    expect(rows).toEqual([1, 2, 3]);
    expect(body.skus).toEqual([
      { attributes: { Size: 'S', Colour: 'Blue' } },
      { attributes: { Size: 'M', Colour: 'Red' } },
      { attributes: { Size: 'M', Colour: 'Blue' }, unitAmount: 1500, stockQuantity: 0 },
    ]);
  });

  it('sends colours of values that are there, and only where they are colours', () => {
    const swatches = { Red: '#ff0000', Gone: '#000000' };
    const colors = { ...axis('Colour', 'Red', 'constructor'), isColor: true, swatches };
    const { body } = productBody(cap({ axes: [colors] }), english);
    expect(body.options).toEqual([
      { name: 'Colour', values: ['Red', 'constructor'], swatches: { Red: '#ff0000' } },
    ]);
    const plain = productBody(cap({ axes: [{ ...colors, isColor: false }] }), english);
    expect(plain.body.options?.[0]).not.toHaveProperty('swatches');
  });

  it.each<[string, Partial<ProductDraft>, Record<string, unknown>]>([
    ['no name', { name: ' ' }, { name: english.words.problems.required }],
    [
      'no picture’s address',
      { imageUrl: 'http://shop.example/a.png' },
      { imageUrl: english.words.problems.url },
    ],
    [
      'no amount',
      { prices: [emptyPrice('EUR')] },
      { 'prices.0.unitAmount': english.words.problems.required },
    ],
    [
      'cents in francs',
      { prices: [{ ...emptyPrice('XAF'), unitAmount: '12.5' }] },
      { 'prices.0.unitAmount': english.words.problems.decimals(0) },
    ],
    [
      'another language’s comma',
      { prices: [{ ...emptyPrice('EUR'), unitAmount: '12,5' }] },
      { 'prices.0.unitAmount': english.words.problems.ambiguous('12.50') },
    ],
    [
      'too rare a payment',
      {
        prices: [{ ...emptyPrice('EUR'), unitAmount: '5', rhythm: 'year', intervalCount: '400' }],
      },
      { 'prices.0.intervalCount': says.between(1, 365) },
    ],
    [
      'a choice of nothing',
      { axes: [axis('')] },
      { 'axes.0.name': says.optionName, 'axes.0.values': says.noValues },
    ],
    [
      'the same choice twice',
      { axes: [axis('Size', 'S'), axis('Size', 'M')] },
      { 'axes.1.name': says.sameName },
    ],
    [
      'a value of a whole story',
      { axes: [axis('Size', 'x'.repeat(61))] },
      { 'axes.0.values': says.longValue },
    ],
  ])('tells of %s, and of nothing else', (_what, changes, expected) => {
    expect(productBody(cap(changes), english).mistakes).toEqual(expected);
  });

  it('asks in French for the amount that was meant, as French writes it', () => {
    const prices = [{ ...emptyPrice('EUR'), unitAmount: '12.5' }];
    expect(productBody(cap({ prices }), french).mistakes).toEqual({
      'prices.0.unitAmount': french.words.problems.ambiguous('12,50'),
    });
  });

  it('wants one combination to be sold', () => {
    const axes = [axis('Size', 'S')];
    const skus = { [keyOf(axes, ['S'])]: { ...emptySku, isLeftOut: true } };
    expect(productBody(cap({ axes, skus }), english).mistakes).toEqual({ skus: says.noneSold });
  });

  it('refuses more combinations than there can be', () => {
    const letters = Array.from({ length: 30 }, (_, at) => `v${at}`);
    const axes = [axis('A', ...letters), axis('B', ...letters)];
    expect(productBody(cap({ axes }), english).mistakes).toEqual({
      skus: english.words.products.tooManyCombinations(900, 500),
    });
  });

  it('brings what the server refuses to its row', () => {
    const errors = [
      { path: 'skus.1.unitAmount', code: 'not_payable', message: '…', limit: 500 },
      { path: 'options.0.values.3', code: 'too_big', message: '…' },
    ];
    const refused = refusedOf(errors, {
      ...{ language: english, rows: [0, 4] },
      currencyOf: () => 'XAF',
    });
    expect(refused).toEqual({
      'skus.4.unitAmount': says.step('FCFA 500'.replace(' ', '\u00a0')),
      'axes.0.values': says.longValue,
    });
  });
});

it('clears what is emptied of a product', () => {
  const details = { name: 'Cap', description: ' ', imageUrl: '' };
  expect(detailsBody(details, english)).toEqual({
    ...{ body: { name: 'Cap', description: null, imageUrl: null }, mistakes: {} },
  });
});

describe('one field of a SKU', () => {
  it.each([
    ['stockQuantity', '12', { stockQuantity: 12 }],
    ['stockQuantity', ' ', { stockQuantity: null }],
    ['unitAmount', '32.5', { unitAmount: 3250 }],
    ['skuCode', ' TEE ', { skuCode: 'TEE' }],
    ['imageUrl', '', { imageUrl: null }],
  ] as const)('%s of %j is sent alone', (field, typed, body) => {
    expect(skuBody({ field, typed, currency: 'EUR' }, english)).toEqual({ body, mistakes: {} });
  });

  it.each([
    ['stockQuantity', '-1', english.words.problems.integer],
    ['unitAmount', 'ten', english.words.problems.amount],
    ['imageUrl', 'tee.png', english.words.problems.url],
  ] as const)('%s of %j is a mistake', (field, typed, sentence) => {
    const { mistakes } = skuBody({ field, typed, currency: 'EUR' }, english);
    expect(mistakes).toEqual({ [field]: sentence });
  });
});

it('names the fields of a price that is added after its form', () => {
  const price = { ...emptyPrice('EUR'), rhythm: 'week' as const, intervalCount: '0' };
  expect(addedPriceBody(price, `prod_${'a'.repeat(24)}`, english).mistakes).toEqual({
    'price.unitAmount': english.words.problems.required,
    'price.intervalCount': says.between(1, 365),
  });
});
