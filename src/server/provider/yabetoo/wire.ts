/** What Yabetoo writes, read once: snake_case in its API, camelCase in its messages, money in major units. */
import * as z from 'zod/mini';
import { exponentOf, type FailureCode, toDecimal } from '../../../contract/index.js';

/** `GET` and `POST /v1/checkout/sessions`. */
export const checkoutSchema = z.object({
  id: z.string().check(z.minLength(1)),
  url: z.nullish(z.string()),
  status: z.enum(['open', 'complete', 'expired']),
  payment_status: z.enum(['unpaid', 'paid', 'no_payment_required']),
  amount_total: z.number(),
  currency: z.nullish(z.string()),
  /** Seconds since 1970. */
  expires_at: z.nullish(z.number()),
});
export type Checkout = z.infer<typeof checkoutSchema>;

export const messageSchema = z.object({
  id: z.string().check(z.minLength(1)),
  type: z.string(),
  data: z.object({
    checkoutSessionId: z.optional(z.string()),
    failureReason: z.nullish(z.string()),
  }),
});

/** 25.5 for 2550 EUR, 2550 for 2550 XAF. */
export const toMajor = (amount: number, currency: string): number =>
  Number(toDecimal({ amount, currency }));

/** @throws RangeError for what is no whole number of the currency's minor unit */
export function fromMajor(major: number, currency: string): number {
  const scaled = major * 10 ** exponentOf(currency);
  const amount = Math.round(scaled);
  // Floats of this size are off by far less.
  if (!Number.isSafeInteger(amount) || Math.abs(scaled - amount) > 1e-6 * Math.max(1, amount))
    throw new RangeError(`${major} ${currency} is no amount of money.`);
  return amount;
}

const failures: Readonly<Record<string, FailureCode>> = {
  APPROVAL_REJECTED: 'rejected_by_payer',
  EXPIRED: 'timed_out',
  TIMEOUT: 'timed_out',
  PAYER_NOT_FOUND: 'payer_not_found',
  PAYER_LIMIT_REACHED: 'payer_limit_reached',
  NOT_ALLOWED: 'not_allowed',
  INTERNAL_PROCESSING_ERROR: 'provider_error',
};

/** Undefined for one that is no failure: a payer who is slow pays in the end. */
export function failureOf(reason: string | null | undefined): FailureCode | undefined {
  if (reason?.startsWith('PAYER_DELAYED')) return undefined;
  if (reason?.startsWith('LOW_BALANCE')) return 'insufficient_funds';
  return (reason && failures[reason]) || 'declined';
}
