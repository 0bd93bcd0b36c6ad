import { expect, it } from 'vitest';
import { atPayment, booksOf, openForm, payByPhone, press, stockOf, submitOf } from './buyer.js';
import { useStreet } from './street.js';

const { street, newPage } = useStreet();

it('sells two shirts of one size and colour and takes them out of that stock alone', async () => {
  const { shop, links } = street();
  const before = await stockOf(street(), links.tee.id);
  const page = await newPage();
  await page.goto(shop);
  const form = await openForm(page, links.tee.id);
  await form.getByText('M', { exact: true }).click();
  await form.getByText('Sand', { exact: true }).click();
  await form.getByLabel(/^Quantity/).fill('2');
  await form.getByLabel('E-mail').fill('buyer@example.com');
  await submitOf(form).click();
  await payByPhone(form);
  await form.getByText('€58.00 paid').waitFor();
  const books = await booksOf(street(), links.tee.id);
  expect(books.payments).toMatchObject([{ amount: 5800, currency: 'EUR', status: 'succeeded' }]);
  expect(books.redemptionCount).toBe(1);
  expect(await stockOf(street(), links.tee.id)).toEqual({
    ...before,
    'M Sand': (before['M Sand'] as number) - 2,
  });
});

it('sells tickets of two categories and a poster in one order', async () => {
  const { shop, links } = street();
  const before = await stockOf(street(), links.concert.id);
  const page = await newPage();
  await page.goto(shop);
  const form = await openForm(page, links.concert.id);
  await form.getByLabel(/^Quantity\W+Standing$/).fill('2');
  await form.getByLabel(/^Quantity\W+VIP$/).fill('1');
  await form.getByText('Add Poster').click();
  await form.getByLabel('E-mail').fill('fan@example.com');
  await form.getByLabel('Name', { exact: true }).fill('Mireille Nganga');
  await submitOf(form).click();
  await payByPhone(form);
  await form.getByText('€157.00 paid').waitFor();
  const { payments } = await booksOf(street(), links.concert.id);
  expect(payments).toMatchObject([{ amount: 2 * 2500 + 9500 + 1200, status: 'succeeded' }]);
  expect(await stockOf(street(), links.concert.id)).toEqual({
    ...before,
    Standing: 118,
    VIP: 7,
    Poster: 39,
  });
});

it('says so when the last use goes between opening the form and paying, and keeps what was typed', async () => {
  const { call, page: write, api } = street();
  const link = await call('POST', '/v1/payment-links', {
    type: 'product',
    name: 'One of a kind',
    currency: 'EUR',
    items: [{ name: 'Painting', unitAmount: 90000 }],
    maxRedemptions: 1,
  });
  const page = await newPage();
  await page.goto(write(`<pay-link-button link="${link.id}"></pay-link-button>`));
  const form = await openForm(page, link.id);
  await form.getByLabel('E-mail').fill('slow@example.com');
  const faster = await call('POST', `/v1/public/payment-links/${link.id}/sessions`, {
    items: [{ itemId: link.items[0].id, quantity: 1 }],
    customer: { email: 'fast@example.com' },
  });
  await submitOf(form).click();
  await form
    .getByText(/being paid for by others/)
    .first()
    .waitFor();
  await fetch(`${api}/v1/public/checkout-sessions/${faster.id}/cancel`, { method: 'POST' });
  await form.getByRole('button', { name: 'Try again' }).click();
  expect(await form.getByLabel('E-mail').inputValue()).toBe('slow@example.com');
  await call('POST', `/v1/public/payment-links/${link.id}/sessions`, {
    items: [{ itemId: link.items[0].id, quantity: 1 }],
    customer: { email: 'faster@example.com' },
  }).then(({ id }) =>
    call('POST', `/v1/sandbox/checkout-sessions/${id}`, { outcome: 'succeeded' }),
  );
  await submitOf(form).click();
  await form.getByText(/has been used up/).waitFor();
  const books = await booksOf(street(), link.id);
  expect(books).toMatchObject({ redemptionCount: 1, reservedCount: 0, status: 'exhausted' });
  expect(books.sessions.map(({ status }) => status)).toEqual(['complete', 'canceled']);
});

it('keeps what was typed when the stock goes meanwhile, and says at the item what is left', async () => {
  const { call, page: write } = street();
  const link = await call('POST', '/v1/payment-links', {
    type: 'product',
    name: 'Night market',
    currency: 'EUR',
    collectName: 'required',
    items: [
      { name: 'Lantern', unitAmount: 1500, stockQuantity: 5, adjustableQuantity: true },
      { name: 'Candle', unitAmount: 300, stockQuantity: 1, isOptional: true },
    ],
  });
  const page = await newPage();
  await page.goto(write(`<pay-link-form handoff="redirect" link="${link.id}"></pay-link-form>`));
  const form = page.locator('pay-link-form');
  await form.getByLabel(/^Quantity/).fill('4');
  await form.getByText('Add Candle').click();
  await form.getByLabel('E-mail').fill('late@example.com');
  await form.getByLabel('Name', { exact: true }).fill('Ada Late');
  const [lantern, candle] = link.items;
  await call('POST', `/v1/public/payment-links/${link.id}/sessions`, {
    items: [
      { itemId: lantern.id, quantity: 3 },
      { itemId: candle.id, quantity: 1 },
    ],
    customer: { email: 'early@example.com', name: 'Early' },
  });
  await submitOf(form).click();
  await form.getByText(/just sold out/).waitFor();
  await form.getByText('Only 2 left.').waitFor();
  await form.getByText('This is sold out.').waitFor();
  expect(await form.getByLabel(/^Quantity/).inputValue()).toBe('4');
  expect(await form.getByLabel('E-mail').inputValue()).toBe('late@example.com');
  expect(await form.getByLabel('Name', { exact: true }).inputValue()).toBe('Ada Late');
  await form.getByLabel(/^Quantity/).fill('2');
  await form.getByText('Add Candle').click();
  await submitOf(form).click();
  await atPayment(page);
  await press(page, /^Pay €30.00/);
  const books = await booksOf(street(), link.id);
  expect(books.payments).toMatchObject([{ amount: 3000, status: 'succeeded' }]);
});
