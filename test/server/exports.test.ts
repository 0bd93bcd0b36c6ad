import { once } from 'node:events';
import { get } from 'node:http';
import type { ServerType } from '@hono/node-server';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listen } from '../../src/server/listen.js';
import { type House, storeNames, useHouse } from './house.js';
import { invoice, type Json, make, open, pay } from './offers.js';

const path = '/v1/exports/payments.csv';

const rowsOf = (text: string): Json[] => parse(text, { bom: true, columns: true });

/** As many payments as this, a second apart, the newest at this moment. */
const insertPayments = (house: House, link: Json, count: number) =>
  sql`with sold as (
      insert into checkout_session (id, account_id, payment_link_id, status, payment_status, currency, total, totals,
        customer, custom_fields, metadata, utm, reference, embeddable, provider, test_mode, lifetime_seconds, expires_at)
      select 'cs_bulk' || n, ${house.backend.account.id}, ${link.id}, 'complete', 'paid', 'XAF', n, '{}',
        jsonb_build_object('email', 'buyer' || n || '@example.com', 'name', null), '{}', '{}', '{}', 'order-' || n,
        false, 'sandbox', true, 900, now()
      from generate_series(1, ${count}::int) n)
    insert into payment (id, account_id, checkout_session_id, payment_link_id, amount, currency, status, provider,
      provider_ref, test_mode, created_at)
    select 'pay_bulk' || n, ${house.backend.account.id}, 'cs_bulk' || n, ${link.id}, n, 'XAF', 'succeeded', 'sandbox',
      'bulk-' || n, true, now() - make_interval(secs => ${count}::int - n)
    from generate_series(1, ${count}::int) n`.execute(house.backend.db);

describe.each(storeNames)('the export of payments, on %s', (store) => {
  const house = useHouse(store);

  it('is complete and in order, 5,000 payments on', async () => {
    const link = await invoice(house());
    await insertPayments(house(), link, 5_000);
    const answer = await house().call('GET', `${path}?paymentLinkId=${link.id}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="payments-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const rows = rowsOf(answer.text);
    expect(rows.map(({ payment_id }) => payment_id)).toEqual(
      Array.from({ length: 5_000 }, (_, index) => `pay_bulk${5_000 - index}`),
    );
    expect(rows[0]).toMatchObject({ customer_email: 'buyer5000@example.com', amount: '5000' });
  });

  it('says of each payment what accounts need, in decimals and in minor units', async () => {
    const link = await make(house(), '/v1/payment-links', {
      ...{ type: 'amount', name: 'Thé, "vert"\nbio', currency: 'EUR', amount: 2_050 },
      collectName: 'optional',
    });
    const customer = { email: 'anna@example.com', name: 'Ànna 🙂' };
    const paid = await pay(house(), await open(house(), link, { customer, reference: 'a-1' }));
    const { paymentId } = (await house().call('GET', `/v1/checkout-sessions/${paid.id}`)).body;
    await make(house(), `/v1/payments/${paymentId}/refunds`, { amount: 5 });
    const { text } = await house().call('GET', `${path}?paymentLinkId=${link.id}`);
    // As the bytes say it is UTF-8, a reader takes the mark away.
    expect(rowsOf(`\ufeff${text.replace(/^\ufeff/, '')}`)).toEqual([
      {
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        payment_id: paymentId,
        status: 'partially_refunded',
        amount: '20.50',
        amount_minor: '2050',
        currency: 'EUR',
        refunded: '0.05',
        failure_code: '',
        payment_link_id: link.id,
        link_name: link.name,
        checkout_session_id: paid.id,
        customer_email: 'anna@example.com',
        customer_name: 'Ànna 🙂',
        reference: 'a-1',
        provider: 'sandbox',
        provider_ref: expect.stringContaining(paid.id),
        test_mode: 'true',
        subscription_id: '',
      },
    ]);
    const response = await house().app.request(path, {
      headers: { authorization: `Bearer ${house().key}` },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it('has no cell that a spreadsheet would run', async () => {
    const link = await invoice(house(), { collectName: 'optional' });
    for (const name of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', "'=1", 'Anna = Ben']) {
      const session = await open(house(), link, {
        customer: { email: 'anna@example.com', name: 'x' },
        reference: '-dash',
      });
      await pay(house(), session);
      const { db } = house().backend;
      await sql`update checkout_session set customer = jsonb_set(customer, '{name}', ${JSON.stringify(name)}::jsonb)
        where id = ${session.id}`.execute(db);
    }
    const { text } = await house().call('GET', `${path}?paymentLinkId=${link.id}`);
    const rows = rowsOf(text);
    expect(rows.map(({ customer_name }) => customer_name).reverse()).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@SUM(A1)",
      "'\t=1",
      "'\r=1",
      "'=1",
      'Anna = Ben',
    ]);
    expect(new Set(rows.map(({ reference }) => reference))).toEqual(new Set(["'-dash"]));
  });

  it('is limited to a status, a link and a span of time', async () => {
    const link = await invoice(house());
    const days = ['2030-05-03T23:59:59.999Z', '2030-05-04T00:00:00Z', '2030-05-04T23:59:59.999Z'];
    for (const day of [...days, '2030-05-05T00:00:00Z']) {
      const session = await pay(house(), await open(house(), link));
      await sql`update payment set created_at = ${day} where checkout_session_id = ${session.id}`.execute(
        house().backend.db,
      );
    }
    const found = async (query: string) =>
      rowsOf((await house().call('GET', `${path}?paymentLinkId=${link.id}&${query}`)).text).length;
    for (const [query, count] of [
      ['', 4],
      ['status=succeeded', 4],
      ['status=failed', 0],
      ['from=2030-05-04', 3],
      ['to=2030-05-04', 3],
      ['from=2030-05-04&to=2030-05-04', 2],
      ['from=2030-05-04T00:00:00Z&to=2030-05-04T23:59:59.999Z', 1],
      ['from=2030-05-04T02:00:00%2B02:00&to=2030-05-04', 2],
      ['from=2030-05-03T22:00:00Z&to=2030-05-04T22:00:00Z', 2],
    ] as const)
      expect([query, await found(query)]).toEqual([query, count]);
    const none = await house().call('GET', `${path}?paymentLinkId=plink_${'0'.repeat(24)}`);
    expect(none.text.trim().split('\r\n')).toHaveLength(1);
    expect(none.text).toContain('created_at,payment_id');
  });

  it.each([
    ['status', 'status=paid'],
    ['paymentLinkId', 'paymentLinkId=nobody'],
    ['from', 'from=yesterday'],
    ['from', 'from='],
    ['from', 'from=2030-02-30'],
    ['from', 'from=2030-13-01'],
    ['from', 'from=0000-01-01'],
    ['from', 'from=2030-05-04T25:00:00Z'],
    ['from', 'from=2030-05-04T10:00'],
    ['to', 'to=%00'],
    ['to', 'from=2030-05-04&to=2030-05-03'],
    ['to', 'from=2030-05-04T00:00:00Z&to=2030-05-04T00:00:00Z'],
  ])('refuses a faulty %s: ?%s', async (name, query) => {
    const { status, body } = await house().call('GET', `${path}?${query}`);
    expect([status, body.code, body.errors[0].path]).toEqual([422, 'validation_failed', name]);
    expect(house().logged).toEqual([]);
  });

  it('is for who has a key', async () => {
    expect((await house().call('GET', path, undefined, { key: null })).status).toBe(401);
  });
});

describe('a client that reads slowly, or leaves', () => {
  const house = useHouse();
  let server: ServerType;
  let port = 0;
  beforeAll(async () => {
    await insertPayments(
      house(),
      await invoice(house(), { name: 'Long name '.repeat(20) }),
      40_000,
    );
    await sql`analyze`.execute(house().backend.db);
    server = await listen(house().app, { port: 0, host: '127.0.0.1' });
    port = (server.address() as { port: number }).port;
  });
  afterAll(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  );

  const answerTo = async () => {
    const headers = { authorization: `Bearer ${house().key}` };
    const request = get({ port, host: '127.0.0.1', path, headers });
    const [response] = await once(request, 'response');
    return { request, response };
  };
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  /** How often the database was asked, once it is asked no more. */
  async function inTheEnd(asked: { mock: { calls: unknown[] } }): Promise<number> {
    for (let before = -1; before !== asked.mock.calls.length; await pause(1_000))
      before = asked.mock.calls.length;
    return asked.mock.calls.length;
  }

  it('holds up the reading of the next page, and is given all of it in the end', async () => {
    const asked = vi.spyOn(house().backend.db, 'selectFrom');
    const { response } = await answerTo();
    const before = await inTheEnd(asked);
    expect(before).toBeLessThan(60);
    let bytes = '';
    for await (const part of response.setEncoding('utf8')) bytes += part;
    expect(bytes.trimEnd().split('\r\n')).toHaveLength(40_001);
    expect(asked.mock.calls.length).toBeGreaterThan(before + 10);
    asked.mockRestore();
  }, 60_000);

  it('is read for no longer once it is gone', async () => {
    const asked = vi.spyOn(house().backend.db, 'selectFrom');
    const noise = vi.spyOn(console, 'error');
    const { request, response } = await answerTo();
    await once(response, 'data');
    request.destroy();
    expect(await inTheEnd(asked)).toBeLessThan(30);
    expect([noise.mock.calls, house().logged]).toEqual([[], []]);
    asked.mockRestore();
    noise.mockRestore();
  }, 60_000);
});
