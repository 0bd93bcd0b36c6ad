import { expect, it } from 'vitest';
import { atPayment, booksOf, openForm, payByPhone, press, submitOf } from './buyer.js';
import { useStreet } from './street.js';

const { street, newPage } = useStreet();

it('starts a yearly subscription with a trial: nothing today, the year after it', async () => {
  const { shop, links, call } = street();
  const page = await newPage();
  await page.goto(shop);
  await page.getByRole('button', { name: 'Try it for 14 days' }).click();
  const form = page.getByRole('dialog');
  await form.getByText('Yearly', { exact: true }).click();
  await form.getByLabel('E-mail').fill('listener@example.com');
  await submitOf(form).click();
  await payByPhone(form);
  await form.getByText('Your subscription has started').waitFor();
  const id = (await booksOf(street(), links.membership.id)).sessions[0]?.id;
  const session = await call('GET', `/v1/checkout-sessions/${id}`);
  expect(session).toMatchObject({
    status: 'complete',
    paymentStatus: 'no_payment_required',
    total: 0,
    paymentId: null,
  });
  const subscription = await call('GET', `/v1/subscriptions/${session.subscriptionId}`);
  expect(subscription).toMatchObject({ status: 'trialing', amount: 9000, interval: 'year' });
  const trialDays =
    (Date.parse(subscription.nextChargeAt) - Date.parse(session.createdAt)) / 86_400_000;
  expect(Math.round(trialDays)).toBe(14);
  const books = await booksOf(street(), links.membership.id);
  expect(books.payments).toEqual([]);
  expect(books.eventTypes).toContain('subscription.created');
});

it('charges the first month at once where there is no trial', async () => {
  const { call, page: write } = street();
  const product = await call('POST', '/v1/products', {
    name: 'Coffee',
    prices: [
      { unitAmount: 1500, currency: 'EUR', type: 'recurring', interval: 'month' },
      { unitAmount: 15000, currency: 'EUR', type: 'recurring', interval: 'year' },
    ],
  });
  const link = await call('POST', '/v1/payment-links', {
    type: 'subscription',
    name: 'Coffee club',
    currency: 'EUR',
    items: [{ productId: product.id }],
  });
  const page = await newPage();
  await page.goto(
    write(`<pay-link-button handoff="redirect" link="${link.id}"></pay-link-button>`),
  );
  const form = await openForm(page, link.id);
  await form.getByText('Monthly', { exact: true }).click();
  await form.getByLabel('E-mail').fill('coffee@example.com');
  await submitOf(form).click();
  await atPayment(page);
  await press(page, /^Pay €15.00/);
  await page.getByRole('link', { name: 'Back to the shop' }).waitFor();
  const { data } = await call('GET', `/v1/subscriptions?paymentLinkId=${link.id}`);
  expect(data).toMatchObject([{ status: 'active', amount: 1500, interval: 'month' }]);
  const { payments } = await booksOf(street(), link.id);
  expect(payments).toMatchObject([{ amount: 1500, status: 'succeeded' }]);
});
