/** Opening a checkout session, and the session as a buyer may see it: no personal data. */
import * as z from 'zod/mini';
import { idSchema } from './id.js';
import { lazy } from './lazy.js';
import { selectionShape } from './selection.js';
import { totalsSchema } from './totals.js';

export const sessionStatuses = ['open', 'processing', 'complete', 'expired', 'canceled'] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

/** Statuses a session never leaves by itself. */
export const isFinal = (status: SessionStatus): boolean =>
  status === 'complete' || status === 'expired' || status === 'canceled';

export const failureCodes = [
  'declined',
  'insufficient_funds',
  'rejected_by_payer',
  'timed_out',
  'payer_not_found',
  'payer_limit_reached',
  'not_allowed',
  'too_many_attempts',
  'provider_error',
] as const;
export type FailureCode = (typeof failureCodes)[number];

/** Body of `POST …/sessions`: a selection and what the buyer was shown. */
export const sessionRequestSchema = lazy(() =>
  z.strictObject({
    ...selectionShape(),
    /** In minor units; another total answers `price_changed`. */
    expectedTotal: z.optional(z.int().check(z.minimum(0))),
    returnUrl: z.optional(z.string().check(z.maxLength(2000))),
    /** An open session of the same link, canceled in the same step. */
    replaces: z.optional(idSchema('checkoutSession')),
  }),
);
export type SessionRequest = z.infer<ReturnType<typeof sessionRequestSchema>>;

/** Fields of the session every reader may see; a failure code of a newer server stays text. */
export const sessionShape = lazy(() => ({
  id: idSchema('checkoutSession'),
  object: z.literal('checkout_session'),
  paymentLinkId: idSchema('paymentLink'),
  // To a script that is older than the backend a new status is no end: it leads to the payment and asks on.
  status: z.catch(z.enum(sessionStatuses), 'open'),
  paymentStatus: z.catch(z.enum(['unpaid', 'paid', 'no_payment_required']), 'unpaid'),
  /** Where the buyer pays. */
  url: z.string(),
  embeddable: z.boolean(),
  currency: z.string(),
  total: z.int(),
  totals: totalsSchema(),
  failure: z.nullable(z.object({ code: z.string() })),
  reference: z.nullable(z.string()),
  successUrl: z.nullable(z.string()),
  methods: z.array(z.string()),
  expiresAt: z.string(),
  testMode: z.boolean(),
}));

/** What only who waits for it has to know. */
export const sessionSchema = lazy(() =>
  z.object({
    ...sessionShape(),
    /** Whether the buyer can still ask for more time; only once. */
    extendable: z.boolean(),
    /** Until when a phone asks its owner to approve. */
    approvalExpiresAt: z.nullable(z.string()),
    /** Who runs mobile-money accounts, by the first digits of their numbers in international form. */
    operators: z.array(z.object({ name: z.string(), prefixes: z.array(z.string()) })),
  }),
);
export type CheckoutSession = z.infer<ReturnType<typeof sessionSchema>>;

/** A phone number to ask for approval, in any usual spelling. */
export const confirmRequestSchema = lazy(() =>
  z.strictObject({ phone: z.string().check(z.minLength(3), z.maxLength(40)) }),
);
