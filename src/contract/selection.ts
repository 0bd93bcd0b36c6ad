/** What the buyer chose, and what is wrong with it: the same check before the network and behind it. */
import * as z from 'zod/mini';
import { addressSchema } from './address.js';
import { type BuyerRules, checkBuyer } from './buyer.js';
import { idSchema } from './id.js';
import { lazy } from './lazy.js';
import { type CatalogueLink, type LinkItem, mayBeLeftOut, type OpenLink } from './payment-link.js';

const text = (max: number) => z.string().check(z.maxLength(max));

/** At most 20 keys of 40 characters, values of 500. */
export const metadataSchema = lazy(() =>
  z
    .record(text(40).check(z.minLength(1)), text(500))
    .check(z.refine((map) => Object.keys(map).length <= 20, 'at most 20 keys')),
);

export const referencePattern = /^[A-Za-z0-9_-]{1,200}$/;

/** Common fields of `quote` and of opening a session. */
export const selectionShape = lazy(() => ({
  items: z.optional(
    z
      .array(
        z.strictObject({
          itemId: idSchema('paymentLinkItem'),
          skuId: z.optional(idSchema('sku')),
          priceId: z.optional(idSchema('price')),
          quantity: z.int().check(z.minimum(1), z.maximum(999_999)),
        }),
      )
      .check(z.maxLength(100)),
  ),
  amount: z.optional(z.int().check(z.minimum(0))),
  promotionCode: z.optional(text(64)),
  customer: z.optional(
    z.strictObject({
      email: z.optional(text(254)),
      name: z.optional(text(200)),
      phone: z.optional(text(40)),
      billingAddress: z.optional(addressSchema()),
      shippingAddress: z.optional(addressSchema()),
    }),
  ),
  /** By key: text, a number, or whether a box is ticked. */
  customFields: z.optional(z.record(text(40), z.union([text(1000), z.number(), z.boolean()]))),
  reference: z.optional(z.string().check(z.regex(referencePattern))),
  metadata: z.optional(metadataSchema()),
  utm: z.optional(z.record(text(40).check(z.regex(/^utm_[a-z_]+$/)), text(500))),
  locale: z.optional(text(35)),
}));

export const selectionSchema = lazy(() => z.strictObject(selectionShape()));
export type Selection = z.infer<ReturnType<typeof selectionSchema>>;
export type SelectionLine = NonNullable<Selection['items']>[number];

/** Codes of field problems; the widget has a sentence for each in every language. */
export type SelectionProblemCode =
  | 'required'
  | 'not_expected'
  | 'unknown_item'
  | 'unknown_variant'
  | 'unknown_price'
  | 'duplicate'
  | 'too_few'
  | 'too_many'
  | 'fixed_quantity'
  | 'out_of_stock'
  | 'too_small'
  | 'too_large'
  | 'mixed_intervals'
  | 'invalid_email'
  | 'invalid_phone'
  | 'invalid_postal_code'
  | 'unknown_country'
  | 'unknown_option'
  | 'invalid_format'
  | 'not_a_number'
  | 'too_long';

export interface SelectionProblem {
  /** In dots: `items.0.quantity`, `customer.email`. */
  readonly path: string;
  readonly code: SelectionProblemCode;
  /** The bound that was passed: pieces, characters, or minor units. */
  readonly limit?: number | undefined;
}

const problem = (path: string, code: SelectionProblemCode, limit?: number): SelectionProblem => ({
  path,
  code,
  ...(limit !== undefined && { limit }),
});

/** Everything wrong with the selection, by field; empty when it can be paid. Stock is as the link showed it. */
export function checkSelection(
  link: OpenLink,
  selection: Selection,
  rules?: BuyerRules,
): SelectionProblem[] {
  return [...checkOrder(link, selection), ...checkBuyer(link, selection, rules)];
}

/** The part of the check that decides whether the order can be priced; buyer data does not count. */
export const checkOrder = (link: OpenLink, selection: Selection): SelectionProblem[] =>
  link.type === 'amount' ? checkAmount(link, selection) : checkItems(link, selection);

function checkAmount(link: OpenLink & { type: 'amount' }, { amount, items }: Selection) {
  if (items?.length) return [problem('items', 'not_expected')];
  if (link.amount !== null) return amount === undefined ? [] : [problem('amount', 'not_expected')];
  if (amount === undefined) return [problem('amount', 'required')];
  if (amount < (link.minAmount ?? 0)) return [problem('amount', 'too_small', link.minAmount ?? 0)];
  if (link.maxAmount !== null && amount > link.maxAmount)
    return [problem('amount', 'too_large', link.maxAmount)];
  return [];
}

function checkItems(link: CatalogueLink, { amount, items = [] }: Selection): SelectionProblem[] {
  const problems: SelectionProblem[] = [];
  if (amount !== undefined) problems.push(problem('amount', 'not_expected'));
  items.forEach((line, index) => {
    const item = link.items.find(({ id }) => id === line.itemId);
    const path = `items.${index}`;
    if (item) problems.push(...checkLine(item, line, path));
    else problems.push(problem(`${path}.itemId`, 'unknown_item'));
  });
  for (const item of link.items)
    if (!mayBeLeftOut(item) && !items.some(({ itemId }) => itemId === item.id))
      problems.push(problem('items', 'required'));
  if (!items.length && !problems.length) problems.push(problem('items', 'required'));
  return [...problems, ...checkTogether(link, items)];
}

/** Limits that hold over all lines of one item, one SKU, one order. */
function checkTogether(link: CatalogueLink, items: readonly SelectionLine[]): SelectionProblem[] {
  const problems: SelectionProblem[] = [];
  const seen = new Set<string>();
  const billing = new Set<string>();
  const ofItem = new Map<string, number>();
  items.forEach((line, index) => {
    const item = link.items.find(({ id }) => id === line.itemId);
    if (!item) return;
    const key = variantOf(item, line)?.id ?? line.itemId;
    if (seen.has(key)) problems.push(problem(`items.${index}`, 'duplicate'));
    seen.add(key);
    const quantity = (ofItem.get(item.id) ?? 0) + line.quantity;
    ofItem.set(item.id, quantity);
    if (
      item.maxQuantity !== null &&
      quantity > item.maxQuantity &&
      line.quantity <= item.maxQuantity
    )
      problems.push(problem(`items.${index}.quantity`, 'too_many', item.maxQuantity));
    const price = priceOf(item, line);
    if (price?.interval)
      billing.add(`${price.intervalCount} ${price.interval} ${price.trialPeriodDays || 0}`);
  });
  if (billing.size > 1) problems.push(problem('items', 'mixed_intervals'));
  return problems;
}

function checkLine(item: LinkItem, line: SelectionLine, path: string): SelectionProblem[] {
  const problems: SelectionProblem[] = [];
  const variant = variantOf(item, line);
  if (!variant)
    problems.push(
      line.skuId
        ? problem(`${path}.skuId`, 'unknown_variant')
        : problem(`${path}.skuId`, 'required'),
    );
  if (!priceOf(item, line))
    problems.push(
      line.priceId
        ? problem(`${path}.priceId`, 'unknown_price')
        : problem(`${path}.priceId`, 'required'),
    );
  return [...problems, ...checkQuantity(item, line, variant?.stock ?? null, `${path}.quantity`)];
}

function checkQuantity(item: LinkItem, line: SelectionLine, stock: number | null, path: string) {
  const { quantity } = line;
  if (stock !== null && quantity > stock) return [problem(path, 'out_of_stock', stock)];
  if (!item.adjustableQuantity && quantity !== item.quantity)
    return [problem(path, 'fixed_quantity', item.quantity)];
  if (quantity < item.minQuantity) return [problem(path, 'too_few', item.minQuantity)];
  if (item.maxQuantity !== null && quantity > item.maxQuantity)
    return [problem(path, 'too_many', item.maxQuantity)];
  return [];
}

/** The variant a line means: the named one, or the only one. */
export const variantOf = (item: LinkItem, line: SelectionLine) =>
  line.skuId === undefined
    ? item.variants.length === 1
      ? item.variants[0]
      : undefined
    : item.variants.find(({ id }) => id === line.skuId);

/** The price a line means: the named one, or the only one. */
export const priceOf = (item: LinkItem, line: SelectionLine) =>
  line.priceId === undefined
    ? item.prices.length === 1
      ? item.prices[0]
      : undefined
    : item.prices.find(({ id }) => id === line.priceId);
