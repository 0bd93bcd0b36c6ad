import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { applyProviderEvent } from '../../src/server/domain/settlement.js';
import { createMailDeliverer, type MailLine } from '../../src/server/jobs/mail-delivery.js';
import { createMailer } from '../../src/server/jobs/mailer.js';
import { type House, openHouse, storeNames } from './house.js';
import { expectSoundBooks } from './invariants.js';
import {
  begun,
  invoice,
  type Json,
  listOf,
  make,
  membership,
  open,
  pay,
  play,
  tee,
} from './offers.js';
import { openPostOffice, type PostOffice } from './post-office.js';

const day = 86_400;
let count = 0;
/** Nobody has had a letter at it before. */
function newAddress(name = 'anna'): string {
  count += 1;
  return `${name}.${count}@example.com`;
}

async function sweep(house: House, seconds = 0): Promise<void> {
  await house.moveClock(seconds);
  await house.worker.sweep();
}

const mailRows = async (house: House): Promise<Json[]> =>
  (await sql<Json>`select * from mail order by id`.execute(house.backend.db)).rows;

/** One letter's plain text, with the spaces of money made plain. */
const textOf = ({ text = '' }: { text?: string | undefined }) =>
  text.replace(/[\u00a0\u202f]/g, ' ');

describe.each(storeNames)('receipts by e-mail, on %s', (store) => {
  let office: PostOffice;
  let house: House;
  const lines: MailLine[] = [];
  beforeAll(async () => {
    office = await openPostOffice();
    const mail = office.settings;
    house = await openHouse(store, undefined, { mail, onMail: (line) => lines.push(line) });
  });
  afterEach(() => expectSoundBooks(house));
  afterAll(async () => {
    await house.close();
    await office.shut();
  });

  /** Buys the link as this buyer. @returns the session, and the letters to the buyer */
  async function bought(link: Json, email: string, more: object = {}) {
    const session = await pay(house, await open(house, link, { customer: { email }, ...more }));
    await sweep(house);
    return { session, letters: office.to(email) };
  }

  /** As another process has one. */
  const newDeliverer = () =>
    createMailDeliverer(house.backend, {
      mailer: createMailer({ settings: office.settings, publicUrl: house.backend.publicUrl }),
      tell: (line) => lines.push(line),
      random: Math.random,
      onError: (error) => house.logged.push(error),
    });

  it('tells a buyer what was bought, from whom and for how much', async () => {
    const email = newAddress();
    const coupon = await make(house, '/v1/coupons', { percentOff: 10 });
    const code = `TEN${count}`;
    await make(house, '/v1/promotion-codes', { couponId: coupon.id, code });
    const { link, product, seen } = await tee(house, { link: { allowPromotionCodes: true } });
    const item = { itemId: seen.items[0].id, skuId: product.skus[0].id, quantity: 2 };
    const { session, letters } = await bought(link, email, {
      items: [item],
      promotionCode: code,
      reference: 'order-17',
    });
    const [letter] = letters;
    if (letters.length !== 1 || !letter) throw new Error(`${letters.length} letters`);
    expect(letter.from?.value).toEqual([{ name: 'My shop', address: 'receipts@pay.example' }]);
    expect(letter.subject).toBe('TEST – no money was moved · Your receipt from My shop: €36.00');
    for (const said of [textOf(letter), String(letter.html)])
      for (const part of [
        'T-shirt',
        '× 2',
        '€20.00 each',
        'Subtotal',
        '€40.00',
        `Discount ${code}`,
        '−€4.00',
        '€36.00',
        'order-17',
        session.id,
        new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date()),
        `http://127.0.0.1:4242/c/${session.id}?receipt=shown`,
        'TEST – no money was moved',
        'nothing was charged',
      ])
        expect(said).toContain(part);
    expect(textOf(letter)).not.toContain('/s/');
    expect(letter.headers.get('auto-submitted')).toBe('auto-generated');
    expect(lines.at(-1)).toEqual({
      kind: 'purchase',
      about: session.id,
      to: 'buyer',
      outcome: 'accepted',
      attempt: 1,
      error: null,
    });
  });

  it('speaks the buyer’s language, and English where it does not know it', async () => {
    const link = await invoice(house);
    for (const [locale, subject, said] of [
      ['fr-CG', /^TEST – aucun argent n’a été transféré · Votre reçu de My shop/, 'Payé à'],
      ['en', /Your receipt from My shop/, 'Paid to'],
      ['de', /Your receipt from My shop/, 'Paid to'],
    ] as const) {
      const { letters } = await bought(link, newAddress(locale.slice(0, 2)), { locale });
      expect(letters[0]?.subject).toMatch(subject);
      expect(textOf(letters[0] ?? {})).toContain(said);
      expect(String(letters[0]?.html)).toContain(
        `<html lang="${locale.slice(0, 2) === 'fr' ? 'fr' : 'en'}">`,
      );
    }
  });

  it('says what is charged next: after a trial, and with each renewal', async () => {
    const email = newAddress('member');
    const { link, seen } = await membership(house, { trialPeriodDays: 14 });
    const [item] = seen.items;
    const items = [{ itemId: item.id, priceId: item.prices[0].id, quantity: 1 }];
    const { letters } = await bought(link, email, { items });
    const [confirmed] = letters;
    expect(confirmed?.subject).toContain('Your order with My shop is confirmed');
    const [subscription] = await listOf(house, '/v1/subscriptions', link);
    const on = (iso: string) =>
      new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso));
    expect(textOf(confirmed ?? {})).toContain(`Free trial until ${on(subscription.trialEndsAt)}`);
    expect(textOf(confirmed ?? {})).toContain('Then €10.00 every month');
    expect(textOf(confirmed ?? {})).toContain(`Next charge: ${on(subscription.nextChargeAt)}`);
    expect(textOf(confirmed ?? {})).toContain(subscription.manageUrl);
    await sweep(house, 14 * day + 60);
    await sweep(house);
    const renewal = office.to(email)[1];
    expect(renewal?.subject).toContain('Your renewal with My shop: €10.00');
    const [moved] = await listOf(house, '/v1/subscriptions', link);
    expect(textOf(renewal ?? {})).toContain(`Next charge: ${on(moved.nextChargeAt)}`);
    expect(textOf(renewal ?? {})).toContain(moved.manageUrl);
    await sweep(house, 60);
    expect(office.to(email)).toHaveLength(2);
  });

  it('tells of money that goes back, each time once', async () => {
    const email = newAddress();
    const { session } = await bought(await invoice(house), email);
    const { paymentId } = (await house.call('GET', `/v1/checkout-sessions/${session.id}`)).body;
    for (const amount of [5_000, 20_000])
      await make(house, `/v1/payments/${paymentId}/refunds`, { amount });
    await sweep(house);
    const [, ...refunds] = office.to(email);
    expect(refunds.map(({ subject }) => subject?.replace(/\s/g, ' ')).sort()).toEqual([
      'TEST – no money was moved · Your refund from My shop: FCFA 20,000',
      'TEST – no money was moved · Your refund from My shop: FCFA 5,000',
    ]);
    expect(textOf(refunds[0] ?? {})).toContain('Refunded: ');
  });

  it('tells the merchant of a new payment, where they have left an address', async () => {
    const merchant = newAddress('owner');
    const setEmail = (email: string | null) =>
      sql`update account set email = ${email}, locale = 'fr'`.execute(house.backend.db);
    await setEmail(merchant);
    const email = newAddress();
    const link = await invoice(house, { collectName: 'optional' });
    await pay(house, await open(house, link, { customer: { email, name: 'Anna Mbemba' } }));
    await sweep(house);
    await setEmail(null);
    const [notice] = office.to(merchant);
    expect(notice?.subject).toMatch(/Nouveau paiement : 25.000.FCFA pour Invoice 17$/);
    expect(textOf(notice ?? {})).toContain(`Anna Mbemba, ${email}`);
    expect(textOf(notice ?? {})).not.toContain('/s/');
    await bought(link, newAddress());
    expect(office.to(merchant)).toHaveLength(1);
  });

  it('writes nothing where nobody left an address, and nothing before it is paid', async () => {
    const before = (await mailRows(house)).length;
    const link = await invoice(house, { collectEmail: 'none' });
    await pay(house, await open(house, link, {}));
    const declined = await open(house, await invoice(house), { customer: { email: newAddress() } });
    await play(house, declined, { outcome: 'declined' });
    await sweep(house);
    expect(await mailRows(house)).toHaveLength(before);
  });

  it('tries again while the mail server is away, and sends once when it is back', async () => {
    const email = newAddress();
    await office.shut();
    const { session } = await bought(await invoice(house), email);
    const page = async () =>
      (await house.call('GET', `/c/${session.id}`, undefined, { key: null })).text;
    expect(session.status).toBe('complete');
    expect(await page()).toContain('A receipt is on its way to a•••@example.com.');
    expect(lines.at(-1)).toMatchObject({ outcome: 'failed', attempt: 1, error: 'ESOCKET' });
    // Not before its time.
    await sweep(house, 30);
    expect(lines.at(-1)).toMatchObject({ attempt: 1 });
    await sweep(house, 60);
    expect(lines.at(-1)).toMatchObject({ outcome: 'failed', attempt: 2 });
    await office.open();
    await sweep(house, 6 * 60);
    expect(lines.at(-1)).toMatchObject({ outcome: 'accepted', attempt: 3, error: null });
    for (const seconds of [0, 600, 2 * day]) await sweep(house, seconds);
    expect(office.to(email)).toHaveLength(1);
    expect(await page()).toContain('We have sent a receipt to a•••@example.com.');
  });

  it('gives up what is refused for good, at once, and what is never taken, in the end', async () => {
    const [unknown, full] = [newAddress('unknown'), newAddress('full')];
    office.refusals.set(unknown, 550).set(full, 452);
    const link = await invoice(house);
    const { session } = await bought(link, unknown);
    expect(lines.at(-1)).toMatchObject({ outcome: 'refused', attempt: 1, error: 'answered 550' });
    const { text } = await house.call('GET', `/c/${session.id}`, undefined, { key: null });
    expect(text).not.toContain('receipt to');
    await bought(link, full);
    for (let days = 0; days < 14; days += 1) await sweep(house, 1.2 * day);
    expect(lines.at(-1)).toMatchObject({ outcome: 'given_up', attempt: 10, error: 'answered 452' });
    office.refusals.clear();
    await sweep(house, 2 * day);
    expect([...office.to(unknown), ...office.to(full)]).toEqual([]);
    expect(JSON.stringify([lines, await mailRows(house)])).not.toContain('@');
  });

  it('lets nobody flood an address with tests', async () => {
    const email = newAddress('victim');
    const link = await invoice(house);
    for (let times = 0; times < 22; times += 1)
      await pay(house, await open(house, link, { customer: { email } }));
    await sweep(house);
    expect(office.to(email)).toHaveLength(20);
    const kept = lines.filter(({ error }) => error === 'too often');
    expect(kept.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
    lines.length = 0;
    await bought(link, newAddress());
    expect(lines.at(-1)).toMatchObject({ outcome: 'accepted' });
  });

  it('waits where the mail server refuses us, not the letter', async () => {
    const email = newAddress();
    office.answers.push(451);
    await bought(await invoice(house), email);
    expect(lines.at(-1)).toMatchObject({ outcome: 'failed', error: 'answered 451' });
    await sweep(house, 70);
    expect(office.to(email)).toHaveLength(1);
  });

  it('sends one letter however often it is told of the same, and after a crash', async () => {
    const email = newAddress();
    const session = await open(house, await invoice(house), { customer: { email } });
    await play(house, session, { outcome: 'succeeded', duplicates: 3 });
    // Taken up by a process that died before it began.
    const { db } = house.backend;
    await sql`update mail set attempts = 1, next_attempt_at = paylink_now() + interval '5 minutes'
      where object_id = ${session.id}`.execute(db);
    await sweep(house);
    expect(office.to(email)).toHaveLength(0);
    await sweep(house, 301);
    expect(office.to(email)).toHaveLength(1);
    const event = {
      provider: 'sandbox',
      id: 'again',
      sessionId: session.id,
      attempt: `${session.id}/1`,
      type: 'succeeded' as const,
      amount: session.total,
      currency: session.currency,
      failureCode: null,
    };
    await applyProviderEvent(house.backend, event);
    for (const seconds of [1, 400]) await sweep(house, seconds);
    expect(office.to(email)).toHaveLength(1);
  });

  it('sends one letter though two processes look at the same time', async () => {
    const emails = Array.from({ length: 9 }, () => newAddress());
    const link = await invoice(house);
    for (const email of emails) await pay(house, await open(house, link, { customer: { email } }));
    const [one, other] = [newDeliverer(), newDeliverer()];
    await Promise.all([one.sendDue(), other.sendDue()]);
    await Promise.all([one.settled(), other.settled()]);
    for (const email of emails) expect(office.to(email)).toHaveLength(1);
  });

  it('sends one letter though the database is away just when it was taken', async () => {
    const email = newAddress();
    await pay(house, await open(house, await invoice(house), { customer: { email } }));
    const { db } = house.backend;
    const deliverer = newDeliverer();
    const update = db.updateTable.bind(db) as Json;
    const broken = vi.spyOn(db, 'updateTable');
    broken.mockImplementationOnce(update).mockImplementationOnce(() => {
      throw new Error('the line is broken');
    });
    await deliverer.sendDue();
    await deliverer.settled();
    broken.mockRestore();
    expect(house.logged.splice(0)).toHaveLength(1);
    await house.moveClock(301);
    await deliverer.sendDue();
    await deliverer.settled();
    await sweep(house, 600);
    expect(office.to(email)).toHaveLength(1);
    expect((await mailRows(house)).at(-1)).toMatchObject({ status: 'sent', attempts: 1 });
  });

  it('forgets an erased buyer: what is queued is not sent, and nothing names them', async () => {
    const email = newAddress('erased');
    await office.shut();
    await bought(await invoice(house), email);
    expect((await house.call('DELETE', `/v1/buyers/${email}`)).status).toBe(200);
    expect((await mailRows(house)).filter(({ status }) => status === 'pending')).toEqual([]);
    await office.open();
    await sweep(house, 2 * day);
    expect(office.to(email)).toEqual([]);
  });

  it('leaves names as text, and headers as they are', async () => {
    const email = newAddress();
    const hostile = '</title><script>alert(1)</script>\u202e Bcc: evil@example.com';
    const broken = `Tea\r\nBcc: evil@example.com\r\n\r\n<h1>Gift</h1>`;
    await sql`update account set name = ${broken}`.execute(house.backend.db);
    const merchant = newAddress('owner');
    await sql`update account set email = ${merchant}, locale = 'en'`.execute(house.backend.db);
    const link = await invoice(house, { name: hostile, collectName: 'optional' });
    const { letters } = await bought(link, email, { customer: { email, name: hostile } });
    await sql`update account set name = 'My shop', email = null`.execute(house.backend.db);
    const [letter, notice] = [...letters, ...office.to(merchant)];
    for (const one of [letter, notice]) {
      expect(one?.headers.has('bcc')).toBe(false);
      expect(String(one?.html)).not.toMatch(/<script|<h1>Gift/);
      expect(String(one?.html)).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(one?.text).not.toContain('\u202e');
    }
    expect(letter?.from?.value[0]).toEqual({
      name: 'Tea Bcc: evil@example.com <h1>Gift</h1>',
      address: 'receipts@pay.example',
    });
    expect(letter?.text?.match(/^Bcc:/m)).toBeNull();
    expect(office.received.flatMap(({ to }) => to)).not.toContain('evil@example.com');
    for (const { to, from } of office.received)
      expect([to.length, from]).toEqual([1, 'receipts@pay.example']);
  });

  it('keeps what was sent for thirty days', async () => {
    const { session } = await bought(await invoice(house), newAddress());
    await sweep(house, 29 * day);
    const isKept = async () =>
      (await mailRows(house)).some(({ objectId }) => objectId === session.id);
    expect(await isKept()).toBe(true);
    await sweep(house, 2 * day);
    expect(await isKept()).toBe(false);
  });
});

it('logs in, and waits where it is not let in', async () => {
  const office = await openPostOffice({ user: 'shop', password: 'p@ss:word' });
  const post = {
    ...{
      id: 'purchase.cs_1.buyer',
      to: 'anna@example.com',
      shopName: 'Tea',
      locale: 'en' as const,
    },
    ...{ subject: 'Receipt', text: 'Text', html: '<p>Text</p>' },
  };
  const { settings } = office;
  const publicUrl = 'https://pay.example';
  expect(await createMailer({ settings, publicUrl }).send(post)).toEqual({ status: 'accepted' });
  expect(office.received[0]?.mail.messageId).toBe('<purchase.cs_1.buyer@pay.example>');
  const strangers = { ...settings, login: { user: 'shop', password: 'wrong' } };
  expect(await createMailer({ settings: strangers, publicUrl }).send(post)).toEqual({
    status: 'failed',
    error: 'answered 535',
  });
  // Nobody encrypts there: a password for elsewhere is not sent.
  const elsewhere = { ...settings, needsTls: true };
  const unsafe = await createMailer({ settings: elsewhere, publicUrl }).send(post);
  expect(unsafe.status).toBe('failed');
  expect(office.received).toHaveLength(1);
  await office.shut();
});

describe('without a mail server', () => {
  it('nothing is queued, and no page speaks of a receipt', async () => {
    const house = await openHouse();
    const { subscription } = await begun(house);
    await sweep(house, 32 * day);
    const session = await pay(house, await open(house, await invoice(house)));
    const { text } = await house.call('GET', `/c/${session.id}`, undefined, { key: null });
    expect(text).toContain('Thank you');
    expect(text).not.toMatch(/receipt (to|is)/);
    expect([await mailRows(house), house.backend.sendsReceipts]).toEqual([[], false]);
    expect(subscription.status).toBe('active');
    await house.close();
  });
});
