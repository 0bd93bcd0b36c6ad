import { sql } from 'kysely';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createKey } from '../../src/server/store/accounts.js';
import { ownPage, signIn, trySignIn } from './at-desk.js';
import { useHouse } from './house.js';
import { expectSoundBooks, rowCounts } from './invariants.js';
import { donation, invoice } from './offers.js';

const hour = 3600;
const path = '/dashboard/session';
const link = { type: 'amount', name: 'Fee', currency: 'EUR', amount: 500 };

describe('signing in at the desk', () => {
  const house = useHouse();
  afterAll(() => expectSoundBooks(house()));

  it('says whose desk it is and until when it is open, and goes on saying so', async () => {
    const browser = await signIn(house());
    expect(browser.answer.body).toEqual({
      name: 'My shop',
      testMode: true,
      locale: null,
      expiresAt: expect.any(String),
    });
    const hours = (Date.parse(browser.answer.body.expiresAt) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(11.9);
    expect(hours).toBeLessThan(12.1);
    const again = await browser.call('GET', path);
    expect([again.status, again.body]).toEqual([200, browser.answer.body]);
    for (const { headers } of [browser.answer, again]) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('answers whoever is not signed in without a word, and without an error', async () => {
    const { status, text, headers } = await house().call('GET', path, undefined, {
      ...{ key: null, headers: ownPage },
    });
    expect([status, text]).toEqual([204, '']);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('sets a cookie no page can read, and keeps nothing of it but a digest', async () => {
    const { setCookie, cookie } = await signIn(house());
    expect(setCookie).toMatch(
      /^paylink-desk=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const token = cookie.split('=')[1] as string;
    const { rows } = await sql<{ row: string }>`select desk_session::text as row
      from desk_session`.execute(house().backend.db);
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toContain(token);
  });

  it('takes a key with the spaces that copying has left around it', async () => {
    expect((await trySignIn(house(), ` ${house().key}\n`)).status).toBe(200);
  });

  it.each([
    ['unknown', () => `sk_${'x'.repeat(40)}`],
    ['empty', () => ''],
    ['of another shape', () => 'open sesame'],
    ['a digest out of the database', () => 'a'.repeat(64)],
    ['endless', () => `sk_${'x'.repeat(5_000)}`],
  ])('is refused with a key that is %s', async (_name, key) => {
    const before = await rowCounts(house());
    const wrongKey = vi.spyOn(house().backend.limits, 'wrongKey');
    const { status, body, headers } = await trySignIn(house(), key());
    expect([status, body.code]).toEqual([401, 'unauthorized']);
    expect(headers.get('set-cookie')).toBeNull();
    expect(wrongKey).toHaveBeenCalledTimes(1);
    wrongKey.mockRestore();
    expect(await rowCounts(house())).toEqual(before);
  });

  it.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'key=x', 415],
    ['a text', { 'content-type': 'text/plain' }, '{"key":"x"}', 415],
    ['no JSON', {}, '{', 400],
    ['no key', {}, '{}', 422],
    ['a number', {}, '{"key":1}', 422],
    ['more than a key', {}, '{"key":"x","account":"y"}', 422],
  ])('is refused with %s', async (_name, headers, raw, status) => {
    const before = await rowCounts(house());
    const answer = await house().call('POST', path, undefined, {
      ...{ key: null, raw, headers: { ...ownPage, ...headers } },
    });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([status, null]);
    expect(await rowCounts(house())).toEqual(before);
  });

  it('leaves no desk open behind it in the same browser', async () => {
    const first = await signIn(house());
    const second = await first.call('POST', path, { body: { key: house().key } });
    expect(second.status).toBe(200);
    expect((await first.call('GET', path)).status).toBe(204);
  });

  it('counts guesses by who guesses, and lets in who has the key all the same', async () => {
    const limited = { key: null, headers: ownPage, from: '203.0.113.9' };
    const guess = () => house().call('POST', path, { key: `sk_${'y'.repeat(40)}` }, limited);
    for (let times = 0; times < 30; times += 1) expect((await guess()).status).toBe(401);
    expect((await guess()).status).toBe(429);
    const { status } = await house().call('POST', path, { key: house().key }, limited);
    expect(status).toBe(200);
  });
});

describe('on https', () => {
  const house = useHouse(undefined, { publicUrl: 'https://pay.example.com' });

  it('the cookie is for this host alone, and never sent in the clear', async () => {
    const browser = await signIn(house());
    expect(browser.setCookie).toMatch(
      /^__Host-paylink-desk=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect((await browser.call('GET', '/v1/payments')).status).toBe(200);
    const unprefixed = browser.cookie.replace('__Host-', '');
    const { status } = await browser.call('GET', '/v1/payments', {
      headers: { cookie: unprefixed },
    });
    expect(status).toBe(401);
    const left = await browser.call('DELETE', path);
    expect(left.headers.get('set-cookie')).toMatch(
      /^__Host-paylink-desk=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });
});

describe('a desk that is open', () => {
  const house = useHouse();
  afterAll(() => expectSoundBooks(house()));
  const isOpen = async ({ call }: Awaited<ReturnType<typeof signIn>>) => {
    const statuses = [await call('GET', path), await call('GET', '/v1/payments')];
    const isOpen = statuses[0]?.status === 200;
    expect(statuses.map((one) => one.status)).toEqual(isOpen ? [200, 200] : [204, 401]);
    return isOpen;
  };

  it('does what the API does', async () => {
    const browser = await signIn(house());
    const made = await browser.call('POST', '/v1/payment-links', { body: link });
    expect(made.status).toBe(201);
    const changed = await browser.call('PATCH', `/v1/payment-links/${made.body.id}`, {
      body: { name: 'Dues' },
    });
    expect([changed.status, changed.body.name]).toEqual([200, 'Dues']);
    const { body, headers } = await browser.call('GET', '/v1/payment-links');
    expect(body.data[0].name).toBe('Dues');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect((await browser.call('POST', '/v1/payment-links', { raw: 'x' })).status).toBe(400);
  });

  it('closes when the merchant signs out, on the server too', async () => {
    const browser = await signIn(house());
    const left = await browser.call('DELETE', path);
    expect([left.status, left.text]).toEqual([204, '']);
    expect(left.headers.get('set-cookie')).toMatch(
      /^paylink-desk=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(await isOpen(browser)).toBe(false);
    expect((await browser.call('DELETE', path)).status).toBe(204);
  });

  it('closes other desks of the merchant no more than it has to', async () => {
    const [one, other] = [await signIn(house()), await signIn(house())];
    await one.call('DELETE', path);
    expect(await isOpen(other)).toBe(true);
  });

  it('closes with its key', async () => {
    const { backend } = house();
    const key = await createKey(backend.db, backend.account.id);
    const browser = await signIn(house(), key);
    await sql`update api_key set revoked_at = paylink_now()
      where hint = ${key.slice(-4)}`.execute(backend.db);
    expect(await isOpen(browser)).toBe(false);
    expect((await trySignIn(house(), key)).status).toBe(401);
  });

  it('closes after twelve hours in which nobody worked at it, and is forgotten', async () => {
    const browser = await signIn(house());
    await house().moveClock(12 * hour - 5);
    const idle = await signIn(house());
    expect(await isOpen(browser)).toBe(true);
    await house().moveClock(12 * hour - 60);
    expect(await isOpen(browser)).toBe(true);
    await house().moveClock(12 * hour + 1);
    expect([await isOpen(browser), await isOpen(idle)]).toEqual([false, false]);
    const extended = await browser.call('GET', path);
    expect(extended.headers.get('set-cookie')).toBeNull();
    await house().worker.sweep();
    expect((await rowCounts(house())).desk_session).toBe(0);
  });

  it('is given its time again every ten minutes at most, and its cookie with it', async () => {
    const browser = await signIn(house());
    const ask = () => browser.call('GET', path);
    const until = browser.answer.body.expiresAt;
    await house().moveClock(9 * 60);
    const soon = await ask();
    expect([soon.body.expiresAt, soon.headers.get('set-cookie')]).toEqual([until, null]);
    await house().moveClock(2 * 60);
    const later = await browser.call('GET', '/v1/payments');
    expect(later.headers.get('set-cookie')).toBe(browser.setCookie);
    const { body, headers } = await ask();
    expect(Date.parse(body.expiresAt) - Date.parse(until)).toBeGreaterThan(10 * 60_000);
    expect(headers.get('set-cookie')).toBeNull();
  });

  it.each([
    ['another one', 'paylink-desk=', 'A'.repeat(43)],
    ['a shorter one', 'paylink-desk=', 'A'.repeat(10)],
    ['an endless one', 'paylink-desk=', 'A'.repeat(4_000)],
    ['an empty one', 'paylink-desk=', ''],
    ['one with a NUL', 'paylink-desk=', '%00'.repeat(43)],
    ['half of an escape', 'paylink-desk=', '%E0%A4%A'],
    ['the name of https', '__Host-paylink-desk=', 'A'.repeat(43)],
  ])('is not opened by a cookie that is %s', async (_name, name, value) => {
    const headers = { ...ownPage, cookie: name + value };
    const wrongKey = vi.spyOn(house().backend.limits, 'wrongKey');
    const ask = (at: string) => house().call('GET', at, undefined, { key: null, headers });
    expect((await ask(path)).status).toBe(204);
    const { status, body } = await ask('/v1/payments');
    expect([status, body.code]).toEqual([401, 'unauthorized']);
    // A desk that was left open over night is no guess.
    expect(wrongKey).not.toHaveBeenCalled();
    wrongKey.mockRestore();
  });

  it('gives way to a key that is shown beside it, right or wrong', async () => {
    const browser = await signIn(house());
    const withKey = (key: string, headers = {}) =>
      browser.callFrom(headers, 'GET', '/v1/payments', {
        headers: { authorization: `Bearer ${key}` },
      });
    expect((await withKey(house().key, { 'sec-fetch-site': 'cross-site' })).status).toBe(200);
    expect((await withKey(`sk_${'x'.repeat(40)}`)).status).toBe(401);
  });

  it('stands behind a proxy that asks for a password of its own', async () => {
    const browser = await signIn(house());
    const headers = { authorization: 'Basic bWU6cHc=' };
    expect((await browser.call('GET', '/v1/payments', { headers })).status).toBe(200);
  });

  it('is nothing to buyers: the public part and the sandbox do not look at it', async () => {
    const browser = await signIn(house());
    const gift = await donation(house());
    const buy = await browser.callFrom(
      { origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' },
      'POST',
      `/v1/public/payment-links/${gift.id}/sessions`,
      { body: { amount: 500, customer: { email: 'anna@example.com' } } },
    );
    expect(buy.status).toBe(201);
    expect(buy.headers.get('access-control-allow-credentials')).toBeNull();
    const paid = await browser.callFrom(
      { 'sec-fetch-site': 'cross-site' },
      'POST',
      `/v1/sandbox/checkout-sessions/${buy.body.id}`,
      { body: { outcome: 'succeeded' } },
    );
    expect(paid.status).toBe(200);
  });
});

describe.each([
  ['http', 'http://127.0.0.1:4242'],
  ['https', 'https://pay.example.com'],
])('whatever comes from elsewhere with the cookie, on %s', (_scheme, publicUrl) => {
  const house = useHouse(undefined, { publicUrl });

  const elsewhere: [string, Record<string, string>][] = [
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    [
      'another site that lies about its origin',
      { 'sec-fetch-site': 'cross-site', origin: publicUrl },
    ],
    ['another host of the domain', { 'sec-fetch-site': 'same-site', origin: publicUrl }],
    ['nowhere', { 'sec-fetch-site': 'none' }],
    ['a value nobody knows', { 'sec-fetch-site': 'Same-Origin' }],
    ['an old browser on another site', { origin: 'https://evil.example' }],
    ['an old browser in a sandboxed frame', { origin: 'null' }],
    ['an old browser on another port', { origin: `${publicUrl}0` }],
    ['an old browser on a name that begins alike', { origin: `${publicUrl}.evil.example` }],
    ['an old browser on the other scheme', { origin: publicUrl.replace(/^https?/, 'ftp') }],
    ['an old browser that says nothing', {}],
    ['an old browser that says where it was', { referer: `${publicUrl}/dashboard` }],
  ];

  it.each(elsewhere)('changes nothing from %s', async (_name, from) => {
    const browser = await signIn(house());
    const { id } = await invoice(house());
    const before = await rowCounts(house());
    const tries = [
      ['POST', '/v1/payment-links', { body: link }],
      [
        'POST',
        '/v1/payment-links',
        { raw: JSON.stringify(link), headers: { 'content-type': 'text/plain' } },
      ],
      ['PATCH', `/v1/payment-links/${id}`, { body: { isActive: false } }],
      ['POST', '/v1/products', { raw: '' }],
      ['DELETE', '/v1/buyers/anna@example.com', {}],
      ['POST', '/v1/payment-links', { body: link, headers: { 'idempotency-key': 'evil' } }],
      ['POST', path, { body: { key: house().key } }],
      ['DELETE', path, {}],
    ] as const;
    for (const [method, at, asked] of tries) {
      const answer = await browser.callFrom(from, method, at, asked);
      expect([method, at, answer.status, answer.body?.code]).toEqual([
        method,
        at,
        403,
        'cross_site',
      ]);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
    expect(await rowCounts(house())).toEqual(before);
    expect((await browser.call('GET', `/v1/payment-links/${id}`)).body.isActive).toBe(true);
    expect((await browser.call('GET', path)).status).toBe(200);
  });

  it.each([
    ['as browsers mark it', { 'sec-fetch-site': 'same-origin' }],
    ['by its origin, in an old browser', { origin: publicUrl }],
  ])('is taken from the desk: %s', async (_name, from) => {
    const browser = await signIn(house());
    const { status } = await browser.callFrom(from, 'POST', '/v1/payment-links', { body: link });
    expect(status).toBe(201);
  });

  it.each([
    ['cross-site', 403],
    ['same-site', 200],
    ['same-origin', 200],
    ['none', 200],
    [undefined, 200],
  ])('is read where the browser says %s: %i', async (site, status) => {
    const browser = await signIn(house());
    const from: Record<string, string> = site === undefined ? {} : { 'sec-fetch-site': site };
    for (const at of ['/v1/payments', path]) {
      const answer = await browser.callFrom(from, 'GET', at);
      expect([at, answer.status]).toEqual([at, status]);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('lets no page of another site ask beforehand', async () => {
    const { cookie } = await signIn(house());
    for (const at of ['/v1/payment-links', path]) {
      const headers = {
        ...{ cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
        'access-control-request-method': 'POST',
      };
      const answer = await house().call('OPTIONS', at, undefined, { key: null, headers });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      for (const name of ['origin', 'credentials', 'methods', 'headers'])
        expect(answer.headers.get(`access-control-allow-${name}`)).toBeNull();
    }
  });

  it('is no body but JSON, from the desk too', async () => {
    const browser = await signIn(house());
    const { id } = await invoice(house());
    const before = await rowCounts(house());
    const archive = async (raw: string, type: string) =>
      browser.call('POST', `/v1/payment-links`, { raw, headers: { 'content-type': type } });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
      expect((await archive(JSON.stringify(link), type)).body.code).toBe('not_json');
    const { body } = await browser.call('DELETE', '/v1/buyers/anna@example.com', {
      ...{ raw: '{}', headers: { 'content-type': 'text/plain' } },
    });
    expect(body.code).toBe('not_json');
    expect(await rowCounts(house())).toEqual(before);
    expect((await browser.call('GET', `/v1/payment-links/${id}`)).status).toBe(200);
  });
});
