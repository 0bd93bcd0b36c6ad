import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import {
  addInterval,
  amountOff,
  type Discount,
  discountedRecurring,
  type Interval,
  Problem,
  type Totals,
} from '../../../src/contract/index.js';
import type { CheckoutToOpen, OrderLine } from '../../../src/server/provider/provider.js';
import {
  openCheckout,
  sessionLifetimeSeconds,
} from '../../../src/server/provider/stripe/checkout.js';
import { invoiceTotal, periodStart } from './stripe-billing.js';

// biome-ignore lint/suspicious/noExplicitAny: as it would go over the wire.
type Wire = any;

interface Order {
  readonly pricedAt: string;
  readonly interval: Interval;
  readonly intervalCount: number;
  readonly trialDays: number;
  readonly fee: number;
  readonly discount: Discount;
}

const price = 1_099;
const quantity = 2;

function priced({ pricedAt, interval, intervalCount, trialDays, fee, discount }: Order): Totals {
  const due = (trialDays ? 0 : price * quantity) + fee;
  const trialEndsAt = trialDays ? addInterval(pricedAt, 'day', trialDays) : null;
  const full = {
    ...{ amount: price * quantity, interval, intervalCount, trialEndsAt },
    nextChargeAt: trialEndsAt ?? addInterval(pricedAt, interval, intervalCount),
  };
  const off = amountOff(discount, due);
  return {
    ...{ currency: 'EUR', lines: [], subtotal: due, discounts: [{ ...discount, amount: off }] },
    ...{ discount: off, total: due - off },
    recurring: discountedRecurring(full, discount, { now: pricedAt, isDueToday: due > 0 }),
  };
}

function ordered(order: Order): CheckoutToOpen {
  const totals = priced(order);
  const shared = { itemId: null, skuId: null, priceId: null, providerPriceId: null };
  const lines: OrderLine[] = [
    {
      ...{ ...shared, name: 'Plan', quantity, unitAmount: price, recurs: true },
      amount: order.trialDays ? 0 : price * quantity,
    },
    {
      ...shared,
      name: 'Setup',
      quantity: 1,
      unitAmount: order.fee,
      amount: order.fee,
      recurs: false,
    },
  ];
  const expiresAt = new Date(Date.parse(order.pricedAt) + sessionLifetimeSeconds * 1_000);
  return {
    ...{ sessionId: 'cs_000000000000000000000000', amount: totals.total, currency: 'EUR', totals },
    lines: order.fee ? lines : lines.slice(0, 1),
    ...{ customerEmail: null, pageUrl: 'https://pay.example.com/c/1' },
    expiresAt: expiresAt.toISOString(),
  };
}

/** What was asked of Stripe, and the coupon that was made for it. */
async function asked(checkout: CheckoutToOpen): Promise<{ params: Wire; coupon: Wire }> {
  let [params, coupon]: Wire[] = [];
  const create = (id: string, note: (given: Wire) => void) => ({
    async create(given: Wire) {
      note(given);
      return { id, url: null };
    },
  });
  const stripe = {
    products: create('prod_1', () => {}),
    coupons: create('co_1', (given) => {
      coupon = given;
    }),
    checkout: {
      sessions: create('cs_1', (given) => {
        params = given;
      }),
    },
  };
  await openCheckout(stripe as unknown as Stripe, checkout);
  return { params, coupon };
}

/** Charges of more periods than any discount here lasts, by our books. */
function ours({ totals }: CheckoutToOpen, dates: readonly string[]): number[] {
  const { amount, fullAmount, discountEndsAt } = totals.recurring as NonNullable<
    Totals['recurring']
  >;
  return dates.map((date) =>
    discountEndsAt && date.slice(0, 19) >= discountEndsAt.slice(0, 19)
      ? (fullAmount ?? amount)
      : amount,
  );
}

const discounts: Discount[] = [
  { code: 'A', percentOff: 33.33, duration: 'once' },
  { code: 'A', percentOff: 33.33, duration: 'forever' },
  { code: 'A', amountOff: 2_300, duration: 'once' },
  { code: 'A', amountOff: 2_300, duration: 'forever' },
  ...[1, 2, 5, 13].flatMap((durationInMonths): Discount[] => [
    { code: 'A', percentOff: 33.33, duration: 'repeating', durationInMonths },
    { code: 'A', amountOff: 2_300, duration: 'repeating', durationInMonths },
  ]),
];

const cycles: [Interval, number][] = [
  ['day', 1],
  ['week', 1],
  ['week', 4],
  ['month', 1],
  ['month', 3],
  ['year', 1],
];

const orders = cycles.flatMap(([interval, intervalCount]) =>
  // The last minutes of a month, and of a February; an ordinary day.
  ['2027-01-31T23:50:00.417Z', '2028-02-29T23:40:00.000Z', '2027-06-14T09:30:12.999Z'].flatMap(
    (pricedAt) =>
      [0, 1, 2, 7, 14, 31].flatMap((trialDays) =>
        [0, 555].flatMap((fee) =>
          discounts.map((discount) => ({
            ...{ pricedAt, interval, intervalCount, trialDays, fee, discount },
          })),
        ),
      ),
  ),
);

describe('what Stripe bills', () => {
  it('is what we have priced, at whatever moment it is bought; or it is refused', async () => {
    let [billed, refused] = [0, 0];
    for (const order of orders) {
      const checkout = ordered(order);
      const made = await asked(checkout).catch((error) => error);
      if (made instanceof Problem) {
        refused += 1;
        continue;
      }
      billed += 1;
      const { params, coupon } = made;
      const from = Math.floor(Date.parse(order.pricedAt) / 1_000);
      for (const start of [from, from + sessionLifetimeSeconds]) {
        expect(invoiceTotal(params, start, 0, coupon), JSON.stringify(order)).toBe(checkout.amount);
        const count = order.interval === 'day' ? 450 : 70;
        const indexes = Array.from({ length: count }, (_, index) => index + 1);
        const dates = indexes.map((index) =>
          new Date(periodStart(params, start, index) * 1_000).toISOString(),
        );
        const bills = indexes.map((index) => invoiceTotal(params, start, index, coupon));
        expect(bills, JSON.stringify(order)).toEqual(ours(checkout, dates));
      }
    }
    // Most can be had; where they cannot, it is for a discount that ends within a month of Stripe's.
    expect(billed).toBeGreaterThan(refused * 4);
  }, 120_000);
});
