import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOff, type Discount, totals } from '../../src/contract/index.js';
import { amountLink, catalogue, item, month, price } from './links.js';

const now = '2026-01-31T10:00:00.000Z';
const once = { code: 'X', duration: 'once' } as const;

describe('what a code takes off', () => {
  it.each([
    [2500, { percentOff: 25 }, 625],
    [999, { percentOff: 50 }, 500],
    [1, { percentOff: 49.99 }, 0],
    [1, { percentOff: 50 }, 1],
    [3333, { percentOff: 33.33 }, 1111],
    [9_007_199_254_740_991, { percentOff: 100 }, 9_007_199_254_740_991],
    [2500, { amountOff: 500 }, 500],
    [300, { amountOff: 500 }, 300],
    [0, { percentOff: 10 }, 0],
  ])('%i with %j: %i', (amount, discount, off) => {
    expect(amountOff({ ...once, ...discount }, amount)).toBe(off);
  });

  const discounts: fc.Arbitrary<Discount> = fc.oneof(
    fc.integer({ min: 1, max: 10_000 }).map((hundredths) => ({
      ...once,
      percentOff: hundredths / 100,
    })),
    fc.integer({ min: 1, max: 1_000_000 }).map((off) => ({ ...once, amountOff: off })),
  );

  it('is whole, never more than there is, and what is left adds up', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), discounts, (amount, discount) => {
        const priced = totals(amountLink({ amount }), {}, now, discount);
        if (!priced) throw new Error('An amount can always be priced');
        expect(Number.isSafeInteger(priced.discount)).toBe(true);
        expect(priced.discount).toBeGreaterThanOrEqual(0);
        expect(priced.total).toBe(priced.subtotal - priced.discount);
        expect(priced.total).toBeGreaterThanOrEqual(0);
        expect(priced.discounts).toEqual([{ ...discount, amount: priced.discount }]);
      }),
    );
  });
});

describe('a code on a subscription', () => {
  const plan = (trialPeriodDays: number | null = null) =>
    catalogue([item('plan', { prices: [price('plan', 1_000, { ...month, trialPeriodDays })] })]);
  const selection = (link: ReturnType<typeof plan>) => ({
    items: [{ itemId: link.items[0]!.id, quantity: 1 }],
  });
  const half = (duration: Discount['duration'], durationInMonths?: number): Discount => ({
    code: 'HALF',
    percentOff: 50,
    duration,
    ...(durationInMonths && { durationInMonths }),
  });
  const priced = (discount: Discount, trial?: number) => {
    const link = plan(trial);
    const { total, recurring } = totals(link, selection(link), now, discount)!;
    const { amount, fullAmount, discountEndsAt } = recurring!;
    return { total, amount, fullAmount, discountEndsAt };
  };

  it.each([
    ['for ever', half('forever'), undefined, { total: 500, amount: 500 }],
    ['once', half('once'), undefined, { total: 500, amount: 1000 }],
    [
      'for three months',
      half('repeating', 3),
      undefined,
      { total: 500, amount: 500, fullAmount: 1000, discountEndsAt: '2026-04-30T10:00:00.000Z' },
    ],
    [
      'for a month, which is over when the next one starts',
      half('repeating', 1),
      undefined,
      { total: 500, amount: 1000 },
    ],
    [
      'once, after a trial',
      half('once'),
      14,
      { total: 0, amount: 500, fullAmount: 1000, discountEndsAt: '2026-03-14T10:00:00.000Z' },
    ],
    [
      'for two months, after a trial',
      half('repeating', 2),
      14,
      { total: 0, amount: 500, fullAmount: 1000, discountEndsAt: '2026-04-14T10:00:00.000Z' },
    ],
    ['for ever, after a trial', half('forever'), 14, { total: 0, amount: 500 }],
  ])('holds %s', (_what, discount, trial, expected) => {
    expect(priced(discount, trial)).toEqual({
      fullAmount: undefined,
      discountEndsAt: undefined,
      ...expected,
    });
  });
});
