import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { type House, storeNames, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { invoice, type Json, make, open, pay, play } from './offers.js';
import { openReceiver } from './receiver.js';

const day = 86_400;

async function sweep({ moveClock, worker }: House, seconds: number): Promise<void> {
  await moveClock(seconds);
  await worker.sweep();
}

describe.each(storeNames)('what is kept for 90 days, on %s', (store) => {
  const house = useHouse(store, { retentionDays: 90 });
  afterAll(() => expectSoundBooks(house()));

  const buyer = (name: string) => ({
    customer: { email: `${name}@example.com`, name: `${name} of Brazzaville` },
    metadata: { who: name },
    utm: { utm_source: `from-${name}` },
  });

  /** The tables in which a text still stands. */
  async function tracesOf(text: string): Promise<string[]> {
    const { db } = house().backend;
    const { rows } = await sql<{ name: string }>`select table_name as name
      from information_schema.tables where table_schema = 'public' order by 1`.execute(db);
    const found: string[] = [];
    for (const { name } of rows) {
      const { rows: hits } = await sql`select 1 from ${sql.table(name)} as row
        where row::text ilike ${`%${text}%`} limit 1`.execute(db);
      if (hits.length) found.push(name);
    }
    return found;
  }

  const read = async (session: Json) =>
    (await house().call('GET', `/v1/checkout-sessions/${session.id}`)).body;

  it('is then forgotten of who did not pay; who paid stays in the accounts', async () => {
    const receiver = await openReceiver();
    await make(house(), '/v1/webhook-endpoints', { url: receiver.url, eventTypes: [] });
    const link = await invoice(house());
    const left = await open(house(), link, buyer('leah'));
    const declined = await open(house(), link, buyer('dinah'));
    await play(house(), declined, { outcome: 'declined' });
    const canceled = await open(house(), link, buyer('carl'));
    await play(house(), canceled, { outcome: 'canceled' });
    const paid = await pay(house(), await open(house(), link, buyer('paula')));
    await sweep(house(), 16 * 60);
    expect([(await read(left)).status, (await read(declined)).status]).toEqual([
      'expired',
      'expired',
    ]);
    const before = await house().call('GET', `/v1/payment-links/${link.id}/stats`);
    await sweep(house(), 89 * day);
    for (const name of ['leah', 'dinah', 'carl', 'paula'])
      expect(await tracesOf(name)).toEqual(['checkout_session', 'event']);
    await sweep(house(), day);
    for (const name of ['leah', 'dinah', 'carl']) expect(await tracesOf(name)).toEqual([]);
    for (const session of [left, declined, canceled])
      expect(await read(session)).toMatchObject({
        id: session.id,
        total: 25_000,
        customer: { email: null, name: null },
        metadata: {},
        utm: {},
      });
    // Of a sale the person stays with the sale, not in what was told of it.
    expect(await tracesOf('paula')).toEqual(['checkout_session']);
    expect((await read(paid)).customer.email).toBe('paula@example.com');
    const { body } = await house().call('GET', `/v1/payments?paymentLinkId=${link.id}`);
    expect(body.data.map(({ status }: Json) => status)).toEqual(['succeeded', 'failed']);
    const after = await house().call('GET', `/v1/payment-links/${link.id}/stats?days=120`);
    expect(after.body.sessions).toEqual(before.body.sessions);
    expect(after.body.collected).toEqual(before.body.collected);
    const { rows } = await sql`select 1 from webhook_delivery`.execute(house().backend.db);
    expect(rows).toEqual([]);
    await receiver.close();
  }, 30_000);

  it('is kept where money came, though it went back', async () => {
    const link = await invoice(house(), { maxRedemptions: 1 });
    const late = await open(house(), link, buyer('lateefa'));
    await sweep(house(), 16 * 60);
    await pay(house(), await open(house(), link, buyer('quick')));
    const { applyProviderEvent } = await import('../../src/server/domain/settlement.js');
    await applyProviderEvent(house().backend, {
      provider: 'sandbox',
      id: 'late',
      sessionId: late.id,
      attempt: `${late.id}/1`,
      type: 'succeeded',
      amount: late.total,
      currency: late.currency,
      failureCode: null,
    });
    await sweep(house(), 91 * day);
    expect((await read(late)).customer.email).toBe('lateefa@example.com');
  });
});

describe('a backlog', () => {
  const house = useHouse('PostgreSQL', { retentionDays: 90 });
  afterAll(() => expectSoundBooks(house()));

  it('is forgotten a batch at a time, oldest first', async () => {
    const link = await invoice(house());
    for (let round = 0; round < 5; round += 1)
      await Promise.all(
        Array.from({ length: 50 }, () =>
          open(house(), link, { customer: { email: 'many@example.com' } }),
        ),
      );
    for (const seconds of [16 * 60, 1, 1]) await sweep(house(), seconds);
    const left = async () =>
      (
        await sql<{ count: number }>`select count(*) from checkout_session
          where payment_link_id = ${link.id} and not is_forgotten`.execute(house().backend.db)
      ).rows[0]?.count;
    for (const still of [250 - 200, 0]) {
      await sweep(house(), still ? 91 * day : 1);
      expect(await left()).toBe(still);
    }
  }, 60_000);
});
