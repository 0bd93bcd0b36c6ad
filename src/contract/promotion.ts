/** Coupons, the codes that grant them, and what they take off an order. */
import * as z from 'zod/mini';
import { addInterval } from './calendar.js';
import { idSchema } from './id.js';
import { lazy } from './lazy.js';
import { amountSchema, currencySchema, label } from './product.js';
import { metadataSchema } from './selection.js';
import type { Recurring, Totals } from './totals.js';

export const durations = ['once', 'repeating', 'forever'] as const;

/** What a code grants on a link's currency: a share of the order, or an amount in minor units. */
export type Discount = Omit<Totals['discounts'][number], 'amount'>;

/** What is taken off `amount`; a share is rounded half up, and nothing falls below zero. */
export function amountOff({ percentOff, amountOff }: Discount, amount: number): number {
  if (percentOff === undefined) return Math.min(amountOff ?? 0, amount);
  // In hundredths of a percent, exactly: an amount may have fifteen digits.
  const hundredths = BigInt(Math.round(percentOff * 100));
  return Number((BigInt(amount) * hundredths + 5000n) / 10_000n);
}

/** What an order is worth before any discount: a trial costs nothing today, so there what it will cost. */
export const worthOf = ({ subtotal, recurring }: Pick<Totals, 'subtotal' | 'recurring'>): number =>
  subtotal || (recurring?.fullAmount ?? recurring?.amount ?? 0);

/**
 * What recurs once the discount is taken off. Where it ends one day, charges from then on are `fullAmount`.
 * `once` falls on the first charge there is: today's, or the one after a trial, from whose end months count too.
 */
export function discountedRecurring(
  recurring: Recurring,
  discount: Discount,
  { now, isDueToday }: { now: string; isDueToday: boolean },
): Recurring {
  const { amount: fullAmount, nextChargeAt, interval, intervalCount } = recurring;
  const amount = fullAmount - amountOff(discount, fullAmount);
  const { duration, durationInMonths } = discount;
  if (duration === 'forever') return { ...recurring, amount };
  const start = recurring.trialEndsAt ?? now;
  const discountEndsAt =
    duration === 'repeating'
      ? addInterval(start, 'month', durationInMonths ?? 1)
      : isDueToday
        ? nextChargeAt
        : addInterval(nextChargeAt, interval, intervalCount);
  return nextChargeAt >= discountEndsAt
    ? recurring
    : { ...recurring, amount, fullAmount, discountEndsAt };
}

/** As it is kept and compared: typed in any case, with spaces around it. */
export const normalizeCode = (typed: string): string => typed.trim().toUpperCase();

const percent = () =>
  z
    .number()
    .check(
      z.refine(
        (value) => value > 0 && value <= 100 && Number.isInteger(Math.round(value * 1e6) / 1e4),
        'more than 0, at most 100, with at most two decimals',
      ),
    );
const months = () => z.int().check(z.minimum(1), z.maximum(120));
const uses = () => z.int().check(z.minimum(1), z.maximum(1_000_000_000));

export const newCouponSchema = lazy(() =>
  z.strictObject({
    name: z.optional(z.nullable(label(200))),
    percentOff: z.optional(percent()),
    /** In minor units of `currency`. */
    amountOff: z.optional(amountSchema().check(z.minimum(1))),
    currency: z.optional(currencySchema()),
    /** The same coupon in other currencies: `{ "XAF": { "amountOff": 3000 } }`. */
    currencyOptions: z.optional(
      z.record(currencySchema(), z.strictObject({ amountOff: amountSchema().check(z.minimum(1)) })),
    ),
    duration: z.optional(z.enum(durations)),
    durationInMonths: z.optional(months()),
    metadata: z.optional(z.nullable(metadataSchema())),
  }),
);
export type NewCoupon = z.infer<ReturnType<typeof newCouponSchema>>;

/** What a code takes off never changes: codes may be in use. */
export const couponUpdateSchema = lazy(() =>
  z.strictObject({
    name: z.optional(z.nullable(label(200))),
    metadata: z.optional(z.nullable(metadataSchema())),
  }),
);

export const couponSchema = lazy(() =>
  z.object({
    id: idSchema('coupon'),
    object: z.literal('coupon'),
    name: z.nullable(z.string()),
    percentOff: z.nullable(z.number()),
    amountOff: z.nullable(z.int()),
    currency: z.nullable(z.string()),
    currencyOptions: z.nullable(z.record(z.string(), z.object({ amountOff: z.int() }))),
    duration: z.enum(durations),
    durationInMonths: z.nullable(z.int()),
    metadata: z.record(z.string(), z.string()),
    createdAt: z.string(),
  }),
);
export type Coupon = z.infer<ReturnType<typeof couponSchema>>;

const limits = () => ({
  isActive: z.optional(z.boolean()),
  expiresAt: z.optional(z.nullable(z.iso.datetime({ offset: true }))),
  maxRedemptions: z.optional(z.nullable(uses())),
  metadata: z.optional(z.nullable(metadataSchema())),
});

export const newPromotionCodeSchema = lazy(() =>
  z.strictObject({
    ...limits(),
    couponId: idSchema('coupon'),
    /** Made up where none is given. */
    code: z.optional(
      z
        .string()
        .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{1,38}[A-Za-z0-9]$/, 'letters, digits, - and _')),
    ),
    /** The order's least subtotal, in minor units of `minimumAmountCurrency` (else the coupon's currency). */
    minimumAmount: z.optional(z.nullable(amountSchema())),
    minimumAmountCurrency: z.optional(z.nullable(currencySchema())),
    /** Only for an e-mail address that never bought here before. */
    firstTimeTransaction: z.optional(z.boolean()),
  }),
);
export type NewPromotionCode = z.infer<ReturnType<typeof newPromotionCodeSchema>>;

export const promotionCodeUpdateSchema = lazy(() => z.strictObject(limits()));
export type PromotionCodeUpdate = z.infer<ReturnType<typeof promotionCodeUpdateSchema>>;

export const promotionCodeSchema = lazy(() =>
  z.object({
    id: idSchema('promotionCode'),
    object: z.literal('promotion_code'),
    couponId: idSchema('coupon'),
    code: z.string(),
    isActive: z.boolean(),
    minimumAmount: z.nullable(z.int()),
    minimumAmountCurrency: z.nullable(z.string()),
    firstTimeTransaction: z.boolean(),
    expiresAt: z.nullable(z.string()),
    maxRedemptions: z.nullable(z.int()),
    /** Completed sessions; `reservedCount` are held by open ones. */
    redemptionCount: z.int(),
    reservedCount: z.int(),
    metadata: z.record(z.string(), z.string()),
    createdAt: z.string(),
  }),
);
export type PromotionCode = z.infer<ReturnType<typeof promotionCodeSchema>>;
