/** When what failed is tried again. */

type Schedule = readonly number[];

/** Of webhooks: the schedule of Standard Webhooks, 75 h 35 m in all. */
const webhooks: Schedule = [
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

/** Of letters: as long as mail servers themselves try, which is some five days. */
const letters: Schedule = [
  60,
  5 * 60,
  30 * 60,
  2 * 3600,
  6 * 3600,
  12 * 3600,
  24 * 3600,
  24 * 3600,
  24 * 3600,
];

/** How many attempts there are before a delivery is dead. */
export const mostAttempts = webhooks.length + 1;

/**
 * Seconds to the next try after so many attempts, or undefined after the last. `chance`, from 0 up to 1, moves
 * it by up to a tenth either way: what failed together is not sent together again.
 */
const after =
  (schedule: Schedule) =>
  (attempts: number, chance: number): number | undefined => {
    const wait = schedule[attempts - 1];
    return wait === undefined ? undefined : wait * (0.9 + 0.2 * chance);
  };

export const retryIn = after(webhooks);
export const retryLetterIn = after(letters);
