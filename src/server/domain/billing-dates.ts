/** When a subscription is charged. In UTC, counted from its anchor, so that a short month moves no later date. */
import { UTCDateMini } from '@date-fns/utc/date/mini';
import { add } from 'date-fns/add';
import type { Row } from '../store/schema.js';

type Billed = Pick<Row<'subscription'>, 'anchorAt' | 'interval' | 'intervalCount'>;

const units = { day: 'days', week: 'weeks', month: 'months', year: 'years' } as const;

/** The beginning of a period: 0 begins at the anchor. A month too short takes its last day. */
export const periodStart = ({ anchorAt, interval, intervalCount }: Billed, period: number) =>
  add(new UTCDateMini(anchorAt), { [units[interval]]: period * intervalCount }).toISOString();

/**
 * The first period after this one that has not begun. What began while nobody could charge is not charged later:
 * a buyer never pays for several periods at once.
 */
export function periodAfter(billed: Billed, period: number, now: string) {
  let next = period + 1;
  while (periodStart(billed, next) <= now) next += 1;
  return { nextPeriod: next, nextChargeAt: periodStart(billed, next) };
}

export const daysBefore = (iso: string, days: number): string =>
  add(new UTCDateMini(iso), { days: -days }).toISOString();

/** Days after the first failure on which it is tried again. */
const retriedAfter = [1, 3, 7] as const;

/** When a renewal that has just failed is tried again; undefined: not any more. What was missed is not made up for. */
export const retryAt = (pastDueSince: string, now: string): string | undefined =>
  retriedAfter
    .map((days) => add(new UTCDateMini(pastDueSince), { days }).toISOString())
    .find((date) => date > now);
