import { afterAll, describe, expect, it } from 'vitest';
import { useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { eventTypesOf, invoice, type Json, make, open, pay, seenBy, tryOpen } from './offers.js';

const house = useHouse();
afterAll(() => expectSoundBooks(house()));

const change = (link: Json, changes: object) =>
  house().call('PATCH', `/v1/payment-links/${link.id}`, changes);
const nowOf = async (link: Json) => Date.parse((await seenBy(house(), link)).now);

/** A link of each closed status, and what buyers are told. */
const closing: Record<string, (link: Json) => Promise<unknown>> = {
  inactive: (link) => change(link, { isActive: false }),
  async expired(link) {
    const expiresAt = new Date((await nowOf(link)) + 5_000).toISOString();
    await change(link, { expiresAt });
    await house().moveClock(6);
  },
  async exhausted(link) {
    await change(link, { maxRedemptions: 1 });
    await pay(house(), await open(house(), link));
  },
};

describe.each(Object.keys(closing))('a link that is %s', (status) => {
  const closed = async (more: object = {}) => {
    const link = await invoice(house(), { ...more });
    await closing[status]?.(link);
    return link;
  };

  it('answers 200 with what a closed door needs, and nothing of its offer', async () => {
    const link = await closed({ inactiveMessage: 'Come back in May', description: 'secret' });
    const seen = await seenBy(house(), link);
    expect(Object.keys(seen).sort()).toEqual([
      ...['branding', 'fallbackUrl', 'id', 'inactiveMessage', 'name', 'now', 'object'],
      ...['status', 'testMode', 'type', 'url'],
    ]);
    expect(seen).toMatchObject({ status, inactiveMessage: 'Come back in May', type: 'amount' });
  });

  it('opens no session and prices nothing, and says why', async () => {
    const link = await closed();
    const code = `link_${status}`;
    const { status: http, body } = await tryOpen(house(), link);
    expect([http, body.code]).toEqual([409, code]);
    const quote = await house().call(
      'POST',
      `/v1/public/payment-links/${link.id}/quote`,
      {},
      { key: null },
    );
    expect([quote.status, quote.body.code]).toEqual([409, code]);
  });

  it('is listed under its status', async () => {
    const link = await closed();
    for (const one of [...Object.keys(closing), 'active']) {
      const { body } = await house().call('GET', `/v1/payment-links?status=${one}&limit=100`);
      expect(body.data.some(({ id }: Json) => id === link.id)).toBe(one === status);
      for (const found of body.data) expect(found.status).toBe(one);
    }
  });

  it('opens again when its reason is gone', async () => {
    const link = await closed();
    const reopening = { isActive: true, expiresAt: null, maxRedemptions: null };
    expect((await change(link, reopening)).body.status).toBe('active');
    expect((await tryOpen(house(), link)).status).toBe(201);
  });
});

it('derives inactive before expired before exhausted', async () => {
  const link = await invoice(house());
  await closing.exhausted?.(link);
  expect((await seenBy(house(), link)).status).toBe('exhausted');
  await closing.expired?.(link);
  expect((await seenBy(house(), link)).status).toBe('expired');
  await closing.inactive?.(link);
  expect((await seenBy(house(), link)).status).toBe('inactive');
});

it('is held, not exhausted, while others are paying for the last use', async () => {
  const link = await invoice(house(), { maxRedemptions: 1 });
  await open(house(), link);
  expect(await seenBy(house(), link)).toMatchObject({ status: 'active', remaining: 0 });
  const { status, body, headers } = await tryOpen(house(), link);
  expect([status, body.code]).toEqual([409, 'temporarily_sold_out']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
});

it('tells once of each change of status', async () => {
  const link = await invoice(house());
  await closing.inactive?.(link);
  await change(link, { isActive: false });
  await change(link, { isActive: true });
  await closing.expired?.(link);
  for (let times = 0; times < 2; times += 1) await house().worker.sweep();
  const told = (await eventTypesOf(house(), link)).filter(
    (type) => type !== 'payment_link.updated',
  );
  expect(told).toEqual([
    'payment_link.created',
    'payment_link.deactivated',
    'payment_link.activated',
    'payment_link.expired',
  ]);
});

it('expires at the instant it names, in whatever zone that is written', async () => {
  const now = await nowOf(await invoice(house()));
  const inTwoHours = new Date(now + 2 * 3_600_000).toISOString().replace('Z', '+00:00');
  const link = await invoice(house(), { expiresAt: inTwoHours });
  expect(link.expiresAt).toBe(new Date(now + 2 * 3_600_000).toISOString());
  const kinshasa = new Date(now + 3 * 3_600_000).toISOString().replace('Z', '+01:00');
  expect((await invoice(house(), { expiresAt: kinshasa })).expiresAt).toBe(link.expiresAt);
});

it('answers 304 while nothing has changed for buyers', async () => {
  const link = await make(house(), '/v1/payment-links', {
    type: 'amount',
    name: 'Seat',
    currency: 'EUR',
    amount: 900,
    maxRedemptions: 3,
  });
  const path = `/v1/public/payment-links/${link.id}`;
  const read = (etag?: string | null) =>
    house().call('GET', path, undefined, {
      key: null,
      headers: etag ? { 'if-none-match': etag } : {},
    });
  const first = await read();
  expect(first.headers.get('cache-control')).toBe('no-cache');
  const etag = first.headers.get('etag');
  // Proxies that compress weaken the tag, browsers may send several.
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
    const again = await read(known);
    expect([known, again.status, again.text]).toEqual([known, 304, '']);
    expect(again.headers.get('etag')).toBe(etag);
    expect(again.headers.get('access-control-allow-origin')).toBe('*');
  }
  expect((await read('"other"')).status).toBe(200);
  await open(house(), link);
  const changed = await read(etag);
  expect([changed.status, changed.body.remaining]).toEqual([200, 2]);
});
