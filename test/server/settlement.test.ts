import { afterAll, describe, expect, it } from 'vitest';
import { applyProviderEvent } from '../../src/server/domain/settlement.js';
import type { ProviderEvent } from '../../src/server/provider/provider.js';
import { storeNames, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import {
  anna,
  eventTypesOf,
  invoice,
  type Json,
  listOf,
  membership,
  open,
  pay,
  play,
  readSession,
  tee,
} from './offers.js';

describe.each(storeNames)('what a provider tells, on %s', (store) => {
  const house = useHouse(store);
  afterAll(() => expectSoundBooks(house()));

  /** An event as the provider's far side sends it. */
  const tell = (session: Json, event: Partial<ProviderEvent> = {}) =>
    applyProviderEvent(house().backend, {
      provider: 'sandbox',
      id: `${session.id}/${event.attempt ?? 1}/${event.type ?? 'succeeded'}`,
      sessionId: session.id,
      type: 'succeeded',
      amount: session.total,
      currency: session.currency,
      failureCode: event.type === 'failed' ? 'declined' : null,
      ...event,
      attempt: `${session.id}/${event.attempt ?? 1}`,
    });
  const paymentsOf = async (link: Json) =>
    (await listOf(house(), '/v1/payments', link)).map(({ status }) => status);
  const linkNow = async (link: Json) =>
    (await house().call('GET', `/v1/payment-links/${link.id}`)).body;

  it('leaves a declined session open with the reason, and lets it be paid once then', async () => {
    const link = await invoice(house(), { maxRedemptions: 3 });
    const session = await open(house(), link);
    const reason = 'insufficient_funds';
    const declined = await play(house(), session, { outcome: 'declined', reason });
    expect(declined).toMatchObject({
      status: 'open',
      paymentStatus: 'unpaid',
      failure: { code: reason },
    });
    const paid = await pay(house(), session);
    expect(paid).toMatchObject({ status: 'complete', paymentStatus: 'paid', failure: null });
    expect(await pay(house(), session)).toMatchObject({ status: 'complete' });
    expect(await paymentsOf(link)).toEqual(['failed', 'succeeded']);
    expect(await linkNow(link)).toMatchObject({ redemptionCount: 1, reservedCount: 0 });
    expect(await eventTypesOf(house(), link)).toEqual([
      'payment_link.created',
      'checkout_session.opened',
      'payment.failed',
      'payment.succeeded',
      'checkout_session.completed',
    ]);
  });

  it.each([
    [{ outcome: 'declined' }, 'declined'],
    [{ outcome: 'declined', reason: 'payer_limit_reached' }, 'payer_limit_reached'],
    [{ outcome: 'timed_out' }, 'timed_out'],
  ])('tells why after %j', async (wish, code) => {
    const session = await open(house(), await invoice(house()));
    expect(await play(house(), session, wish)).toMatchObject({ status: 'open', failure: { code } });
  });

  it('ends a session with its fifth failed attempt and gives its place back', async () => {
    const { link, seen } = await tee(house(), { stock: 2, link: { maxRedemptions: 1 } });
    const items = [{ itemId: seen.items[0].id, skuId: seen.items[0].variants[0].id, quantity: 2 }];
    const session = await open(house(), link, { ...anna, items });
    for (let attempt = 1; attempt < 5; attempt += 1)
      expect((await play(house(), session, { outcome: 'declined' })).status).toBe('open');
    const fifth = await play(house(), session, { outcome: 'declined' });
    expect(fifth).toMatchObject({ status: 'canceled', failure: { code: 'too_many_attempts' } });
    expect(await pay(house(), session)).toEqual(fifth);
    expect(await paymentsOf(link)).toEqual(Array(5).fill('failed'));
    await pay(house(), await open(house(), link, { ...anna, items }));
  });

  it('makes one payment of an event that comes again and again', async () => {
    const link = await invoice(house(), { maxRedemptions: 1 });
    const session = await open(house(), link);
    const wish = { outcome: 'succeeded', duplicates: 5 };
    expect((await play(house(), session, wish)).status).toBe('complete');
    expect(await paymentsOf(link)).toEqual(['succeeded']);
    const told = await eventTypesOf(house(), link);
    expect(told.filter((type) => type === 'payment.succeeded')).toHaveLength(1);
    expect(told.filter((type) => type === 'payment_link.exhausted')).toHaveLength(1);
  });

  it('counts each of an event’s copies that arrive in the same moment once', async () => {
    const link = await invoice(house(), { maxRedemptions: 5 });
    const session = await open(house(), link);
    await Promise.all([
      ...Array.from({ length: 8 }, () => tell(session)),
      ...Array.from({ length: 3 }, () =>
        house().call(
          'POST',
          `/v1/public/checkout-sessions/${session.id}/cancel`,
          {},
          { key: null },
        ),
      ),
    ]);
    await house().worker.sweep();
    expect(await readSession(house(), session)).toMatchObject({ status: 'complete' });
    expect(await paymentsOf(link)).toEqual(['succeeded']);
    expect(await linkNow(link)).toMatchObject({ redemptionCount: 1, reservedCount: 0 });
  });

  it('takes neither a franc too little or too much, nor another currency, for payment', async () => {
    const link = await invoice(house());
    for (const wrong of [
      { amount: 24_999 },
      { amount: 25_001 },
      { currency: 'EUR' },
      { amount: 0 },
    ]) {
      const session = await open(house(), link);
      await tell(session, wrong);
      expect((await readSession(house(), session)).paymentStatus).toBe('unpaid');
    }
    expect(await paymentsOf(link)).toEqual(Array(4).fill('needs_review'));
  });

  it('keeps a second success of a paid session for review', async () => {
    const link = await invoice(house());
    const session = await open(house(), link);
    await tell(session);
    await tell(session, { attempt: '2' });
    expect(await paymentsOf(link)).toEqual(['succeeded', 'needs_review']);
  });

  it('keeps a second late success for review, where the first has gone back', async () => {
    const link = await invoice(house(), { maxRedemptions: 1 });
    const late = await open(house(), link);
    await tell(late, { type: 'canceled' });
    await pay(house(), await open(house(), link));
    await tell(late, { attempt: '1' });
    await tell(late, { attempt: '2' });
    expect((await paymentsOf(link)).sort()).toEqual(['needs_review', 'refunded', 'succeeded']);
    expect(await linkNow(link)).toMatchObject({ redemptionCount: 1, reservedCount: 0 });
  });

  it('refuses an event of a session it does not know, so that the provider sends it again', async () => {
    const session = { id: `cs_${'0'.repeat(24)}`, total: 5, currency: 'EUR' };
    await expect(tell(session)).rejects.toThrow(session.id);
  });

  it('does not let an older failure touch what a newer attempt has paid', async () => {
    const link = await invoice(house());
    const session = await open(house(), link);
    await tell(session, { type: 'processing' });
    await tell(session, { attempt: '2' });
    await tell(session, { type: 'failed' });
    expect(await readSession(house(), session)).toMatchObject({
      status: 'complete',
      failure: null,
    });
    expect(await paymentsOf(link)).toEqual(['failed', 'succeeded']);
  });

  it('completes a trial without a payment', async () => {
    const { link, seen } = await membership(house(), { trialPeriodDays: 14 });
    const [item] = seen.items;
    const items = [{ itemId: item.id, priceId: item.prices[0].id, quantity: 1 }];
    const session = await open(house(), link, { ...anna, items });
    expect(session.total).toBe(0);
    const paid = await play(house(), session, { outcome: 'succeeded', duplicates: 2 });
    expect(paid).toMatchObject({ status: 'complete', paymentStatus: 'no_payment_required' });
    expect(await paymentsOf(link)).toEqual([]);
    expect(await listOf(house(), '/v1/subscriptions', link)).toHaveLength(1);
  });
});
