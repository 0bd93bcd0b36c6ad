import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromStripe, toStripe } from '../../../src/server/provider/stripe/amounts.js';
import { createStripe } from '../../../src/server/provider/stripe/stripe.js';
import { type House, openHouse } from '../house.js';
import { expectSoundBooks } from '../invariants.js';
import { anna, invoice, type Json, make, open, readSession } from '../offers.js';
import { type StripeStandIn, secretKey, startStripe, webhookSecret } from './stripe-stand-in.js';

describe('an amount', () => {
  // Ours → Stripe's, by the tables of docs.stripe.com/currencies.
  it.each([
    [2_500, 'EUR', 2_500],
    [2_500, 'XAF', 2_500],
    [500, 'JPY', 500],
    [1_230, 'KWD', 1_230],
    [1_234, 'KWD', undefined],
    [700, 'UGX', 70_000],
    [700, 'ISK', 70_000],
    [70_000, 'HUF', 70_000],
    [70_050, 'HUF', undefined],
    [300, 'TWD', 300],
    [350, 'TWD', undefined],
    [500, 'MGA', 5],
    [550, 'MGA', undefined],
    [0, 'EUR', 0],
  ])('of %i %s is %s to Stripe, and comes back', (amount, currency, there) => {
    expect(toStripe(amount, currency)).toBe(there);
    if (there !== undefined)
      expect(fromStripe(there, currency.toLowerCase())).toEqual({ amount, currency });
  });
});

describe('a purchase by Stripe', () => {
  let far: StripeStandIn;
  let house: House;
  beforeAll(async () => {
    far = await startStripe();
    const provider = createStripe({ secretKey, webhookSecret, apiUrl: far.url });
    house = await openHouse('PostgreSQL', undefined, { provider });
  });
  afterAll(async () => {
    await expectSoundBooks(house);
    await house.close();
    await far.close();
  });

  const refOf = ({ url }: Json): string => url.split('/').pop();
  const send = ({ body, headers }: { body: string; headers: Record<string, string> }) =>
    house.call('POST', '/v1/providers/stripe/webhook', undefined, {
      ...{ raw: body, headers, key: null },
    });
  const tell = async (event: Json) => (await send(far.message(event))).status;
  const paymentsOf = async ({ id }: Json): Promise<Json[]> => {
    const { data } = (await house.call('GET', '/v1/payments?limit=100')).body;
    return data.filter(({ checkoutSessionId }: Json) => checkoutSessionId === id);
  };
  const opened = async (more: object = {}) => open(house, await invoice(house, more));

  it('opens on its page with our snapshot, and is complete when it is told so', async () => {
    const session = await opened();
    expect(session).toMatchObject({ status: 'open', url: expect.stringContaining('stripe.test') });
    const { asked, amount_total: total } = far.sessions.get(refOf(session));
    expect(total).toBe(session.total);
    expect(asked).toMatchObject({
      client_reference_id: session.id,
      customer_email: anna.customer.email,
      success_url: `http://127.0.0.1:4242/c/${session.id}`,
    });
    expect(Number(asked.expires_at)).toBe(Math.floor(Date.parse(session.expiresAt) / 1_000));
    const event = far.pay(refOf(session));
    expect(await tell(event)).toBe(204);
    expect(await readSession(house, session)).toMatchObject({
      ...{ status: 'complete', paymentStatus: 'paid' },
    });
    // Once more, and under another id.
    expect(await tell(event)).toBe(204);
    expect(await tell({ ...event, id: 'evt_again' })).toBe(204);
    expect(await paymentsOf(session)).toMatchObject([
      { status: 'succeeded', amount: session.total },
    ]);
  });

  it('gives what a promotion code takes off as one amount', async () => {
    const coupon = await make(house, '/v1/coupons', { percentOff: 33 });
    await make(house, '/v1/promotion-codes', { couponId: coupon.id, code: 'THIRD' });
    const link = await invoice(house, { allowPromotionCodes: true });
    const path = `/v1/public/payment-links/${link.id}/sessions`;
    const { body: session } = await house.call('POST', path, { ...anna, promotionCode: 'THIRD' });
    expect(session.totals.discount).toBeGreaterThan(0);
    expect(far.sessions.get(refOf(session)).amount_total).toBe(session.total);
  });

  it.each([
    ['insufficient_funds', 'insufficient_funds'],
    ['lost_card', 'declined'],
  ])('stays open after a decline for %s, and can be paid', async (theirs, ours) => {
    const session = await opened();
    expect(await tell(far.decline(refOf(session), theirs))).toBe(204);
    expect(await readSession(house, session)).toMatchObject({
      ...{ status: 'open', failure: { code: ours } },
    });
    expect(await tell(far.pay(refOf(session)))).toBe(204);
    expect((await readSession(house, session)).status).toBe('complete');
    expect((await paymentsOf(session)).map(({ status }) => status).sort()).toEqual([
      ...['failed', 'succeeded'],
    ]);
  });

  it('is paid once, though the decline arrives after the payment', async () => {
    const session = await opened();
    const declined = far.decline(refOf(session), 'do_not_honor');
    expect(await tell(far.pay(refOf(session)))).toBe(204);
    expect(await tell(declined)).toBe(204);
    expect((await readSession(house, session)).status).toBe('complete');
  });

  it.each([
    ['another amount', { amount_total: 1 }],
    ['another currency', { currency: 'usd' }],
  ])('is for a person to look at where %s was paid', async (_, wrong) => {
    const session = await opened();
    expect(await tell(far.pay(refOf(session), wrong))).toBe(204);
    expect((await readSession(house, session)).status).not.toBe('complete');
    expect(await paymentsOf(session)).toMatchObject([{ status: 'needs_review' }]);
  });

  it.each(['before', 'after', 500] as const)(
    'opens once though the first call meets: %s',
    async (fault) => {
      const known = far.sessions.size;
      far.meet('POST /v1/checkout/sessions', fault);
      const link = await invoice(house);
      const path = `/v1/public/payment-links/${link.id}/sessions`;
      const first = await house.call('POST', path, anna);
      expect(first.status, first.text).toBe(201);
      expect(far.sessions.size).toBe(known + 1);
    },
  );

  it.each([
    ['is down', [500, 500, 500]],
    ['is asked too much', [429, 429, 429]],
    ['answers what nobody can read', ['malformed']],
  ] as const)('is refused with its place given back where Stripe %s', async (_, faults) => {
    const link = await invoice(house, { maxRedemptions: 1 });
    far.meet('POST /v1/checkout/sessions', ...faults);
    const path = `/v1/public/payment-links/${link.id}/sessions`;
    const answer = await house.call('POST', path, anna);
    expect(answer).toMatchObject({ status: 502, body: { code: 'provider_unavailable' } });
    far.meet('POST /v1/checkout/sessions');
    expect((await open(house, link)).status).toBe('open');
  });

  it('takes no message that is forged, stale, of the live side or about nobody', async () => {
    const session = await opened();
    const event = far.pay(refOf(session));
    const message = far.message(event);
    const forged = { ...message, body: message.body.replace('"paid"', '"paid" ') };
    expect((await send(forged)).status).toBe(401);
    expect((await send({ ...message, headers: {} })).status).toBe(401);
    expect((await send(far.message(event, Math.floor(Date.now() / 1_000) - 400))).status).toBe(401);
    expect(await tell({ ...event, livemode: true })).toBe(422);
    const unknown = structuredClone(event);
    unknown.data.object.client_reference_id = `cs_${'0'.repeat(24)}`;
    expect(await tell(unknown)).toBe(500);
    house.logged.length = 0;
    expect((await readSession(house, session)).status).toBe('open');
    // A shop may sell by other ways on the same account.
    const foreign = structuredClone(event);
    foreign.data.object.client_reference_id = 'order 17';
    expect(await tell(foreign)).toBe(204);
    expect(await tell(event)).toBe(204);
    expect((await readSession(house, session)).status).toBe('complete');
  });

  it('is over at Stripe too when its time is up; what was paid untold is read back', async () => {
    const [left, paid, wrong] = [await opened(), await opened(), await opened()];
    const event = far.pay(refOf(paid));
    far.pay(refOf(wrong));
    far.sessions.get(refOf(wrong)).amount_total = 1;
    await house.moveClock(32 * 60);
    await house.worker.sweep();
    expect((await readSession(house, left)).status).toBe('expired');
    expect(far.sessions.get(refOf(left)).status).toBe('expired');
    expect((await readSession(house, wrong)).status).toBe('expired');
    expect(await paymentsOf(wrong)).toMatchObject([{ status: 'needs_review' }]);
    expect((await readSession(house, paid)).status).toBe('complete');
    expect(await tell(event)).toBe(204);
    expect(await paymentsOf(paid)).toMatchObject([{ status: 'succeeded' }]);
  });

  it.each(['before', 'after', 500] as const)(
    'goes back once, though the call meets: %s',
    async (fault) => {
      const session = await opened();
      await tell(far.pay(refOf(session)));
      const [payment] = await paymentsOf(session);
      far.meet('POST /v1/refunds', fault, fault, fault);
      const path = `/v1/payments/${payment?.id}/refunds`;
      const { body } = await house.call('POST', path, { amount: 1_000 });
      expect(body.status).toBe('pending');
      await house.moveClock(60);
      await house.worker.sweep();
      expect(await paymentsOf(session)).toMatchObject([{ status: 'partially_refunded' }]);
      const { payment_intent: intent } = far.sessions.get(refOf(session));
      const made = far.refunds.filter(({ payment_intent: of }) => of === intent);
      expect(made.map(({ amount }) => amount)).toEqual([1_000]);
    },
  );
});
