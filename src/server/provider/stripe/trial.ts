/** How long a trial is, as Stripe is told. */

/**
 * When the buyer may complete the checkout. Stripe counts from that moment, we from when it was priced: `from`.
 * ISO 8601 UTC.
 */
export interface Window {
  readonly from: string;
  readonly until: string;
}

export type Trial = { readonly trial_end: number } | { readonly trial_period_days: number };

const dayMs = 24 * 60 * 60_000;
/** No date that is nearer is taken. */
const nearestMs = 2 * dayMs;

/**
 * By its date, so that the first charge is on the second we showed; by its days where the date is too near: that charge
 * is then later by as long as the buyer takes to complete the checkout.
 */
export function trialOf(endsAt: string, { from, until }: Window): Trial {
  const end = Date.parse(endsAt);
  // Up, as a charge is never sooner than shown.
  if (end - Date.parse(until) >= nearestMs) return { trial_end: Math.ceil(end / 1_000) };
  return { trial_period_days: Math.round((end - Date.parse(from)) / dayMs) };
}
