/** What was erased of a buyer. Amounts, ids, dates and lines stay: they are the merchant's accounts. */
import * as z from 'zod/mini';
import { lazy } from './lazy.js';

export const buyerErasureSchema = lazy(() =>
  z.object({
    object: z.literal('buyer_erasure'),
    /** Without customer, answers to questions, metadata, utm and the address they came from. */
    sessions: z.int(),
    subscriptions: z.int(),
    /** Events whose bodies told of these. */
    events: z.int(),
    /** Webhooks that had been tried with the old body and are not tried again. */
    deliveriesStopped: z.int(),
    /** Kept answers to repeated requests. */
    idempotencyAnswers: z.int(),
    erasedAt: z.string(),
  }),
);
export type BuyerErasure = z.infer<ReturnType<typeof buyerErasureSchema>>;
