/** A payment link as its merchant creates, updates and reads it. */
import * as z from 'zod/mini';
import { brandingSchema, newBrandingSchema } from './branding.js';
import { idSchema } from './id.js';
import { lazy } from './lazy.js';
import { originsSchema } from './origins.js';
import {
  customFieldTypes,
  linkStatuses,
  linkTypes,
  requirements,
  submitTypes,
} from './payment-link.js';
import { amountSchema, currencySchema, label, urlSchema } from './product.js';
import { metadataSchema } from './selection.js';
import { intervals } from './totals.js';

const quantities = () => ({
  quantity: z.optional(z.int().check(z.minimum(0), z.maximum(999_999))),
  adjustableQuantity: z.optional(z.boolean()),
  minQuantity: z.optional(z.int().check(z.minimum(0), z.maximum(999_999))),
  maxQuantity: z.optional(z.nullable(z.int().check(z.minimum(1), z.maximum(999_999)))),
  isOptional: z.optional(z.boolean()),
  sortOrder: z.optional(z.int()),
});

/** An item names a product of the catalogue, or is written out on the spot. */
export const newItemSchema = lazy(() =>
  z.union([
    z.strictObject({
      /** Only on update: keeps the item of this id. */
      id: z.optional(idSchema('paymentLinkItem')),
      productId: idSchema('product'),
      priceId: z.optional(z.nullable(idSchema('price'))),
      ...quantities(),
    }),
    z.strictObject({
      name: label(200),
      unitAmount: amountSchema(),
      stockQuantity: z.optional(z.nullable(z.int().check(z.minimum(0)))),
      /** On a subscription link: it is charged again each period. */
      interval: z.optional(z.enum(intervals)),
      intervalCount: z.optional(z.int().check(z.minimum(1), z.maximum(365))),
      trialPeriodDays: z.optional(z.int().check(z.minimum(0), z.maximum(730))),
      description: z.optional(z.nullable(z.string().check(z.maxLength(2000)))),
      imageUrl: z.optional(z.nullable(urlSchema())),
      ...quantities(),
    }),
  ]),
);
export type NewItem = z.infer<ReturnType<typeof newItemSchema>>;

const slugSchema = lazy(() =>
  z
    .string()
    .check(
      z.maxLength(80),
      z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens'),
    ),
);

const countrySchema = () => z.string().check(z.regex(/^[A-Z]{2}$/, 'ISO 3166-1 alpha-2'));
const distinct = z.refine<string[]>((all) => new Set(all).size === all.length, 'all different');

/** A question of the merchant's own. `options` are for a dropdown, `pattern` and `maxLength` for text. */
export const customFieldSchema = lazy(() =>
  z.strictObject({
    key: z.string().check(
      z.regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, 'a letter, then letters, digits, - and _'),
      z.refine((key) => !/^(?:constructor|prototype)$/.test(key), 'a name that is not taken'),
    ),
    label: label(100),
    type: z.enum(customFieldTypes),
    required: z.optional(z.boolean()),
    options: z.optional(z.nullable(z.array(label(100)).check(z.maxLength(200), distinct))),
    /** A regular expression the whole text must fit, in the syntax of RE2. */
    pattern: z.optional(z.nullable(z.string().check(z.minLength(1), z.maxLength(200)))),
    maxLength: z.optional(z.nullable(z.int().check(z.minimum(1), z.maximum(1000)))),
  }),
);
export type NewCustomField = z.infer<ReturnType<typeof customFieldSchema>>;

/** What may be changed later; `null` clears. */
const changeable = () => ({
  name: z.optional(label(200)),
  description: z.optional(z.nullable(z.string().check(z.maxLength(2000)))),
  imageUrl: z.optional(z.nullable(urlSchema())),
  slug: z.optional(z.nullable(slugSchema())),
  amount: z.optional(z.nullable(amountSchema())),
  minAmount: z.optional(z.nullable(amountSchema())),
  maxAmount: z.optional(z.nullable(amountSchema())),
  suggestedAmounts: z.optional(z.nullable(z.array(amountSchema()).check(z.maxLength(12)))),
  items: z.optional(z.array(newItemSchema()).check(z.maxLength(50))),
  expiresAt: z.optional(z.nullable(z.iso.datetime({ offset: true }))),
  maxRedemptions: z.optional(z.nullable(z.int().check(z.minimum(1), z.maximum(1_000_000_000)))),
  collectEmail: z.optional(z.enum(requirements)),
  collectName: z.optional(z.enum(requirements)),
  collectPhone: z.optional(z.enum(requirements)),
  collectBillingAddress: z.optional(z.boolean()),
  /** `true`: to any country; else only to these, as ISO 3166-1 alpha-2. */
  collectShippingAddress: z.optional(
    z.union([
      z.boolean(),
      z.strictObject({
        countries: z.array(countrySchema()).check(z.minLength(1), z.maxLength(300), distinct),
      }),
    ]),
  ),
  customFields: z.optional(
    z.nullable(
      z.array(customFieldSchema()).check(
        z.maxLength(20),
        z.refine(
          (fields) => new Set(fields.map(({ key }) => key)).size === fields.length,
          'keys must differ',
        ),
      ),
    ),
  ),
  termsUrl: z.optional(z.nullable(urlSchema())),
  allowPromotionCodes: z.optional(z.boolean()),
  submitType: z.optional(z.enum(submitTypes)),
  submitMessage: z.optional(z.nullable(label(500))),
  inactiveMessage: z.optional(z.nullable(label(500))),
  fallbackUrl: z.optional(z.nullable(urlSchema())),
  successUrl: z.optional(z.nullable(urlSchema())),
  cancelUrl: z.optional(z.nullable(urlSchema())),
  allowedOrigins: z.optional(z.nullable(originsSchema())),
  branding: z.optional(z.nullable(newBrandingSchema())),
  metadata: z.optional(z.nullable(metadataSchema())),
});

export const newLinkSchema = lazy(() =>
  z.strictObject({
    ...changeable(),
    type: z.enum(linkTypes),
    name: label(200),
    currency: currencySchema(),
  }),
);
export type NewLink = z.infer<ReturnType<typeof newLinkSchema>>;

export const linkUpdateSchema = lazy(() =>
  z.strictObject({ ...changeable(), isActive: z.optional(z.boolean()) }),
);
export type LinkUpdate = z.infer<ReturnType<typeof linkUpdateSchema>>;

export const merchantLinkSchema = lazy(() =>
  z.object({
    id: idSchema('paymentLink'),
    object: z.literal('payment_link'),
    type: z.enum(linkTypes),
    status: z.enum(linkStatuses),
    isActive: z.boolean(),
    name: z.string(),
    description: z.nullable(z.string()),
    imageUrl: z.nullable(z.string()),
    slug: z.nullable(z.string()),
    url: z.string(),
    currency: z.string(),
    amount: z.nullable(z.int()),
    minAmount: z.nullable(z.int()),
    maxAmount: z.nullable(z.int()),
    suggestedAmounts: z.nullable(z.array(z.int())),
    items: z.array(
      z.object({
        id: idSchema('paymentLinkItem'),
        productId: idSchema('product'),
        priceId: z.nullable(idSchema('price')),
        name: z.string(),
        description: z.nullable(z.string()),
        imageUrl: z.nullable(z.string()),
        quantity: z.int(),
        adjustableQuantity: z.boolean(),
        minQuantity: z.int(),
        maxQuantity: z.nullable(z.int()),
        isOptional: z.boolean(),
        sortOrder: z.int(),
      }),
    ),
    expiresAt: z.nullable(z.string()),
    maxRedemptions: z.nullable(z.int()),
    /** Completed sessions; `reservedCount` are held by open ones. */
    redemptionCount: z.int(),
    reservedCount: z.int(),
    /** Of every payment that succeeded, less what has gone back; of tests, or else of real money, as its statistics. */
    collectedAmount: z.int(),
    /** When a payment last succeeded. */
    lastPaymentAt: z.nullable(z.string()),
    collectEmail: z.enum(requirements),
    collectName: z.enum(requirements),
    collectPhone: z.enum(requirements),
    collectBillingAddress: z.boolean(),
    collectShippingAddress: z.union([z.boolean(), z.object({ countries: z.array(z.string()) })]),
    customFields: z.array(
      z.object({
        key: z.string(),
        label: z.string(),
        type: z.enum(customFieldTypes),
        required: z.boolean(),
        options: z.array(z.string()),
        pattern: z.nullable(z.string()),
        maxLength: z.nullable(z.int()),
      }),
    ),
    termsUrl: z.nullable(z.string()),
    allowPromotionCodes: z.boolean(),
    submitType: z.enum(submitTypes),
    submitMessage: z.nullable(z.string()),
    inactiveMessage: z.nullable(z.string()),
    fallbackUrl: z.nullable(z.string()),
    successUrl: z.nullable(z.string()),
    cancelUrl: z.nullable(z.string()),
    allowedOrigins: z.nullable(z.array(z.string())),
    branding: z.nullable(brandingSchema()),
    metadata: z.record(z.string(), z.string()),
    testMode: z.boolean(),
    createdAt: z.string(),
    updatedAt: z.string(),
  }),
);
export type MerchantLink = z.infer<ReturnType<typeof merchantLinkSchema>>;
