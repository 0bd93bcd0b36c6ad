import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { buyerErasureSchema } from '../../src/contract/index.js';
import { noteAttempt } from '../../src/server/store/webhook-deliveries.js';
import { storeNames, useHouse } from './house.js';
import { expectSoundBooks, rowCounts } from './invariants.js';
import { invoice, type Json, listOf, make, membership, open, pay, play } from './offers.js';
import { openReceiver } from './receiver.js';

const quarter = 15 * 60;

describe.each(storeNames)('erasing a buyer on %s', (store) => {
  const house = useHouse(store);
  afterAll(() => expectSoundBooks(house()));

  const erase = (email: string) =>
    house().call('DELETE', `/v1/buyers/${encodeURIComponent(email)}`);
  const read = async (path: string) => (await house().call('GET', path)).body;

  /** Every table of the database, as text, with those of the queue. */
  async function allThatIsKept(): Promise<string> {
    const { db } = house().backend;
    const tables = await sql<{ schema: string; name: string }>`
      select table_schema as schema, table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(
      db,
    );
    const texts: string[] = [];
    for (const { schema, name } of tables.rows) {
      const { rows } = await sql<{ text: string }>`
        select kept::text as text from ${sql.id(schema, name)} as kept`.execute(db);
      texts.push(...rows.map(({ text }) => `${name} ${text}`));
    }
    expect(texts.length).toBeGreaterThan(20);
    return texts.join('\n');
  }

  const address = { country: 'CG', line1: '12 rue Mbochi', city: 'Brazzaville' };
  const asking = {
    collectName: 'required',
    collectPhone: 'required',
    collectBillingAddress: true,
    collectShippingAddress: true,
    customFields: [{ key: 'wish', label: 'Wish', type: 'text' }],
  };
  const zoe = {
    customer: {
      email: 'Zoe.Ngakala@Example.com',
      name: 'Zoe Ngakala',
      phone: '+242 06 611 22 33',
      billingAddress: address,
      shippingAddress: address,
    },
    customFields: { wish: 'for my aunt Ngakala' },
    metadata: { login: 'zoe-ngakala' },
    utm: { utm_source: 'mail', utm_content: 'ngakala' },
    reference: 'order-17',
    returnUrl: 'https://shop.example/?for=ngakala',
  };
  const cancel = ({ id }: Json, headers: Record<string, string> = {}) =>
    house().call('POST', `/v1/subscriptions/${id}/cancel`, { at: 'now' }, { headers });
  const traces = /ngakala|mbochi|brazzaville|6112233|611 22 33/i;
  const fromShop = { headers: { origin: 'https://shop.example' } };

  it('leaves no trace of the person in any table, and the accounts as they were', async () => {
    const link = await invoice(house(), asking);
    const other = { ...zoe, customer: { ...zoe.customer, email: 'paul@example.com' } };
    const others = await open(house(), link, {
      customer: {
        ...other.customer,
        name: 'Paul',
        billingAddress: { ...address, city: 'Dolisie' },
      },
    });
    await pay(house(), others);
    const othersBefore = await read(`/v1/checkout-sessions/${others.id}`);
    const paid = await open(house(), link, zoe, fromShop);
    const confirm = `/v1/public/checkout-sessions/${paid.id}/confirm`;
    await house().call('POST', confirm, { phone: '+242 06 611 22 33' }, { key: null });
    await house().moveClock(4);
    await house().worker.sweep();
    const email = ' zoe.NGAKALA@example.com ';
    const left = await open(house(), link, { ...zoe, customer: { ...zoe.customer, email } });
    await house().moveClock(quarter + 1);
    await house().worker.sweep();
    const plan = await membership(house(), { link: asking });
    const [item] = plan.seen.items;
    const items = [{ itemId: item.id, priceId: item.prices[0].id, quantity: 1 }];
    const member = await open(house(), plan.link, { ...zoe, items });
    await pay(house(), member);
    const [running] = await listOf(house(), '/v1/subscriptions', plan.link);
    // Its answer is kept with the key.
    await cancel(running, { 'idempotency-key': 'cancel-1' });
    const [subscription] = await listOf(house(), '/v1/subscriptions', plan.link);
    expect(await allThatIsKept()).toMatch(traces);
    const rows = await rowCounts(house());
    const before = await read(`/v1/checkout-sessions/${paid.id}`);
    const payments = await listOf(house(), '/v1/payments', link);
    expect(before.status).toBe('complete');

    const { status, body } = await erase('ZOE.ngakala@example.COM');
    expect(status).toBe(200);
    expect(buyerErasureSchema().parse(body)).toEqual(body);
    expect(body).toMatchObject({
      object: 'buyer_erasure',
      sessions: 3,
      subscriptions: 1,
      // Opened and ended, three times; and the subscription's beginning and end.
      events: 8,
      deliveriesStopped: 0,
      idempotencyAnswers: 1,
    });
    const kept = (await allThatIsKept())
      .split('\n')
      .filter((row) => !row.includes(others.id) && traces.test(row));
    expect(kept).toEqual([]);
    expect(await rowCounts(house())).toEqual({
      ...rows,
      buyer_erasure: (rows.buyer_erasure ?? 0) + 1,
    });
    const customer = {
      email: null,
      name: null,
      phone: null,
      billingAddress: null,
      shippingAddress: null,
    };
    expect(await read(`/v1/checkout-sessions/${paid.id}`)).toEqual({
      ...before,
      customer,
      customFields: {},
      metadata: {},
      utm: {},
    });
    expect(before.reference).toBe('order-17');
    expect(await read(`/v1/checkout-sessions/${left.id}`)).toMatchObject({ customer });
    expect(await listOf(house(), '/v1/subscriptions', plan.link)).toEqual([
      { ...subscription, customer },
    ]);
    expect(await listOf(house(), '/v1/payments', link)).toEqual(payments);
    const events = await listOf(house(), '/v1/events', plan.link);
    for (const { data } of events.filter((event) => event.data.customer))
      expect(data).toMatchObject({ customer, paymentLinkId: plan.link.id });
    expect(await read(`/v1/checkout-sessions/${others.id}`)).toEqual(othersBefore);

    const again = await erase('zoe.ngakala@example.com');
    expect(again.body).toMatchObject({ sessions: 0, subscriptions: 0, events: 0 });
    const { rows: audit } = await sql<Json>`select * from buyer_erasure order by id`.execute(
      house().backend.db,
    );
    expect(audit.map(({ sessions }) => sessions)).toEqual([3, 0]);
    expect(audit[0].emailDigest).toBe(audit[1].emailDigest);
    const plain = createHash('sha256').update('zoe.ngakala@example.com').digest('base64url');
    expect(audit[0].emailDigest).not.toBe(plain);
  });

  it('waits for the end of what is under way', async () => {
    const link = await invoice(house());
    const buyer = (name: string) => ({ customer: { email: `${name}@example.com` } });
    const session = await open(house(), link, buyer('open'));
    const processing = await open(house(), link, buyer('busy'));
    await play(house(), processing, { outcome: 'succeeded', delayMs: 60_000 });
    const { link: plan, seen } = await membership(house());
    const [item] = seen.items;
    const items = [{ itemId: item.id, priceId: item.prices[0].id, quantity: 1 }];
    await pay(house(), await open(house(), plan, { ...buyer('member'), items }));
    const [subscription] = await listOf(house(), '/v1/subscriptions', plan);
    const before = await allThatIsKept();
    for (const [name, id] of [
      ['open', session.id],
      ['busy', processing.id],
      ['member', subscription?.id],
    ]) {
      const answer = await erase(`${name}@example.com`);
      expect([answer.status, answer.body.code]).toEqual([409, 'conflict']);
      expect(answer.body.detail).toContain(id);
    }
    expect(await allThatIsKept()).toBe(before);
    await house().moveClock(quarter + 1);
    await house().worker.sweep();
    for (const name of ['open', 'busy'])
      expect((await erase(`${name}@example.com`)).body.sessions).toBe(1);
    await cancel(subscription);
    expect((await erase('member@example.com')).body.subscriptions).toBe(1);
  });

  it('sends no webhook in two versions: what was tried is given up, what was not goes without the person', async () => {
    const receiver = await openReceiver();
    try {
      receiver.answers.push(500);
      await make(house(), '/v1/webhook-endpoints', {
        url: receiver.url,
        eventTypes: ['checkout_session.opened', 'checkout_session.completed'],
      });
      const buyer = { customer: { email: 'lea@example.com', name: 'Lea' } };
      const session = await open(
        house(),
        await invoice(house(), { collectName: 'optional' }),
        buyer,
      );
      await house().worker.sweep();
      await pay(house(), session);
      const erased = await erase('lea@example.com');
      expect(erased.body).toMatchObject({ events: 2, deliveriesStopped: 1 });
      // Whoever was just trying it comes back without an answer.
      const { rows } = await sql<Parameters<typeof noteAttempt>[1]>`
        select id, account_id, endpoint_id, false as is_test from webhook_delivery
        where error = 'buyer_erased'`.execute(house().backend.db);
      const [tried] = rows;
      if (!tried) throw new Error('Nothing was given up.');
      await noteAttempt(house().backend.db, tried, {
        durationMs: 10,
        status: 'pending',
        responseStatus: 500,
        error: 'answered 500',
        retryInSeconds: 0,
      });
      for (const seconds of [3, 300, 3_600]) {
        await house().moveClock(seconds);
        await house().worker.sweep();
      }
      const heard = receiver.heard.map(({ body }) => [body.type, body.data.customer.email]);
      expect(heard).toEqual([
        ['checkout_session.opened', 'lea@example.com'],
        ['checkout_session.completed', null],
      ]);
    } finally {
      await receiver.close();
    }
  });

  it.each(['nobody', '@', 'a@', '%00', 'a b@example.com', `${'a'.repeat(250)}@b.example`])(
    'is refused of “%s”, which is no address',
    async (email) => {
      const before = await rowCounts(house());
      const answer = await house().call('DELETE', `/v1/buyers/${email}`);
      if (email === '%00') expect(answer.status).toBe(404);
      else expect([answer.status, answer.body.errors[0].path]).toEqual([422, 'email']);
      expect(await rowCounts(house())).toEqual(before);
    },
  );

  it('finds nobody by what only looks alike', async () => {
    const link = await invoice(house());
    await pay(house(), await open(house(), link, { customer: { email: 'ana.b@example.com' } }));
    for (const email of ['ana_b@example.com', '%@example.com', 'na.b@example.com'])
      expect((await erase(email)).body).toMatchObject({ sessions: 0 });
    expect((await erase('ana.b@example.com')).body).toMatchObject({ sessions: 1 });
  });
});
