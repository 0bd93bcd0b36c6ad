import { afterAll, describe, expect, it } from 'vitest';
import { publicUrl, useHouse } from './house.js';
import { expectSoundBooks, rowCounts } from './invariants.js';
import {
  anna,
  donation,
  invoice,
  type Json,
  make,
  open,
  pay,
  seenBy,
  tee,
  tryOpen,
} from './offers.js';

const house = useHouse();
afterAll(() => expectSoundBooks(house()));

const change = (link: Json, changes: object, headers: Record<string, string> = {}) =>
  house().call('PATCH', `/v1/payment-links/${link.id}`, changes, { headers });
const changed = async (link: Json, changes: object): Promise<Json> => {
  const { status, body, text } = await change(link, changes);
  expect(status, text).toBe(200);
  return body;
};

describe('a change', () => {
  const full = {
    description: 'May',
    imageUrl: 'https://shop.example/may.svg',
    expiresAt: '2099-12-31T23:59:59.000Z',
    maxRedemptions: 10,
    submitMessage: 'Thanks',
    inactiveMessage: 'Closed',
    fallbackUrl: 'https://shop.example/closed',
    successUrl: 'https://shop.example/thanks',
    cancelUrl: 'https://shop.example/basket',
    allowedOrigins: ['https://shop.example'],
    branding: { accent: '#aa3366' },
    metadata: { campaign: 'may' },
  };

  it('of nothing keeps everything', async () => {
    const link = await invoice(house(), { ...full, slug: 'may-2099' });
    const { updatedAt, ...kept } = await changed(link, {});
    expect({ ...kept, updatedAt: link.updatedAt }).toEqual(link);
  });

  it.each(Object.keys(full))('of %s to null clears it, and nothing else', async (key) => {
    const link = await invoice(house(), full);
    const { updatedAt, ...after } = await changed(link, { [key]: null });
    const cleared = key === 'metadata' ? {} : null;
    expect({ ...after, updatedAt: link.updatedAt }).toEqual({ ...link, [key]: cleared });
  });

  it('of one key keeps the others', async () => {
    const link = await donation(house());
    expect(await changed(link, { name: 'Tip' })).toMatchObject({ name: 'Tip', minAmount: 100 });
    expect(await changed(link, { maxAmount: null })).toMatchObject({
      minAmount: 100,
      maxAmount: null,
    });
    expect(await changed(link, { collectName: 'required' })).toMatchObject({
      collectEmail: 'required',
      collectName: 'required',
    });
  });

  it('turns a fixed amount into a chosen one, and back', async () => {
    const link = await invoice(house());
    expect(await changed(link, { amount: null, minAmount: 500, maxAmount: 900 })).toMatchObject({
      amount: null,
      minAmount: 500,
      maxAmount: 900,
      suggestedAmounts: [],
    });
    expect(await changed(link, { amount: 700 })).toMatchObject({
      amount: 700,
      minAmount: null,
      maxAmount: null,
      suggestedAmounts: null,
    });
  });

  it('of the least a buyer may choose to null lets them choose any', async () => {
    const link = await donation(house());
    const after = await changed(link, { minAmount: null, suggestedAmounts: null });
    expect(after).toMatchObject({ amount: null, minAmount: 1, suggestedAmounts: [] });
  });

  it('of items replaces them all, and keeps those that name their id', async () => {
    const { link, product } = await tee(house());
    const [before] = link.items;
    const items = [
      { name: 'Gift wrap', unitAmount: 300, isOptional: true },
      { id: before.id, productId: product.id, maxQuantity: 3 },
    ];
    const after = (await changed(link, { items })).items;
    expect(after.map(({ name }: Json) => name)).toEqual(['Gift wrap', 'T-shirt']);
    expect(after[1]).toMatchObject({ id: before.id, maxQuantity: 3 });
    expect(after[0].id).not.toBe(before.id);
  });

  it('refuses fewer uses than are used or held', async () => {
    const link = await invoice(house());
    await pay(house(), await open(house(), link));
    await open(house(), link);
    const { status, body } = await change(link, { maxRedemptions: 1 });
    expect([status, body.errors[0].path]).toEqual([422, 'maxRedemptions']);
    expect(await changed(link, { maxRedemptions: 2 })).toMatchObject({
      redemptionCount: 1,
      reservedCount: 1,
    });
    expect((await tryOpen(house(), link)).body.code).toBe('temporarily_sold_out');
  });

  it('counts the uses of a link that had no limit until now', async () => {
    const link = await invoice(house());
    for (let times = 0; times < 2; times += 1) await pay(house(), await open(house(), link));
    expect((await changed(link, { maxRedemptions: 2 })).status).toBe('exhausted');
    expect((await changed(link, { maxRedemptions: 3 })).status).toBe('active');
    await pay(house(), await open(house(), link));
    expect((await tryOpen(house(), link)).body.code).toBe('link_exhausted');
  });
});

describe('a change on condition', () => {
  it('is made on the version it names, refused on another', async () => {
    const link = await invoice(house());
    const { headers } = await house().call('GET', `/v1/payment-links/${link.id}`);
    const etag = headers.get('etag') as string;
    const first = await change(link, { name: 'Mine' }, { 'if-match': etag });
    expect(first.status).toBe(200);
    const before = await rowCounts(house());
    const second = await change(link, { name: 'Theirs' }, { 'if-match': etag });
    expect([second.status, second.body.code]).toEqual([412, 'precondition_failed']);
    expect(await rowCounts(house())).toEqual(before);
    const fresh = first.headers.get('etag') as string;
    for (const condition of [`"other", ${fresh}`, '*'])
      expect((await change(link, { name: 'Mine' }, { 'if-match': condition })).status).toBe(200);
  });

  it('lets one of two who read the same version win', async () => {
    const link = await invoice(house());
    const { headers } = await house().call('GET', `/v1/payment-links/${link.id}`);
    const condition = { 'if-match': headers.get('etag') as string };
    const names = ['a', 'b', 'c', 'd', 'e'];
    const answers = await Promise.all(names.map((name) => change(link, { name }, condition)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412]);
  });
});

describe('a slug', () => {
  it('that is renamed goes on leading to its link, pages and API alike', async () => {
    const link = await invoice(house(), { slug: 'spring-sale' });
    expect(await changed(link, { slug: 'summer-sale' })).toMatchObject({
      slug: 'summer-sale',
      url: `${publicUrl}/p/summer-sale`,
    });
    const old = await house().call('GET', '/p/spring-sale?utm_source=poster', undefined, {
      key: null,
    });
    expect([301, 302, 307, 308]).toContain(old.status);
    expect(old.headers.get('location')).toBe('/p/summer-sale?utm_source=poster');
    for (const name of ['spring-sale', 'summer-sale', link.id])
      expect((await seenBy(house(), { id: name })).id).toBe(link.id);
    expect((await changed(link, { slug: null })).url).toBe(`${publicUrl}/p/${link.id}`);
    for (const name of ['spring-sale', 'summer-sale'])
      expect((await seenBy(house(), { id: name })).id).toBe(link.id);
    expect((await changed(link, { slug: 'spring-sale' })).slug).toBe('spring-sale');
  });

  it('is never another link’s, not even an old one', async () => {
    const link = await invoice(house(), { slug: 'autumn' });
    await changed(link, { slug: 'winter' });
    for (const slug of ['autumn', 'winter']) {
      const fee = { type: 'amount', name: 'Fee', currency: 'EUR', amount: 5, slug };
      const { status, body } = await house().call('POST', '/v1/payment-links', fee);
      expect([status, body.errors[0].path]).toEqual([422, 'slug']);
    }
  });
});

describe('a list of links', () => {
  it('is newest first, page by page, each link once', async () => {
    const made: string[] = [];
    for (let at = 0; at < 5; at += 1) made.unshift((await invoice(house())).id);
    await make(house(), '/v1/payment-links', {
      type: 'product',
      name: 'Mug',
      currency: 'EUR',
      items: [{ name: 'Mug', unitAmount: 900 }],
    });
    const found: string[] = [];
    let cursor: string | null = '';
    let pages = 0;
    do {
      const query = cursor ? `&cursor=${cursor}` : '';
      const { body } = await house().call('GET', `/v1/payment-links?type=amount&limit=2${query}`);
      expect(body.data.length).toBeLessThanOrEqual(2);
      for (const { id, type } of body.data) {
        expect(type).toBe('amount');
        found.push(id);
      }
      cursor = body.nextCursor;
      pages += 1;
    } while (cursor && pages < 50);
    expect(found.slice(0, 5)).toEqual(made);
    expect(new Set(found).size).toBe(found.length);
    expect(pages).toBe(Math.ceil(found.length / 2));
  });
});

it('asks for what the link asks for by the time of the order', async () => {
  const link = await invoice(house());
  await changed(link, { collectName: 'required' });
  const { body } = await tryOpen(house(), link, anna);
  expect(body.errors[0].path).toBe('customer.name');
});
