import { describe, expect, it } from 'vitest';
import { mostAttempts, retryIn } from '../../src/server/jobs/retry-schedule.js';

const written = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

describe('the schedule of retries', () => {
  it('is that of Standard Webhooks: ten attempts over 75 h 35 m', () => {
    expect(mostAttempts).toBe(10);
    expect(written.map((_, index) => retryIn(index + 1, 0.5))).toEqual(written);
    expect(written.reduce((sum, seconds) => sum + seconds)).toBe((75 * 60 + 35) * 60 + 5);
    expect(retryIn(mostAttempts, 0.5)).toBeUndefined();
  });

  it('moves each wait by a tenth at most, evenly over the whole of it', () => {
    for (const [index, wait] of written.entries()) {
      expect(retryIn(index + 1, 0)).toBeCloseTo(wait * 0.9);
      expect(retryIn(index + 1, 1 - Number.EPSILON)).toBeCloseTo(wait * 1.1);
      const waits = Array.from({ length: 1_000 }, (_, step) => retryIn(index + 1, step / 1_000));
      expect(new Set(waits).size).toBe(1_000);
    }
  });
});
