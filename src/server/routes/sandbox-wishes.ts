/** What the sandbox can be told to do. */
import * as z from 'zod/mini';
import { failureCodes, lazy } from '../../contract/index.js';

export const playSchema = lazy(() =>
  z.strictObject({
    outcome: z.enum(['succeeded', 'declined', 'canceled', 'timed_out']),
    reason: z.optional(z.enum(failureCodes)),
    delayMs: z.optional(z.int().check(z.minimum(0), z.maximum(3_600_000))),
    duplicates: z.optional(z.int().check(z.minimum(0), z.maximum(20))),
  }),
);

export const refundPlaySchema = lazy(() =>
  z.strictObject({
    outcome: z.enum(['succeeded', 'declined', 'pending', 'unreachable', 'answer_lost']),
    reason: z.optional(z.enum(failureCodes)),
  }),
);
