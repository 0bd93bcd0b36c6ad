/** The priced order: what is charged now, and what recurs. Amounts in minor units of `currency`. */
import * as z from 'zod/mini';
import { idSchema } from './id.js';
import { lazy } from './lazy.js';

export const intervals = ['day', 'week', 'month', 'year'] as const;
export type Interval = (typeof intervals)[number];

export const totalsSchema = lazy(() =>
  z.object({
    currency: z.string(),
    /** One line each; `amount` is what is due now, so 0 for a line in its trial. */
    lines: z.array(
      z.object({
        itemId: z.nullable(idSchema('paymentLinkItem')),
        skuId: z.nullable(idSchema('sku')),
        priceId: z.nullable(idSchema('price')),
        name: z.string(),
        quantity: z.int(),
        unitAmount: z.int(),
        amount: z.int(),
      }),
    ),
    subtotal: z.int(),
    discounts: z.array(
      z.object({
        code: z.string(),
        percentOff: z.optional(z.number()),
        amountOff: z.optional(z.int()),
        duration: z.enum(['once', 'repeating', 'forever']),
        /** Of a `repeating` one. */
        durationInMonths: z.optional(z.int()),
        /** What the order must be worth. */
        minimumAmount: z.optional(z.int()),
        amount: z.int(),
      }),
    ),
    discount: z.int(),
    total: z.int(),
    recurring: z.nullable(
      z.object({
        amount: z.int(),
        interval: z.enum(intervals),
        intervalCount: z.int(),
        trialEndsAt: z.nullable(z.string()),
        nextChargeAt: z.string(),
        /** Only where a discount ends one day: what is charged from `discountEndsAt` on. */
        fullAmount: z.optional(z.int()),
        discountEndsAt: z.optional(z.string()),
      }),
    ),
  }),
);

export type Totals = z.infer<ReturnType<typeof totalsSchema>>;
export type TotalsLine = Totals['lines'][number];
export type Recurring = NonNullable<Totals['recurring']>;
