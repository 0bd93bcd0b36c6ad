/**
 * A recurring order as Stripe bills it: a subscription whose invoices come out at our amounts. Stripe applies a coupon
 * per invoice and by a calendar of its own, so it is given only what the lines themselves cannot say.
 */
import { Problem, type Recurring, type Totals } from '../../../contract/index.js';
import type { OrderLine } from '../provider.js';
import { monthsOf } from './discount-months.js';
import { type Trial, trialOf, type Window } from './trial.js';

/** What is charged, in our minor units. */
export interface Part {
  readonly name: string;
  readonly quantity: number;
  readonly unitAmount: number;
}

export interface Plan {
  /** On each invoice. */
  readonly recurring: readonly Part[];
  /** On the first invoice alone. */
  readonly once: readonly Part[];
  readonly coupon: Coupon | null;
  readonly trial: Trial | null;
}

type Coupon =
  | { readonly duration: 'once'; readonly off: number }
  /** Of what recurs alone. */
  | { readonly duration: 'repeating'; readonly off: number; readonly months: number };

interface Order {
  readonly lines: readonly OrderLine[];
  readonly totals: Totals;
  readonly recurring: Recurring;
}

/** Stripe bills at least every three years. */
const longest = { day: 1_095, week: 156, month: 36, year: 3 } as const;

/** @throws Problem for what Stripe cannot bill exactly as it was priced */
export function planOf({ lines, totals, recurring }: Order, window: Window): Plan {
  const { interval, intervalCount, trialEndsAt } = recurring;
  if (intervalCount > longest[interval])
    throw new Problem('invalid_selection', 'Stripe bills at least once in three years.');
  const trial = trialEndsAt ? trialOf(trialEndsAt, window) : null;
  const repeated = lines.filter(({ recurs }) => recurs);
  // What recurs is in its trial, where there is one: what is due of it today all the same is charged beside it.
  const today = lines.filter(({ recurs, amount }) => !recurs || (trial && amount > 0));
  const offEach = sumOf(repeated) - recurring.amount;
  const offToday = totals.discount - (trial ? 0 : offEach);
  if (offEach === 0 && offToday > 0 && !trial)
    return { recurring: repeated, once: today, trial, coupon: { duration: 'once', off: offToday } };
  const once = lessened(today, offToday);
  if (offEach === 0 || recurring.discountEndsAt === undefined)
    // What is off for ever is off the price itself.
    return { recurring: lessened(repeated, offEach), once, trial, coupon: null };
  const months = monthsOf(recurring, { trial, endsAt: recurring.discountEndsAt, window });
  return {
    recurring: repeated,
    once,
    trial,
    coupon: { duration: 'repeating', off: offEach, months },
  };
}

const sumOf = (parts: readonly Part[]) =>
  parts.reduce((sum, { quantity, unitAmount }) => sum + quantity * unitAmount, 0);

/** The parts, `off` less: taken off one after the other, each then written as what is left of it. */
function lessened(parts: readonly Part[], off: number): Part[] {
  if (off < 0 || off > sumOf(parts))
    throw new Problem('promotion_code_not_eligible', 'What it takes off is no share of a line.');
  let left = off;
  return parts.map((part) => {
    const share = Math.min(left, sumOf([part]));
    left -= share;
    return share ? { ...inOne([part]), unitAmount: sumOf([part]) - share } : part;
  });
}

/** Several as one part. */
export function inOne(parts: readonly Part[]): Part {
  const name = parts
    .map(({ name, quantity }) => (quantity > 1 ? `${name} × ${quantity}` : name))
    .join(', ')
    .slice(0, 250);
  return { name, quantity: 1, unitAmount: sumOf(parts) };
}
