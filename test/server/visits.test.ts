import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { linkVisitsSchema } from '../../src/contract/index.js';
import { hostOf, sourceOf } from '../../src/server/domain/visit.js';
import { DatabaseAway } from '../../src/server/store/database.js';
import type { Gained } from '../../src/server/store/visits.js';
import { createVisits } from '../../src/server/visits.js';
import { newDatabase, openHouse, publicUrl, storeNames, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { anna, invoice, type Json, open, pay } from './offers.js';

const own = new URL(publicUrl).host;
const none = { seen: 0, opened: 0, submitted: 0, paid: 0 };

describe.each(storeNames)('visits of a link on %s', (store) => {
  const house = useHouse(store, { retentionDays: 90 });
  afterAll(() => expectSoundBooks(house()));

  const visitsOf = async ({ id }: Json, days = 1): Promise<Json> => {
    const { status, body, text } = await house().call(
      'GET',
      `/v1/payment-links/${id}/visits?days=${days}`,
    );
    expect(status, text).toBe(200);
    expect(linkVisitsSchema().parse(body)).toEqual(body);
    return body;
  };
  const from = (origin: string) => ({ key: null, headers: { origin } });
  const look = async ({ id }: Json, origin?: string) => {
    const path = `/v1/public/payment-links/${id}`;
    const answer = await house().call(
      'GET',
      path,
      undefined,
      origin ? from(origin) : { key: null },
    );
    expect(answer.status).toBe(200);
  };
  const shop = 'https://Shop.example';
  const buyer = (utm_source: string) => ({
    ...anna,
    utm: { utm_source, utm_content: 'reader-17' },
  });
  const visit = (path: string, headers = {}) =>
    house().call('GET', path, undefined, {
      key: null,
      headers: { accept: 'text/html', 'sec-fetch-mode': 'navigate', ...headers },
    });

  it('are counted from the page to the payment, by its site and its campaign', async () => {
    const link = await invoice(house(), { slug: 'fair' });
    for (let time = 0; time < 3; time++) await look(link, shop);
    await look({ id: 'fair' }, shop);
    await look(link, 'https://blog.example:8443');
    // No page of a browser.
    await look(link);
    const opening = { headers: { origin: shop } };
    const left = await open(house(), link, buyer('newsletter'), opening);
    const paid = await open(house(), link, buyer('newsletter'), opening);
    await pay(house(), paid);
    await pay(house(), await open(house(), link));
    expect(await visitsOf(link, 3)).toMatchObject({
      object: 'payment_link_visits',
      paymentLinkId: link.id,
      testMode: true,
      countsVisits: true,
      days: [none, none, { seen: 5, opened: 2, submitted: 2, paid: 1 }],
      hosts: [
        { host: 'shop.example', seen: 4, opened: 2, submitted: 2, paid: 1 },
        { host: 'blog.example:8443', seen: 1, opened: 0, submitted: 0, paid: 0 },
      ],
      sources: [{ source: 'newsletter', seen: 0, opened: 2, submitted: 2, paid: 1 }],
    });
    // Whoever submits anew is the same buyer, and a request that is sent again the same request.
    await open(house(), link, { ...buyer('newsletter'), replaces: left.id }, opening);
    for (let time = 0; time < 2; time++)
      await open(house(), link, anna, { headers: { origin: shop, 'idempotency-key': 'k' } });
    expect((await visitsOf(link)).days).toMatchObject([{ opened: 3, submitted: 3, paid: 1 }]);
  });

  it('count a form that was opened when it says so, by the campaign of its page', async () => {
    const link = await invoice(house(), { slug: 'opened-by-name' });
    const say = (id: string, query = '', headers: Record<string, string> = { origin: shop }) =>
      house().call('POST', `/v1/public/payment-links/${id}/opened${query}`, undefined, {
        key: null,
        headers,
      });
    for (let time = 0; time < 2; time++)
      expect((await say(link.id, '?utm_source=letter')).status).toBe(204);
    expect((await say('opened-by-name')).status).toBe(204);
    // No page of a browser.
    expect((await say(link.id, '', {})).status).toBe(204);
    expect((await say(`plink_${'0'.repeat(24)}`)).status).toBe(404);
    await look({ id: `${link.id}?utm_source=letter` }, shop);
    await look({ id: 'opened-by-name?utm_source=letter' }, shop);
    await open(house(), link, anna, { headers: { origin: shop } });
    // One whose opening nobody told was opened all the same.
    await open(house(), link, buyer('poster'), { headers: { origin: 'https://blog.example' } });
    expect(await visitsOf(link)).toMatchObject({
      days: [{ seen: 2, opened: 4, submitted: 2, paid: 0 }],
      hosts: [
        { host: 'shop.example', seen: 2, opened: 3, submitted: 1, paid: 0 },
        { host: 'blog.example', seen: 0, opened: 1, submitted: 1, paid: 0 },
      ],
      sources: [
        { source: 'letter', seen: 2, opened: 2, submitted: 0, paid: 0 },
        { source: 'poster', seen: 0, opened: 1, submitted: 1, paid: 0 },
      ],
    });
  });

  it('of its own page count when a browser goes there, by the campaign in the address', async () => {
    const link = await invoice(house(), { slug: 'own-page' });
    await visit(`/p/${link.id}?utm_source=poster`);
    await visit('/p/own-page');
    // A messenger looks what it is, a browser reads ahead.
    await visit('/p/own-page', { 'sec-fetch-mode': 'no-cors' });
    await visit('/p/own-page', { 'sec-purpose': 'prefetch' });
    const sent = await house().call('POST', `/p/${link.id}`, undefined, {
      key: null,
      raw: 'email=anna%40example.com',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(sent.status).toBe(303);
    const seen = await visitsOf(link);
    expect(seen.hosts).toEqual([{ host: own, seen: 2, opened: 1, submitted: 1, paid: 0 }]);
    expect(seen.sources).toEqual([{ ...none, source: 'poster', seen: 1 }]);
  });

  it('name a hundred sites and campaigns a day, and the rest together', async () => {
    const link = await invoice(house());
    const { visits } = house().backend;
    const come = (host: string, source = host) =>
      visits.count('seen', { linkId: link.id, host, source });
    for (let index = 0; index < 60; index++) come(`a${index}.example`);
    await visits.flush();
    for (let index = 0; index < 90; index++) come(`b${index}.example`);
    for (let time = 0; time < 5; time++) come('often.example');
    come('a7.example');
    await visits.flush();
    for (let index = 0; index < 130; index++) come(`c${index}.example`, 'b1.example');
    const seen = await visitsOf(link);
    expect(seen.days).toMatchObject([{ seen: 60 + 90 + 5 + 1 + 130 }]);
    expect(seen.hosts).toHaveLength(101);
    expect(seen.hosts[0]).toMatchObject({ host: 'often.example', seen: 5 });
    expect(seen.hosts[1]).toMatchObject({ host: 'a7.example', seen: 2 });
    expect(seen.hosts[100]).toMatchObject({ host: 'other', seen: 51 + 130 });
    expect(seen.sources[0]).toMatchObject({ source: 'b1.example', seen: 131 });
    const { rows } = await sql<{ names: number }>`select count(*) as names from link_visit
      where payment_link_id = ${link.id} and kind = 'host'`.execute(house().backend.db);
    expect(rows).toEqual([{ names: 101 }]);
  });

  it('are not counted at all where the merchant does not want it', async () => {
    const { db, visits } = house().backend;
    const settle = async (isOn: boolean) => {
      await sql`update account set counts_visits = ${isOn}`.execute(db);
      await visits.flush();
    };
    const link = await invoice(house());
    const come = async () => {
      await look(link, shop);
      await visit(`/p/${link.id}?utm_source=poster`);
      await pay(house(), await open(house(), link, buyer('letter'), { headers: { origin: shop } }));
    };
    // What was counted before it was heard of is not written.
    await look(link, shop);
    await settle(false);
    await come();
    const empty = { days: [none], hosts: [], sources: [] };
    expect(await visitsOf(link)).toMatchObject({ ...empty, countsVisits: false });
    const { rows } = await sql`select visit_host from checkout_session
      where payment_link_id = ${link.id} and visit_host is not null`.execute(db);
    expect(rows).toEqual([]);
    await settle(true);
    await come();
    expect(await visitsOf(link)).toMatchObject({
      countsVisits: true,
      days: [{ seen: 2, submitted: 1, paid: 1 }],
    });
  });

  it('are forgotten after twenty-five months', async () => {
    const link = await invoice(house());
    const day = 86_400;
    await look(link, shop);
    await house().backend.visits.flush();
    await house().moveClock(365 * 2 * day);
    const kept = async () => {
      await house().worker.sweep();
      const { rows } = await sql<{ seen: number }>`select seen from link_visit
        where payment_link_id = ${link.id}`.execute(house().backend.db);
      return rows;
    };
    expect(await kept()).toEqual([{ seen: 1 }]);
    await house().moveClock(35 * day);
    expect(await kept()).toEqual([]);
  });

  it.each(['0', '367', 'ten'])('are not of “%s” days', async (days) => {
    const { id } = await invoice(house());
    const { status, body } = await house().call(
      'GET',
      `/v1/payment-links/${id}/visits?days=${days}`,
    );
    expect([status, body.errors[0].path]).toEqual([422, 'days']);
  });
});

describe('the counting of visits', () => {
  it.each([
    ['https://Shop.Example', 'shop.example'],
    ['http://localhost:3000', 'localhost:3000'],
    ['http://[::1]:8080', '[::1]:8080'],
    ['null', 'other'],
    ['chrome-extension://abcdef', 'other'],
    ['https://user@shop.example', 'other'],
    [`https://${'a'.repeat(300)}.example`, 'other'],
  ])('takes the site of %s for %s', (origin, host) => expect(hostOf(origin)).toBe(host));

  it.each([
    [undefined, undefined],
    ['  ', undefined],
    [' Newsletter ', 'Newsletter'],
    ['a\u0000b', 'ab'],
    ['anna@example.com', 'other'],
    ['😀'.repeat(70), '😀'.repeat(64)],
  ])('takes the campaign %j for %j', (given, source) => expect(sourceOf(given)).toBe(source));

  it('waits for a database that is away, drops what cannot be written, and fails nobody', async () => {
    const written: (readonly Gained[])[] = [];
    const logged: unknown[] = [];
    const answers = [new DatabaseAway('away'), true, new Error('broken'), true];
    const visits = createVisits({
      isOn: true,
      async write(gained) {
        written.push(gained);
        const answer = answers.shift();
        if (answer instanceof Error) throw answer;
        return true;
      },
      log: (error) => logged.push(error),
    });
    const one = () => visits.told('seen', 'plink_1', 'https://shop.example', undefined);
    const seenIn = () => written.at(-1)?.map(({ seen }) => seen);
    one();
    one();
    await visits.flush();
    await visits.flush();
    expect(seenIn()).toEqual([2]);
    one();
    await visits.flush();
    one();
    await visits.stop();
    expect(seenIn()).toEqual([1]);
    expect(logged).toHaveLength(2);
    expect(written).toHaveLength(4);
  });

  it('keeps what came last before a stop', async () => {
    const place = await newDatabase();
    const before = await openHouse('PostgreSQL', place);
    const { id } = await invoice(before);
    const path = `/v1/public/payment-links/${id}`;
    const headers = { origin: 'https://shop.example' };
    await before.call('GET', path, undefined, { key: null, headers });
    await before.close();
    const after = await openHouse('PostgreSQL', place);
    try {
      const { body } = await after.call('GET', `/v1/payment-links/${id}/visits`);
      expect(body.hosts).toMatchObject([{ host: 'shop.example', seen: 1 }]);
    } finally {
      await after.close();
    }
  });
});
