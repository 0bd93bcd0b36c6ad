/** What Stripe bills for a subscription, as its documentation has it, from what a checkout asked for. */
import { UTCDateMini } from '@date-fns/utc/date/mini';
import { add } from 'date-fns/add';

// biome-ignore lint/suspicious/noExplicitAny: as it comes over the wire.
type Wire = any;

/** As it came: form fields, so numbers are text. */
export interface Asked {
  readonly line_items: Record<string, Wire>;
  readonly subscription_data?: { trial_end?: string; trial_period_days?: string };
}

const linesOf = ({ line_items: lines }: Asked): Wire[] => Object.values(lines);
const amountOf = (line: Wire) => Number(line.quantity) * Number(line.price_data.unit_amount);
const isRecurring = (line: Wire) => line.price_data.recurring !== undefined;

const secondsOf = (date: Date) => Math.floor(date.getTime() / 1_000);
const dateOf = (seconds: number) => new UTCDateMini(seconds * 1_000);

/** Seconds since 1970; undefined without a trial. */
export function trialEndOf(asked: Asked, start: number): number | undefined {
  const { trial_end: end, trial_period_days: days } = asked.subscription_data ?? {};
  if (end !== undefined) return Number(end);
  return days === undefined ? undefined : start + Number(days) * 24 * 60 * 60;
}

const units: Wire = { day: 'days', week: 'weeks', month: 'months', year: 'years' };

/** When the period begins that is paid by the invoice of this number; 0 is the first of all. */
export function periodStart(asked: Asked, start: number, index: number): number {
  const { interval, interval_count: count } = linesOf(asked).find(isRecurring).price_data.recurring;
  const trialEnd = trialEndOf(asked, start);
  if (trialEnd !== undefined && index === 0) return start;
  const periods = trialEnd === undefined ? index : index - 1;
  return secondsOf(
    add(dateOf(trialEnd ?? start), { [units[interval]]: periods * Number(count ?? 1) }),
  );
}

/** @param coupon as it was made, if one was named */
export function invoiceTotal(asked: Asked, start: number, index: number, coupon?: Wire): number {
  const isTrial = index === 0 && trialEndOf(asked, start) !== undefined;
  const billed = linesOf(asked).filter((line) => (isRecurring(line) ? !isTrial : index === 0));
  const total = billed.reduce((sum, line) => sum + amountOf(line), 0);
  const date = index === 0 ? start : periodStart(asked, start, index);
  if (!coupon || !isApplied(coupon, start, date, index)) return total;
  const products: string[] | undefined =
    coupon.applies_to && Object.values(coupon.applies_to.products);
  const eligible = products
    ? billed.filter(({ price_data: price }) => products.includes(price.product))
    : billed;
  const most = eligible.reduce((sum, line) => sum + amountOf(line), 0);
  return total - Math.min(Number(coupon.amount_off), most);
}

function isApplied(coupon: Wire, start: number, date: number, index: number): boolean {
  if (coupon.duration === 'once') return index === 0;
  if (coupon.duration === 'forever') return true;
  const end = add(dateOf(start), { months: Number(coupon.duration_in_months) });
  return date < secondsOf(end);
}
