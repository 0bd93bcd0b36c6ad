import { afterAll, describe, expect, it } from 'vitest';
import { publicLinkSchema } from '../../src/contract/index.js';
import { storeNames, useHouse } from './house.js';
import { expectSoundBooks, rowCounts } from './invariants.js';
import { donation, invoice, type Json, make, seenBy, tee } from './offers.js';

describe.each(storeNames)('a preview of a link on %s', (store) => {
  const house = useHouse(store);
  afterAll(() => expectSoundBooks(house()));

  /** Asks for it, and sees that nothing has been written meanwhile. */
  const preview = async (body?: unknown, id?: string, headers: Record<string, string> = {}) => {
    const before = await rowCounts(house());
    const path = id ? `/v1/payment-links/${id}/preview` : '/v1/payment-links/preview';
    const answer = await house().call('POST', path, body, { headers });
    expect(await rowCounts(house())).toEqual(before);
    return answer;
  };
  const seenIn = async (body?: unknown, id?: string): Promise<Json> => {
    const { status, body: seen, text } = await preview(body, id);
    expect(status, text).toBe(200);
    expect(publicLinkSchema().parse(seen)).toEqual(seen);
    return seen;
  };

  it('shows a new one as buyers will see it once it is made', async () => {
    const { product } = await tee(house());
    const wished = {
      type: 'product',
      name: 'Summer',
      currency: 'EUR',
      slug: 'summer-to-come',
      items: [
        { productId: product.id, maxQuantity: 3 },
        { name: 'Gift wrap', unitAmount: 300 },
      ],
      branding: { accent: '#aa3366' },
      maxRedemptions: 9,
    };
    const bare = ({ now, id, items, ...link }: Json) => ({
      ...link,
      items: items.map(({ id: _, variants, prices, ...item }: Json) => item),
    });
    const seen = await seenIn(wished);
    expect(seen).toMatchObject({ name: 'Summer', remaining: 9, status: 'active' });
    expect((await house().call('GET', `/v1/payment-links/${seen.id}`)).status).toBe(404);
    const made = await make(house(), '/v1/payment-links', wished);
    expect(bare(await seenBy(house(), made))).toEqual(bare(seen));
  });

  it('shows what a change would do, and leaves the link as it is', async () => {
    const link = await donation(house(), { slug: 'giving' });
    const before = await seenBy(house(), link);
    const seen = await seenIn({ name: 'Give', slug: 'give', minAmount: 300 }, link.id);
    expect(seen).toMatchObject({ id: link.id, name: 'Give', minAmount: 300 });
    expect(seen.url).toMatch(/\/p\/give$/);
    expect(await seenIn({ isActive: false, inactiveMessage: 'In May' }, link.id)).toMatchObject({
      ...{ status: 'inactive', inactiveMessage: 'In May' },
    });
    expect({ ...(await seenIn(undefined, link.id)), now: before.now }).toEqual(before);
    expect({ ...(await seenBy(house(), link)), now: before.now }).toEqual(before);
    expect((await house().call('GET', `/v1/payment-links/${link.id}`)).body).toEqual(link);
  });

  it('refuses what making and changing refuse, in the same words', async () => {
    const link = await invoice(house(), { slug: 'taken-by-one' });
    const other = await invoice(house());
    const wrong = [
      { type: 'amount', name: 'Fee', currency: 'EUR', amount: 5, minAmount: 3 },
      { type: 'product', name: 'None', currency: 'EUR' },
      { type: 'amount', name: 'Fee', currency: 'EUR', amount: 5, slug: 'taken-by-one' },
      {
        type: 'amount',
        name: 'Fee',
        currency: 'EUR',
        amount: 5,
        expiresAt: '2001-01-01T00:00:00Z',
      },
    ];
    const told = ({ status, body }: Json) => [status, body.code, body.errors];
    for (const body of wrong) {
      const refused = await house().call('POST', '/v1/payment-links', body);
      expect(refused.status).toBe(422);
      expect(told(await preview(body))).toEqual(told(refused));
    }
    for (const changes of [{ slug: 'taken-by-one' }, { minAmount: 5 }, { type: 'product' }]) {
      const refused = await house().call('PATCH', `/v1/payment-links/${other.id}`, changes);
      expect(refused.status).toBe(422);
      expect(told(await preview(changes, other.id))).toEqual(told(refused));
    }
    expect((await preview({}, `plink_${'0'.repeat(24)}`)).status).toBe(404);
    expect((await seenBy(house(), link)).status).toBe('active');
  });

  it('is made anew each time, whatever key it comes with', async () => {
    const link = await invoice(house());
    const headers = { 'idempotency-key': 'the-same' };
    for (const name of ['One', 'Two']) {
      const { status, body, headers: given } = await preview({ name }, link.id, headers);
      expect([status, body.name, given.get('idempotent-replayed')]).toEqual([200, name, null]);
    }
  });

  it('of dozens at once hinders nobody', async () => {
    const link = await invoice(house());
    const asked = Array.from({ length: 30 }, (_, n) =>
      house().call('POST', `/v1/payment-links/${link.id}/preview`, { name: `Name ${n}` }),
    );
    const sold = await house().call('POST', `/v1/public/payment-links/${link.id}/sessions`, {
      customer: { email: 'a@b.example' },
    });
    expect(sold.status, sold.text).toBe(201);
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 200));
  });
});
