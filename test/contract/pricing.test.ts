import { describe, expect, it } from 'vitest';
import { type CatalogueLink, totals } from '../../src/contract/index.js';
import {
  amountLink,
  catalogue,
  chosenAmount,
  id,
  item,
  month,
  price,
  variant,
  year,
} from './links.js';

const now = '2026-01-31T10:00:00.000Z';
const line = (name: string, quantity = 1, more: object = {}) => ({
  itemId: id('plitem', name),
  quantity,
  ...more,
});

const sizes = item('shirt', {
  variants: [
    variant('small', { attributes: { size: 'S', colour: 'red' } }),
    variant('large', { attributes: { size: 'L', colour: 'red' }, unitAmount: 1_200 }),
  ],
});
const small = { skuId: id('sku', 'small') };
const large = { skuId: id('sku', 'large') };
const monthly = (more: object = {}) => price('monthly', 1_000, { ...month, ...more });
const plan = (...prices: ReturnType<typeof price>[]) => item('plan', { prices });
const subscription = (...items: CatalogueLink['items']) =>
  catalogue(items, { type: 'subscription' });

describe('an amount link', () => {
  it('costs what is fixed, in one line of its name', () => {
    expect(totals(amountLink({ name: 'Invoice 17' }), {}, now)).toEqual({
      currency: 'EUR',
      lines: [
        {
          itemId: null,
          skuId: null,
          priceId: null,
          name: 'Invoice 17',
          quantity: 1,
          unitAmount: 2_500,
          amount: 2_500,
        },
      ],
      subtotal: 2_500,
      discounts: [],
      discount: 0,
      total: 2_500,
      recurring: null,
    });
  });

  it('costs what is chosen, and nothing while that is not allowed', () => {
    expect(totals(chosenAmount(), { amount: 777 }, now)?.total).toBe(777);
    for (const amount of [undefined, 99, 10_001])
      expect(totals(chosenAmount(), amount === undefined ? {} : { amount }, now)).toBeNull();
    expect(totals(amountLink(), { amount: 2_500 }, now)).toBeNull();
  });

  it('keeps a fixed zero apart from a free choice', () => {
    expect(totals(amountLink({ amount: 0 }), {}, now)?.total).toBe(0);
  });
});

describe('an order of products', () => {
  it('adds up its lines in the link’s order; a variant’s own amount wins', () => {
    const link = catalogue([item('fee'), sizes]);
    const items = [line('shirt', 3, large), line('fee', 2), line('shirt', 1, small)];
    const priced = totals(link, { items }, now);
    expect(priced?.lines.map(({ name, quantity, amount }) => [name, quantity, amount])).toEqual([
      ['fee', 2, 2_000],
      ['shirt · L · red', 3, 3_600],
      ['shirt · S · red', 1, 1_000],
    ]);
    expect([priced?.subtotal, priced?.total, priced?.recurring]).toEqual([6_600, 6_600, null]);
  });

  it('counts an optional item only where it is chosen', () => {
    const link = catalogue([item('fee'), item('extra', { isOptional: true })]);
    expect(totals(link, { items: [line('fee')] }, now)?.total).toBe(1_000);
    expect(totals(link, { items: [line('fee'), line('extra')] }, now)?.total).toBe(2_000);
  });

  it('is priced though a piece is out of stock, and whatever the buyer’s data', () => {
    const link = catalogue([item('cup', { variants: [variant('cup', { stock: 1 })] })]);
    const customer = { email: 'not yet' };
    expect(totals(link, { items: [line('cup', 2)], customer }, now)?.total).toBe(2_000);
  });

  it('has no price while it is not whole', () => {
    for (const selection of [{}, { items: [line('shirt')] }, { items: [line('other')] }])
      expect(totals(catalogue([sizes]), selection, now)).toBeNull();
  });

  it('has no price beyond what can be counted exactly', () => {
    const gold = item('gold', { prices: [price('gold', 2 ** 52)], maxQuantity: null });
    expect(totals(catalogue([gold]), { items: [line('gold')] }, now)?.total).toBe(2 ** 52);
    expect(totals(catalogue([gold]), { items: [line('gold', 2)] }, now)).toBeNull();
  });
});

describe('a subscription', () => {
  it('charges the first interval now and the next one after it', () => {
    const link = subscription(plan(monthly(), price('yearly', 10_000, year)));
    const items = [line('plan', 2, { priceId: id('price', 'yearly') })];
    const priced = totals(link, { items }, now);
    expect(priced?.total).toBe(20_000);
    expect(priced?.recurring).toEqual({
      amount: 20_000,
      interval: 'year',
      intervalCount: 1,
      trialEndsAt: null,
      nextChargeAt: '2027-01-31T10:00:00.000Z',
    });
  });

  it('charges nothing for a plan in its trial, and the whole of it when the trial ends', () => {
    const link = subscription(plan(monthly({ trialPeriodDays: 14 })));
    const priced = totals(link, { items: [line('plan')] }, now);
    expect(priced?.total).toBe(0);
    expect(priced?.lines[0]).toMatchObject({ unitAmount: 1_000, amount: 0 });
    expect(priced?.recurring).toEqual({
      amount: 1_000,
      interval: 'month',
      intervalCount: 1,
      trialEndsAt: '2026-02-14T10:00:00.000Z',
      nextChargeAt: '2026-02-14T10:00:00.000Z',
    });
  });

  it('charges a one-time item once, as its setup fee', () => {
    const fee = item('fee', { prices: [price('fee', 500)] });
    const items = [line('plan'), line('fee')];
    const paid = totals(subscription(plan(monthly()), fee), { items }, now);
    expect([paid?.total, paid?.recurring?.amount]).toEqual([1_500, 1_000]);
    const tried = totals(subscription(plan(monthly({ trialPeriodDays: 7 })), fee), { items }, now);
    expect([tried?.total, tried?.recurring?.amount]).toEqual([500, 1_000]);
  });

  it('treats a trial of no days as none', () => {
    const priced = totals(
      subscription(plan(monthly({ trialPeriodDays: 0 }))),
      { items: [line('plan')] },
      now,
    );
    expect([priced?.total, priced?.recurring?.trialEndsAt]).toEqual([1_000, null]);
  });
});
