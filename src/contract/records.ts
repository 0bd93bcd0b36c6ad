/** What a merchant reads back: sessions with their buyer, payments, subscriptions. */
import * as z from 'zod/mini';
import { addressSchema } from './address.js';
import { failureCodes, sessionShape } from './checkout-session.js';
import { idSchema } from './id.js';
import { lazy } from './lazy.js';
import { intervals, totalsSchema } from './totals.js';

const customer = () =>
  z.object({
    email: z.nullable(z.string()),
    name: z.nullable(z.string()),
    phone: z.nullable(z.string()),
    billingAddress: z.nullable(addressSchema()),
    shippingAddress: z.nullable(addressSchema()),
  });

export const merchantSessionSchema = lazy(() =>
  z.object({
    ...sessionShape(),
    customer: customer(),
    items: totalsSchema().shape.lines,
    customFields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    metadata: z.record(z.string(), z.string()),
    utm: z.record(z.string(), z.string()),
    paymentId: z.nullable(idSchema('payment')),
    subscriptionId: z.nullable(idSchema('subscription')),
    /** The subscription a period of which is paid by it: no new sale. */
    renewalOf: z.nullable(idSchema('subscription')),
    createdAt: z.string(),
  }),
);
export type MerchantSession = z.infer<ReturnType<typeof merchantSessionSchema>>;

export const paymentStatuses = [
  'processing',
  'succeeded',
  'failed',
  'refunded',
  'partially_refunded',
  'disputed',
  'needs_review',
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

export const paymentSchema = lazy(() =>
  z.object({
    id: idSchema('payment'),
    object: z.literal('payment'),
    checkoutSessionId: idSchema('checkoutSession'),
    paymentLinkId: idSchema('paymentLink'),
    /** Of the first payment of a subscription, and of every renewal. */
    subscriptionId: z.nullable(idSchema('subscription')),
    amount: z.int(),
    currency: z.string(),
    /** What has gone back; what is on its way is in the payment's refunds. */
    refundedAmount: z.int(),
    status: z.enum(paymentStatuses),
    failure: z.nullable(z.object({ code: z.enum(failureCodes) })),
    testMode: z.boolean(),
    createdAt: z.string(),
  }),
);
export type Payment = z.infer<ReturnType<typeof paymentSchema>>;

export const refundStatuses = ['pending', 'succeeded', 'failed'] as const;
export type RefundStatus = (typeof refundStatuses)[number];

/** `late_payment`: money that came after the end of its session and bought nothing goes back by itself. */
export const refundReasons = ['requested', 'late_payment'] as const;
export type RefundReason = (typeof refundReasons)[number];

/** Body of `POST /v1/payments/{id}/refunds`; nothing in it means all that is left. */
export const refundRequestSchema = lazy(() =>
  z.strictObject({
    /** In minor units. */
    amount: z.optional(z.int().check(z.minimum(1))),
    /** Also gives back the use of the link, the stock and the promotion code; once for each session. */
    releaseRedemption: z.optional(z.boolean()),
  }),
);
export type RefundRequest = z.infer<ReturnType<typeof refundRequestSchema>>;

export const refundSchema = lazy(() =>
  z.object({
    id: idSchema('refund'),
    object: z.literal('refund'),
    paymentId: idSchema('payment'),
    paymentLinkId: idSchema('paymentLink'),
    amount: z.int(),
    currency: z.string(),
    /** `pending` until the provider has answered; a `failed` one leaves its amount with the payment. */
    status: z.enum(refundStatuses),
    failure: z.nullable(z.object({ code: z.enum(failureCodes) })),
    reason: z.enum(refundReasons),
    releaseRedemption: z.boolean(),
    testMode: z.boolean(),
    createdAt: z.string(),
    settledAt: z.nullable(z.string()),
  }),
);
export type Refund = z.infer<ReturnType<typeof refundSchema>>;

export const subscriptionStatuses = ['trialing', 'active', 'past_due', 'canceled'] as const;

/** `requested` by the merchant; `payment_failed`: nobody paid the renewal within its retries. */
export const cancelReasons = ['requested', 'by_buyer', 'payment_failed'] as const;
export type CancelReason = (typeof cancelReasons)[number];

export const subscriptionSchema = lazy(() =>
  z.object({
    id: idSchema('subscription'),
    object: z.literal('subscription'),
    checkoutSessionId: idSchema('checkoutSession'),
    paymentLinkId: idSchema('paymentLink'),
    status: z.enum(subscriptionStatuses),
    amount: z.int(),
    currency: z.string(),
    interval: z.enum(intervals),
    intervalCount: z.int(),
    trialEndsAt: z.nullable(z.string()),
    nextChargeAt: z.nullable(z.string()),
    /** Charged from `discountEndsAt` on; both null where no discount ends. */
    fullAmount: z.nullable(z.int()),
    discountEndsAt: z.nullable(z.string()),
    /** When it ends, where that is planned. */
    cancelAt: z.nullable(z.string()),
    canceledAt: z.nullable(z.string()),
    cancelReason: z.nullable(z.enum(cancelReasons)),
    /** The buyer's own page: whoever has its address may end the subscription. */
    manageUrl: z.string(),
    customer: customer(),
    testMode: z.boolean(),
    createdAt: z.string(),
  }),
);

/** Body of `POST /v1/subscriptions/{id}/cancel`. */
export const cancelRequestSchema = lazy(() =>
  z.strictObject({
    /** `period_end`: what is paid for can still be used, and nothing is charged any more. */
    at: z.enum(['now', 'period_end']),
  }),
);
export type CancelRequest = z.infer<ReturnType<typeof cancelRequestSchema>>;

export type Subscription = z.infer<ReturnType<typeof subscriptionSchema>>;
