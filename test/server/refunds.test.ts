import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { isId, refundSchema } from '../../src/contract/index.js';
import { attempt, decide } from '../../src/server/domain/refund.js';
import { applyProviderEvent } from '../../src/server/domain/settlement.js';
import { transaction } from '../../src/server/store/database.js';
import { type House, storeNames, useHouse } from './house.js';
import { expectSoundBooks, rowCounts } from './invariants.js';
import {
  anna,
  eventTypesOf,
  invoice,
  type Json,
  listOf,
  make,
  membership,
  open,
  pay,
  play,
  tee,
  tryOpen,
} from './offers.js';

async function paymentOf(house: House, link: Json, request?: object): Promise<Json> {
  const session = await open(house, link, request);
  await pay(house, session);
  const payments = await listOf(house, '/v1/payments', link);
  return payments.find(({ checkoutSessionId }) => checkoutSessionId === session.id);
}

const refundsOf = ({ id }: Json) => `/v1/payments/${id}/refunds`;

describe.each(storeNames)('a refund on %s', (store) => {
  const house = useHouse(store);
  afterAll(() => expectSoundBooks(house()));

  const refund = (payment: Json, body?: object, headers: Record<string, string> = {}) =>
    house().call('POST', refundsOf(payment), body, { headers });
  const read = async (path: string) => (await house().call('GET', path)).body;
  const paymentNow = ({ id }: Json) => read(`/v1/payments/${id}`);
  const linkNow = ({ id }: Json) => read(`/v1/payment-links/${id}`);
  const script = async ({ checkoutSessionId: id }: Json, play: object) => {
    const path = `/v1/sandbox/checkout-sessions/${id}/refunds`;
    expect((await house().call('POST', path, play, { key: null })).status).toBe(200);
  };
  /** What the sandbox's far side has given back. */
  const inTheBook = async ({ checkoutSessionId }: Json) => {
    const { rows } = await sql<{ amount: number; failure: string | null }>`
      select amount, failure_code as failure from sandbox_refund
      where checkout_session_id = ${checkoutSessionId} order by amount`.execute(house().backend.db);
    return rows;
  };
  const later = async (seconds: number) => {
    await house().moveClock(seconds);
    await house().worker.sweep();
  };

  it('gives all of a payment back where no amount is named, and keeps the use', async () => {
    const link = await invoice(house(), { maxRedemptions: 1 });
    const payment = await paymentOf(house(), link);
    const { status, body } = await refund(payment);
    expect(status).toBe(201);
    expect(refundSchema().parse(body)).toEqual(body);
    expect(isId('refund', body.id)).toBe(true);
    expect(body).toMatchObject({
      object: 'refund',
      paymentId: payment.id,
      paymentLinkId: link.id,
      amount: 25_000,
      currency: 'XAF',
      status: 'succeeded',
      failure: null,
      reason: 'requested',
      releaseRedemption: false,
    });
    expect(await paymentNow(payment)).toEqual({
      ...payment,
      status: 'refunded',
      refundedAmount: 25_000,
    });
    expect(await read(refundsOf(payment))).toEqual({ data: [body], nextCursor: null });
    expect(await linkNow(link)).toMatchObject({ status: 'exhausted', redemptionCount: 1 });
    expect((await tryOpen(house(), link)).body.code).toBe('link_exhausted');
    const [told] = (await read('/v1/events?type=payment.refunded&limit=1')).data;
    expect(told.data).toEqual({ ...(await paymentNow(payment)), refund: body });
    const again = await refund(payment);
    expect([again.status, again.body.code]).toEqual([409, 'conflict']);
    expect(await inTheBook(payment)).toEqual([{ amount: 25_000, failure: null }]);
  });

  it('comes in parts, each told of, and never in more than there was', async () => {
    const link = await invoice(house());
    const payment = await paymentOf(house(), link);
    const parts = [];
    for (const [amount, status, refundedAmount] of [
      [1, 'partially_refunded', 1],
      [20_000, 'partially_refunded', 20_001],
    ] as const) {
      parts.push((await refund(payment, { amount })).body);
      expect(await paymentNow(payment)).toMatchObject({ status, refundedAmount });
    }
    const before = await rowCounts(house());
    const tooMuch = await refund(payment, { amount: 5_000 });
    expect([tooMuch.status, tooMuch.body.code]).toEqual([422, 'validation_failed']);
    expect(tooMuch.body.errors).toMatchObject([{ path: 'amount', limit: 4_999 }]);
    expect(await rowCounts(house())).toEqual(before);
    parts.push((await refund(payment, {})).body);
    expect(parts.at(-1)).toMatchObject({ amount: 4_999, status: 'succeeded' });
    expect(await paymentNow(payment)).toMatchObject({ status: 'refunded', refundedAmount: 25_000 });
    expect((await read(refundsOf(payment))).data).toEqual([...parts].reverse());
    const told = (await listOf(house(), '/v1/events', link)).filter(
      ({ type }) => type === 'payment.refunded',
    );
    expect(told.map(({ data }) => data.refund.id)).toEqual(parts.map(({ id }) => id));
    expect(told.map(({ data }) => data.refundedAmount)).toEqual([1, 20_001, 25_000]);
    expect(told.map(({ data }) => data.paymentLinkId)).toEqual(Array(3).fill(link.id));
  });

  it.each([
    [{ amount: 0 }, 'amount'],
    [{ amount: -1 }, 'amount'],
    [{ amount: 1.5 }, 'amount'],
    [{ amount: '5' }, 'amount'],
    [{ amount: null }, 'amount'],
    [{ releaseRedemption: 'yes' }, 'releaseRedemption'],
    [{ currency: 'XAF' }, 'currency'],
  ])('is not made of %j', async (body, path) => {
    const payment = await paymentOf(house(), await invoice(house()));
    const answer = await refund(payment, body);
    expect([answer.status, answer.body.errors[0].path]).toEqual([422, path]);
    expect(await paymentNow(payment)).toEqual(payment);
  });

  it('gives the use, the stock and the code back where it is asked to, once for a session', async () => {
    const { link, seen, product } = await tee(house(), {
      stock: 3,
      link: { maxRedemptions: 1, allowPromotionCodes: true },
    });
    const coupon = await make(house(), '/v1/coupons', { percentOff: 10 });
    const name = `BACK${store.toUpperCase()}`;
    const once = { couponId: coupon.id, code: name, maxRedemptions: 1 };
    const code = await make(house(), '/v1/promotion-codes', once);
    const [{ id: itemId, variants }] = seen.items;
    const items = [{ itemId, skuId: variants[0].id, quantity: 3 }];
    const request = { ...anna, items, promotionCode: name };
    const payment = await paymentOf(house(), link, request);
    const held = async () => [
      (await linkNow(link)).status,
      (await linkNow(link)).redemptionCount,
      (await read(`/v1/products/${product.id}`)).skus[0].stockQuantity,
      (await read(`/v1/promotion-codes/${code.id}`)).redemptionCount,
    ];
    expect(await held()).toEqual(['exhausted', 1, 0, 1]);
    await refund(payment, { amount: 100 });
    expect(await held()).toEqual(['exhausted', 1, 0, 1]);
    const back = await refund(payment, { amount: 100, releaseRedemption: true });
    expect(back.body).toMatchObject({ status: 'succeeded', releaseRedemption: true });
    expect(await held()).toEqual(['active', 0, 3, 0]);
    expect((await eventTypesOf(house(), link)).slice(-2)).toEqual([
      'payment.refunded',
      'payment_link.activated',
    ]);
    const other = await paymentOf(house(), link, request);
    expect(await held()).toEqual(['exhausted', 1, 0, 1]);
    await refund(payment, { releaseRedemption: true });
    expect(await held()).toEqual(['exhausted', 1, 0, 1]);
    await refund(other, { releaseRedemption: true });
    expect(await held()).toEqual(['active', 0, 3, 0]);
    const session = await read(`/v1/checkout-sessions/${payment.checkoutSessionId}`);
    expect(session).toMatchObject({ status: 'complete', paymentStatus: 'paid' });
  });

  it('calls no link active that is switched off, or has uses left anyway', async () => {
    const off = await invoice(house(), { maxRedemptions: 1 });
    const payment = await paymentOf(house(), off);
    await house().call('PATCH', `/v1/payment-links/${off.id}`, { isActive: false });
    await refund(payment, { releaseRedemption: true });
    expect(await linkNow(off)).toMatchObject({ status: 'inactive', redemptionCount: 0 });
    const roomy = await invoice(house(), { maxRedemptions: 3 });
    await refund(await paymentOf(house(), roomy), { releaseRedemption: true });
    const unlimited = await invoice(house());
    await refund(await paymentOf(house(), unlimited), { releaseRedemption: true });
    for (const link of [off, roomy, unlimited])
      expect(await eventTypesOf(house(), link)).not.toContain('payment_link.activated');
    for (const link of [roomy, unlimited])
      expect(await linkNow(link)).toMatchObject({ redemptionCount: 0, reservedCount: 0 });
  });

  it('is refused of what was not taken, or is not sure to be', async () => {
    const link = await invoice(house());
    await play(house(), await open(house(), link), { outcome: 'declined' });
    await play(house(), await open(house(), link), { outcome: 'succeeded', delayMs: 3_600_000 });
    const session = await open(house(), link);
    await applyProviderEvent(house().backend, {
      provider: 'sandbox',
      id: `${session.id}/other`,
      sessionId: session.id,
      attempt: `${session.id}/1`,
      type: 'succeeded',
      amount: 24_999,
      currency: 'XAF',
      failureCode: null,
    });
    const payments = await listOf(house(), '/v1/payments', link);
    expect(payments.map(({ status }) => status)).toEqual(['failed', 'processing', 'needs_review']);
    const before = await rowCounts(house());
    for (const payment of payments) {
      const { status, body } = await refund(payment);
      expect([status, body.code]).toEqual([409, 'conflict']);
      expect(body.detail).toContain(payment.status);
      expect(await paymentNow(payment)).toEqual(payment);
    }
    expect(await rowCounts(house())).toEqual(before);
  });

  it('leaves the amount with the payment where the provider refuses, and says why', async () => {
    const link = await invoice(house(), { maxRedemptions: 1 });
    const payment = await paymentOf(house(), link);
    await script(payment, { outcome: 'declined', reason: 'insufficient_funds' });
    const refused = await refund(payment, { amount: 9_000, releaseRedemption: true });
    expect([refused.status, refused.body.status]).toEqual([201, 'failed']);
    expect(refused.body.failure).toEqual({ code: 'insufficient_funds' });
    expect(await paymentNow(payment)).toEqual(payment);
    expect(await linkNow(link)).toMatchObject({ status: 'exhausted', redemptionCount: 1 });
    const told = (await listOf(house(), '/v1/events', link)).at(-1);
    expect(told).toMatchObject({ type: 'payment.refund_failed', data: { refund: refused.body } });
    await script(payment, { outcome: 'succeeded' });
    expect((await refund(payment)).body).toMatchObject({ amount: 25_000, status: 'succeeded' });
    expect((await read(refundsOf(payment))).data).toHaveLength(2);
  });

  it.each(['unreachable', 'pending', 'answer_lost'])(
    'waits while the provider is “%s”, holds its amount, and is made once',
    async (outcome) => {
      const payment = await paymentOf(house(), await invoice(house()));
      await script(payment, { outcome });
      const asked = await refund(payment, { amount: 20_000 });
      expect([asked.status, asked.body.status, asked.body.settledAt]).toEqual([
        201,
        'pending',
        null,
      ]);
      expect(await paymentNow(payment)).toEqual(payment);
      expect((await refund(payment, { amount: 5_001 })).body.errors[0].limit).toBe(5_000);
      for (const seconds of [6, 21, 81]) await later(seconds);
      expect((await read(refundsOf(payment))).data).toEqual([asked.body]);
      await script(payment, { outcome: 'succeeded' });
      await house().worker.sweep();
      expect((await read(refundsOf(payment))).data).toEqual([asked.body]);
      await later(6 * 60);
      expect((await read(refundsOf(payment))).data[0].status).toBe('succeeded');
      expect(await paymentNow(payment)).toMatchObject({
        status: 'partially_refunded',
        refundedAmount: 20_000,
      });
      expect(await inTheBook(payment)).toEqual([{ amount: 20_000, failure: null }]);
    },
  );

  it('is finished by the sweep where its process died after any step', async () => {
    const { backend } = house();
    const askProvider = async ({ id }: Json, payment: Json) => {
      const ref = `${payment.checkoutSessionId}/1`;
      await backend.provider.refund({ refundId: id, ref, amount: 25_000, currency: 'XAF' });
    };
    for (const diedAfterAsking of [false, true]) {
      const payment = await paymentOf(house(), await invoice(house()));
      const { refund: decided } = await transaction(backend.db, (tx) =>
        decide(backend, tx, payment.id, {}),
      );
      if (diedAfterAsking) await askProvider(decided, payment);
      await house().worker.sweep();
      expect((await read(refundsOf(payment))).data[0].status).toBe('pending');
      await later(46);
      expect((await read(refundsOf(payment))).data).toMatchObject([
        { id: decided.id, status: 'succeeded' },
      ]);
      expect((await paymentNow(payment)).status).toBe('refunded');
      expect(await inTheBook(payment)).toEqual([{ amount: 25_000, failure: null }]);
    }
  });

  it('is noted once where several processes have the answer at once', async () => {
    const { backend } = house();
    const link = await invoice(house());
    for (const outcome of ['succeeded', 'declined']) {
      const payment = await paymentOf(house(), link);
      await script(payment, { outcome });
      const { refund: decided } = await transaction(backend.db, (tx) =>
        decide(backend, tx, payment.id, { amount: 100 }),
      );
      await Promise.all(Array.from({ length: 5 }, () => attempt(backend, decided)));
      await attempt(backend, decided);
      const refundedAmount = outcome === 'succeeded' ? 100 : 0;
      expect(await paymentNow(payment)).toMatchObject({ refundedAmount });
      expect((await read(refundsOf(payment))).data).toHaveLength(1);
    }
    const told = (await eventTypesOf(house(), link)).filter((type) => /refund/.test(type));
    expect(told).toEqual(['payment.refunded', 'payment.refund_failed']);
  });

  it('is made once by who sends it twice, also where the answer was never kept', async () => {
    const payment = await paymentOf(house(), await invoice(house()));
    const key = { 'idempotency-key': `part of ${payment.id}`.replaceAll(' ', '-') };
    const part = { amount: 5_000 };
    const twins = await Promise.all(Array.from({ length: 20 }, () => refund(payment, part, key)));
    const made = twins.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ text }) => text)).size).toBe(1);
    expect((await refund(payment, part, key)).text).toBe(made[0]?.text);
    await sql`update idempotency_key set response_status = null, response_body = null,
      locked_at = locked_at - interval '2 minutes' where key = ${key['idempotency-key']}`.execute(
      house().backend.db,
    );
    expect((await refund(payment, part, key)).body).toEqual(made[0]?.body);
    await sql`delete from idempotency_key`.execute(house().backend.db);
    const other = await refund(payment, { amount: 6_000 }, key);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_mismatch']);
    expect((await read(refundsOf(payment))).data).toHaveLength(1);
    await house().moveClock(24 * 3600 + 60);
    expect((await refund(payment, part, key)).body.id).not.toBe(made[0]?.body.id);
    expect((await paymentNow(payment)).refundedAmount).toBe(10_000);
  });

  it('changes nothing of the subscription that the payment started', async () => {
    const { link, seen } = await membership(house());
    const [item] = seen.items;
    const items = [{ itemId: item.id, priceId: item.prices[0].id, quantity: 1 }];
    const payment = await paymentOf(house(), link, { ...anna, items });
    const [before] = await listOf(house(), '/v1/subscriptions', link);
    expect((await refund(payment, { releaseRedemption: true })).body.status).toBe('succeeded');
    expect(await listOf(house(), '/v1/subscriptions', link)).toEqual([before]);
    expect(before.status).toBe('active');
  });

  describe('of money that came too late', () => {
    const tooLate = async () => {
      const link = await invoice(house(), { maxRedemptions: 1 });
      const late = await open(house(), link);
      const cancel = `/v1/public/checkout-sessions/${late.id}/cancel`;
      await house().call('POST', cancel, undefined, { key: null });
      await pay(house(), await open(house(), link));
      const comes = () =>
        applyProviderEvent(house().backend, {
          provider: 'sandbox',
          id: `${late.id}/late`,
          sessionId: late.id,
          attempt: `${late.id}/late`,
          type: 'succeeded',
          amount: late.total,
          currency: late.currency,
          failureCode: null,
        });
      const paid = async () => (await listOf(house(), '/v1/payments', link))[1] as Json;
      return { link, comes, paid, late: { checkoutSessionId: late.id } };
    };

    it('is made by itself, and stands in the payment’s history', async () => {
      const { link, comes, paid, late } = await tooLate();
      await Promise.all([comes(), comes(), comes()]);
      await comes();
      const payment = await paid();
      expect(payment).toMatchObject({ status: 'refunded', refundedAmount: 25_000 });
      expect((await read(refundsOf(payment))).data).toMatchObject([
        { reason: 'late_payment', amount: 25_000, status: 'succeeded', releaseRedemption: false },
      ]);
      expect(await inTheBook(late)).toHaveLength(1);
      expect(await linkNow(link)).toMatchObject({ status: 'exhausted', redemptionCount: 1 });
    });

    it('waits for a provider that does not answer; the event has been heard', async () => {
      const { comes, paid, late } = await tooLate();
      await script(late, { outcome: 'unreachable' });
      await comes();
      expect(await paid()).toMatchObject({ status: 'succeeded', refundedAmount: 0 });
      const asked = await refund(await paid(), { amount: 1 });
      expect([asked.status, asked.body.code]).toEqual([409, 'conflict']);
      await script(late, { outcome: 'succeeded' });
      await later(6);
      expect((await paid()).status).toBe('refunded');
    });

    it('needs a person where the provider refuses', async () => {
      const { comes, paid, late, link } = await tooLate();
      await script(late, { outcome: 'declined', reason: 'payer_not_found' });
      await comes();
      await later(3600);
      const payment = await paid();
      expect(payment).toMatchObject({ status: 'needs_review', refundedAmount: 0 });
      expect((await read(refundsOf(payment))).data).toMatchObject([
        { status: 'failed', failure: { code: 'payer_not_found' } },
      ]);
      expect((await eventTypesOf(house(), link)).at(-1)).toBe('payment.refund_failed');
    });
  });

  it('never gives back more than was paid, however many ask at once for whatever', async () => {
    const link = await invoice(house(), { amount: 1_000 });
    const wishes = fc.array(
      fc.record({
        amount: fc.option(fc.integer({ min: 1, max: 700 }), { nil: undefined }),
        releaseRedemption: fc.boolean(),
        outcome: fc.constantFrom('succeeded', 'declined', 'unreachable', 'answer_lost'),
      }),
      { minLength: 2, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(wishes, { minLength: 1, maxLength: 3 }), async (rounds) => {
        const payment = await paymentOf(house(), link);
        for (const round of rounds) {
          await script(payment, { outcome: round[0]?.outcome });
          const answers = await Promise.all(
            round.map(({ outcome, ...body }) => refund(payment, body)),
          );
          for (const { status } of answers) expect([201, 409, 422]).toContain(status);
        }
        await script(payment, { outcome: 'succeeded' });
        for (let waited = 0; waited < 2; waited += 1) await later(7 * 3600);
        const { data } = await read(`${refundsOf(payment)}?limit=100`);
        const succeeded = data.filter(({ status }: Json) => status === 'succeeded');
        const sum = succeeded.reduce((all: number, { amount }: Json) => all + amount, 0);
        const now = await paymentNow(payment);
        expect(now.refundedAmount).toBe(sum);
        expect(sum).toBeLessThanOrEqual(1_000);
        expect(data.some(({ status }: Json) => status === 'pending')).toBe(false);
        const gone = (await inTheBook(payment)).filter(({ failure }) => failure === null);
        expect(gone.reduce((all, { amount }) => all + amount, 0)).toBe(sum);
      }),
      { numRuns: 5, endOnFailure: true },
    );
    await expectSoundBooks(house());
  }, 90_000);
});
