import { sql } from 'kysely';
import { describe, expect, inject, it } from 'vitest';
import type { PublicLink } from '../../src/contract/index.js';
import { allowed } from '../../src/server/limits/allowed.js';
import type { RequestLine } from '../../src/server/routes/observe.js';
import { createShownLinks } from '../../src/server/shown-links.js';
import { type Answer, openHouse, storeNames, useHouse } from './house.js';
import { anna, invoice, type Json, make } from './offers.js';

const link = (id: string) => ({ id, now: String(Math.random()) }) as unknown as PublicLink;

describe('the links that are shown', () => {
  it('are read once, however many ask at the same time', async () => {
    const read: string[] = [];
    const shown = createShownLinks(async (id) => {
      read.push(id);
      return link(id);
    });
    const texts = await Promise.all(['a', 'b', 'a', 'a'].map((id) => shown.read(id)));
    expect(read).toEqual(['a', 'b']);
    expect(texts[0]).toBe(texts[3]);
    shown.forget('a');
    await Promise.all(['a', 'b'].map((id) => shown.read(id)));
    expect(read).toEqual(['a', 'b', 'a']);
  });

  it('keep no failure, and nothing that was being read when it changed', async () => {
    let answer: (link: PublicLink) => void = () => {};
    const shown = createShownLinks((id) =>
      id === 'none'
        ? Promise.reject(new Error('There is none.'))
        : new Promise((resolve) => {
            answer = resolve;
          }),
    );
    await expect(shown.read('none')).rejects.toThrow('There is none.');
    await expect(shown.read('none')).rejects.toThrow('There is none.');
    const before = shown.read('a');
    shown.forget('a');
    answer(link('a'));
    const after = shown.read('a');
    answer(link('a'));
    expect((await after).text).not.toBe((await before).text);
  });

  it('are a thousand at most', async () => {
    let reads = 0;
    const shown = createShownLinks(async (id) => {
      reads += 1;
      return link(id);
    });
    for (let turn = 0; turn < 2; turn++)
      for (let index = 0; index < 1_001; index++) await shown.read(`${index}`);
    expect(reads).toBe(2_002);
  });
});

describe.each(storeNames)('a shown link on %s', (store) => {
  const house = useHouse(store);
  const show = async (id: string): Promise<Json> =>
    (await house().call('GET', `/v1/public/payment-links/${id}`)).body;

  it('follows at once what its merchant changes, and what is left of it', async () => {
    const { id } = await invoice(house(), { maxRedemptions: 3, slug: 'three-of-them' });
    expect((await show(id)).remaining).toBe(3);
    expect((await show('three-of-them')).remaining).toBe(3);
    const opened = await house().call('POST', `/v1/public/payment-links/${id}/sessions`, anna);
    expect((await show(id)).remaining).toBe(2);
    expect((await show('three-of-them')).remaining).toBe(2);
    await house().call('POST', `/v1/public/checkout-sessions/${opened.body.id}/cancel`);
    expect((await show(id)).remaining).toBe(3);
    await house().call('PATCH', `/v1/payment-links/${id}`, { name: 'Another name' });
    expect((await show(id)).name).toBe('Another name');
  });

  it('follows at once its products and their stock', async () => {
    const items = [{ name: 'Board', unitAmount: 1000, stockQuantity: 5 }];
    const { id } = await make(house(), '/v1/payment-links', {
      ...{ type: 'product', name: 'Chess', currency: 'EUR', items },
    });
    const [item] = (await show(id)).items;
    expect(item.variants[0].stock).toBe(5);
    await house().call('POST', `/v1/public/payment-links/${id}/sessions`, {
      ...anna,
      items: [{ itemId: item.id, quantity: 1 }],
    });
    expect((await show(id)).items[0].variants[0].stock).toBe(4);
    await house().call('PATCH', `/v1/skus/${item.variants[0].id}`, { stockQuantity: 9 });
    expect((await show(id)).items[0].variants[0].stock).toBe(8);
  });
});

describe('a link that is known', () => {
  const lines: RequestLine[] = [];
  const house = useHouse('PostgreSQL', { onRequest: (line) => lines.push(line) });
  const pathOf = async () => `/v1/public/payment-links/${(await invoice(house())).id}`;
  const from = (last: number) => ({ from: `198.51.100.${last}` });

  it.each([
    ['whole', undefined, 200],
    ['unchanged', '"x", W/$', 304],
    ['changed', '"x"', 200],
  ])('is answered %s with what its route answers', async (_, condition, status) => {
    const path = await pathOf();
    const etag = (await house().call('GET', path)).headers.get('etag') ?? '';
    const headers: Record<string, string> = condition
      ? { 'if-none-match': condition.replace('$', etag) }
      : {};
    lines.length = 0;
    const [quick, whole] = [
      await house().call('GET', path, undefined, { headers, ...from(1) }),
      // An address that is not the plain one goes the whole way.
      await house().call('GET', `${path}?`, undefined, { headers, ...from(1) }),
    ];
    const seen = ({ headers: sent, ...answer }: Answer) => {
      expect(sent.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      return { ...answer, headers: { ...Object.fromEntries(sent), 'x-request-id': 'drawn' } };
    };
    expect(quick.status).toBe(status);
    expect(seen(quick)).toEqual(seen(whole));
    expect(quick.headers.get('x-request-id')).not.toBe(whole.headers.get('x-request-id'));
    expect(lines.map(({ requestId, ms, ...line }) => line)).toEqual(
      [quick, whole].map(() => ({
        ...{ method: 'GET', route: '/v1/public/payment-links/:id', status },
      })),
    );
    expect(lines[0]?.requestId).toBe(quick.headers.get('x-request-id'));
  });

  it('counts for its caller like any other request', async () => {
    const path = await pathOf();
    const caller = house().backend.sealer.digest('caller\n198.51.100.2');
    await house().call('GET', path, undefined, from(3));
    await house().backend.limits.request(caller, allowed.requests.points - 20);
    const read = () => house().call('GET', path, undefined, from(2));
    for (let count = 1; count < 30; count++) expect((await read()).status, `${count}`).toBe(200);
    for (let count = 0; count < 20; count++) expect((await read()).status).toBe(429);
    const refused = await read();
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    expect((await house().call('GET', path, undefined, from(3))).status).toBe(200);
  });
});

describe('a link that another process changes', () => {
  const house = useHouse('PostgreSQL');

  it('is shown as it was for a second at most', async () => {
    const { id } = await invoice(house(), { name: 'Before' });
    const path = `/v1/public/payment-links/${id}`;
    const { name } = (
      await sql<{ name: string }>`select current_database() as name`.execute(house().backend.db)
    ).rows[0] as { name: string };
    const url = new URL(name, inject('postgresUrl')).href;
    const other = await openHouse('PostgreSQL', { url });
    try {
      expect((await house().call('GET', path)).body.name).toBe('Before');
      await other.call('PATCH', `/v1/payment-links/${id}`, { name: 'After' });
      await expect
        .poll(async () => (await house().call('GET', path)).body.name, { timeout: 1_500 })
        .toBe('After');
    } finally {
      await other.close();
    }
  });
});
