/** The public link: what a buyer's browser may know of it. Unknown keys of a newer server are ignored. */
import * as z from 'zod/mini';
import { brandingSchema } from './branding.js';
import { idSchema } from './id.js';
import { lazy } from './lazy.js';
import { intervals } from './totals.js';

export const linkTypes = ['product', 'amount', 'subscription'] as const;
export type LinkType = (typeof linkTypes)[number];

/** In the order in which they are derived. Only `active` accepts payments. */
export const linkStatuses = ['inactive', 'expired', 'exhausted', 'active'] as const;
export type LinkStatus = (typeof linkStatuses)[number];

export const submitTypes = ['auto', 'pay', 'book', 'donate', 'subscribe'] as const;
export type SubmitType = (typeof submitTypes)[number];

export const requirements = ['none', 'optional', 'required'] as const;
export type Requirement = (typeof requirements)[number];
/** How a question of the merchant's own is answered; docs/adding-a-field-type.md says what a new one takes. */
export const customFieldTypes = ['text', 'number', 'dropdown', 'checkbox'] as const;
export type CustomFieldType = (typeof customFieldTypes)[number];

const variantSchema = lazy(() =>
  z.object({
    id: idSchema('sku'),
    attributes: z.record(z.string(), z.string()),
    /** Null where the chosen price decides. */
    unitAmount: z.nullable(z.int()),
    /** What can still be bought, net of what is reserved; null = not counted. */
    stock: z.nullable(z.int()),
    imageUrl: z.nullable(z.string()),
  }),
);

const priceSchema = lazy(() =>
  z.object({
    id: idSchema('price'),
    unitAmount: z.int(),
    /** Null for a one-time price. */
    interval: z.nullable(z.enum(intervals)),
    intervalCount: z.nullable(z.int()),
    trialPeriodDays: z.nullable(z.int()),
  }),
);

const itemSchema = lazy(() =>
  z.object({
    id: idSchema('paymentLinkItem'),
    name: z.string(),
    description: z.nullable(z.string()),
    imageUrl: z.nullable(z.string()),
    /** The lowest amount the item can cost. */
    unitAmount: z.int(),
    options: z.array(
      z.object({
        name: z.string(),
        values: z.array(z.string()),
        /** Colours of values, as `#rrggbb`. */
        swatches: z.optional(z.record(z.string(), z.string())),
      }),
    ),
    variants: z.array(variantSchema()),
    prices: z.array(priceSchema()),
    /** What the form starts with. */
    quantity: z.int(),
    minQuantity: z.int(),
    /** Null = no limit of the merchant's. */
    maxQuantity: z.nullable(z.int()),
    adjustableQuantity: z.boolean(),
    isOptional: z.boolean(),
  }),
);

/** A script that is older than the backend asks, and insists on nothing it does not understand. */
const requirement = () => z.catch(z.enum(requirements), 'optional');

const collectSchema = lazy(() =>
  z.object({
    email: requirement(),
    name: requirement(),
    phone: requirement(),
    billingAddress: z.boolean(),
    shippingAddress: z.nullable(z.object({ countries: z.nullable(z.array(z.string())) })),
    customFields: z.array(
      z.object({
        key: z.string(),
        label: z.string(),
        type: z.catch(z.enum(customFieldTypes), 'text'),
        required: z.boolean(),
        options: z.array(z.string()),
        pattern: z.nullable(z.string()),
        maxLength: z.nullable(z.int()),
      }),
    ),
    terms: z.nullable(z.object({ url: z.string() })),
    /** Calling codes by country, where a phone is asked for. */
    callingCodes: z.optional(z.record(z.string(), z.string())),
  }),
);

const shared = () => ({
  id: idSchema('paymentLink'),
  object: z.literal('payment_link'),
  name: z.string(),
  inactiveMessage: z.nullable(z.string()),
  fallbackUrl: z.nullable(z.string()),
  branding: z.catch(z.nullable(brandingSchema()), null),
  /** The link's own page. */
  url: z.string(),
  testMode: z.boolean(),
  /** The server's time when this was read. */
  now: z.string(),
});

const open = () => ({
  ...shared(),
  status: z.literal('active'),
  description: z.nullable(z.string()),
  imageUrl: z.nullable(z.string()),
  currency: z.string(),
  submitType: z.catch(z.enum(submitTypes), 'auto'),
  submitMessage: z.nullable(z.string()),
  expiresAt: z.nullable(z.string()),
  /** Uses left, net of what is reserved; null = unlimited. */
  remaining: z.nullable(z.int()),
  allowPromotionCodes: z.boolean(),
  collect: collectSchema(),
  /** The ways its sessions can be paid. */
  methods: z.array(z.string()),
});

const amountLinkSchema = lazy(() =>
  z.object({
    ...open(),
    type: z.literal('amount'),
    /** The fixed amount; null where the buyer chooses, and only then are the other three given. */
    amount: z.nullable(z.int()),
    minAmount: z.nullable(z.int()),
    maxAmount: z.nullable(z.int()),
    suggestedAmounts: z.nullable(z.array(z.int())),
  }),
);

const catalogueLinkSchema = lazy(() =>
  z.object({
    ...open(),
    type: z.enum(['product', 'subscription']),
    items: z.array(itemSchema()),
  }),
);

const closedLinkSchema = lazy(() =>
  z.object({
    ...shared(),
    type: z.string(),
    status: z.enum(['inactive', 'expired', 'exhausted']),
  }),
);

/** Answers of `GET /v1/public/payment-links/{id}`, whatever the link's status. */
export const publicLinkSchema = lazy(() =>
  z.union([amountLinkSchema(), catalogueLinkSchema(), closedLinkSchema()]),
);

export type AmountLink = z.infer<ReturnType<typeof amountLinkSchema>>;
export type CatalogueLink = z.infer<ReturnType<typeof catalogueLinkSchema>>;
/** A link that can be bought from, if something is left. */
export type OpenLink = AmountLink | CatalogueLink;
export type ClosedLink = z.infer<ReturnType<typeof closedLinkSchema>>;
export type PublicLink = OpenLink | ClosedLink;
export type LinkItem = z.infer<ReturnType<typeof itemSchema>>;
export type Variant = z.infer<ReturnType<typeof variantSchema>>;
export type LinkPrice = z.infer<ReturnType<typeof priceSchema>>;
export type Collect = z.infer<ReturnType<typeof collectSchema>>;

export const isOpenLink = (link: PublicLink): link is OpenLink => link.status === 'active';

/** Whether the buyer may leave the item out: a switch (optional) or a count that starts at none (tickets). */
export const mayBeLeftOut = (item: LinkItem): boolean => item.isOptional || item.minQuantity === 0;

/** Nothing can be bought this moment, though the link is active: held by buyers who are paying, or no stock. */
export function isSoldOutForNow(link: OpenLink): boolean {
  if (link.remaining === 0) return true;
  if (link.type === 'amount') return false;
  const needed = link.items.filter((item) => !mayBeLeftOut(item));
  return needed.length ? !needed.every(hasStock) : !link.items.some(hasStock);
}

const hasStock = (item: LinkItem): boolean =>
  item.variants.some(({ stock }) => stock === null || stock >= Math.max(1, item.minQuantity));
