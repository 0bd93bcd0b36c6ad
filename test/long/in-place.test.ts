/** Paying inside the form by mobile money: what happens by default where a session can be paid so. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  booksOf,
  focused,
  letTimePass,
  numbers,
  payByPhone,
  recordEvents,
  submitOf,
  tabTo,
  watchFocus,
} from '../journeys/buyer.js';
import { useStreet } from '../journeys/street.js';

const { street, newPage } = useStreet();

const offers = {
  amount: { type: 'amount', amount: 1200 },
  product: { type: 'product', items: [{ name: 'Lantern', unitAmount: 1200, stockQuantity: 5 }] },
};

const newLink = (offer: object = offers.amount) =>
  street().call('POST', '/v1/payment-links', { name: 'In place', currency: 'EUR', ...offer });

async function newClub(trialPeriodDays: number) {
  const product = await street().call('POST', '/v1/products', {
    name: 'Club',
    prices: [
      { unitAmount: 1200, currency: 'EUR', type: 'recurring', interval: 'month', trialPeriodDays },
    ],
  });
  return newLink({ type: 'subscription', items: [{ productId: product.id }] });
}

type Kind = 'form' | 'modal' | 'popover';

/** Opens the shop's page and in it the form, ready to be filled. */
async function enter(page: Page, linkId: string, kind: Kind = 'form', lang = 'en') {
  const element =
    kind === 'form'
      ? `<pay-link-form link="${linkId}"></pay-link-form>`
      : `<pay-link-button display="${kind}" label="Go" link="${linkId}"></pay-link-button>`;
  await page.goto(street().page(`<div lang="${lang}">${element}</div>`));
  if (kind !== 'form') await page.getByRole('button', { name: 'Go' }).click();
  const form = page.locator('pay-link-form');
  await form.getByLabel('E-mail').fill('here@example.com');
  return form;
}

const stateOf = (form: Locator) => form.getAttribute('state');

/** Nothing was opened, and nothing but the shop's page was ever loaded. */
function watchPlace(page: Page) {
  const places: string[] = [];
  page.context().on('page', (opened) => places.push(opened.url()));
  page.on('framenavigated', (frame) => places.push(frame.url()));
  return () => places;
}

const words = {
  en: {
    approve: /^Approve €\d+\.\d\d on your phone$/,
    timeLeft: /^Time left: 1:[23]\d$/,
    paid: '€12.00 paid',
    started: 'Your subscription has started',
    thanks: 'Thank you',
    operator: 'MTN MoMo',
    done: 'Done',
  },
  fr: {
    approve: /^Approuvez \d+,\d\d\s€ sur votre téléphone$/,
    timeLeft: /^Temps restant : 1:[23]\d$/,
    paid: /^12,00\s€ payés$/,
    started: 'Votre abonnement a commencé',
    thanks: 'Merci',
    operator: 'MTN MoMo',
    done: 'Terminé',
  },
};

it.each([
  ['an amount', 'form', 'en'],
  ['a product', 'modal', 'fr'],
  ['a subscription', 'form', 'fr'],
  ['a trial', 'popover', 'en'],
] as const)('sells %s in the %s (%s) without ever leaving the page', async (offer, kind, lang) => {
  const isTrial = offer === 'a trial';
  const links = {
    'an amount': () => newLink(),
    'a product': () => newLink(offers.product),
    'a subscription': () => newClub(0),
    'a trial': () => newClub(14),
  };
  const link = await links[offer]();
  const said = words[lang];
  const page = await newPage();
  const heard = await recordEvents(page);
  const lost = await watchFocus(page);
  const form = await enter(page, link.id, kind, lang);
  const places = watchPlace(page);
  await submitOf(form).click();
  const number = form.getByLabel(/^(Mobile money number|Numéro mobile money)$/);
  await number.fill('+242 06');
  await form.getByText(said.operator).waitFor();
  await payByPhone(form);
  if (!isTrial) {
    await form.getByRole('heading', { name: said.approve }).waitFor();
    await form.getByText(said.timeLeft).waitFor();
  }
  await form.getByText(said.thanks, { exact: true }).waitFor();
  await form.getByText(isTrial ? said.started : said.paid).waitFor();
  if (kind !== 'form') await page.getByRole('button', { name: said.done }).click();
  expect(await heard()).toEqual([
    ...(kind === 'form' ? [] : ['open']),
    'ready',
    'change',
    'submit',
    'handoff',
    ...(isTrial ? [] : ['processing']),
    'complete',
    ...(kind === 'form' ? [] : ['close']),
  ]);
  expect(places()).toEqual([]);
  expect(await lost()).toEqual([]);
  const books = await booksOf(street(), link.id);
  expect(books).toMatchObject({ redemptionCount: 1, reservedCount: 0 });
  expect(books.sessions).toMatchObject([{ status: 'complete' }]);
  expect(books.payments).toMatchObject(isTrial ? [] : [{ amount: 1200, status: 'succeeded' }]);
});

describe('a payment that does not work', () => {
  it('says why for every reason, keeps the session, and is charged once in the end', async () => {
    const link = await newLink({ ...offers.product, maxRedemptions: 1 });
    const page = await newPage();
    const heard = await recordEvents(page);
    const lost = await watchFocus(page);
    const form = await enter(page, link.id);
    await submitOf(form).click();
    for (const [number, reason] of [
      [numbers.rejects, /it was rejected on the phone/],
      [numbers.isPoor, /not enough money|balance/],
      [numbers.staysSilent, /not approved in time/],
      [numbers.isUnknown, /no account|not known/],
    ] as const) {
      await payByPhone(form, number);
      await form.getByRole('heading', { name: /^Approve/ }).waitFor();
      await letTimePass(street(), 5);
      const alert = form.getByRole('alert');
      await alert.filter({ hasText: reason }).waitFor();
      expect(await focused(page)).toMatch(reason);
      expect(await form.getByLabel('Mobile money number').inputValue()).toBe(number);
    }
    await payByPhone(form, numbers.isSlow);
    await form.getByText('MTN MoMo · +242 06 000 00 06').waitFor();
    await letTimePass(street(), 20);
    await form.getByText('€12.00 paid').waitFor();
    expect(await heard()).toEqual([
      'ready',
      'change',
      'submit',
      'handoff',
      'processing',
      'complete',
    ]);
    expect(await lost()).toEqual([]);
    const books = await booksOf(street(), link.id);
    expect(books.payments.map(({ status }) => status)).toEqual([
      'succeeded',
      'failed',
      'failed',
      'failed',
      'failed',
    ]);
    expect(books.sessions).toMatchObject([{ status: 'complete' }]);
    expect(books).toMatchObject({ redemptionCount: 1, reservedCount: 0, status: 'exhausted' });
  });

  it('ends with the fifth try, and what was typed makes a new order', async () => {
    const link = await newLink();
    const page = await newPage();
    const heard = await recordEvents(page);
    const form = await enter(page, link.id, 'form', 'fr');
    await submitOf(form).click();
    await form.getByLabel('Numéro mobile money').waitFor();
    const [session] = (await booksOf(street(), link.id)).sessions;
    for (let tried = 1; tried < 5; tried += 1)
      await street().call('POST', `/v1/sandbox/checkout-sessions/${session?.id}`, {
        outcome: 'declined',
      });
    await form.getByText('Le paiement n’a pas abouti : il a été refusé.').waitFor();
    await payByPhone(form, numbers.rejects);
    await form.getByText(/il y a eu trop de tentatives/).waitFor();
    expect(await stateOf(form)).toBe('editing');
    expect(await form.getByLabel('E-mail').inputValue()).toBe('here@example.com');
    await submitOf(form).click();
    await payByPhone(form);
    await form.getByText(words.fr.paid).waitFor();
    expect((await heard()).filter((name) => name === 'cancel')).toHaveLength(1);
    const books = await booksOf(street(), link.id);
    expect(books.sessions.map(({ status }) => status)).toEqual(['complete', 'canceled']);
    expect(books).toMatchObject({ redemptionCount: 1, reservedCount: 0 });
  });

  it('is not tried with a number that is none: the field says so', async () => {
    const link = await newLink();
    const page = await newPage();
    const form = await enter(page, link.id);
    await submitOf(form).click();
    for (const [typed, said] of [
      ['', 'This is needed.'],
      ['hello', /not in the expected form/],
    ] as const) {
      await payByPhone(form, typed);
      await form.getByText(said).waitFor();
      expect(await focused(page)).toMatch(/^Mobile money number/);
      const field = form.getByLabel('Mobile money number');
      expect(await field.getAttribute('aria-invalid')).toBe('true');
    }
    await form.getByLabel('Mobile money number').fill('+242 06');
    expect(await form.getByText(/not in the expected form/).count()).toBe(0);
    expect((await booksOf(street(), link.id)).payments).toEqual([]);
  });
});

it('is driven by the keyboard from the first field to the receipt, and never loses the place', async () => {
  const link = await newLink();
  const page = await newPage();
  const lost = await watchFocus(page);
  await enter(page, link.id, 'modal');
  await tabTo(page, /^Pay €12\.00$/);
  await page.getByLabel('E-mail').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toMatch(/^Mobile money ?€12\.00$/);
  await tabTo(page, /^Mobile money number/);
  await page.keyboard.type(numbers.rejects);
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toMatch(/^Approve €12\.00 on your phone/);
  await expect.poll(() => focused(page)).toMatch(/rejected on the phone/);
  await tabTo(page, /^Change the order$/);
  await page.keyboard.press('Enter');
  await page.getByLabel('E-mail').waitFor();
  expect(await focused(page)).not.toBe('');
  await tabTo(page, /^Pay €12\.00$/);
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toMatch(/^Mobile money ?€12\.00$/);
  await tabTo(page, /^Mobile money number/);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(numbers.approves);
  await tabTo(page, /^Pay €12\.00$/);
  await page.keyboard.press('Space');
  await expect.poll(() => focused(page)).toMatch(/^Thank you/);
  await tabTo(page, /^Print the receipt$/);
  await page.keyboard.press('Escape');
  expect(await focused(page)).toBe('Go');
  expect(await lost()).toEqual([]);
  const { payments, redemptionCount } = await booksOf(street(), link.id);
  expect(payments.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  expect(redemptionCount).toBe(1);
});

it('asks the number that was typed into the order, without typing it again', async () => {
  const link = await newLink({ ...offers.amount, collectPhone: 'required' });
  const page = await newPage();
  const form = await enter(page, link.id);
  await form
    .getByLabel(/^Country code/)
    .first()
    .waitFor();
  await form
    .getByLabel(/^Phone/)
    .last()
    .fill(numbers.approves);
  await submitOf(form).click();
  await form.getByText('MTN MoMo').waitFor();
  await submitOf(form).click();
  await form.getByText('€12.00 paid').waitFor();
});

it('waits on behind a closed dialog, and thanks whoever opens it again', async () => {
  const link = await newLink();
  const page = await newPage();
  const heard = await recordEvents(page);
  const form = await enter(page, link.id, 'modal');
  await submitOf(form).click();
  await payByPhone(form, numbers.isSlow);
  await form.getByRole('heading', { name: /^Approve/ }).waitFor();
  const go = page.getByRole('button', { name: 'Go' });
  const close = page.getByRole('button', { name: 'Close' });
  await close.click();
  await go.click();
  await form.getByRole('heading', { name: /^Approve/ }).waitFor();
  await close.click();
  await letTimePass(street(), 20);
  await expect.poll(heard).toContain('complete');
  await go.click();
  await form.getByText('€12.00 paid').waitFor();
  await close.click();
  await go.click();
  await form.getByLabel('E-mail').waitFor();
  expect((await heard()).filter((name) => name === 'complete')).toHaveLength(1);
  expect(await booksOf(street(), link.id)).toMatchObject({
    redemptionCount: 1,
    payments: [{ status: 'succeeded' }],
  });
});

describe('the confirmation in place', () => {
  it('names amount, order, reference and next charge, and prints itself on a page of its own', async () => {
    const product = await street().call('POST', '/v1/products', {
      name: 'Coffee',
      prices: [{ unitAmount: 1500, currency: 'EUR', type: 'recurring', interval: 'month' }],
    });
    const link = await newLink({
      type: 'subscription',
      items: [{ productId: product.id }, { name: 'Grinder', unitAmount: 4000 }],
    });
    const page = await newPage();
    await page.context().addInitScript(() => {
      Object.assign(window, { print: () => document.body.toggleAttribute('data-printed') });
    });
    await page.goto(
      street().page(`<pay-link-form reference="order-7" link="${link.id}"></pay-link-form>`),
    );
    const form = page.locator('pay-link-form');
    await form.getByLabel('E-mail').fill('coffee@example.com');
    await submitOf(form).click();
    await payByPhone(form);
    const thanks = form.locator('.confirmation');
    await thanks.waitFor();
    const text = (await thanks.innerText()).replace(/\s+/g, ' ');
    for (const said of [
      'Thank you',
      '€55.00 paid',
      'Coffee €15.00',
      'Grinder €40.00',
      'Reference order-7',
    ])
      expect(text).toContain(said);
    const { data } = await street().call('GET', `/v1/subscriptions?paymentLinkId=${link.id}`);
    const next = new Date(data[0].nextChargeAt);
    expect(text).toContain(
      `Next charge on ${next.toLocaleDateString('en', { dateStyle: 'long' })} €15.00`,
    );
    const opening = page.context().waitForEvent('page');
    await form.getByRole('link', { name: 'Print the receipt' }).click();
    const receipt = await opening;
    await receipt.locator('body[data-printed]').waitFor();
    expect(await receipt.locator('main').innerText()).toMatch(/€55\.00/);
    expect(await receipt.evaluate(() => window.opener)).toBe(null);
  });

  it('is the page’s own where the page wants that, and success pages stay away too', async () => {
    const link = await newLink({
      ...offers.amount,
      successUrl: `${street().shop}/thanks`,
    });
    const page = await newPage();
    const form = await enter(page, link.id);
    const places = watchPlace(page);
    await page.evaluate(() =>
      document.addEventListener('pay-link-complete', (event) => event.preventDefault()),
    );
    await submitOf(form).click();
    await payByPhone(form);
    await form.and(page.locator('[state=done]')).waitFor();
    expect(await form.getByText('Thank you').count()).toBe(0);
    expect(places()).toEqual([]);
  });

  it('gives way to the success page of the link', async () => {
    const thanks = street().page('<h1>Merci beaucoup</h1>');
    const link = await newLink({
      ...offers.amount,
      successUrl: `${thanks}?session={CHECKOUT_SESSION_ID}`,
    });
    const page = await newPage();
    const heard = await recordEvents(page);
    const form = await enter(page, link.id, 'modal');
    await submitOf(form).click();
    await payByPhone(form);
    await page.getByRole('heading', { name: 'Merci beaucoup' }).waitFor();
    const [session] = (await booksOf(street(), link.id)).sessions;
    expect(page.url()).toBe(`${thanks}?session=${session?.id}`);
    expect((await heard()).filter((name) => name === 'complete')).toHaveLength(1);
  });
});
