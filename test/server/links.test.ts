import { afterAll, describe, expect, it } from 'vitest';
import { merchantLinkSchema, publicLinkSchema } from '../../src/contract/index.js';
import { publicUrl, storeNames, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import {
  donation,
  invoice,
  type Json,
  make,
  membership,
  open,
  pay,
  seenBy,
  tee,
} from './offers.js';

describe.each(storeNames)('payment links on %s', (store) => {
  const house = useHouse(store);
  afterAll(() => expectSoundBooks(house()));

  const readLink = async ({ id }: Json) =>
    (await house().call('GET', `/v1/payment-links/${id}`)).body;

  const options = {
    description: 'For the work in May',
    imageUrl: 'https://shop.example/may.svg',
    expiresAt: '2099-12-31T23:59:59.000Z',
    maxRedemptions: 10,
    collectEmail: 'optional',
    collectName: 'required',
    collectPhone: 'optional',
    submitType: 'book',
    submitMessage: 'We call you back',
    inactiveMessage: 'We are on holiday',
    fallbackUrl: 'https://shop.example/closed?link={PAYMENT_LINK_ID}',
    successUrl: 'https://shop.example/thanks?session={CHECKOUT_SESSION_ID}',
    cancelUrl: 'http://localhost:3000/basket',
    allowedOrigins: ['https://shop.example'],
    branding: { accent: '#aa3366', radius: 8 },
    metadata: { campaign: 'may' },
  };

  it('are made with every option, and read back as they were made', async () => {
    const link = await invoice(house(), { ...options, slug: 'may-invoice' });
    expect(link).toMatchObject({
      ...options,
      type: 'amount',
      object: 'payment_link',
      name: 'Invoice 17',
      currency: 'XAF',
      amount: 25_000,
      minAmount: null,
      maxAmount: null,
      suggestedAmounts: null,
      items: [],
      slug: 'may-invoice',
      url: `${publicUrl}/p/may-invoice`,
      status: 'active',
      isActive: true,
      redemptionCount: 0,
      reservedCount: 0,
      testMode: true,
    });
    expect(link.createdAt).toBe(link.updatedAt);
    expect(merchantLinkSchema().parse(link)).toEqual(link);
    expect(await readLink(link)).toEqual(link);
    const seen = await seenBy(house(), link);
    expect(publicLinkSchema().parse(seen)).toEqual(seen);
    expect(seen).toMatchObject({
      amount: 25_000,
      remaining: 10,
      submitType: 'book',
      fallbackUrl: `https://shop.example/closed?link=${link.id}`,
      collect: { email: 'optional', name: 'required', phone: 'optional' },
    });
    for (const hidden of [
      'metadata',
      'successUrl',
      'cancelUrl',
      'allowedOrigins',
      'redemptionCount',
    ])
      expect(seen).not.toHaveProperty(hidden);
  });

  it('have sensible defaults', async () => {
    const link = await invoice(house());
    expect(link).toMatchObject({
      collectEmail: 'required',
      collectName: 'none',
      collectPhone: 'none',
      submitType: 'auto',
      maxRedemptions: null,
      expiresAt: null,
      allowedOrigins: null,
      slug: null,
      metadata: {},
      url: `${publicUrl}/p/${link.id}`,
    });
    expect((await seenBy(house(), link)).remaining).toBeNull();
  });

  it('of a chosen amount show their bounds, and no fixed amount', async () => {
    const seen = await seenBy(house(), await donation(house()));
    expect(seen).toMatchObject({
      amount: null,
      minAmount: 100,
      maxAmount: 50_000,
      suggestedAmounts: [500, 1_000],
    });
    const free = await make(house(), '/v1/payment-links', {
      type: 'amount',
      name: 'Tip',
      currency: 'JPY',
    });
    expect(free).toMatchObject({
      amount: null,
      minAmount: 1,
      maxAmount: null,
      suggestedAmounts: [],
    });
    expect(await invoice(house(), { amount: 0 })).toMatchObject({ amount: 0, minAmount: null });
  });

  it('of products show variants, prices and what is left of them', async () => {
    const { seen, product } = await tee(house(), { stock: 4, item: { isOptional: true } });
    const [item] = seen.items;
    expect(item).toMatchObject({
      name: 'T-shirt',
      unitAmount: 2_000,
      options: [{ name: 'size', values: ['S', 'M', 'L'] }],
      quantity: 1,
      minQuantity: 1,
      maxQuantity: 10,
      adjustableQuantity: true,
      isOptional: true,
    });
    expect(
      item.variants.map(({ id, attributes, unitAmount, stock }: Json) => [
        id,
        attributes.size,
        unitAmount,
        stock,
      ]),
    ).toEqual([
      [product.skus[0].id, 'S', 2_000, 4],
      [product.skus[1].id, 'M', 2_000, 4],
      [product.skus[2].id, 'L', 2_200, 4],
    ]);
    expect(item.prices.map(({ id, unitAmount }: Json) => [id, unitAmount])).toEqual([
      [product.prices[0].id, 2_000],
    ]);
  });

  it('take items written on the spot, in the order asked for', async () => {
    const link = await make(house(), '/v1/payment-links', {
      type: 'product',
      name: 'Concert',
      currency: 'XAF',
      items: [
        {
          name: 'VIP',
          unitAmount: 50_000,
          stockQuantity: 2,
          minQuantity: 0,
          maxQuantity: 2,
          sortOrder: 2,
        },
        { name: 'Standing', unitAmount: 10_000, minQuantity: 0, sortOrder: 1 },
      ],
    });
    const { items } = await seenBy(house(), link);
    expect(
      items.map(({ name, quantity, variants }: Json) => [name, quantity, variants[0].stock]),
    ).toEqual([
      ['Standing', 0, null],
      ['VIP', 0, 2],
    ]);
    const { body } = await house().call('GET', '/v1/products?limit=100');
    expect(body.data.map(({ name }: Json) => name)).not.toContain('VIP');
  });

  it('of a subscription take what recurs as it is written on the spot', async () => {
    const link = await make(house(), '/v1/payment-links', {
      ...{ type: 'subscription', name: 'Club', currency: 'EUR' },
      items: [
        { name: 'Club', unitAmount: 900, interval: 'month', intervalCount: 3, trialPeriodDays: 7 },
        { name: 'Card', unitAmount: 500 },
      ],
    });
    const [club, card] = (await seenBy(house(), link)).items;
    expect(club.prices).toMatchObject([
      { unitAmount: 900, interval: 'month', intervalCount: 3, trialPeriodDays: 7 },
    ]);
    expect(card.prices).toMatchObject([{ unitAmount: 500, interval: null }]);
  });

  it.each([
    ['product', { interval: 'month' }, 'items.0.interval'],
    ['subscription', { intervalCount: 2 }, 'items.0.intervalCount'],
    ['subscription', { trialPeriodDays: 7 }, 'items.0.trialPeriodDays'],
    ['subscription', {}, 'items'],
  ])('of a %s refuse %o of an item that is written on the spot', async (type, more, path) => {
    const items = [{ name: 'Club', unitAmount: 900, ...more }];
    const answer = await house().call('POST', '/v1/payment-links', {
      ...{ type, name: 'Club', currency: 'EUR', items },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((one: Json) => one.path)).toEqual([path]);
  });

  it('of a subscription show every interval, and one-time items as they are', async () => {
    const { seen } = await membership(house(), { trialPeriodDays: 14, setupFee: 500 });
    const [plan, fee] = seen.items;
    expect(plan.prices.map(({ id, ...rest }: Json) => rest)).toEqual([
      { unitAmount: 1_000, interval: 'month', intervalCount: 1, trialPeriodDays: 14 },
      { unitAmount: 10_000, interval: 'year', intervalCount: 1, trialPeriodDays: null },
    ]);
    expect(fee.prices.map(({ interval }: Json) => interval)).toEqual([null]);
  });

  it('use their prices in their own currency only', async () => {
    const { product } = await tee(house());
    const price = { unitAmount: 13_000, currency: 'XAF', type: 'one_time' };
    await make(house(), '/v1/prices', { productId: product.id, ...price });
    const link = await make(house(), '/v1/payment-links', {
      type: 'product',
      name: 'Tee',
      currency: 'XAF',
      items: [{ productId: product.id }],
    });
    const [item] = (await seenBy(house(), link)).items;
    expect(item.prices.map(({ unitAmount }: Json) => unitAmount)).toEqual([13_000]);
    // L has an amount of its own, but in euros.
    expect(item.variants.map(({ unitAmount }: Json) => unitAmount)).toEqual([
      13_000, 13_000, 13_000,
    ]);
  });

  it('count a completed order as one use, whatever its quantity', async () => {
    const { link, seen } = await tee(house(), { link: { maxRedemptions: 5 } });
    const [{ id: itemId, variants }] = seen.items;
    const items = [{ itemId, skuId: variants[0].id, quantity: 3 }];
    const session = await open(house(), link, { customer: { email: 'a@b.example' }, items });
    expect(await readLink(link)).toMatchObject({ redemptionCount: 0, reservedCount: 1 });
    expect(await seenBy(house(), link)).toMatchObject({ remaining: 4 });
    await pay(house(), session);
    expect(await readLink(link)).toMatchObject({ redemptionCount: 1, reservedCount: 0 });
  });

  const listed = async (query: string): Promise<Json[]> => {
    const { status, body, text } = await house().call('GET', `/v1/payment-links?${query}`);
    expect(status, text).toBe(200);
    return body.data;
  };

  it('say in the list what they have collected and when, as their statistics do', async () => {
    const link = await donation(house());
    const quiet = await invoice(house());
    expect(quiet).toMatchObject({ collectedAmount: 0, lastPaymentAt: null });
    for (const amount of [2_000, 700])
      await pay(house(), await open(house(), link, { customer: { email: 'a@b.example' }, amount }));
    await open(house(), link, { customer: { email: 'a@b.example' }, amount: 400 });
    const { paymentId } = (await house().call('GET', '/v1/checkout-sessions?status=complete')).body
      .data[0];
    await house().call('POST', `/v1/payments/${paymentId}/refunds`, { amount: 300 });
    const stats = (await house().call('GET', `/v1/payment-links/${link.id}/stats`)).body;
    expect(stats.collected).toMatchObject({ gross: 2_700, refunded: 300, net: 2_400 });
    for (const seen of [...(await listed('limit=2')), await readLink(link)])
      expect(seen).toMatchObject(
        seen.id === quiet.id
          ? { collectedAmount: 0, lastPaymentAt: null, reservedCount: 0 }
          : { collectedAmount: 2_400, lastPaymentAt: stats.lastPaymentAt, redemptionCount: 2 },
      );
  });

  it('are found by a part of their name, slug or id, in whatever case', async () => {
    const [other, fair] = [
      await invoice(house(), { name: 'Stand 7, 100_ off' }),
      await invoice(house(), { name: 'Bücherstand 100% solar', slug: 'the-book-fair' }),
    ];
    const find = async (search: string, more = '') =>
      (await listed(`search=${encodeURIComponent(search)}${more}`)).map(({ id }: Json) => id);
    expect(await find('STAND')).toEqual([fair.id, other.id]);
    expect(await find('bücher')).toEqual([fair.id]);
    expect(await find('Book-F')).toEqual([fair.id]);
    expect(await find(fair.id.slice(9).toLowerCase())).toEqual([fair.id]);
    // What stands for anything in LIKE stands for itself.
    expect(await find('100%')).toEqual([fair.id]);
    expect(await find('100_')).toEqual([other.id]);
    expect(await find('\\')).toEqual([]);
    expect(await find('stand', '&type=product')).toEqual([]);
    expect(await find('stand', '&limit=1')).toEqual([fair.id]);
    // It is in one of them, not across two.
    expect(await find('solar the')).toEqual([]);
  });

  it.each(['', 'x'.repeat(101), '%00', '%F0%9F%98%80'.repeat(101)])(
    'are not looked for by “%s”',
    async (search) => {
      const { status, body } = await house().call('GET', `/v1/payment-links?search=${search}`);
      expect([status, body.errors[0].path]).toEqual([422, 'search']);
    },
  );
});
