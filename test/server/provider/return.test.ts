import { sql } from 'kysely';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { type House, openHouse } from '../house.js';
import { anna, invoice, type Json, open, readSession } from '../offers.js';
import { buttonsOf, textOf } from '../pages/views.js';
import type { AfarSide } from './far-side.js';
import { refOf, useProvider } from './shop.js';
import { startStripe } from './stripe-stand-in.js';
import { startYabetoo } from './yabetoo-stand-in.js';

const shop = 'https://shop.example';

describe.each([
  ['stripe', startStripe],
  ['yabetoo', startYabetoo],
] satisfies [string, () => Promise<AfarSide>][])('a buyer who comes back from %s', (_, start) => {
  const { far, house, opened, tell, paymentsOf } = useProvider<AfarSide>(start);
  const page = ({ id }: Json, more = '') =>
    house().call('GET', `/c/${id}${more}`, undefined, {
      key: null,
      headers: { accept: 'text/html' },
    });
  const cancel = ({ id }: Json, more = '') =>
    house().call('POST', `/c/${id}/cancel${more}`, undefined, {
      key: null,
      raw: '',
      headers: {
        ...{ accept: 'text/html', origin: 'null' },
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
  const readsBy = async (work: () => Promise<unknown>) => {
    const before = far().reads();
    await work();
    return far().reads() - before;
  };

  it('without having paid finds the order, the way to go on, and a way out', async () => {
    const session = await opened();
    const { status, text } = await page(session);
    expect(status).toBe(200);
    expect(text).toContain(
      `<a class="button primary" href="${session.url}" target="_top">Continue to payment</a>`,
    );
    expect(buttonsOf(text)).toEqual(['Cancel']);
    expect(text).toContain(`method="post" action="/c/${session.id}/cancel"`);
    expect(textOf(text)).toMatch(/Invoice 17.*25,000/s);
    expect(text).not.toMatch(/sandbox|name="phone"|Decline|data-extend/i);
    const french = (await page(session, '?locale=fr')).text;
    expect(french).toContain('Continuer vers le paiement');
    expect(french).not.toMatch(/bac à sable/i);
  });

  it('having paid is confirmed before any message, and led on to the shop', async () => {
    const session = await opened();
    far().pay(refOf(session));
    expect(textOf((await page(session)).text)).toContain('it is paid');
    expect(await paymentsOf(session)).toMatchObject([{ status: 'succeeded' }]);
    const led = await opened({ successUrl: `${shop}/thanks?of={CHECKOUT_SESSION_ID}` });
    far().pay(refOf(led));
    const { status, headers } = await page(led);
    expect([status, headers.get('location')]).toEqual([303, `${shop}/thanks?of=${led.id}`]);
    expect(textOf((await page(led, '?receipt=1')).text)).toContain('it is paid');
  });

  it('waits where the money takes its time', async () => {
    const session = await opened();
    far().delay(refOf(session));
    const { text } = await page(session);
    expect(textOf(text)).toMatch(/Confirming the payment.*some days/s);
    expect(text).toContain('data-status="processing"');
  });

  it('hears of an attempt that failed, and may go on', async () => {
    const session = await opened();
    await tell(far().decline(refOf(session)));
    const { text } = await page(session);
    expect(textOf(text)).toContain('There was not enough money in the account');
    expect(text).toContain(`href="${session.url}"`);
  });

  it('and loads the page again and again asks the provider once in ten seconds', async () => {
    const session = await opened();
    expect(await readsBy(() => page(session))).toBe(1);
    expect(await readsBy(() => Promise.all([page(session), page(session)]))).toBe(0);
    await house().moveClock(9);
    expect(await readsBy(() => page(session))).toBe(0);
    await house().moveClock(2);
    expect(await readsBy(() => Promise.all([page(session), page(session)]))).toBe(1);
  });

  it('finds the page though the provider is down, or hangs', async () => {
    const session = await opened();
    far().meetAlways(500);
    expect((await page(session)).text).toContain('Continue to payment');
    await house().moveClock(11);
    far().meetAlways('hanging');
    const start = performance.now();
    expect((await page(session)).text).toContain('Continue to payment');
    expect(performance.now() - start).toBeLessThan(5_000);
    far().meetAlways(null);
  });

  it('gives the place back by a plain form, and is led back', async () => {
    const link = await invoice(house(), { maxRedemptions: 1, cancelUrl: `${shop}/basket` });
    const session = await open(house(), link);
    expect((await page(session)).headers.get('content-security-policy')).toContain(
      `form-action 'self' ${shop};`,
    );
    const answer = await cancel(session);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${shop}/basket`]);
    const inWindow = await open(house(), link);
    const stays = await cancel(inWindow, '?popup=1');
    expect(stays.headers.get('location')).toBe(`/c/${inWindow.id}?popup=1`);
    expect((await page(inWindow)).text).toContain('The payment was canceled');
    await open(house(), link);
  });

  it('is told where the provider does not answer a cancel, and that it is paid where it is', async () => {
    const session = await opened();
    far().meetAlways(500);
    const { status, text } = await cancel(session);
    expect(status).toBe(502);
    expect(textOf(text)).toContain('It could not be canceled just now');
    expect(text).toContain('Continue to payment');
    far().meetAlways(null);
    far().pay(refOf(session));
    expect((await cancel(session)).headers.get('location')).toBe(`/c/${session.id}`);
    expect((await readSession(house(), session)).status).toBe('complete');
  });

  it('too early, before there is a page to pay on, waits for it', async () => {
    const link = await invoice(house());
    far().meetAlways('hanging');
    const opening = house().call('POST', `/v1/public/payment-links/${link.id}/sessions`, anna);
    const path = `/v1/checkout-sessions?paymentLinkId=${link.id}`;
    const sessions = async () => (await house().call('GET', path)).body.data;
    await expect.poll(async () => (await sessions()).length).toBe(1);
    const [session] = await sessions();
    const { text } = await page(session);
    expect(textOf(text)).toContain('Your payment is being prepared');
    expect(text).toContain('<noscript><meta http-equiv="refresh" content="3"></noscript>');
    expect(text).toContain(`data-pay-at="http://127.0.0.1:4242/c/${session.id}"`);
    expect(buttonsOf(text)).toEqual(['Cancel']);
    far().meetAlways(null);
    expect((await opening).status).toBe(201);
    expect((await page(session)).text).toContain('Continue to payment');
  });
});

describe('a buyer whose merchant sells by another provider by now', () => {
  const { far, house, opened } = useProvider(startStripe);
  let other: House;
  afterAll(() => other?.close());

  it('is led to start again, and finds neither its forms nor its methods', async () => {
    const session = await opened();
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(
      house().backend.db,
    );
    const url = new URL(inject('postgresUrl'));
    url.pathname = `/${rows[0]?.name}`;
    other = await openHouse('PostgreSQL', { url: url.href });
    const { text } = await other.call('GET', `/c/${session.id}`, undefined, { key: null });
    expect(textOf(text)).toContain('This payment cannot go on');
    expect(text).not.toMatch(/<form|sandbox:/i);
    const seen = await readSession(other, session);
    expect(seen).toMatchObject({ methods: ['page'], extendable: false, url: session.url });
    const at = `/v1/public/checkout-sessions/${session.id}`;
    expect((await other.call('POST', `${at}/extend`)).status).toBe(409);
    expect((await other.call('POST', `${at}/confirm`, { phone: '+242060000001' })).status).toBe(
      409,
    );
    expect(far().statusOf(refOf(session))).toBe('open');
    // Nothing is heard of it here: its time ends it.
    await other.moveClock(40 * 60);
    await other.worker.sweep();
    expect((await readSession(other, session)).status).toBe('expired');
  });
});
