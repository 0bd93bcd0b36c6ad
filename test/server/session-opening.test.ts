import { afterAll, describe, expect, it } from 'vitest';
import { publicUrl, useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import {
  anna,
  donation,
  invoice,
  type Json,
  membership,
  open,
  readSession,
  tee,
  tryOpen,
} from './offers.js';

const house = useHouse();
afterAll(() => expectSoundBooks(house()));

const day = 86_400_000;
const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / day;
const merchantView = async ({ id }: Json) =>
  (await house().call('GET', `/v1/checkout-sessions/${id}`)).body;

describe('a session opens', () => {
  it('for a fixed amount', async () => {
    const session = await open(house(), await invoice(house()), { ...anna, expectedTotal: 25_000 });
    expect(session).toMatchObject({
      object: 'checkout_session',
      status: 'open',
      paymentStatus: 'unpaid',
      currency: 'XAF',
      total: 25_000,
      failure: null,
      testMode: true,
      url: `${publicUrl}/c/${session.id}`,
      methods: ['page', 'mobile_money'],
    });
    expect(session.totals.lines).toEqual([
      {
        itemId: null,
        skuId: null,
        priceId: null,
        name: 'Invoice 17',
        quantity: 1,
        unitAmount: 25_000,
        amount: 25_000,
      },
    ]);
  });

  it.each([100, 1_234, 50_000])('for a chosen amount of %i cents', async (amount) => {
    const session = await open(house(), await donation(house()), { ...anna, amount });
    expect([session.total, session.currency]).toEqual([amount, 'EUR']);
  });

  it('for products, each variant at its own price', async () => {
    const { link, seen } = await tee(house());
    const [{ id: itemId, variants }] = seen.items;
    const line = (size: string, quantity: number) => ({
      itemId,
      skuId: variants.find(({ attributes }: Json) => attributes.size === size).id,
      quantity,
    });
    const items = [line('L', 2), line('S', 1)];
    const session = await open(house(), link, { ...anna, items, expectedTotal: 6_400 });
    expect(session.totals.lines.map(({ name, amount }: Json) => [name, amount])).toEqual([
      ['T-shirt · L', 4_400],
      ['T-shirt · S', 2_000],
    ]);
  });

  it('for a subscription, with its setup fee today and the year ahead', async () => {
    const { link, seen } = await membership(house(), { setupFee: 500 });
    const [plan, fee] = seen.items;
    const items = [
      { itemId: plan.id, priceId: plan.prices[1].id, quantity: 1 },
      { itemId: fee.id, quantity: 1 },
    ];
    const { total, totals } = await open(house(), link, { ...anna, items });
    expect(total).toBe(10_500);
    expect(totals.recurring).toMatchObject({ amount: 10_000, interval: 'year', intervalCount: 1 });
    expect([365, 366]).toContain(Math.round(daysBetween(seen.now, totals.recurring.nextChargeAt)));
  });

  it('for a trial: nothing today, the first charge when it ends', async () => {
    const { link, seen } = await membership(house(), { trialPeriodDays: 14 });
    const [plan] = seen.items;
    const items = [{ itemId: plan.id, priceId: plan.prices[0].id, quantity: 1 }];
    const { total, totals } = await open(house(), link, { ...anna, items, expectedTotal: 0 });
    expect(total).toBe(0);
    expect(totals.recurring.amount).toBe(1_000);
    expect(totals.recurring.nextChargeAt).toBe(totals.recurring.trialEndsAt);
    expect(daysBetween(seen.now, totals.recurring.trialEndsAt)).toBeCloseTo(14, 2);
  });
});

describe('who may know what', () => {
  it('shows buyers nothing personal, and the merchant all of it', async () => {
    const customer = { email: 'zoe@example.com', name: 'Zoë Ngo', phone: '+242 06 123 45 67' };
    const link = await invoice(house(), { collectName: 'optional', collectPhone: 'optional' });
    const request = {
      customer,
      reference: 'order-7',
      metadata: { cart: 'c-99' },
      utm: { utm_source: 'news' },
      locale: 'fr',
    };
    const session = await open(house(), link, request);
    const seen = await readSession(house(), session);
    expect(Object.keys(seen).sort()).toEqual([
      ...['approvalExpiresAt', 'currency', 'embeddable', 'expiresAt', 'extendable', 'failure'],
      ...[
        'id',
        'methods',
        'object',
        'operators',
        'paymentLinkId',
        'paymentStatus',
        'reference',
        'status',
        'successUrl',
        'testMode',
      ],
      ...['total', 'totals', 'url'],
    ]);
    const text = JSON.stringify(seen);
    for (const secret of [...Object.values(customer), 'c-99', 'news'])
      expect(text).not.toContain(secret);
    const { approvalExpiresAt, extendable, operators, ...shared } = seen;
    expect(await merchantView(session)).toMatchObject({
      ...shared,
      customer,
      metadata: { cart: 'c-99' },
      utm: { utm_source: 'news' },
      paymentId: null,
      subscriptionId: null,
    });
  });

  it('opens on allowed origins and our own only, where a link names them', async () => {
    const allowed = 'https://shop.example';
    const link = await invoice(house(), { allowedOrigins: [allowed] });
    const from = (origin: string) => tryOpen(house(), link, anna, { headers: { origin } });
    expect((await from(allowed)).body.embeddable).toBe(true);
    expect((await from(publicUrl)).body.embeddable).toBe(false);
    for (const other of ['https://shop.example.evil', 'http://shop.example', 'null']) {
      const { status, body } = await from(other);
      expect([status, body.code]).toEqual([403, 'origin_not_allowed']);
    }
    const anywhere = { headers: { origin: 'https://any.example' } };
    expect((await open(house(), await invoice(house()), anna, anywhere)).embeddable).toBe(false);
  });
});
