/** How many came to a payment link, and how far they went: sums by day, site and campaign, and nothing of a person. */
import * as z from 'zod/mini';
import { idSchema } from './id.js';
import { lazy } from './lazy.js';

const steps = () => ({
  /** A page in a browser asked for the link, or its own page was visited. */
  seen: z.int(),
  /** The dialog was opened, or its form gone into: once for each view of a page. */
  opened: z.int(),
  /** A checkout session was opened. */
  submitted: z.int(),
  /** It was completed. */
  paid: z.int(),
});

export interface VisitCounts {
  readonly seen: number;
  readonly opened: number;
  readonly submitted: number;
  readonly paid: number;
}

export const linkVisitsSchema = lazy(() =>
  z.object({
    object: z.literal('payment_link_visits'),
    paymentLinkId: idSchema('paymentLink'),
    /** Visits while payments are tests, or else with real money, as the server sells now. */
    testMode: z.boolean(),
    countsVisits: z.boolean(),
    /** The last days in UTC, oldest first, today included, none left out. */
    days: z.array(z.object({ date: z.string(), ...steps() })),
    /** Over these days; at most a hundred, and `other` for the rest. */
    hosts: z.array(z.object({ host: z.string(), ...steps() })),
    sources: z.array(z.object({ source: z.string(), ...steps() })),
  }),
);
export type LinkVisits = z.infer<ReturnType<typeof linkVisitsSchema>>;
