import { sql } from 'kysely';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import {
  deliverySchema,
  endpointSchema,
  eventTypes,
  merchantLinkSchema,
  merchantSessionSchema,
  paymentSchema,
  refundSchema,
  subscriptionSchema,
  webhookEventSchema,
} from '../../src/contract/index.js';
import { transaction } from '../../src/server/store/database.js';
import { claimDeliveries } from '../../src/server/store/webhook-deliveries.js';
import { newDatabase, openHouse, type StoreName, storeNames, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { invoice, type Json, make } from './offers.js';
import { type Heard, openReceiver, type Receiver, verify } from './receiver.js';

const day = 24 * 3600;
const path = '/v1/webhook-endpoints';
const waits = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

describe.each(storeNames)('a webhook endpoint on %s', (store: StoreName) => {
  // No delay is drawn by chance, so that it is known to the second.
  const house = useHouse(store, { random: () => 0.5 });
  const opened: { receiver: Receiver; endpoint: Json }[] = [];
  afterEach(async () => {
    for (const { receiver, endpoint } of opened.splice(0)) {
      await house().call('DELETE', `${path}/${endpoint.id}`);
      await receiver.close();
    }
    expect(house().logged).toEqual([]);
  });
  afterAll(() => expectSoundBooks(house()));

  async function listening(more: object = {}, ...answers: (number | 'hang')[]) {
    const receiver = await openReceiver();
    receiver.answers.push(...answers);
    const endpoint = await make(house(), path, {
      url: receiver.url,
      eventTypes: ['payment_link.created'],
      ...more,
    });
    opened.push({ receiver, endpoint });
    return { receiver, endpoint };
  }
  const read = async ({ id }: Json) => (await house().call('GET', `${path}/${id}`)).body;
  const change = async ({ id }: Json, changes: object) =>
    (await house().call('PATCH', `${path}/${id}`, changes)).body;
  const post = (at: string, body?: object, headers?: Record<string, string>) =>
    house().call('POST', at, body, headers && { headers });
  const rotated = async ({ id }: Json) => (await post(`${path}/${id}/rotate`)).body;
  const log = async ({ id }: Json, query = ''): Promise<Json[]> =>
    (await house().call('GET', `${path}/${id}/deliveries${query}`)).body.data;
  const sweep = () => house().worker.sweep();
  const later = async (seconds: number) => {
    await house().moveClock(seconds);
    await sweep();
  };
  const happen = async () => {
    const link = await invoice(house());
    await sweep();
    return link;
  };
  const last = ({ heard }: Receiver) => heard.at(-1) as Heard;

  it('tries for 75 h 35 m, ten times, the same bytes under the same id, then gives it up', async () => {
    const { receiver, endpoint } = await listening({}, ...Array(10).fill(500));
    await happen();
    for (const [index, wait] of waits.entries()) {
      await later(wait - 2);
      expect(receiver.heard).toHaveLength(index + 1);
      await later(2);
      expect(receiver.heard).toHaveLength(index + 2);
    }
    await later(30 * day);
    expect(receiver.heard).toHaveLength(10);
    expect(new Set(receiver.heard.map(({ raw }) => raw)).size).toBe(1);
    expect(new Set(receiver.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const [delivery] = await log(endpoint);
    expect(delivery).toMatchObject({ status: 'dead', nextAttemptAt: null });
    expect((await read(endpoint)).isEnabled).toBe(true);
  });

  it('that answers 410 is disabled, says so, and gets what has waited once it is enabled again', async () => {
    const { receiver, endpoint } = await listening({}, 200, 410);
    await happen();
    expect(await read(endpoint)).toMatchObject({ isEnabled: true, disabledReason: null });
    await happen();
    const off = await read(endpoint);
    expect(off).toMatchObject({ isEnabled: false, disabledReason: 'gone' });
    expect(off.disabledAt).toBeTruthy();
    const [waiting] = await log(endpoint, '?status=pending');
    expect(waiting).toMatchObject({ nextAttemptAt: null, attempts: [{ responseStatus: 410 }] });
    await later(10);
    await happen();
    expect(receiver.heard).toHaveLength(2);
    expect(await change(endpoint, { isEnabled: false })).toEqual(off);
    const on = await change(endpoint, { isEnabled: true });
    expect(on).toMatchObject({ isEnabled: true, disabledReason: null, disabledAt: null });
    await sweep();
    expect(receiver.heard).toHaveLength(3);
    expect(last(receiver).raw).toBe(receiver.heard[1]?.raw);
    expect((await log(endpoint)).map(({ status }) => status)).toEqual(['delivered', 'delivered']);
  });

  it('at which everything fails for five days is disabled, and says so', async () => {
    const { receiver, endpoint } = await listening({}, ...Array(40).fill(503));
    await happen();
    expect((await read(endpoint)).failingSince).toBeTruthy();
    for (let hours = 0; hours < 119; hours += 7) await later(7 * 3600);
    await happen();
    expect((await read(endpoint)).isEnabled).toBe(true);
    expect(receiver.heard.length).toBeGreaterThanOrEqual(10);
    await later(day);
    const off = await read(endpoint);
    expect(off).toMatchObject({ isEnabled: false, disabledReason: 'failing' });
    const tried = receiver.heard.length;
    await later(day);
    await happen();
    expect(receiver.heard).toHaveLength(tried);
    receiver.answers.length = 0;
    const on = await change(endpoint, { isEnabled: true });
    expect(on).toMatchObject({ disabledReason: null, failingSince: null });
    await sweep();
    expect(receiver.heard).toHaveLength(tried + 1);
  });

  it('at which one thing works now and then stays enabled', async () => {
    const { receiver, endpoint } = await listening({}, ...Array(9).fill(500));
    await happen();
    for (let days = 0; days < 4; days += 1) await later(day);
    receiver.answers.length = 0;
    await happen();
    expect((await read(endpoint)).failingSince).toBeNull();
    receiver.answers.push(...Array(30).fill(500));
    for (let days = 0; days < 4; days += 1) {
      await happen();
      await later(day);
    }
    expect(await read(endpoint)).toMatchObject({ isEnabled: true, disabledReason: null });
  });

  it('is switched off by its merchant, which is told apart', async () => {
    const { endpoint } = await listening();
    expect(await change(endpoint, { isEnabled: false })).toMatchObject({
      isEnabled: false,
      disabledReason: 'merchant',
      disabledAt: expect.any(String),
    });
  });

  it('is signed with two secrets for 24 h after a rotation, the older of three is dropped', async () => {
    const { receiver, endpoint } = await listening();
    const first = endpoint.secret;
    const second = await rotated(endpoint);
    expect(second.secret).toMatch(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/);
    expect(second.secret).not.toBe(first);
    expect(endpointSchema().parse(second)).toEqual(second);
    const left = Date.parse(second.previousSecretExpiresAt) - Date.parse(second.createdAt);
    expect(left).toBeGreaterThan(86_390_000);
    await happen();
    const signatures = (heard: Heard) => String(heard.headers['webhook-signature']).split(' ');
    expect(signatures(last(receiver))).toHaveLength(2);
    for (const secret of [first, second.secret]) verify(secret, last(receiver));
    const third = (await rotated(endpoint)).secret;
    await happen();
    expect(signatures(last(receiver))).toHaveLength(2);
    for (const secret of [second.secret, third]) verify(secret, last(receiver));
    expect(() => verify(first, last(receiver))).toThrow();
    await house().moveClock(day - 60);
    await happen();
    verify(second.secret, last(receiver));
    await house().moveClock(120);
    // The same sweep forgets the old secret and delivers.
    await happen();
    expect(signatures(last(receiver))).toHaveLength(1);
    verify(third, last(receiver));
    expect(() => verify(second.secret, last(receiver))).toThrow();
    const seen = await house().call('GET', `${path}/${endpoint.id}`);
    expect(seen.body.previousSecretExpiresAt).toBeNull();
    expect(seen.text).not.toContain('whsec_');
  });

  it('keeps both secrets sealed, and shows a new one once, replays included', async () => {
    const { endpoint } = await listening();
    const at = `${path}/${endpoint.id}/rotate`;
    const first = await post(at, undefined, { 'idempotency-key': `rotate-${store}` });
    const again = await post(at, undefined, { 'idempotency-key': `rotate-${store}` });
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual({ ...first.body, secret: 'whsec_…' });
    const { rows } = await sql<{ text: string }>`
      select row_to_json(e)::text as text from webhook_endpoint e where id = ${endpoint.id}
      union all select row_to_json(k)::text from idempotency_key k`.execute(house().backend.db);
    for (const secret of [endpoint.secret, first.body.secret])
      for (const { text } of rows) expect(text).not.toContain(secret.slice('whsec_'.length, 20));
    expect(rows[0]?.text).toMatch(/"previous_secret":"v1\./);
  });

  it.each([...eventTypes])(
    'can be tried with an event of type %s, marked as a test',
    async (type) => {
      const { receiver, endpoint } = await listening({ eventTypes: [] });
      const { status, body } = await post(`${path}/${endpoint.id}/test`, { eventType: type });
      expect(status).toBe(200);
      expect(body).toMatchObject({ status: 'delivered', isTest: true, eventType: type });
      expect(deliverySchema().parse(body)).toEqual(body);
      const { raw, headers, body: told } = last(receiver);
      verify(endpoint.secret, { raw, headers });
      expect(told).toMatchObject({ type, isTest: true, data: { testMode: true } });
      expect(told.id).toBe(headers['webhook-id']);
      expect(webhookEventSchema().parse(told)).toEqual(told);
      const views = {
        payment_link: merchantLinkSchema(),
        checkout_session: merchantSessionSchema(),
        payment: paymentSchema(),
        subscription: subscriptionSchema(),
      };
      const { paymentLinkId, refund, ...data } = told.data;
      const view = views[told.data.object as keyof typeof views];
      expect(view.parse(told.data)).toMatchObject(data);
      expect(refund !== undefined).toBe(type.startsWith('payment.refund'));
      if (refund) expect(refundSchema().parse(refund)).toEqual(refund);
      const listed = await house().call('GET', `/v1/events?type=${type}&limit=100`);
      expect(listed.text).not.toContain(told.id);
      expect((await house().call('GET', `/v1/events/${told.id}`)).body).toEqual(told);
    },
  );

  it('can be tried while it is disabled, and the test counts neither for it nor against it', async () => {
    const { receiver, endpoint } = await listening({}, 410, 200);
    await change(endpoint, { isEnabled: false });
    const test = () => post(`${path}/${endpoint.id}/test`);
    expect((await test()).body).toMatchObject({
      status: 'dead',
      eventType: 'payment_link.created',
      attempts: [{ responseStatus: 410, error: 'answered 410' }],
      nextAttemptAt: null,
    });
    expect((await test()).body.status).toBe('delivered');
    expect(await read(endpoint)).toMatchObject({ disabledReason: 'merchant', failingSince: null });
    await receiver.close();
    expect((await test()).body.attempts[0]).toMatchObject({
      responseStatus: null,
      error: 'ECONNREFUSED',
    });
    await later(day);
    expect(receiver.heard).toHaveLength(2);
    const { status, body } = await post(`${path}/${endpoint.id}/test`, {
      eventType: 'payment.failed',
    });
    expect([status, body.errors[0].path]).toEqual([422, 'eventType']);
    const [{ eventId }] = await log(endpoint);
    expect((await post(`/v1/events/${eventId}/resend`)).status).toBe(409);
  });

  it('has a log of its deliveries: newest first, paged, by status, with every attempt', async () => {
    const { receiver, endpoint } = await listening({}, 200, 500, 302);
    const links = [await happen(), await happen()];
    await later(5);
    links.push(await happen());
    const all = await log(endpoint);
    for (const delivery of all) expect(deliverySchema().parse(delivery)).toEqual(delivery);
    const events = await Promise.all(
      all.map(async ({ eventId }) => (await house().call('GET', `/v1/events/${eventId}`)).body),
    );
    expect(events.map(({ data }) => data.id)).toEqual(links.map(({ id }) => id).reverse());
    expect(all.map(({ status }) => status)).toEqual(['delivered', 'pending', 'delivered']);
    const [, pending] = all;
    expect(pending.attempts).toEqual([
      {
        startedAt: expect.any(String),
        durationMs: expect.any(Number),
        responseStatus: 500,
        error: 'answered 500',
      },
      {
        startedAt: expect.any(String),
        durationMs: expect.any(Number),
        responseStatus: 302,
        error: 'answered 302',
      },
    ]);
    const [one, two] = pending.attempts.map(({ startedAt }: Json) => Date.parse(startedAt));
    expect(two - one).toBeGreaterThan(4_500);
    expect(Date.parse(pending.nextAttemptAt) - two).toBeGreaterThan(299_000);
    expect(await log(endpoint, '?status=pending')).toEqual([pending]);
    expect(await log(endpoint, '?status=dead')).toEqual([]);
    const at = `${path}/${endpoint.id}/deliveries?limit=2`;
    const first = (await house().call('GET', at)).body;
    const second = (await house().call('GET', `${at}&cursor=${first.nextCursor}`)).body;
    expect([...first.data, ...second.data]).toEqual(all);
    expect(second.nextCursor).toBeNull();
    for (const query of ['status=gone', 'limit=0', 'cursor=nonsense']) {
      const answer = await house().call('GET', `${path}/${endpoint.id}/deliveries?${query}`);
      expect([query, answer.status]).toEqual([query, 422]);
    }
    // The receiver answers "noted": that is nowhere to be read.
    expect(receiver.heard.length).toBeGreaterThan(3);
    expect(JSON.stringify(all)).not.toContain('noted');
  });

  it('gets an event again when asked for: delivered, dead, or never sent there before', async () => {
    const { receiver, endpoint } = await listening({}, 200);
    await happen();
    const event = last(receiver);
    const at = `/v1/events/${event.body.id}/resend`;
    const same = (heard: Heard) => {
      expect(heard.raw).toBe(event.raw);
      expect(heard.headers['webhook-id']).toBe(event.headers['webhook-id']);
      verify(endpoint.secret, heard);
    };
    const { status, body } = await post(at);
    expect(status).toBe(200);
    expect(body.data).toMatchObject([
      { eventId: event.body.id, endpointId: endpoint.id, status: 'pending', attempts: [{}] },
    ]);
    await sweep();
    expect(receiver.heard).toHaveLength(2);
    same(last(receiver));
    receiver.answers.push(...Array(10).fill(500));
    await post(at);
    await sweep();
    for (const wait of waits) await later(wait);
    expect((await log(endpoint))[0].status).toBe('dead');
    const newcomer = await listening();
    const deaf = await listening({ eventTypes: ['payment.failed'] });
    const off = await listening();
    await change(off.endpoint, { isEnabled: false });
    const woken = (await post(at, {})).body.data.map(({ endpointId }: Json) => endpointId);
    expect(woken.sort()).toEqual([endpoint.id, newcomer.endpoint.id].sort());
    await sweep();
    same(last(receiver));
    expect(last(newcomer.receiver).raw).toBe(event.raw);
    expect([deaf, off].map((one) => one.receiver.heard.length)).toEqual([0, 0]);
    const delivery = (await log(endpoint))[0];
    expect(delivery.status).toBe('delivered');
    expect(delivery.attempts.length).toBeLessThanOrEqual(20);
    const before = receiver.heard.length;
    await post(at, { endpointId: newcomer.endpoint.id });
    await sweep();
    expect([receiver.heard.length, newcomer.receiver.heard.length]).toEqual([before, 2]);
    for (const one of [deaf, off])
      expect((await post(at, { endpointId: one.endpoint.id })).body.code).toBe('conflict');
    expect((await post(`/v1/events/evt_${'0'.repeat(24)}/resend`)).body.code).toBe('not_found');
  });

  it('gets an event that is asked for while it is on its way at least once, and it ends as delivered', async () => {
    const { receiver, endpoint } = await listening({}, 200);
    const link = await invoice(house());
    const { body } = await house().call('GET', `/v1/events?paymentLinkId=${link.id}`);
    const at = `/v1/events/${body.data[0].id}/resend`;
    await Promise.all([sweep(), post(at), post(at), sweep()]);
    await sweep();
    expect(receiver.heard.length).toBeGreaterThanOrEqual(1);
    expect(await log(endpoint)).toMatchObject([{ status: 'delivered' }]);
  });

  it('gets what a process that was killed had taken, within a minute', async () => {
    const { receiver, endpoint } = await listening();
    await invoice(house());
    const claim = { mostAtOnce: 10, underWay: {} };
    expect(await claimDeliveries(house().backend.db, claim)).toHaveLength(1);
    await later(43);
    expect(receiver.heard).toHaveLength(0);
    await later(3);
    expect(receiver.heard).toHaveLength(1);
    expect(await log(endpoint)).toMatchObject([{ status: 'delivered', attempts: [{}] }]);
  });

  it('has a log that grows only so far, and goes back thirty days', async () => {
    const { receiver, endpoint } = await listening({}, ...Array(40).fill(500));
    await happen();
    const at = `/v1/events/${last(receiver).body.id}/resend`;
    for (let times = 0; times < 24; times += 1) {
      await post(at);
      await sweep();
    }
    expect(receiver.heard).toHaveLength(25);
    const [{ attempts }] = await log(endpoint);
    expect(attempts.length).toBeGreaterThanOrEqual(10);
    expect(attempts.length).toBeLessThanOrEqual(20);
    await change(endpoint, { isEnabled: false });
    await later(31 * day);
    expect((await log(endpoint))[0].attempts).toEqual([]);
  });
});

it('is no row that its deliveries wait for: they are noted while somebody changes it', async () => {
  const house = await openHouse('PostgreSQL');
  const receiver = await openReceiver();
  receiver.answers.push(500, 200, 503, 200);
  const endpoint = await make(house, path, { url: receiver.url });
  await transaction(house.backend.db, async (tx) => {
    await sql`select 1 from webhook_endpoint where id = ${endpoint.id} for no key update`.execute(
      tx,
    );
    for (let times = 0; times < 4; times += 1) await invoice(house);
    await house.worker.sweep();
    const { body } = await house.call('GET', `${path}/${endpoint.id}/deliveries`);
    const statuses = body.data.map(({ status }: Json) => status).sort();
    expect(statuses).toEqual(['delivered', 'delivered', 'pending', 'pending']);
  });
  await house.close();
  await receiver.close();
  expect(house.logged).toEqual([]);
});

it('is owed what was under way when the process stopped: no attempt is counted for it', async () => {
  const place = await newDatabase();
  const stopping = await openHouse('PostgreSQL', place);
  const receiver = await openReceiver();
  receiver.answers.push('hang');
  const endpoint = await make(stopping, path, { url: receiver.url });
  await stopping.worker.start();
  await invoice(stopping);
  await receiver.until((heard) => heard.length === 1);
  await stopping.close();
  const next = await openHouse('PostgreSQL', place);
  const log = async () =>
    (await next.call('GET', `${path}/${endpoint.id}/deliveries`)).body.data as Json[];
  expect(await log()).toMatchObject([{ status: 'pending', attempts: [] }]);
  await next.worker.sweep();
  expect(await log()).toMatchObject([{ status: 'delivered', attempts: [{}] }]);
  expect(receiver.heard).toHaveLength(2);
  await next.close();
  await receiver.close();
  expect([...stopping.logged, ...next.logged]).toEqual([]);
});
