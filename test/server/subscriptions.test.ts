import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { type Id, subscriptionSchema } from '../../src/contract/index.js';
import { applyProviderEvent } from '../../src/server/domain/settlement.js';
import { tellOfStranded } from '../../src/server/domain/stranded.js';
import { storeNames, useHouse } from './house.js';
import { expectSoundBooks, rowCounts } from './invariants.js';
import {
  anna,
  eventTypesOf,
  type Json,
  listOf,
  make,
  membership,
  type Offer,
  open,
  pay,
} from './offers.js';

const day = 86_400;

describe.each(storeNames)('a subscription on %s', (store) => {
  const house = useHouse(store);
  afterAll(() => expectSoundBooks(house()));

  const read = async ({ id }: Json): Promise<Json> =>
    (await house().call('GET', `/v1/subscriptions/${id}`)).body;
  const call = (path: string, body?: object) => house().call('POST', path, body);
  const cancel = async ({ id }: Json, at: string): Promise<Json> =>
    (await call(`/v1/subscriptions/${id}/cancel`, { at })).body;

  async function begin({ link, seen }: Offer, interval = 'month', more: object = {}) {
    const price = seen.items[0].prices.find((one: Json) => one.interval === interval);
    const items = seen.items.map((item: Json, index: number) => ({
      itemId: item.id,
      ...(index === 0 && { priceId: price.id }),
      quantity: 1,
    }));
    const session = await open(house(), link, { ...anna, ...more, items });
    await pay(house(), session);
    const [subscription] = await listOf(house(), '/v1/subscriptions', link);
    return subscription as Json;
  }

  /** What the sandbox does with the next charges; `renewNow` makes one due. */
  async function play({ id }: Json, wish: object): Promise<Json> {
    const { status, body, text } = await house().call(
      'POST',
      `/v1/sandbox/subscriptions/${id}`,
      wish,
      { key: null },
    );
    expect(status, text).toBe(200);
    return body;
  }

  /** The clock goes to this time, and what is due by then is done. */
  async function at(iso: string, more = 0): Promise<void> {
    const { rows } = await sql<{ seconds: number }>`
      select extract(epoch from ${iso}::timestamptz - paylink_now())::float8 as seconds`.execute(
      house().backend.db,
    );
    await house().moveClock((rows[0]?.seconds ?? 0) + more);
    await house().worker.sweep();
  }

  const paymentsOf = (link: Json) => listOf(house(), '/v1/payments', link);
  const statuses = async (link: Json) =>
    (await paymentsOf(link)).map(({ status, amount }) => `${status} ${amount}`);

  it('is charged when its period ends, and not before', async () => {
    const offer = await membership(house());
    const begun = await begin(offer);
    expect(subscriptionSchema().parse(begun)).toMatchObject({ status: 'active', amount: 1_000 });
    await at(begun.nextChargeAt, -60);
    expect(await statuses(offer.link)).toEqual(['succeeded 1000']);
    await at(begun.nextChargeAt, 1);
    expect(await statuses(offer.link)).toEqual(['succeeded 1000', 'succeeded 1000']);
    const after = await read(begun);
    expect(after.status).toBe('active');
    expect(Date.parse(after.nextChargeAt)).toBeGreaterThan(Date.parse(begun.nextChargeAt));
    // A second sweep takes nothing twice.
    await house().worker.sweep();
    const payments = await paymentsOf(offer.link);
    expect(payments.map(({ subscriptionId }) => subscriptionId)).toEqual([begun.id, begun.id]);
    expect((await eventTypesOf(house(), offer.link)).slice(-2)).toEqual([
      'payment.succeeded',
      'subscription.renewed',
    ]);
  });

  it('is counted as money of its link, not as a sale', async () => {
    const offer = await membership(house());
    await play(await begin(offer), { renewNow: true });
    const { body } = await house().call('GET', `/v1/payment-links/${offer.link.id}/stats`);
    expect(body).toMatchObject({
      sessions: { complete: 1 },
      payments: { succeeded: 2 },
      collected: { gross: 2_000 },
    });
  });

  it('keeps its day of the month over short months and leap years', async () => {
    const offer = await membership(house());
    const begun = await begin(offer);
    await sql`update subscription set anchor_at = '2027-10-31T12:00:00Z', next_period = 1,
      next_charge_at = '2027-11-30T12:00:00Z', due_at = '2027-11-30T12:00:00Z'
      where id = ${begun.id}`.execute(house().backend.db);
    const dates: string[] = [];
    for (let month = 0; month < 5; month += 1) {
      const { nextChargeAt } = await read(begun);
      dates.push(nextChargeAt.slice(0, 10));
      await at(nextChargeAt, 1);
    }
    expect(dates).toEqual(['2027-11-30', '2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31']);
  });

  it('charges one period after a time in which nobody could', async () => {
    const offer = await membership(house());
    const begun = await begin(offer);
    await at(begun.nextChargeAt, 100 * day);
    await house().worker.sweep();
    expect(await statuses(offer.link)).toEqual(['succeeded 1000', 'succeeded 1000']);
    expect(Date.parse((await read(begun)).nextChargeAt)).toBeGreaterThan(
      Date.parse(begun.nextChargeAt) + 100 * day * 1_000,
    );
  });

  it('begins to be charged at the end of its trial', async () => {
    const offer = await membership(house(), { trialPeriodDays: 14 });
    const begun = await begin(offer);
    expect(begun).toMatchObject({ status: 'trialing', nextChargeAt: begun.trialEndsAt });
    await at(begun.trialEndsAt, 1);
    const after = await read(begun);
    expect(after.status).toBe('active');
    expect(await statuses(offer.link)).toEqual(['succeeded 1000']);
    // The first period begins with the end of the trial.
    expect(after.nextChargeAt.slice(8, 10)).toBe(begun.trialEndsAt.slice(8, 10));
  });

  it('costs what it did when it began, whatever the price is now', async () => {
    const offer = await membership(house());
    const begun = await begin(offer);
    await call('/v1/prices', {
      productId: offer.product.id,
      unitAmount: 5_000,
      currency: 'EUR',
      type: 'recurring',
      interval: 'month',
    });
    await call(`/v1/prices/${offer.product.prices[0].id}/archive`);
    await play(begun, { renewNow: true });
    expect(await statuses(offer.link)).toEqual(['succeeded 1000', 'succeeded 1000']);
  });

  it('costs less while its discount lasts', async () => {
    const coupon = await make(house(), '/v1/coupons', {
      percentOff: 50,
      duration: 'repeating',
      durationInMonths: 2,
    });
    const code = await make(house(), '/v1/promotion-codes', { couponId: coupon.id });
    const offer = await membership(house(), { link: { allowPromotionCodes: true } });
    const begun = await begin(offer, 'month', { promotionCode: code.code });
    expect(begun).toMatchObject({ amount: 500, fullAmount: 1_000 });
    await at(begun.nextChargeAt, 1);
    expect(await read(begun)).toMatchObject({ amount: 1_000, fullAmount: null });
    await at((await read(begun)).nextChargeAt, 1);
    expect(await statuses(offer.link)).toEqual([
      'succeeded 500',
      'succeeded 500',
      'succeeded 1000',
    ]);
  });

  it('goes on for nothing without a payment, while a discount takes off all of it', async () => {
    const coupon = await make(house(), '/v1/coupons', { percentOff: 100, duration: 'forever' });
    const code = await make(house(), '/v1/promotion-codes', { couponId: coupon.id });
    const offer = await membership(house(), { link: { allowPromotionCodes: true } });
    const begun = await begin(offer, 'month', { promotionCode: code.code });
    await at(begun.nextChargeAt, 1);
    expect((await read(begun)).nextChargeAt).not.toBe(begun.nextChargeAt);
    expect(await statuses(offer.link)).toEqual([]);
    expect(await eventTypesOf(house(), offer.link)).toContain('subscription.renewed');
  });

  it('is tried again after 1, 3 and 7 days, and ends after that', async () => {
    const offer = await membership(house());
    const begun = await begin(offer);
    await play(begun, { outcome: 'declined', reason: 'insufficient_funds' });
    await at(begun.nextChargeAt, 1);
    expect(await read(begun)).toMatchObject({ status: 'past_due' });
    for (const [days, attempts] of [
      [0.9, 1],
      [1.1, 2],
      [2.9, 2],
      [3.1, 3],
      [6.9, 3],
    ] as const) {
      await at(begun.nextChargeAt, days * day);
      expect((await statuses(offer.link)).length, `${days} days`).toBe(1 + attempts);
      expect((await read(begun)).status).toBe('past_due');
    }
    await at(begun.nextChargeAt, 7.1 * day);
    expect(await read(begun)).toMatchObject({
      status: 'canceled',
      cancelReason: 'payment_failed',
      nextChargeAt: null,
    });
    expect((await paymentsOf(offer.link)).slice(1).map(({ failure }) => failure.code)).toEqual(
      Array(4).fill('insufficient_funds'),
    );
    const told = await eventTypesOf(house(), offer.link);
    expect(told.filter((type) => type.startsWith('subscription.'))).toEqual([
      'subscription.created',
      'subscription.past_due',
      'subscription.canceled',
    ]);
    await at(begun.nextChargeAt, 90 * day);
    expect(await paymentsOf(offer.link)).toHaveLength(5);
  });

  it('recovers with a retry that succeeds, and keeps its dates', async () => {
    const offer = await membership(house());
    const begun = await begin(offer);
    await play(begun, { outcome: 'declined' });
    await at(begun.nextChargeAt, 1);
    await play(begun, { outcome: 'succeeded' });
    await at(begun.nextChargeAt, 1.1 * day);
    const after = await read(begun);
    expect(after.status).toBe('active');
    expect(after.nextChargeAt.slice(8)).toBe(begun.nextChargeAt.slice(8));
    expect(await statuses(offer.link)).toEqual(['succeeded 1000', 'failed 1000', 'succeeded 1000']);
    // A failure of the next period begins anew with its retries.
    await play(begun, { outcome: 'declined' });
    await at(after.nextChargeAt, 1);
    expect((await read(begun)).status).toBe('past_due');
    await at(after.nextChargeAt, 2 * day);
    expect((await read(begun)).status).toBe('past_due');
  });

  it.each(['unreachable', 'answer_lost', 'pending'])(
    'is charged once where the provider is %s at first',
    async (outcome) => {
      const offer = await membership(house());
      const begun = await begin(offer);
      await play(begun, { outcome });
      await at(begun.nextChargeAt, 1);
      expect(await statuses(offer.link)).toEqual(['succeeded 1000', 'processing 1000']);
      expect((await read(begun)).status).toBe('active');
      await at(begun.nextChargeAt, 70);
      await play(begun, { outcome: 'succeeded' });
      await at(begun.nextChargeAt, 140);
      expect(await statuses(offer.link)).toEqual(['succeeded 1000', 'succeeded 1000']);
      const { rows } = await sql<{ charges: number }>`select count(*) as charges from sandbox_charge
        where checkout_session_id = ${begun.checkoutSessionId}`.execute(house().backend.db);
      expect(rows[0]?.charges).toBe(1);
    },
  );

  it('is charged once by any number of processes', async () => {
    const offer = await membership(house());
    const begun = await begin(offer);
    const { rows } = await sql<{ seconds: number }>`
      select extract(epoch from ${begun.nextChargeAt}::timestamptz - paylink_now())::float8 + 1 as seconds`.execute(
      house().backend.db,
    );
    await house().moveClock(rows[0]?.seconds ?? 0);
    await Promise.all(Array.from({ length: 8 }, () => house().worker.sweep()));
    expect(await statuses(offer.link)).toEqual(['succeeded 1000', 'succeeded 1000']);
  });

  it('ends at once when its merchant says so', async () => {
    const offer = await membership(house());
    const begun = await begin(offer);
    const ended = await cancel(begun, 'now');
    expect(ended).toMatchObject({
      status: 'canceled',
      cancelReason: 'requested',
      nextChargeAt: null,
    });
    // To say it again changes nothing, and tells nothing.
    expect(await cancel(begun, 'period_end')).toEqual(ended);
    await at(begun.nextChargeAt, 1);
    expect(await statuses(offer.link)).toEqual(['succeeded 1000']);
    const told = await eventTypesOf(house(), offer.link);
    expect(told.filter((type) => type === 'subscription.canceled')).toHaveLength(1);
  });

  it('ends with its period where that is wished, and can be kept until then', async () => {
    const offer = await membership(house());
    const begun = await begin(offer);
    expect(await cancel(begun, 'period_end')).toMatchObject({
      status: 'active',
      cancelAt: begun.nextChargeAt,
    });
    const kept = await call(`/v1/subscriptions/${begun.id}/resume`);
    expect(kept.body).toMatchObject({ status: 'active', cancelAt: null });
    await cancel(begun, 'period_end');
    await play(begun, { renewNow: true });
    await at(begun.nextChargeAt, -60);
    expect((await read(begun)).status).toBe('active');
    await at(begun.nextChargeAt, 1);
    expect(await read(begun)).toMatchObject({ status: 'canceled', cancelReason: 'requested' });
    expect(await statuses(offer.link)).toEqual(['succeeded 1000']);
    expect((await call(`/v1/subscriptions/${begun.id}/resume`)).status).toBe(409);
    const told = await eventTypesOf(house(), offer.link);
    expect(told.filter((type) => type.startsWith('subscription.'))).toEqual([
      'subscription.created',
      'subscription.updated',
      'subscription.updated',
      'subscription.updated',
      'subscription.canceled',
    ]);
  });

  it('hears of a charge whose period was paid in another way meanwhile, and gives it back', async () => {
    const offer = await membership(house());
    const begun = await begin(offer);
    await play(begun, { outcome: 'declined', renewNow: true });
    const page = new URL(begun.manageUrl).pathname;
    const paying = await house().call('POST', `${page}/pay`, undefined, { key: null });
    const id = paying.headers.get('location')?.split('/').pop() as Id<'checkoutSession'>;
    await house().moveClock(16 * 60);
    await house().worker.sweep();
    await play(begun, { outcome: 'answer_lost', renewNow: true });
    await applyProviderEvent(house().backend, {
      ...{ provider: 'sandbox', id: `late/${id}`, sessionId: id, attempt: `${id}/1` },
      ...{ type: 'succeeded', amount: 1_000, currency: 'EUR', failureCode: null },
    });
    const paid = await read(begun);
    expect(paid.status).toBe('active');
    await play(begun, { outcome: 'succeeded' });
    for (let minutes = 0; minutes < 4; minutes += 1) {
      await house().moveClock(60);
      await house().worker.sweep();
    }
    expect(await statuses(offer.link)).toEqual([
      'succeeded 1000',
      'failed 1000',
      'refunded 1000',
      'succeeded 1000',
    ]);
    expect((await read(begun)).nextChargeAt).toBe(paid.nextChargeAt);
  });

  it('is tried once after a time in which nobody could, not for each day that has passed', async () => {
    const offer = await membership(house());
    const begun = await begin(offer);
    await play(begun, { outcome: 'declined' });
    await at(begun.nextChargeAt, 1);
    await at(begun.nextChargeAt, 4 * day);
    for (let sweeps = 0; sweeps < 3; sweeps += 1) await house().worker.sweep();
    expect(await paymentsOf(offer.link)).toHaveLength(3);
    expect((await read(begun)).status).toBe('past_due');
  });

  it('ends with its period though its merchant sells by another provider by then', async () => {
    const offer = await membership(house());
    const begun = await begin(offer);
    await cancel(begun, 'period_end');
    await sql`update subscription set provider = 'another' where id = ${begun.id}`.execute(
      house().backend.db,
    );
    await at(begun.nextChargeAt, 1);
    expect((await read(begun)).status).toBe('canceled');
    await sql`update subscription set provider = 'sandbox' where id = ${begun.id}`.execute(
      house().backend.db,
    );
  });

  it('is told of at the start where nobody here renews it', async () => {
    expect(await tellOfStranded(house().backend)).toBeUndefined();
    const begun = await begin(await membership(house()));
    const { db } = house().backend;
    await sql`update subscription set provider = 'another', test_mode = false where id = ${begun.id}`.execute(
      db,
    );
    expect(await tellOfStranded(house().backend)).toContain('1 by another');
    await sql`update subscription set provider = 'sandbox', test_mode = true where id = ${begun.id}`.execute(
      db,
    );
  });

  it('tells nobody without a key who it is of', async () => {
    const begun = await begin(await membership(house()));
    expect(Object.keys(await play(begun, {})).sort()).toEqual(['id', 'nextChargeAt', 'status']);
  });

  it('ends at once where it is past due: no paid period is left', async () => {
    const offer = await membership(house());
    const begun = await begin(offer);
    await play(begun, { outcome: 'declined', renewNow: true });
    expect(await cancel(begun, 'period_end')).toMatchObject({ status: 'canceled' });
  });

  it('gives back what was being taken as it ended', async () => {
    const offer = await membership(house());
    const begun = await begin(offer);
    await play(begun, { outcome: 'answer_lost' });
    await at(begun.nextChargeAt, 1);
    await cancel(begun, 'now');
    await play(begun, { outcome: 'succeeded' });
    await at(begun.nextChargeAt, 10 * 60);
    await at(begun.nextChargeAt, 20 * 60);
    expect(await statuses(offer.link)).toEqual(['succeeded 1000', 'refunded 1000']);
  });

  it('gives a renewal back by itself, and no use with it', async () => {
    const offer = await membership(house());
    const begun = await begin(offer);
    await play(begun, { renewNow: true });
    const [, renewal] = await paymentsOf(offer.link);
    const refunds = `/v1/payments/${renewal.id}/refunds`;
    expect((await call(refunds, { releaseRedemption: true })).body.errors[0].path).toBe(
      'releaseRedemption',
    );
    expect((await call(refunds, {})).body.status).toBe('succeeded');
    expect(await statuses(offer.link)).toEqual(['succeeded 1000', 'refunded 1000']);
    expect((await read(begun)).status).toBe('active');
  });

  it('refuses what it cannot read, and stores nothing', async () => {
    const begun = await begin(await membership(house()));
    const before = await rowCounts(house());
    const path = `/v1/subscriptions/${begun.id}/cancel`;
    for (const body of [{}, { at: 'tomorrow' }, { at: 'now', why: 'because' }])
      expect((await call(path, body)).status).toBe(422);
    expect(
      (await call(`/v1/subscriptions/sub_${'0'.repeat(24)}/cancel`, { at: 'now' })).status,
    ).toBe(404);
    expect(await rowCounts(house())).toEqual(before);
    expect((await read(begun)).status).toBe('active');
  });
});
