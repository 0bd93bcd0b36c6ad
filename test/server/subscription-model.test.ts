/** A subscription beside a few lines that say once more, and by themselves, what must become of it. */
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { renewDueSubscriptions } from '../../src/server/domain/renewal.js';
import { useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { anna, type Json, listOf, make, open, pay, seenBy } from './offers.js';

const house = useHouse();
afterAll(() => expectSoundBooks(house()));

const day = 86_400;
const everyDays = 10;
const retriedAfter = [1, 3, 7];

/** In days since it began. */
class Expected {
  now = 0;
  next = 1;
  due = everyDays;
  status = 'active';
  attempts = 0;
  behindSince = 0;
  endsAt: number | null = null;
  isDeclined = false;
  paid = 1;
  failed = 0;

  pass(days: number): void {
    this.now += days;
    while (this.status !== 'canceled' && this.due <= this.now) this.renew();
  }

  private renew(): void {
    if (this.endsAt !== null && this.endsAt <= this.now) this.status = 'canceled';
    else if (this.isDeclined) this.fail();
    else this.moveOn();
  }

  moveOn(): void {
    this.paid += 1;
    do this.next += 1;
    while (this.next * everyDays <= this.now);
    this.due = this.next * everyDays;
    this.status = 'active';
    this.attempts = 0;
  }

  private fail(): void {
    this.failed += 1;
    if (this.attempts === 0) this.behindSince = this.now;
    const again = retriedAfter.find((days) => this.behindSince + days > this.now);
    this.attempts += 1;
    this.status = again === undefined ? 'canceled' : 'past_due';
    this.due = this.behindSince + (again ?? 0);
  }

  cancel(at: string): void {
    if (this.status === 'canceled') return;
    if (at === 'now' || this.status === 'past_due') this.status = 'canceled';
    else this.endsAt = this.next * everyDays;
  }
}

type Act =
  | { readonly pass: number }
  | { readonly decline: boolean }
  | { readonly cancel: 'now' | 'period_end' }
  | { readonly resume: true }
  | { readonly payByHand: true };

const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 50 }).map((half) => ({ pass: half / 2 })) },
  { weight: 3, arbitrary: fc.boolean().map((decline) => ({ decline })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('now' as const, 'period_end' as const).map((cancel) => ({ cancel })),
  },
  { weight: 1, arbitrary: fc.constant({ resume: true as const }) },
  { weight: 2, arbitrary: fc.constant({ payByHand: true as const }) },
);

it(
  'is what a few lines say of it, whatever happens in whatever order',
  async () => {
    const product = await make(house(), '/v1/products', {
      name: 'Every ten days',
      prices: [
        {
          ...{ unitAmount: 700, currency: 'EUR', type: 'recurring' },
          ...{ interval: 'day', intervalCount: everyDays },
        },
      ],
    });
    const begin = async () => {
      const link = await make(house(), '/v1/payment-links', {
        ...{ type: 'subscription', name: 'Plan', currency: 'EUR' },
        items: [{ productId: product.id }],
      });
      const [item] = (await seenBy(house(), link)).items;
      await pay(
        house(),
        await open(house(), link, { ...anna, items: [{ itemId: item.id, quantity: 1 }] }),
      );
      const [subscription] = await listOf(house(), '/v1/subscriptions', link);
      return { link, subscription };
    };
    const quietly = (method: string, path: string, body?: object) =>
      house().call(method, path, body, { key: null });

    async function doIt(act: Act, { id, manageUrl }: Json, expected: Expected): Promise<void> {
      const page = new URL(manageUrl).pathname;
      if ('pass' in act) {
        await house().moveClock(act.pass * day);
        for (let sweep = 0; sweep < 5; sweep += 1) await renewDueSubscriptions(house().backend);
        expected.pass(act.pass);
      } else if ('decline' in act) {
        const outcome = act.decline ? 'declined' : 'succeeded';
        await quietly('POST', `/v1/sandbox/subscriptions/${id}`, { outcome });
        expected.isDeclined = act.decline;
      } else if ('cancel' in act) {
        await house().call('POST', `/v1/subscriptions/${id}/cancel`, { at: act.cancel });
        expected.cancel(act.cancel);
      } else if ('resume' in act) {
        await quietly('POST', `${page}/resume`);
        if (expected.status !== 'canceled') expected.endsAt = null;
      } else {
        const { status, headers } = await quietly('POST', `${page}/pay`);
        const isDue = expected.status === 'past_due';
        expect(status).toBe(303);
        expect(headers.get('location')?.startsWith('/s/')).toBe(!isDue);
        if (!isDue) return;
        await pay(house(), { id: headers.get('location')?.split('/').pop() });
        expected.moveOn();
      }
    }

    await fc.assert(
      fc.asyncProperty(
        fc.array(acts, { minLength: 1, maxLength: 12, size: 'max' }),
        async (all) => {
          const { link, subscription } = await begin();
          const expected = new Expected();
          for (const act of all) await doIt(act, subscription, expected);
          const is = (await house().call('GET', `/v1/subscriptions/${subscription.id}`)).body;
          const payments = await listOf(house(), '/v1/payments', link);
          const countOf = (wanted: string) =>
            payments.filter(({ status }) => status === wanted).length;
          const isOver = expected.status === 'canceled';
          const began = Date.parse(subscription.nextChargeAt) - everyDays * day * 1_000;
          expect({
            status: is.status,
            next: is.nextChargeAt && (Date.parse(is.nextChargeAt) - began) / day / 1_000,
            ends: is.cancelAt && (Date.parse(is.cancelAt) - began) / day / 1_000,
            paid: countOf('succeeded'),
            failed: countOf('failed'),
            others: payments.length - countOf('succeeded') - countOf('failed'),
          }).toEqual({
            status: expected.status,
            next: isOver ? null : expected.next * everyDays,
            ends: isOver ? null : expected.endsAt,
            paid: expected.paid,
            failed: expected.failed,
            others: 0,
          });
          // The clock is everybody's: one that is over is not renewed with those that follow.
          await house().call('POST', `/v1/subscriptions/${subscription.id}/cancel`, { at: 'now' });
        },
      ),
      { numRuns: process.env.LONG ? 2_000 : 60 },
    );
  },
  25 * 60_000,
);
