/** The catalogue: products with SKUs and prices, as merchants create and read them. */
import * as z from 'zod/mini';
import { isCurrency } from './currency.js';
import { idSchema } from './id.js';
import { lazy } from './lazy.js';
import { intervals } from './totals.js';

export const label = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max));

/** Minor units. */
export const amountSchema = lazy(() => z.int().check(z.minimum(0)));

export const currencySchema = lazy(() =>
  z.string().check(z.refine(isCurrency, 'an upper-case ISO 4217 code')),
);

const isLoopback = (host: string) =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

/** Whether an address names this very machine. */
export const isLoopbackUrl = (text: string): boolean => isLoopback(new URL(text).hostname);

/** An address we may link to: https, or http on a loopback host; no credentials. Placeholders are kept. */
export const isLinkableUrl = (text: string): boolean => {
  try {
    if (/\s/.test(text)) return false;
    const url = new URL(text);
    const isSafe =
      url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
    return isSafe && !url.username && !url.password;
  } catch {
    return false;
  }
};

export const urlSchema = lazy(() =>
  z
    .string()
    .check(
      z.maxLength(2000),
      z.refine(isLinkableUrl, 'an https address (http only for loopback hosts)'),
    ),
);

const optionSchema = lazy(() =>
  z.strictObject({
    name: label(60),
    values: z.array(label(60)).check(
      z.minLength(1),
      z.maxLength(100),
      z.refine((values) => new Set(values).size === values.length, 'values must differ'),
    ),
    /** Colours of values, as `#rrggbb`, for an axis of colours. */
    swatches: z.optional(z.record(label(60), z.string().check(z.regex(/^#[0-9a-fA-F]{6}$/)))),
  }),
);

const attributesSchema = lazy(() => z.record(label(60), label(60)));
const stockSchema = lazy(() => z.nullable(z.int().check(z.minimum(0), z.maximum(1_000_000_000))));

const priceShape = () => ({
  unitAmount: amountSchema(),
  currency: currencySchema(),
  type: z.enum(['one_time', 'recurring']),
  interval: z.optional(z.enum(intervals)),
  intervalCount: z.optional(z.int().check(z.minimum(1), z.maximum(365))),
  trialPeriodDays: z.optional(z.int().check(z.minimum(0), z.maximum(730))),
  /** The very same price by its name in the payment provider's catalogue, where that renews by it. */
  providerPriceId: z.optional(label(100)),
});

interface Billing {
  type: 'one_time' | 'recurring';
  interval?: unknown;
  intervalCount?: unknown;
  trialPeriodDays?: unknown;
}

const recurringHasInterval = () =>
  z.refine<Billing>(({ type, interval }) => (type === 'recurring') === (interval !== undefined), {
    error: 'a recurring price has an interval, a one-time price has none',
    path: ['interval'],
  });

const oneTimeHasNeither = () =>
  z.refine<Billing>(
    ({ type, intervalCount, trialPeriodDays }) =>
      type === 'recurring' || (intervalCount === undefined && trialPeriodDays === undefined),
    { error: 'only a recurring price has an interval count or a trial', path: ['type'] },
  );

export const newPriceSchema = lazy(() =>
  z.strictObject(priceShape()).check(recurringHasInterval(), oneTimeHasNeither()),
);
export type NewPrice = z.infer<ReturnType<typeof newPriceSchema>>;

export const newProductSchema = lazy(() =>
  z.strictObject({
    name: label(200),
    description: z.optional(z.nullable(z.string().check(z.maxLength(2000)))),
    imageUrl: z.optional(z.nullable(urlSchema())),
    type: z.optional(z.enum(['physical', 'digital', 'service'])),
    options: z.optional(z.array(optionSchema()).check(z.maxLength(5))),
    skus: z.optional(
      z
        .array(
          z.strictObject({
            attributes: attributesSchema(),
            skuCode: z.optional(label(100)),
            unitAmount: z.optional(z.nullable(amountSchema())),
            stockQuantity: z.optional(stockSchema()),
            imageUrl: z.optional(z.nullable(urlSchema())),
          }),
        )
        .check(z.maxLength(500)),
    ),
    prices: z.array(newPriceSchema()).check(z.minLength(1), z.maxLength(50)),
  }),
);
export type NewProduct = z.infer<ReturnType<typeof newProductSchema>>;

export const productUpdateSchema = lazy(() =>
  z.strictObject({
    name: z.optional(label(200)),
    description: z.optional(z.nullable(z.string().check(z.maxLength(2000)))),
    imageUrl: z.optional(z.nullable(urlSchema())),
  }),
);
export type ProductUpdate = z.infer<ReturnType<typeof productUpdateSchema>>;

export const skuUpdateSchema = lazy(() =>
  z.strictObject({
    name: z.optional(z.nullable(label(200))),
    skuCode: z.optional(z.nullable(label(100))),
    unitAmount: z.optional(z.nullable(amountSchema())),
    stockQuantity: z.optional(stockSchema()),
    imageUrl: z.optional(z.nullable(urlSchema())),
  }),
);
export type SkuUpdate = z.infer<ReturnType<typeof skuUpdateSchema>>;

/** Body of `POST /v1/prices`: a further price of a product. */
export const addedPriceSchema = lazy(() =>
  z
    .strictObject({ productId: idSchema('product'), ...priceShape() })
    .check(recurringHasInterval(), oneTimeHasNeither()),
);

export const skuSchema = lazy(() =>
  z.object({
    id: idSchema('sku'),
    object: z.literal('sku'),
    productId: idSchema('product'),
    name: z.nullable(z.string()),
    skuCode: z.nullable(z.string()),
    attributes: z.record(z.string(), z.string()),
    unitAmount: z.nullable(z.int()),
    /** On hand, what is reserved included; null = not counted. */
    stockQuantity: z.nullable(z.int()),
    reservedQuantity: z.int(),
    imageUrl: z.nullable(z.string()),
  }),
);
export type Sku = z.infer<ReturnType<typeof skuSchema>>;

export const productPriceSchema = lazy(() =>
  z.object({
    id: idSchema('price'),
    object: z.literal('price'),
    productId: idSchema('product'),
    unitAmount: z.int(),
    currency: z.string(),
    type: z.enum(['one_time', 'recurring']),
    interval: z.nullable(z.enum(intervals)),
    intervalCount: z.nullable(z.int()),
    trialPeriodDays: z.nullable(z.int()),
    providerPriceId: z.nullable(z.string()),
    isArchived: z.boolean(),
  }),
);
export type ProductPrice = z.infer<ReturnType<typeof productPriceSchema>>;

export const productSchema = lazy(() =>
  z.object({
    id: idSchema('product'),
    object: z.literal('product'),
    name: z.string(),
    description: z.nullable(z.string()),
    imageUrl: z.nullable(z.string()),
    type: z.enum(['physical', 'digital', 'service']),
    options: z.array(
      z.object({
        name: z.string(),
        values: z.array(z.string()),
        swatches: z.optional(z.record(z.string(), z.string())),
      }),
    ),
    skus: z.array(skuSchema()),
    prices: z.array(productPriceSchema()),
    isArchived: z.boolean(),
    createdAt: z.string(),
    updatedAt: z.string(),
  }),
);
export type Product = z.infer<ReturnType<typeof productSchema>>;
