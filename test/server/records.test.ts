import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type IdKind,
  isId,
  merchantSessionSchema,
  paymentSchema,
  subscriptionSchema,
  webhookEventSchema,
} from '../../src/contract/index.js';
import { useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { anna, invoice, type Json, listOf, membership, open, pay, play } from './offers.js';

const house = useHouse();
afterAll(() => expectSoundBooks(house()));

const made: { paid?: Json; failed?: Json; member?: Json; link?: Json; plan?: Json } = {};
beforeAll(async () => {
  made.link = await invoice(house());
  made.paid = await pay(house(), await open(house(), made.link));
  made.failed = await play(house(), await open(house(), made.link), { outcome: 'declined' });
  const { link, seen } = await membership(house(), { setupFee: 500 });
  made.plan = link;
  const [plan, fee] = seen.items;
  const items = [
    { itemId: plan.id, priceId: plan.prices[0].id, quantity: 1 },
    { itemId: fee.id, quantity: 1 },
  ];
  made.member = await pay(house(), await open(house(), link, { ...anna, items }));
});

const get = async (path: string) => (await house().call('GET', path)).body;

const resources = [
  ['checkout-sessions', 'checkoutSession', merchantSessionSchema, 'complete', 2],
  ['payments', 'payment', paymentSchema, 'succeeded', 2],
  ['subscriptions', 'subscription', subscriptionSchema, 'active', 1],
  ['events', 'event', webhookEventSchema, undefined, 0],
] as const;

describe.each(resources)('%s', (name, kind, schema, status, withStatus) => {
  it('are listed and read alike, newest first', async () => {
    const { data, nextCursor } = await get(`/v1/${name}?limit=100`);
    expect(nextCursor).toBeNull();
    expect(data.length).toBeGreaterThan(0);
    const times = data.map(({ createdAt }: Json) => Date.parse(createdAt));
    expect(times).toEqual([...times].sort((one, other) => other - one));
    for (const one of data) {
      expect(isId(kind as IdKind, one.id)).toBe(true);
      expect(schema().parse(one)).toEqual(one);
      expect(await get(`/v1/${name}/${one.id}`)).toEqual(one);
    }
  });

  it('are filtered by link and by status', async () => {
    for (const one of await listOf(house(), `/v1/${name}`, made.plan))
      expect(one.paymentLinkId ?? one.data.paymentLinkId).toBe(made.plan.id);
    expect((await listOf(house(), `/v1/${name}`, made.plan)).length).toBeGreaterThan(0);
    if (status) expect((await get(`/v1/${name}?status=${status}`)).data).toHaveLength(withStatus);
  });

  it('come page by page', async () => {
    const all = (await get(`/v1/${name}?limit=100`)).data.map(({ id }: Json) => id);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { data, nextCursor } = await get(`/v1/${name}?limit=1${cursor && `&cursor=${cursor}`}`);
      paged.push(...data.map(({ id }: Json) => id));
      cursor = nextCursor;
    }
    expect(paged).toEqual(all);
  });
});

describe.each(['checkout-sessions', 'payments', 'subscriptions'])(
  '%s of a span of time',
  (name) => {
    const times = ['2030-05-03T21:59:59.999Z', '2030-05-03T22:00:00Z', '2030-05-04T22:00:00Z'];
    const foundIn = async (query: string) =>
      (await get(`/v1/${name}?limit=100&${query}`)).data.map(({ createdAt }: Json) => createdAt);

    it('begin with the first instant, and end before the last', async () => {
      const { db } = house().backend;
      const table = name.replace('-', '_').slice(0, -1);
      const { data } = await get(`/v1/${name}?limit=1`);
      const setTo = (at: string) =>
        sql`update ${sql.table(table)} set created_at = ${at} where id = ${data[0].id}`.execute(db);
      const day = 'from=2030-05-03T22:00:00Z&to=2030-05-04T22:00Z';
      const found = [];
      for (const at of times) {
        await setTo(at);
        found.push((await foundIn(day)).length);
      }
      expect(found).toEqual([0, 1, 0]);
      expect(await foundIn('from=2030-05-04T22:00:00Z')).toEqual(['2030-05-04T22:00:00.000Z']);
      expect(await foundIn('from=2030-05-04T22:00:00.001Z')).toEqual([]);
      await setTo(data[0].createdAt);
      expect(await foundIn('to=2000-01-01T00:00:00Z')).toEqual([]);
    });

    it.each([
      ['from', 'from='],
      ['from', 'from=2030-02-30T00:00:00Z'],
      ['from', 'from=2030-05-04T25:00:00Z'],
      ['to', 'to=soon'],
      ['to', 'to=2030-05-04T10:00:00'],
      ['to', 'from=2030-05-04T10:00:00Z&to=2030-05-04T10:00:00Z'],
    ])('are refused with a faulty %s: ?%s', async (path, query) => {
      const { status, body } = await house().call('GET', `/v1/${name}?${query}`);
      expect([status, body.code, body.errors[0].path]).toEqual([422, 'validation_failed', path]);
    });
  },
);

it('payments of a span of time come page by page', async () => {
  const span = 'from=2000-01-01T00:00:00Z&to=2900-01-01T00:00:00Z';
  const first = await get(`/v1/payments?limit=1&${span}`);
  const second = await get(`/v1/payments?limit=1&${span}&cursor=${first.nextCursor}`);
  const all = (await get('/v1/payments?limit=2')).data;
  expect([...first.data, ...second.data]).toEqual(all);
});

describe('a payment', () => {
  it('tells of the attempt: what, for which session, and how it went', async () => {
    const [paid, failed] = await listOf(house(), '/v1/payments', made.link);
    expect(paid).toMatchObject({
      checkoutSessionId: made.paid.id,
      amount: 25_000,
      currency: 'XAF',
      refundedAmount: 0,
      status: 'succeeded',
      failure: null,
      testMode: true,
    });
    expect(failed).toMatchObject({ status: 'failed', failure: { code: 'declined' } });
    expect((await get(`/v1/checkout-sessions/${made.paid.id}`)).paymentId).toBe(paid.id);
  });

  it('is found by its session and by its subscription, and its events by its id', async () => {
    const [paid] = (await get(`/v1/payments?checkoutSessionId=${made.paid.id}`)).data;
    expect(paid).toMatchObject({ checkoutSessionId: made.paid.id, amount: 25_000 });
    const { subscriptionId } = await get(`/v1/checkout-sessions/${made.member.id}`);
    const { data } = await get(`/v1/payments?subscriptionId=${subscriptionId}`);
    expect(data).toMatchObject([{ checkoutSessionId: made.member.id, subscriptionId }]);
    const told = await get(`/v1/events?objectId=${paid.id}`);
    expect(told.data).toMatchObject([{ type: 'payment.succeeded', data: { id: paid.id } }]);
    for (const query of ['payments?subscriptionId=1', 'events?objectId=re_1'])
      expect((await house().call('GET', `/v1/${query}`)).status).toBe(422);
  });
});

describe('a subscription', () => {
  it('starts with the first payment, at the price that recurs', async () => {
    const [subscription] = await listOf(house(), '/v1/subscriptions', made.plan);
    expect(subscription).toMatchObject({
      object: 'subscription',
      checkoutSessionId: made.member.id,
      status: 'active',
      amount: 1_000,
      currency: 'EUR',
      interval: 'month',
      intervalCount: 1,
      trialEndsAt: null,
      customer: { email: 'anna@example.com' },
    });
    const { totals } = await get(`/v1/checkout-sessions/${made.member.id}`);
    expect(subscription.nextChargeAt).toBe(totals.recurring.nextChargeAt);
    const [payment] = await listOf(house(), '/v1/payments', made.plan);
    expect(payment.amount).toBe(1_500);
    const session = await get(`/v1/checkout-sessions/${made.member.id}`);
    expect(session.subscriptionId).toBe(subscription.id);
  });
});
