/** Billing dates in UTC, without a clock. */
import type { Interval } from './totals.js';

/**
 * `iso` moved on by whole intervals. A month that is too short takes its last day
 * (31 January + 1 month = 28 or 29 February), as card networks and Stripe bill.
 */
export function addInterval(iso: string, interval: Interval, count: number): string {
  const date = new Date(iso);
  if (interval === 'day' || interval === 'week') {
    date.setUTCDate(date.getUTCDate() + count * (interval === 'week' ? 7 : 1));
    return date.toISOString();
  }
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count * (interval === 'year' ? 12 : 1));
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.toISOString();
}
