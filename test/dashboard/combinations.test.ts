import { describe, expect, it } from 'vitest';
import { colorOf, isAboutColors } from '../../src/dashboard/product-form/colors.js';
import {
  combinationCount,
  combinationsOf,
  keyOf,
  mostCombinations,
  valuesOf,
  writtenOf,
} from '../../src/dashboard/product-form/combinations.js';
import { emptyAxis, withTyped } from '../../src/dashboard/product-form/draft.js';
import { isFound, stockOf } from '../../src/dashboard/product-form/stock.js';

const size = { key: 1, values: ['S', 'M'] };
const color = { key: 2, values: ['Red', 'Blue', 'Sand'] };

describe('what is typed one after the other', () => {
  it.each([
    ['S, M, L', ['S', 'M', 'L']],
    [' S ,,  M;S, ', ['S', 'M']],
    ['Dark   blue、Red，White', ['Dark blue', 'Red', 'White']],
    ['', []],
  ])('%j is %j', (typed, values) => expect(valuesOf(typed)).toEqual(values));

  it('joins what is there, each once, and knows plain colours', () => {
    const axis = { ...emptyAxis(), values: ['Rouge'], typed: 'Bleu marine, Rouge', isColor: true };
    expect(withTyped(axis)).toMatchObject({
      ...{ values: ['Rouge', 'Bleu marine'], typed: '' },
      swatches: { Rouge: '#c62828', 'Bleu marine': '#1f2a44' },
    });
  });

  it('leaves a colour that was chosen', () => {
    const swatches = { Red: '#ff0000' };
    const axis = { ...emptyAxis(), values: ['Red'], typed: 'Blue', isColor: true, swatches };
    expect(withTyped(axis).swatches).toEqual({ Red: '#ff0000', Blue: '#1e56c8' });
  });
});

describe('the combinations', () => {
  it('are every value with every other, in the order they were written', () => {
    expect(combinationsOf([size, color]).map(({ values }) => values.join(' '))).toEqual([
      ...['S Red', 'S Blue', 'S Sand', 'M Red', 'M Blue', 'M Sand'],
    ]);
  });

  it('are one where there is nothing to choose, or nothing yet', () => {
    expect(combinationsOf([])).toEqual([{ key: '[]', values: [] }]);
    expect(combinationsOf([{ key: 1, values: [] }])).toHaveLength(1);
    expect(combinationCount([size, { key: 9, values: [] }])).toBe(2);
  });

  it('are counted without being made, and not made past the limit', () => {
    const many = [1, 2, 3, 4, 5].map((key) => ({
      key,
      values: Array.from({ length: 100 }, (_, at) => `${at}`),
    }));
    expect(combinationCount(many)).toBe(1e10);
    expect(combinationsOf(many)).toEqual([]);
    const full = [
      { key: 1, values: Array.from({ length: 50 }, (_, at) => `${at}`) },
      { key: 2, values: Array.from({ length: 10 }, (_, at) => `${at}`) },
    ];
    expect(combinationsOf(full)).toHaveLength(mostCombinations);
  });

  it('tell values with signs in them apart', () => {
    const keys = combinationsOf([
      { key: 1, values: ['a,b', 'a'] },
      { key: 2, values: ['c', 'b,c'] },
    ]).map(({ key }) => key);
    expect(new Set(keys).size).toBe(4);
  });
});

describe('what was written about a combination', () => {
  const rows = (axes: readonly { key: number; values: readonly string[] }[], written: object) =>
    combinationsOf(axes).map((one) => writtenOf(axes, one, written as Record<string, string>));

  it('goes with it', () => {
    const written = { [keyOf([size, color], ['M', 'Blue'])]: 'ten' };
    expect(rows([size, color], written).filter(Boolean)).toEqual(['ten']);
  });

  it('belongs to the first value of a choice that is added, and is there again without it', () => {
    const written = { [keyOf([size], ['S'])]: 'ten', [keyOf([size], ['M'])]: 'four' };
    expect(rows([size, color], written)).toEqual([
      ...['ten', undefined, undefined, 'four', undefined, undefined],
    ]);
    expect(rows([size], written)).toEqual(['ten', 'four']);
    expect(rows([size], { '[]': 'seven' })).toEqual(['seven', undefined]);
  });
});

it.each([
  ['Blanche', '#ffffff'],
  ['verte', '#2e7d32'],
  ['Light grey', '#8a8f98'],
  ['Octarine', undefined],
  ['constructor', undefined],
])('knows what colour %s is', (name, hex) => expect(colorOf(name)).toBe(hex));

it.each(['Colour', 'color', ' Couleurs '])('takes %j for a choice of colours', (name) =>
  expect(isAboutColors(name)).toBe(true),
);

describe('the stock in all', () => {
  const of = (...counts: (number | null)[]) =>
    stockOf(counts.map((stockQuantity) => ({ stockQuantity })));

  it.each([
    [of(3, 4), { counted: 7, isPartly: false }],
    [of(0, 0), { counted: 0, isPartly: false }],
    [of(null), { counted: null, isPartly: false }],
    [of(3, null), { counted: 3, isPartly: true }],
  ])('%j', (stock, expected) => expect(stock).toEqual(expected));
});

it('finds a product by words of its name and by codes, whatever the accents', () => {
  const product = { name: 'Casquette été', skus: [{ skuCode: 'CAP-1' }] } as never;
  expect(isFound(product, 'ETE casq')).toBe(true);
  expect(isFound(product, 'cap-1')).toBe(true);
  expect(isFound(product, 'hiver')).toBe(false);
});
