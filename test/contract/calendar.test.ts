import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addInterval, type Interval } from '../../src/contract/index.js';
import { periodStart } from '../../src/server/domain/billing-dates.js';

// By hand: a month too short takes its last day.
const cases: [string, Interval, number, string][] = [
  ['2026-01-31', 'month', 1, '2026-02-28'],
  ['2028-01-31', 'month', 1, '2028-02-29'],
  ['2026-01-31', 'month', 2, '2026-03-31'],
  ['2026-01-30', 'month', 1, '2026-02-28'],
  ['2026-03-31', 'month', 1, '2026-04-30'],
  ['2026-12-31', 'month', 1, '2027-01-31'],
  ['2026-11-30', 'month', 3, '2027-02-28'],
  ['2026-01-15', 'month', 12, '2027-01-15'],
  ['2028-02-29', 'year', 1, '2029-02-28'],
  ['2028-02-29', 'year', 4, '2032-02-29'],
  ['2100-02-28', 'day', 1, '2100-03-01'],
  ['2028-02-28', 'day', 1, '2028-02-29'],
  ['2026-12-31', 'day', 1, '2027-01-01'],
  ['2026-03-28', 'week', 1, '2026-04-04'],
  ['2026-03-28', 'day', 2, '2026-03-30'],
  ['2026-10-24', 'week', 2, '2026-11-07'],
];

it.each(cases)(
  '%s and one %s times %i is %s, at the same time of day',
  (from, interval, count, to) => {
    for (const time of ['T00:00:00.000Z', 'T23:59:59.999Z'])
      expect(addInterval(from + time, interval, count)).toBe(to + time);
  },
);

it('keeps to the dates that subscriptions are charged by, wherever it starts', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2020-01-01'), max: new Date('2120-01-01'), noInvalidDate: true }),
      fc.constantFrom('day', 'week', 'month', 'year'),
      fc.integer({ min: 1, max: 36 }),
      fc.integer({ min: 0, max: 60 }),
      (from, interval, intervalCount, period) => {
        const anchorAt = from.toISOString();
        expect(addInterval(anchorAt, interval, period * intervalCount)).toBe(
          periodStart({ anchorAt, interval, intervalCount }, period),
        );
      },
    ),
    { numRuns: 5_000 },
  );
});
