/** When a delivery that failed is tried again: the schedule of Standard Webhooks, 75 h 35 m in all. */

const seconds = [
  5,
  5 * 60,
  30 * 60,
  2 * 3600,
  5 * 3600,
  10 * 3600,
  14 * 3600,
  20 * 3600,
  24 * 3600,
];

/** How many attempts there are before a delivery is dead. */
export const mostAttempts = seconds.length + 1;

/**
 * Seconds to the next try after so many attempts, or undefined after the last. `chance`, from 0 up to 1, moves
 * it by up to a tenth either way: what failed together is not sent together again.
 */
export function retryIn(attempts: number, chance: number): number | undefined {
  const wait = seconds[attempts - 1];
  return wait === undefined ? undefined : wait * (0.9 + 0.2 * chance);
}
