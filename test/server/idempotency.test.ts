import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { storeNames, useHouse } from './house.js';
import { expectSoundBooks, rowCounts } from './invariants.js';
import { anna, invoice, listOf, pay } from './offers.js';

describe.each(storeNames)('an idempotency key on %s', (store) => {
  const house = useHouse(store);
  afterAll(() => expectSoundBooks(house()));

  const post = (path: string, body: unknown, key: string, options = {}) =>
    house().call('POST', path, body, { headers: { 'idempotency-key': key }, ...options });
  const sessionsOf = ({ id }: { id: string }) => `/v1/public/payment-links/${id}/sessions`;
  const fee = { type: 'amount', name: 'Fee', currency: 'EUR', amount: 500 };

  it('gives the identical bytes again, and one effect', async () => {
    const first = await post('/v1/payment-links', fee, 'same');
    const before = await rowCounts(house());
    const again = await post('/v1/payment-links', fee, 'same');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.text).toBe(first.text);
    expect(again.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await rowCounts(house())).toEqual(before);
    const link = await invoice(house());
    const opened = await post(sessionsOf(link), anna, 'buyer', { key: null });
    const reopened = await post(sessionsOf(link), anna, 'buyer', { key: null });
    expect(reopened.text).toBe(opened.text);
    expect(await listOf(house(), '/v1/checkout-sessions', link)).toHaveLength(1);
  });

  it('refuses another body or another address', async () => {
    await post('/v1/payment-links', fee, 'once');
    for (const [path, body] of [
      ['/v1/payment-links', { ...fee, amount: 600 }],
      ['/v1/products', fee],
    ] as const) {
      const { status, body: problem } = await post(path, body, 'once');
      expect([status, problem.code]).toEqual([422, 'idempotency_mismatch']);
    }
  });

  it('lets fifty twins have one effect between them', async () => {
    const link = await invoice(house(), { maxRedemptions: 5 });
    const twins = await Promise.all(
      Array.from({ length: 50 }, () => post(sessionsOf(link), anna, 'twins', { key: null })),
    );
    const opened = twins.filter(({ status }) => status === 201);
    const waiting = twins.filter(({ body }) => body.code === 'idempotency_in_flight');
    expect(opened.length + waiting.length).toBe(50);
    expect(new Set(opened.map(({ text }) => text)).size).toBe(1);
    for (const { status, headers } of waiting) {
      expect(status).toBe(409);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(await listOf(house(), '/v1/checkout-sessions', link)).toHaveLength(1);
  });

  it('replays no refusal: the next try counts', async () => {
    const link = await invoice(house());
    const path = `/v1/payment-links/${link.id}`;
    await house().call('PATCH', path, { isActive: false });
    const closed = await post(sessionsOf(link), anna, 'try', { key: null });
    expect(closed.body.code).toBe('link_inactive');
    await house().call('PATCH', path, { isActive: true });
    expect((await post(sessionsOf(link), anna, 'try', { key: null })).status).toBe(201);
    expect((await post('/v1/payment-links', { ...fee, amount: -1 }, 'fix')).status).toBe(422);
    expect((await post('/v1/payment-links', fee, 'fix')).status).toBe(201);
  });

  it('finds what was made for it where its process died before it answered', async () => {
    const link = await invoice(house(), { maxRedemptions: 1 });
    const first = await post(sessionsOf(link), anna, 'orphan', { key: null });
    const { db } = house().backend;
    const die = () =>
      sql`update idempotency_key set response_status = null, response_body = null,
      locked_at = locked_at - interval '2 minutes' where key = 'orphan'`.execute(db);
    await die();
    // Killed after the commit, before the provider was asked.
    await db.deleteFrom('sandboxCheckout').where('checkoutSessionId', '=', first.body.id).execute();
    await db
      .updateTable('checkoutSession')
      .set({ url: null, providerRef: null })
      .where('id', '=', first.body.id)
      .execute();
    for (let deaths = 0; deaths < 2; deaths += 1) {
      const again = await post(sessionsOf(link), anna, 'orphan', { key: null });
      expect([again.status, again.body.id, again.body.url]).toEqual([
        ...[201, first.body.id, first.body.url],
      ]);
      await die();
    }
    expect(await listOf(house(), '/v1/checkout-sessions', link)).toHaveLength(1);
    expect((await pay(house(), first.body)).status).toBe('complete');
    const paid = await post(sessionsOf(link), anna, 'orphan', { key: null });
    expect([paid.body.id, paid.body.status]).toEqual([first.body.id, 'complete']);
  });

  it('is forgotten after a day', async () => {
    const first = await post('/v1/payment-links', fee, 'daily');
    await house().moveClock(23 * 3600);
    await house().worker.sweep();
    expect((await post('/v1/payment-links', fee, 'daily')).body.id).toBe(first.body.id);
    await house().moveClock(3600 + 60);
    const second = await post('/v1/payment-links', fee, 'daily');
    expect(second.status).toBe(201);
    expect(second.body.id).not.toBe(first.body.id);
  });

  it('shows a secret once: a replay masks it, and the book of answers does not hold it', async () => {
    const endpoint = { url: 'http://127.0.0.1:9/hook' };
    const first = await post('/v1/webhook-endpoints', endpoint, 'secret');
    const again = await post('/v1/webhook-endpoints', endpoint, 'secret');
    expect(first.body.secret).toMatch(/^whsec_/);
    expect(again.body.id).toBe(first.body.id);
    expect(again.text).not.toContain(first.body.secret.slice(0, 12));
    const kept = await house()
      .backend.db.selectFrom('idempotencyKey')
      .select('responseBody')
      .where('key', '=', 'secret')
      .executeTakeFirstOrThrow();
    expect(kept.responseBody).not.toContain(first.body.secret.slice(0, 12));
  });

  it('is a visible text of at most 255 characters', async () => {
    for (const key of ['', 'x'.repeat(256), 'a b'])
      expect((await post('/v1/payment-links', fee, key)).body.errors[0].path).toBe(
        'Idempotency-Key',
      );
  });

  it('of a merchant is not that of a buyer', async () => {
    const link = await invoice(house());
    await post('/v1/payment-links', fee, 'shared');
    expect((await post(sessionsOf(link), anna, 'shared', { key: null })).status).toBe(201);
  });
});
