import { expect, it } from 'vitest';
import {
  atPayment,
  booksOf,
  openForm,
  payByPhone,
  press,
  recordEvents,
  submitOf,
} from './buyer.js';
import { useStreet } from './street.js';

const { street, newPage } = useStreet();

it('sells a fixed amount in francs from the pasted tag to the confirmation', async () => {
  const { shop, links } = street();
  const page = await newPage();
  const heard = await recordEvents(page);
  await page.goto(shop);
  const form = await openForm(page, links.invoice.id);
  await form.getByLabel('E-mail').fill('buyer@example.com');
  await submitOf(form).click();
  // The card of the invoice speaks French, and so does everything that follows from it.
  await payByPhone(form);
  await form.getByText(/25[\s.]000.*payés/).waitFor();
  expect((await heard()).filter((name) => !/ready|unavailable|change/.test(name))).toEqual([
    'open',
    'submit',
    'handoff',
    'processing',
    'complete',
  ]);
  const books = await booksOf(street(), links.invoice.id);
  expect(books.payments).toMatchObject([{ amount: 25000, currency: 'XAF', status: 'succeeded' }]);
  expect(books.sessions).toMatchObject([{ status: 'complete' }]);
  expect(books.redemptionCount).toBe(1);
  expect(books.eventTypes).toEqual([
    'checkout_session.completed',
    'payment.succeeded',
    'checkout_session.opened',
    'payment_link.created',
  ]);
});

it('takes an amount as a French buyer types it', async () => {
  const { links, page: write } = street();
  const page = await newPage({ locale: 'fr-FR' });
  await page.goto(
    write(
      `<div lang="fr"><pay-link-form handoff="redirect" link="${links.donation.id}"></pay-link-form></div>`,
    ),
  );
  const form = page.locator('pay-link-form');
  await form.getByText('Autre…', { exact: true }).click();
  await form.getByRole('textbox', { name: /^Montant/ }).fill('12,50');
  await form.getByLabel('E-mail').fill('don@example.com');
  await submitOf(form).click();
  await atPayment(page);
  await press(page, /^Payer/);
  await page.getByText('12,50').first().waitFor();
  const { payments } = await booksOf(street(), links.donation.id);
  expect(payments).toMatchObject([{ amount: 1250, currency: 'EUR', status: 'succeeded' }]);
});

it('goes from the payment page to the success address of the link, with the session in it', async () => {
  const { call, shop, page: write } = street();
  const thanks = write('<h1>Thank you</h1>');
  const link = await call('POST', '/v1/payment-links', {
    type: 'amount',
    name: 'Lesson',
    currency: 'EUR',
    amount: 4500,
    successUrl: `${thanks}?session={CHECKOUT_SESSION_ID}`,
  });
  const page = await newPage();
  await page.goto(
    write(`<pay-link-button handoff="redirect" link="${link.id}"></pay-link-button>`),
  );
  const form = await openForm(page, link.id);
  await form.getByLabel('E-mail').fill('pupil@example.com');
  await submitOf(form).click();
  const session = await atPayment(page);
  await press(page, /^Pay/);
  await page.waitForURL(`${thanks}?session=${session}`);
  expect(page.url().startsWith(shop)).toBe(true);
});

it('pays by phone: the page waits, survives a reload, and confirms', async () => {
  const { links, page: write } = street();
  const page = await newPage();
  await page.goto(
    write(`<pay-link-button handoff="redirect" link="${links.donation.id}"></pay-link-button>`),
  );
  const form = await openForm(page, links.donation.id);
  await form.getByText('€10.00', { exact: true }).click();
  await form.getByLabel('E-mail').fill('phone@example.com');
  await submitOf(form).click();
  const id = await atPayment(page);
  await page.getByLabel('Phone number').fill('+242 06 111 22 33');
  await press(page, /^Approve by phone/);
  await page
    .getByText(/approve/i)
    .first()
    .waitFor();
  await page.reload();
  await page
    .getByText(/approve/i)
    .first()
    .waitFor();
  await page.getByRole('link', { name: 'Back to the shop' }).waitFor();
  const { call } = street();
  expect(await call('GET', `/v1/checkout-sessions/${id}`)).toMatchObject({
    status: 'complete',
    total: 1000,
  });
});
