/**
 * For how many months a discount lasts, as Stripe is told. It counts them from the moment the checkout is completed, we
 * from the end of the trial and from when it was priced: so they are chosen by the charges that are to be discounted.
 */
import { addInterval, Problem, type Recurring } from '../../../contract/index.js';
import type { Trial, Window } from './trial.js';

interface Discounted {
  readonly trial: Trial | null;
  /** From then on charges are in full. */
  readonly endsAt: string;
  readonly window: Window;
}

/** Ten years of discount after two of trial, and a little. */
const mostMonths = 150;

/** @throws Problem where no number of months ends it between the right two charges, whenever the checkout is completed */
export function monthsOf(recurring: Recurring, { trial, endsAt, window }: Discounted): number {
  const { interval, intervalCount } = recurring;
  /** When it is charged, of a checkout completed at `start`; 0 is the first time. */
  const chargeOf = (start: string, index: number) =>
    addInterval(firstCharge(trial, start), interval, index * intervalCount);
  const { from, until } = window;
  const endsOn = `${endsAt.slice(0, 19)}.000Z`;
  let count = 0;
  while (chargeOf(from, count) < endsOn) count += 1;
  /** What Stripe discounts, and where our books change to the full amount by Stripe's dates. */
  const isBetween = (date: string, start: string) =>
    chargeOf(start, count - 1) < date && date <= chargeOf(start, count);
  for (let months = 1; months <= mostMonths; months += 1) {
    const fits = (start: string) => isBetween(addInterval(start, 'month', months), start);
    if ([from, until].every((start) => isBetween(endsOn, start) && fits(start))) return months;
  }
  throw new Problem(
    'promotion_code_not_eligible',
    'Stripe counts a discount in whole months, and none of them ends this one between the right two charges.',
  );
}

function firstCharge(trial: Trial | null, start: string): string {
  if (!trial) return start;
  return 'trial_end' in trial
    ? new Date(trial.trial_end * 1_000).toISOString()
    : addInterval(start, 'day', trial.trial_period_days);
}
