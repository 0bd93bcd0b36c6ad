import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Selection, totals, totalsSchema } from '../../src/contract/index.js';
import { catalogue, item, month, price, variant } from './links.js';

const now = '2026-01-31T10:00:00.000Z';

describe('whatever is ordered', () => {
  const names = ['a', 'b', 'c'];
  const links = fc
    .array(
      fc.record({
        amounts: fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 2 }),
        own: fc.option(fc.nat(1_000_000)),
        isOptional: fc.boolean(),
        trialPeriodDays: fc.constantFrom(null, 0, 14),
        isRecurring: fc.boolean(),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((parts) =>
      catalogue(
        parts.map(({ amounts, own, isOptional, trialPeriodDays, isRecurring }, index) => {
          const name = names[index] as string;
          const billing = isRecurring ? { ...month, trialPeriodDays } : {};
          return item(name, {
            isOptional,
            variants: [variant(name, { unitAmount: own })],
            prices: amounts.map((amount, at) => price(`${name}${at}`, amount, billing)),
          });
        }),
      ),
    );
  const orders = links.chain((link) =>
    fc.record({
      link: fc.constant(link),
      selection: fc
        .tuple(
          ...link.items.map((one) =>
            fc
              .record({
                priceId: fc.constantFrom(...one.prices.map((p) => p.id)),
                quantity: fc.integer({ min: 1, max: 10 }),
                isLeftOut: fc.boolean(),
              })
              .map(({ isLeftOut, ...rest }) =>
                one.isOptional && isLeftOut ? [] : [{ itemId: one.id, ...rest }],
              ),
          ),
        )
        .map((lines): Selection => ({ items: lines.flat() })),
    }),
  );

  it('adds up, in whole units, never below zero, and again the same', () => {
    let pricedOnes = 0;
    fc.assert(
      fc.property(orders, ({ link, selection }) => {
        const before = JSON.stringify({ link, selection });
        const priced = totals(link, selection, now);
        expect(JSON.stringify({ link, selection })).toBe(before);
        expect(totals(link, selection, now)).toEqual(priced);
        const reversed = { items: [...(selection.items ?? [])].reverse() };
        expect(totals(link, reversed, now)).toEqual(priced);
        if (!priced) return;
        pricedOnes += 1;
        totalsSchema().parse(priced);
        const sum = priced.lines.reduce((all, { amount }) => all + amount, 0);
        expect([priced.subtotal, priced.total]).toEqual([sum, sum]);
        expect(priced.total).toBeGreaterThanOrEqual(0);
        for (const { amount, unitAmount, quantity } of priced.lines)
          expect([0, unitAmount * quantity]).toContain(amount);
      }),
      { numRuns: 1_000 },
    );
    expect(pricedOnes).toBeGreaterThan(500);
  });
});
