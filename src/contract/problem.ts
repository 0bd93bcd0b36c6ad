/** One list of problem codes and the error body of RFC 9457, for both sides of the wire. */
import * as z from 'zod/mini';
import { lazy } from './lazy.js';
import { type Totals, totalsSchema } from './totals.js';

/** Every code an answer of the API can carry, with its HTTP status. */
export const problemStatus = {
  malformed_json: 400,
  unauthorized: 401,
  origin_not_allowed: 403,
  cross_site: 403,
  not_found: 404,
  link_not_found: 404,
  session_not_found: 404,
  link_inactive: 409,
  link_expired: 409,
  link_exhausted: 409,
  temporarily_sold_out: 409,
  out_of_stock: 409,
  price_changed: 409,
  conflict: 409,
  idempotency_in_flight: 409,
  precondition_failed: 412,
  too_large: 413,
  not_json: 415,
  validation_failed: 422,
  invalid_selection: 422,
  promotion_code_invalid: 422,
  promotion_code_expired: 422,
  promotion_code_used_up: 422,
  promotion_code_minimum_not_met: 422,
  promotion_code_not_first_purchase: 422,
  promotion_code_not_eligible: 422,
  promotion_code_currency_mismatch: 422,
  idempotency_mismatch: 422,
  rate_limited: 429,
  internal: 500,
  provider_unavailable: 502,
  unavailable: 503,
} as const;

export type ProblemCode = keyof typeof problemStatus;

/** What is wrong with one field of a request: its path in dots (`items.0.quantity`), a code, a sentence. */
export interface FieldProblem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  /** The bound that was passed: pieces, characters, or minor units. */
  readonly limit?: number | undefined;
}

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly FieldProblem[] | undefined;
  readonly totals?: Totals | undefined;
  readonly requestId?: string | undefined;
}

export const fieldProblemSchema = lazy(() =>
  z.object({
    path: z.string(),
    code: z.string(),
    message: z.string(),
    limit: z.optional(z.number()),
  }),
);

/** Reads an error answer; a code this version does not know is kept as text. */
export const problemSchema = lazy(() =>
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    errors: z.optional(z.array(fieldProblemSchema())),
    totals: z.optional(totalsSchema()),
    requestId: z.optional(z.string()),
  }),
);

/** Without a word of the server's own it is not known whether a request arrived. */
export const isUnanswered = (code: string): boolean =>
  /^(?:network|timeout|bad_answer)$/.test(code);

interface ProblemOptions extends ErrorOptions {
  readonly errors?: readonly FieldProblem[];
  readonly totals?: Totals;
  /** Seconds until another try is worth it. */
  readonly retryAfter?: number;
}

/**
 * Expected trouble with a code: a refusal of the server or, in the widget, of the network
 * (`network`, `timeout`, `bad_answer`). Anything else that is thrown is a bug.
 */
export class Problem<Code extends string = ProblemCode> extends Error {
  readonly code: Code;
  readonly errors: readonly FieldProblem[] | undefined;
  readonly totals: Totals | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: Code, detail: string, options: ProblemOptions = {}) {
    super(detail, options);
    this.name = 'Problem';
    this.code = code;
    this.errors = options.errors;
    this.totals = options.totals;
    this.retryAfter = options.retryAfter;
  }
}
