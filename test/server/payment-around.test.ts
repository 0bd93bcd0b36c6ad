import { afterAll, describe, expect, it } from 'vitest';
import { useHouse } from './house.js';
import { expectSoundBooks } from './invariants.js';
import { anna, invoice, type Json, open, pay, readSession } from './offers.js';

const house = useHouse();
afterAll(() => expectSoundBooks(house()));

const shop = 'https://shop.example';
const from = { headers: { origin: shop } };

const page = (address: string) => house().call('GET', address, undefined, { key: null });
const send = (address: string, raw: string) =>
  house().call('POST', address, undefined, {
    key: null,
    raw,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'null' },
  });
const embedded = async (more: Json = {}) =>
  open(
    house(),
    await invoice(house(), { allowedOrigins: [shop], ...more }),
    { ...anna, returnUrl: `${shop}/tees` },
    from,
  );

describe('a payment page in a frame of the shop', () => {
  it('is for the shop alone, and agrees to be isolated with it', async () => {
    const { headers } = await page(`/c/${(await embedded()).id}?embed=1`);
    expect(headers.get('content-security-policy')).toContain(`frame-ancestors ${shop};`);
    expect(headers.get('cross-origin-embedder-policy')).toBe('credentialless');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  it('tells the page it was opened from, and no other, by its origin', async () => {
    const session = await embedded();
    expect((await page(`/c/${session.id}?embed=1`)).text).toContain(`data-around="${shop}"`);
    expect((await page(`/c/${session.id}`)).text).not.toContain('data-around');
    const unknown = await open(house(), await invoice(house(), { allowedOrigins: [shop] }));
    expect((await page(`/c/${unknown.id}?embed=1`)).text).not.toContain('data-around');
  });

  it.each(['embed', 'popup'])('stays where it is, opened as %s', async (name) => {
    const successUrl = `${shop}/thanks`;
    const session = await embedded({ successUrl, cancelUrl: `${shop}/basket` });
    const here = `/c/${session.id}?${name}=1`;
    expect((await page(here)).text).toContain(`action="/c/${session.id}/outcome?${name}=1"`);
    const declined = await send(`/c/${session.id}/outcome?${name}=1`, 'outcome=declined');
    expect([declined.status, declined.headers.get('location')]).toEqual([303, here]);
    expect(declined.headers.get('cross-origin-resource-policy')).toBe(
      name === 'embed' ? 'cross-origin' : null,
    );
    const paid = await send(`/c/${session.id}/outcome?${name}=1`, 'outcome=succeeded');
    expect(paid.headers.get('location')).toBe(here);
    const { status, text } = await page(here);
    expect([status, text.includes(shop)]).toEqual([200, name === 'embed']);
    expect((await page(`/c/${session.id}`)).headers.get('location')).toBe(successUrl);
    const other = await embedded({ cancelUrl: `${shop}/basket` });
    const canceled = await send(`/c/${other.id}/outcome?${name}=1`, 'outcome=canceled');
    expect(canceled.headers.get('location')).toBe(`/c/${other.id}?${name}=1`);
  });

  it('is a receipt to print, whatever follows the payment otherwise', async () => {
    const session = await embedded({ successUrl: `${shop}/thanks` });
    expect((await page(`/c/${session.id}?receipt=1`)).text).not.toContain('data-print-now');
    await pay(house(), session);
    const { status, text } = await page(`/c/${session.id}?receipt=1`);
    expect([status, text.includes('data-print-now')]).toEqual([200, true]);
  });
});

describe('what a waiting page is told', () => {
  const confirm = ({ id }: Json, phone: string) =>
    house().call('POST', `/v1/public/checkout-sessions/${id}/confirm`, { phone }, { key: null });

  it('is that more time can be had, once', async () => {
    const session = await open(house(), await invoice(house()));
    expect(session.extendable).toBe(true);
    const extend = () =>
      house().call('POST', `/v1/public/checkout-sessions/${session.id}/extend`, {}, { key: null });
    const longer = (await extend()).body;
    expect(longer.extendable).toBe(false);
    expect(Date.parse(longer.expiresAt) - Date.parse(session.expiresAt)).toBe(15 * 60_000);
    expect((await extend()).body.code).toBe('conflict');
  });

  it('is until when the phone asks, as long as it does', async () => {
    const session = await open(house(), await invoice(house()));
    expect(session.approvalExpiresAt).toBe(null);
    const asked = (await confirm(session, '+242 06 000 00 02')).body;
    const seconds = (Date.parse(asked.approvalExpiresAt) - Date.parse(session.expiresAt)) / 1000;
    expect(seconds + 15 * 60).toBeCloseTo(90, -1);
    await house().moveClock(5);
    await house().worker.sweep();
    expect(await readSession(house(), session)).toMatchObject({
      status: 'open',
      approvalExpiresAt: null,
    });
    await house().call(
      'POST',
      `/v1/sandbox/checkout-sessions/${session.id}`,
      { outcome: 'succeeded', delayMs: 60_000 },
      { key: null },
    );
    expect(await readSession(house(), session)).toMatchObject({
      status: 'processing',
      approvalExpiresAt: null,
    });
  });

  it('is who runs which numbers, and nothing of the kind to the merchant', async () => {
    const session = await open(house(), await invoice(house()));
    expect(session.operators).toContainEqual({
      name: 'Airtel Money',
      prefixes: ['24204', '24205'],
    });
    const seen = await house().call('GET', `/v1/checkout-sessions/${session.id}`);
    expect(Object.keys(seen.body)).not.toContain('operators');
  });

  it('comes with the link: by which ways it can be paid', async () => {
    const link = await invoice(house());
    const seen = await house().call('GET', `/v1/public/payment-links/${link.id}`);
    expect(seen.body.methods).toEqual(['page', 'mobile_money']);
  });
});
