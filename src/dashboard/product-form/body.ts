/** What stands in the fields of a product, said to the server; and what of it cannot be said. */
import {
  addedPriceSchema,
  type FieldProblem,
  formatMoney,
  type NewPrice,
  type NewProduct,
  newProductSchema,
  type ProductUpdate,
  productUpdateSchema,
  type SkuUpdate,
} from '../../contract/index.js';
import { type Language, type Mistakes, Reader, type Said } from '../parts/typed.js';
import { ruleIn } from '../trouble.js';
import { combinationCount, mostCombinations } from './combinations.js';
import { type DraftPrice, type DraftRow, type ProductDraft, rowsOf, swatchOf } from './draft.js';

const days = { least: 0, most: 730 };
const intervals = { least: 1, most: 365 };
const mostValues = 100;
const pieces = { least: 0, most: 1_000_000_000 };

export interface SaidProduct extends Said<NewProduct> {
  /** Which rows of the table were sent, in their order. */
  readonly rows: readonly number[];
}

export function productBody(draft: ProductDraft, language: Language): SaidProduct {
  const reader = new Reader(language);
  const says = language.words.products;
  const axes = draft.axes.map((axis, index) => {
    const name = axis.name.trim();
    if (!name) reader.refuse(`axes.${index}.name`, says.problems.optionName);
    const isTwice = draft.axes.some((one, at) => at < index && one.name.trim() === name);
    if (name && isTwice) reader.refuse(`axes.${index}.name`, says.problems.sameName);
    if (!axis.values.length) reader.refuse(`axes.${index}.values`, says.problems.noValues);
    if (axis.values.length > mostValues)
      reader.refuse(`axes.${index}.values`, says.problems.tooManyValues);
    const swatches = Object.fromEntries(
      axis.values.flatMap((value) => {
        const color = swatchOf(axis, value);
        return axis.isColor && color ? [[value, color]] : [];
      }),
    );
    return {
      ...{ name, values: [...axis.values] },
      ...(Object.keys(swatches).length && { swatches }),
    };
  });

  const count = combinationCount(draft.axes);
  if (count > mostCombinations)
    reader.refuse('skus', says.tooManyCombinations(count, mostCombinations));
  const all = rowsOf(draft);
  const rows = all.flatMap(({ isLeftOut }, index) => (isLeftOut ? [] : [index]));
  if (draft.axes.length && all.length && !rows.length)
    reader.refuse('skus', says.problems.noneSold);
  const currency = draft.prices[0]?.currency ?? '';
  const skus = rows.map((index) =>
    skuOf(reader, all[index] as DraftRow, index, { axes, currency }),
  );
  // Nothing to choose and nothing said of it: the server makes the one there is.
  const isPlain =
    !axes.length && skus.every((sku) => Object.values(sku).every((one) => isNothing(one)));

  const description = reader.text(draft.description);
  const imageUrl = reader.text(draft.imageUrl);
  const body: NewProduct = {
    name: reader.required('name', draft.name),
    ...(description && { description }),
    ...(imageUrl && { imageUrl }),
    type: draft.type,
    ...(axes.length && { options: axes }),
    ...(!isPlain && { skus }),
    prices: draft.prices.map((price, index) => priceOf(reader, price, `prices.${index}`)),
  };
  const checked = newProductSchema().safeParse(body);
  for (const { path, code, message } of checked.error?.issues ?? []) {
    const field = productField(path.join('.'), rows);
    // Told at the choices themselves.
    if (field === 'axes') continue;
    reader.refuse(field, productSentence(language, { path: field, code, message }));
  }
  return { body, rows, mistakes: reader.mistakes };
}

const isNothing = (value: unknown) =>
  value === undefined || (typeof value === 'object' && !Object.keys(value ?? {}).length);

interface Place {
  readonly axes: readonly { readonly name: string }[];
  readonly currency: string;
}

type NewSku = NonNullable<NewProduct['skus']>[number];

function skuOf(reader: Reader, row: DraftRow, index: number, { axes, currency }: Place): NewSku {
  const path = (name: string) => `skus.${index}.${name}`;
  const skuCode = reader.text(row.skuCode);
  const imageUrl = reader.text(row.imageUrl);
  // One that has nothing beside it costs what the product does.
  const unitAmount = axes.length
    ? reader.amount(path('unitAmount'), row.unitAmount, currency)
    : null;
  const stockQuantity = reader.integer(path('stockQuantity'), row.stockQuantity, pieces);
  const { values } = row.combination;
  return {
    attributes: Object.fromEntries(axes.map(({ name }, at) => [name, values[at] ?? ''])),
    ...(skuCode && { skuCode }),
    ...(unitAmount !== null && { unitAmount }),
    ...(stockQuantity !== null && { stockQuantity }),
    ...(imageUrl && { imageUrl }),
  };
}

function priceOf(reader: Reader, price: DraftPrice, path: string): NewPrice {
  const { currency, rhythm } = price;
  const providerPriceId = reader.text(price.providerPriceId);
  const unitAmount = reader.requiredAmount(`${path}.unitAmount`, price.unitAmount, currency);
  const shared = { unitAmount, currency, ...(providerPriceId && { providerPriceId }) };
  if (rhythm === 'once') return { ...shared, type: 'one_time' };
  const every = reader.integer(`${path}.intervalCount`, price.intervalCount, intervals);
  const trial = reader.integer(`${path}.trialPeriodDays`, price.trialPeriodDays, days);
  return {
    ...{ ...shared, type: 'recurring', interval: rhythm, intervalCount: every ?? 1 },
    ...(trial && { trialPeriodDays: trial }),
  };
}

/** A further price of a product; mistakes by the fields of `price`. */
export function addedPriceBody(
  price: DraftPrice,
  productId: string,
  language: Language,
): Said<NewPrice & { readonly productId: string }> {
  const reader = new Reader(language);
  const body = { productId, ...priceOf(reader, price, 'price') };
  const checked = addedPriceSchema().safeParse(body);
  for (const { path, code, message } of checked.error?.issues ?? []) {
    const field = `price.${path.join('.')}`;
    reader.refuse(field, productSentence(language, { path: field, code, message }));
  }
  return { body, mistakes: reader.mistakes };
}

export type Details = Pick<ProductDraft, 'name' | 'description' | 'imageUrl'>;

/** What can be changed of a product once it is made; what is empty is cleared. */
export function detailsBody(details: Details, language: Language): Said<ProductUpdate> {
  const reader = new Reader(language);
  const body = {
    name: reader.required('name', details.name),
    description: reader.text(details.description),
    imageUrl: reader.text(details.imageUrl),
  };
  const checked = productUpdateSchema().safeParse(body);
  for (const { path, code, message } of checked.error?.issues ?? []) {
    const field = path.join('.');
    reader.refuse(field, productSentence(language, { path: field, code, message }));
  }
  return { body, mistakes: reader.mistakes };
}

export const skuFields = ['skuCode', 'unitAmount', 'stockQuantity', 'imageUrl'] as const;
export type SkuField = (typeof skuFields)[number];

interface TypedCell {
  readonly field: SkuField;
  readonly typed: string;
  readonly currency: string;
}

/** One field of a SKU, as it is saved alone; what is empty is cleared. The mistake is told by the field's name. */
export function skuBody(
  { field, typed, currency }: TypedCell,
  language: Language,
): Said<SkuUpdate> {
  const reader = new Reader(language);
  const read = {
    skuCode: () => reader.text(typed),
    imageUrl: () => reader.text(typed),
    unitAmount: () => reader.amount('unitAmount', typed, currency),
    stockQuantity: () => reader.integer('stockQuantity', typed, pieces),
  };
  const body: SkuUpdate = { [field]: read[field]() };
  if (field === 'imageUrl') {
    const checked = productUpdateSchema().safeParse({ imageUrl: body.imageUrl });
    if (!checked.success) reader.refuse(field, language.words.problems.url);
  }
  return { body, mistakes: reader.mistakes };
}

/** The field that a rule of the contract or the server speaks of. */
export function productField(path: string, rows: readonly number[]): string {
  const [root, at, name] = path.split('.');
  if (root === 'options' && at !== undefined)
    return `axes.${at}.${name === 'name' ? 'name' : 'values'}`;
  if (root !== 'skus') return path;
  // The names and values of its choices.
  if (name === 'attributes') return 'axes';
  if (at === undefined || name === undefined) return 'skus';
  return `skus.${rows[Number(at)] ?? at}.${name}`;
}

type Issue = Pick<FieldProblem, 'path' | 'code' | 'message' | 'limit'>;

/** A mistake that a rule of the contract or the server found, in the merchant's words. */
export function productSentence(
  { words, locale }: Language,
  { path, code, message, limit }: Issue,
  currency?: string,
): string {
  const { problems } = words;
  const says = words.products.problems;
  if (code === 'not_payable' && limit && currency)
    return says.step(formatMoney({ amount: limit, currency }, locale));
  if (path.endsWith('imageUrl')) return problems.url;
  if (path.endsWith('stockQuantity') && code === 'too_small') return says.reserved;
  if (path.endsWith('.values')) return says.longValue;
  if (path.endsWith('unitAmount')) return problems.amount;
  if (code === 'too_small' && /(^|\.)name$/.test(path)) return problems.required;
  if (code === 'too_big') return problems.tooLong;
  return ruleIn(words, { code, message });
}

/** What the server found wrong, by field. */
export const refusedOf = (
  errors: readonly FieldProblem[],
  { language, rows = [], currencyOf }: Refusal,
): Mistakes =>
  Object.fromEntries(
    errors.map((one) => {
      const path = productField(one.path, rows);
      return [path, productSentence(language, { ...one, path }, currencyOf(path))];
    }),
  );

interface Refusal {
  readonly language: Language;
  readonly rows?: readonly number[];
  /** Of the amount in a field. */
  currencyOf(path: string): string;
}
