import fc from 'fast-check';
import { CompiledQuery, sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { linkStatsSchema } from '../../src/contract/index.js';
import { foldLinkStats, readLinkStats } from '../../src/server/domain/link-stats.js';
import { applyProviderEvent } from '../../src/server/domain/settlement.js';
import { storeNames, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { donation, invoice, type Json, listOf, open, pay, play, seenBy } from './offers.js';

const day = 24 * 3600;

describe.each(storeNames)('the statistics of a link on %s', (store) => {
  const house = useHouse(store);
  afterAll(() => expectSoundBooks(house()));

  const statsOf = async ({ id }: Json, query = '') => {
    const answer = await house().call('GET', `/v1/payment-links/${id}/stats${query}`);
    expect(answer.status, answer.text).toBe(200);
    expect(linkStatsSchema().parse(answer.body)).toEqual(answer.body);
    return answer.body;
  };
  const act = ({ id }: Json, what: string) =>
    house().call('POST', `/v1/public/checkout-sessions/${id}/${what}`, undefined, { key: null });
  const refund = async (session: Json, body: object) => {
    const { paymentId } = (await house().call('GET', `/v1/checkout-sessions/${session.id}`)).body;
    const { status, body: made } = await house().call(
      'POST',
      `/v1/payments/${paymentId}/refunds`,
      body,
    );
    expect([status, made.status]).toEqual([201, 'succeeded']);
  };
  const dateOf = (time: string) => time.slice(0, 10);
  /** So that what a test does within seconds is of one day. */
  const toMorning = async () => {
    const now = new Date((await seenBy(house(), await invoice(house()))).now);
    const seconds = (Date.UTC(2100, 0, 1, 8) - now.getTime()) / 1000;
    await house().moveClock(((seconds % day) + day) % day);
  };

  it('begin with nothing, for each of the last thirty days', async () => {
    const link = await invoice(house(), { maxRedemptions: 7 });
    const stats = await statsOf(link);
    expect(stats).toMatchObject({
      object: 'payment_link_stats',
      paymentLinkId: link.id,
      status: 'active',
      redemptionCount: 0,
      reservedCount: 0,
      remaining: 7,
      sessions: { open: 0, processing: 0, complete: 0, expired: 0, canceled: 0 },
      collected: { currency: 'XAF', gross: 0, refunded: 0, net: 0 },
      lastPaymentAt: null,
    });
    expect(stats.days).toHaveLength(30);
    const { now } = await seenBy(house(), link);
    const dates = stats.days.map(({ date }: Json) => date);
    expect(dates).toEqual(
      Array.from({ length: 30 }, (_, index) =>
        dateOf(new Date(Date.parse(now) - (29 - index) * day * 1000).toISOString()),
      ),
    );
  });

  it('tell what became of sessions, payments and money, in all and by day', async () => {
    await toMorning();
    const link = await invoice(house(), { amount: 1_000 });
    const [first, second, third] = [
      await open(house(), link),
      await open(house(), link),
      await open(house(), link),
    ];
    await play(house(), first, { outcome: 'declined' });
    await pay(house(), first);
    await pay(house(), second);
    await act(third, 'cancel');
    await refund(second, { amount: 300 });
    await house().moveClock(day);
    await refund(first, { releaseRedemption: true });
    const left = await open(house(), link);
    await house().moveClock(day);
    await house().worker.sweep();
    const waiting = await open(house(), link);
    await play(house(), waiting, { outcome: 'succeeded', delayMs: 3_600_000 });
    await open(house(), link);
    expect((await act(left, 'cancel')).body.status).toBe('expired');
    const stats = await statsOf(link, '?days=3');
    expect(stats).toMatchObject({
      status: 'active',
      redemptionCount: 1,
      reservedCount: 2,
      remaining: null,
      sessions: { open: 1, processing: 1, complete: 2, expired: 1, canceled: 1 },
      payments: {
        processing: 1,
        succeeded: 0,
        failed: 1,
        refunded: 1,
        partiallyRefunded: 1,
        disputed: 0,
        needsReview: 0,
      },
      collected: { currency: 'XAF', gross: 2_000, refunded: 1_300, net: 700 },
    });
    const money = { gross: 0, refunded: 0, net: 0 };
    const quiet = { sessionsCompleted: 0, paymentsSucceeded: 0, ...money };
    expect(stats.days.map(({ date, ...counts }: Json) => counts)).toEqual([
      {
        sessionsOpened: 3,
        sessionsCompleted: 2,
        paymentsSucceeded: 2,
        gross: 2_000,
        refunded: 300,
        net: 1_700,
      },
      { ...quiet, sessionsOpened: 1, refunded: 1_000, net: -1_000 },
      { ...quiet, sessionsOpened: 2 },
    ]);
    const payments = await listOf(house(), '/v1/payments', link);
    expect(stats.lastPaymentAt >= payments[2].createdAt).toBe(true);
    expect(dateOf(stats.lastPaymentAt)).toBe(stats.days[0].date);
    expect(await statsOf(link, '?days=1')).toEqual({ ...stats, days: stats.days.slice(2) });
    for (const read of [`/v1/payment-links/${link.id}`, `/v1/payment-links?limit=100`]) {
      const { body } = await house().call('GET', read);
      const seen = body.data?.find(({ id }: Json) => id === link.id) ?? body;
      expect([seen.redemptionCount, seen.reservedCount]).toEqual([1, 2]);
    }
  });

  it('count a payment that needs review, and money that came too late and went back', async () => {
    const link = await invoice(house(), { maxRedemptions: 1 });
    const late = await open(house(), link);
    await act(late, 'cancel');
    await pay(house(), await open(house(), link));
    const tell = (amount: number) =>
      applyProviderEvent(house().backend, {
        provider: 'sandbox',
        id: `${late.id}/${amount}`,
        sessionId: late.id,
        attempt: `${late.id}/${amount}`,
        type: 'succeeded',
        amount,
        currency: 'XAF',
        failureCode: null,
      });
    await tell(24_999);
    await tell(25_000);
    expect(await statsOf(link)).toMatchObject({
      status: 'exhausted',
      remaining: 0,
      payments: { succeeded: 1, refunded: 1, needsReview: 1 },
      collected: { gross: 50_000, refunded: 25_000, net: 25_000 },
    });
  });

  it.each(['0', '367', '-1', 'ten', '1.5', ''])('are not of “%s” days', async (days) => {
    const { id } = await invoice(house());
    const answer = await house().call('GET', `/v1/payment-links/${id}/stats?days=${days}`);
    expect([answer.status, answer.body.errors[0].path]).toEqual([422, 'days']);
  });

  it('are of up to a year', async () => {
    expect((await statsOf(await invoice(house()), '?days=366')).days).toHaveLength(366);
  });

  it('are the same before and after they are folded, by however many at once', async () => {
    const link = await donation(house());
    for (const amount of [100, 2_000, 777])
      await pay(house(), await open(house(), link, { customer: { email: 'a@b.example' }, amount }));
    const before = await statsOf(link);
    expect(before.collected.gross).toBe(2_877);
    await Promise.all([1, 2, 3, 4].map(() => foldLinkStats(house().backend)));
    expect(await statsOf(link)).toEqual(before);
    const { rows } = await sql`select 1 from link_change`.execute(house().backend.db);
    expect(rows).toEqual([]);
    await foldLinkStats(house().backend);
    expect(await statsOf(link)).toEqual(before);
  });

  it('are what the rows say whatever happens at once', async () => {
    const links = [await invoice(house()), await invoice(house(), { maxRedemptions: 30 })];
    const ends = ['pay', 'decline', 'cancel', 'leave', 'wait', 'refund', 'give back'] as const;
    const buyers = fc.array(fc.tuple(fc.nat(1), fc.constantFrom(...ends)), {
      minLength: 4,
      maxLength: 14,
    });
    await fc.assert(
      fc.asyncProperty(buyers, async (come) => {
        const buy = async ([index, end]: readonly [number, (typeof ends)[number]]) => {
          const { status, body: session } = await house().call(
            'POST',
            `/v1/public/payment-links/${links[index]?.id}/sessions`,
            { customer: { email: 'a@b.example' } },
            { key: null },
          );
          if (status !== 201) return;
          if (end === 'decline') await play(house(), session, { outcome: 'declined' });
          if (end === 'cancel') await act(session, 'cancel');
          if (end === 'wait')
            await play(house(), session, { outcome: 'succeeded', delayMs: 60_000 });
          if (['pay', 'refund', 'give back'].includes(end)) await pay(house(), session);
          if (end === 'refund') await refund(session, { amount: 1 });
          if (end === 'give back') await refund(session, { releaseRedemption: true });
        };
        await Promise.all([...come.map(buy), foldLinkStats(house().backend)]);
        await house().moveClock(600);
        await house().worker.sweep();
        await expectSoundBooks(house());
      }),
      { numRuns: 4, endOnFailure: true },
    );
  }, 90_000);
});

describe('reading statistics', () => {
  const house = useHouse('PostgreSQL');

  it('costs the same with twenty times as many sessions', async () => {
    const { backend } = house();
    const { db } = backend;
    const link = await invoice(house());
    await pay(house(), await open(house(), link));
    /** As if so many had come, a hundred a day. */
    const come = async (from: number, to: number) => {
      await sql`insert into checkout_session (id, account_id, payment_link_id, currency, total, totals, customer,
          custom_fields, metadata, utm, embeddable, provider, test_mode, lifetime_seconds, expires_at, created_at)
        select 'cs_' || n, account_id, payment_link_id, currency, total, totals, customer, custom_fields, metadata,
          utm, embeddable, provider, test_mode, lifetime_seconds, expires_at, created_at - n * interval '14 minutes'
        from checkout_session, generate_series(${from}::int, ${to}::int) n where status = 'complete'`.execute(
        db,
      );
      await sql`insert into payment (id, account_id, checkout_session_id, payment_link_id, amount, currency, status,
          provider, provider_ref, test_mode)
        select 'pay_' || n, account_id, 'cs_' || n, payment_link_id, amount, currency, 'succeeded', provider,
          'n' || n, test_mode
        from payment, generate_series(${from}::int, ${to}::int) n where status = 'succeeded' and provider_ref like 'cs_%'`.execute(
        db,
      );
      await foldLinkStats(backend);
      await run('vacuum analyze');
    };
    const run = (text: string, parameters: readonly unknown[] = []) =>
      db.executeQuery(CompiledQuery.raw(text, [...parameters]));
    /** Pages that all statements of the answer read. */
    const cost = async () => {
      const asked: CompiledQuery[] = [];
      const watched = db.withPlugin({
        transformQuery: ({ node, queryId }) => {
          asked.push(db.getExecutor().compileQuery(node, queryId));
          return node;
        },
        transformResult: async ({ result }) => result,
      });
      await readLinkStats({ ...backend, db: watched }, link.id, 30);
      let pages = 0;
      for (const { sql: text, parameters } of asked) {
        const { rows } = await run(`explain (analyze, buffers, format json) ${text}`, parameters);
        const [plan] = Object.values(rows[0] as object) as [[{ Plan: Record<string, number> }]];
        pages +=
          (plan[0].Plan['Shared Hit Blocks'] ?? 0) + (plan[0].Plan['Shared Read Blocks'] ?? 0);
      }
      expect(asked.length).toBeGreaterThanOrEqual(3);
      return pages;
    };
    await come(1, 1_000);
    const few = await cost();
    await come(1_001, 20_000);
    const many = await cost();
    expect(few).toBeGreaterThan(0);
    expect(many / few).toBeLessThanOrEqual(1.3);
    const stats = await readLinkStats(backend, link.id, 1);
    expect(stats.sessions).toMatchObject({ open: 20_000, complete: 1 });
    expect(stats.payments.succeeded).toBe(20_001);
  });
});
