/** What the sandbox can be told to do. */
import * as z from 'zod/mini';
import { failureCodes, idSchema, lazy, subscriptionStatuses } from '../../contract/index.js';

export const playSchema = lazy(() =>
  z.strictObject({
    outcome: z.enum(['succeeded', 'declined', 'canceled', 'timed_out']),
    reason: z.optional(z.enum(failureCodes)),
    delayMs: z.optional(z.int().check(z.minimum(0), z.maximum(3_600_000))),
    duplicates: z.optional(z.int().check(z.minimum(0), z.maximum(20))),
  }),
);

export const renewalPlaySchema = lazy(() =>
  z.strictObject({
    outcome: z.optional(z.enum(['succeeded', 'declined', 'pending', 'unreachable', 'answer_lost'])),
    reason: z.optional(z.enum(failureCodes)),
    renewNow: z.optional(z.boolean()),
  }),
);

/** Nothing of who it is of: its id is no secret, and no key is asked for here. */
export const renewedSchema = lazy(() =>
  z.object({
    id: idSchema('subscription'),
    status: z.enum(subscriptionStatuses),
    nextChargeAt: z.nullable(z.string()),
  }),
);

export const refundPlaySchema = lazy(() =>
  z.strictObject({
    outcome: z.enum(['succeeded', 'declined', 'pending', 'unreachable', 'answer_lost']),
    reason: z.optional(z.enum(failureCodes)),
  }),
);
