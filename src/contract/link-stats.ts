/** How a payment link does: what became of its sessions and payments, and what was collected, in all and by day. */
import * as z from 'zod/mini';
import { idSchema } from './id.js';
import { lazy } from './lazy.js';
import { linkStatuses } from './payment-link.js';

/** All in minor units of the link's currency; `net` is what was collected and has not gone back. */
const money = () => ({ gross: z.int(), refunded: z.int(), net: z.int() });

export const linkStatsSchema = lazy(() =>
  z.object({
    object: z.literal('payment_link_stats'),
    paymentLinkId: idSchema('paymentLink'),
    /** Sessions, payments and money are those of tests, or else those with real money, as the server sells now. */
    testMode: z.boolean(),
    status: z.enum(linkStatuses),
    /** Completed sessions, less those whose use a refund gave back. */
    redemptionCount: z.int(),
    /** Held by sessions that are open or processing. */
    reservedCount: z.int(),
    /** Uses that can still be taken; null = without limit. */
    remaining: z.nullable(z.int()),
    /** How many sessions stand where. */
    sessions: z.object({
      open: z.int(),
      processing: z.int(),
      complete: z.int(),
      expired: z.int(),
      canceled: z.int(),
    }),
    /** How many payments (attempts to take money) stand where. */
    payments: z.object({
      processing: z.int(),
      succeeded: z.int(),
      failed: z.int(),
      refunded: z.int(),
      partiallyRefunded: z.int(),
      disputed: z.int(),
      needsReview: z.int(),
    }),
    /** `gross` is every payment that succeeded, also one that was refunded or is disputed since. */
    collected: z.object({ currency: z.string(), ...money() }),
    /** When a payment last succeeded. */
    lastPaymentAt: z.nullable(z.string()),
    /**
     * The last days in UTC, oldest first, today included, none left out. Each counts what happened on it:
     * a session on the day it was opened and on the day it was completed, money on the day it came or went.
     */
    days: z.array(
      z.object({
        date: z.string(),
        sessionsOpened: z.int(),
        sessionsCompleted: z.int(),
        paymentsSucceeded: z.int(),
        ...money(),
      }),
    ),
  }),
);
export type LinkStats = z.infer<ReturnType<typeof linkStatsSchema>>;
