import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StoreName, storeNames, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { invoice, type Json, make, membership, open, pay } from './offers.js';
import { type Heard, openReceiver, type Receiver, verify } from './receiver.js';

describe.each(storeNames)('webhooks on %s', (store: StoreName) => {
  const house = useHouse(store);
  const receivers: Receiver[] = [];
  beforeAll(() => house().worker.start());
  afterAll(async () => {
    await expectSoundBooks(house());
    await Promise.all(receivers.map((receiver) => receiver.close()));
  });

  async function listening(eventTypes: string[] = [], ...answers: (number | 'hang')[]) {
    const receiver = await openReceiver();
    receivers.push(receiver);
    receiver.answers.push(...answers);
    const endpoint = await make(house(), '/v1/webhook-endpoints', {
      url: receiver.url,
      eventTypes,
    });
    return { receiver, endpoint };
  }
  const typed = (type: string, id?: string) => (heard: Heard[]) =>
    heard.find(({ body }) => body.type === type && (id ?? body.data.id) === body.data.id);
  const without = (endpoint: Json) =>
    house().call('DELETE', `/v1/webhook-endpoints/${endpoint.id}`);

  it('tell of every step of a purchase and of a link’s changes, signed, within two seconds', async () => {
    const { receiver, endpoint } = await listening();
    const link = await invoice(house(), { maxRedemptions: 1 });
    const path = `/v1/payment-links/${link.id}`;
    await house().call('PATCH', path, { name: 'Invoice 18' });
    await house().call('PATCH', path, { isActive: false });
    await house().call('PATCH', path, { isActive: true });
    const session = await open(house(), link);
    const before = Date.now();
    await pay(house(), session);
    const { at } = await receiver.until(typed('payment_link.exhausted'));
    expect(at - before).toBeLessThan(2_000);
    const types = [
      ...['payment_link.created', 'payment_link.updated', 'payment_link.deactivated'],
      ...['payment_link.activated', 'checkout_session.opened', 'payment.succeeded'],
      ...['checkout_session.completed', 'payment_link.exhausted'],
    ];
    await receiver.until((heard) => heard.length === types.length);
    expect(receiver.heard.map(({ body }) => body.type).sort()).toEqual([...types].sort());
    for (const heard of receiver.heard) {
      expect(verify(endpoint.secret, heard)).toEqual(heard.body);
      expect(heard.headers['webhook-id']).toBe(heard.body.id);
      expect(heard.body.data.paymentLinkId).toBe(link.id);
      expect(Object.keys(heard.body).sort()).toEqual(['createdAt', 'data', 'id', 'type']);
      const { body } = await house().call('GET', `/v1/events/${heard.body.id}`);
      expect(body).toEqual(heard.body);
    }
    const done = typed('checkout_session.completed', session.id)(receiver.heard)?.body.data;
    const read = await house().call('GET', `/v1/checkout-sessions/${session.id}`);
    expect(done).toEqual({ ...read.body, ...done, status: 'complete' });
    expect(done.customer.email).toBe('anna@example.com');
    await without(endpoint);
  });

  it('tell of a subscription that starts', async () => {
    const { receiver, endpoint } = await listening(['subscription.created']);
    const { link, seen } = await membership(house(), { trialPeriodDays: 7 });
    const [item] = seen.items;
    const items = [{ itemId: item.id, priceId: item.prices[0].id, quantity: 1 }];
    await pay(house(), await open(house(), link, { customer: { email: 'a@b.example' }, items }));
    const { body } = await receiver.until(typed('subscription.created'));
    expect(body.data).toMatchObject({ paymentLinkId: link.id, status: 'trialing', amount: 1_000 });
    expect(receiver.heard).toHaveLength(1);
    await without(endpoint);
  });

  it('come again about five seconds after a failure, the same bytes under the same id', async () => {
    // A redirect is a failure too: it could lead anywhere.
    const sides = await Promise.all(
      [500, 302].map((status) => listening(['payment_link.created'], status)),
    );
    await invoice(house());
    for (const { receiver, endpoint } of sides) {
      await receiver.until((heard) => heard.length === 2);
      const [first, second] = receiver.heard as [Heard, Heard];
      expect(second.at - first.at).toBeGreaterThan(4_500);
      expect(second.at - first.at).toBeLessThan(7_500);
      expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
      expect(second.raw).toBe(first.raw);
      verify(endpoint.secret, second);
      await without(endpoint);
    }
  });

  it('are found out when a byte, an id or a secret is another one', async () => {
    const { receiver, endpoint } = await listening(['payment_link.created']);
    const other = await listening(['payment_link.created']);
    await invoice(house());
    const { raw, headers } = await receiver.until((heard) => heard[0]);
    expect(verify(endpoint.secret, { raw, headers })).toBeTruthy();
    // Every byte counts: of the body, of the id, of the time and of the signature.
    const flips = (text: string) =>
      Array.from({ length: text.length }, (_, at) => {
        const other = String.fromCharCode(text.charCodeAt(at) ^ 1);
        return text.slice(0, at) + other + text.slice(at + 1);
      });
    for (const flipped of flips(raw))
      expect(() => verify(endpoint.secret, { raw: flipped, headers })).toThrow();
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
      for (const flipped of flips(String(headers[name])))
        expect(() =>
          verify(endpoint.secret, { raw, headers: { ...headers, [name]: flipped } }),
        ).toThrow();
    const renamed = { ...headers, 'webhook-id': 'evt_other' };
    expect(() => verify(endpoint.secret, { raw, headers: renamed })).toThrow();
    expect(() => verify(other.endpoint.secret, { raw, headers })).toThrow();
    await Promise.all([without(endpoint), without(other.endpoint)]);
  });

  it('of one receiver that never answers keep no other waiting', async () => {
    const mute = await listening(['payment_link.created'], ...Array(20).fill('hang'));
    const quick = await listening(['payment_link.created']);
    for (let times = 1; times <= 4; times += 1) {
      const before = Date.now();
      const link = await invoice(house());
      await quick.receiver.until(typed('payment_link.created', link.id), 5_000);
      expect(Date.now() - before).toBeLessThan(2_000);
    }
    await Promise.all([without(mute.endpoint), without(quick.endpoint)]);
    await mute.receiver.close();
  });

  it('no longer reach an endpoint that is deleted or switched off', async () => {
    const deleted = await listening(['payment_link.created'], 500);
    const off = await listening(['payment_link.created'], 500);
    await invoice(house());
    await Promise.all([deleted, off].map(({ receiver }) => receiver.until((heard) => heard[0])));
    await without(deleted.endpoint);
    const path = `/v1/webhook-endpoints/${off.endpoint.id}`;
    expect((await house().call('PATCH', path, { isEnabled: false })).body.isEnabled).toBe(false);
    await house().moveClock(10);
    await house().worker.sweep();
    expect([deleted, off].map(({ receiver }) => receiver.heard.length)).toEqual([1, 1]);
    await house().call('PATCH', path, { isEnabled: true });
    await house().worker.sweep();
    // A round that was under way when it was switched on knew nothing of it: the next one does.
    await off.receiver.until((heard) => heard[1]);
    expect([deleted, off].map(({ receiver }) => receiver.heard.length)).toEqual([1, 2]);
    await without(off.endpoint);
  });

  it('keep their signing secret: told once, sealed at rest', async () => {
    const { endpoint } = await listening();
    expect(endpoint.secret).toMatch(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/);
    const path = '/v1/webhook-endpoints';
    const answers = [
      await house().call('GET', path),
      await house().call('GET', `${path}/${endpoint.id}`),
      await house().call('PATCH', `${path}/${endpoint.id}`, {}),
    ];
    for (const { text } of answers) expect(text).not.toContain('whsec_');
    const { rows } = await sql<{ row: string }>`
      select row_to_json(webhook_endpoint)::text as row from webhook_endpoint
      where id = ${endpoint.id}`.execute(house().backend.db);
    const raw = endpoint.secret.slice('whsec_'.length);
    expect(rows[0]?.row).toContain(endpoint.id);
    expect(rows[0]?.row).not.toContain(raw);
    expect(rows[0]?.row).not.toContain(Buffer.from(raw, 'base64').toString('hex'));
    await without(endpoint);
  });
});
