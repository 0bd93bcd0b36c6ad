import { expect, it } from 'vitest';
import { atPayment, booksOf, openForm, press, recordEvents, submitOf } from '../journeys/buyer.js';
import { useStreet } from '../journeys/street.js';

const { street, newPage } = useStreet();

const newLink = (name: string, more: Record<string, unknown> = {}) =>
  street().call('POST', '/v1/payment-links', {
    type: 'amount',
    name,
    currency: 'EUR',
    amount: 1200,
    ...more,
  });

it('lets a declined buyer try again in the same session, and charges once', async () => {
  const link = await newLink('Declined once');
  const page = await newPage();
  await page.goto(
    street().page(`<pay-link-button handoff="redirect" link="${link.id}"></pay-link-button>`),
  );
  const form = await openForm(page, link.id);
  await form.getByLabel('E-mail').fill('again@example.com');
  await submitOf(form).click();
  const first = await atPayment(page);
  await press(page, /^Decline/);
  await page
    .getByRole('alert')
    .getByText(/declined/)
    .waitFor();
  expect(await atPayment(page)).toBe(first);
  await press(page, /^Pay/);
  await page.getByRole('link', { name: 'Back to the shop' }).waitFor();
  const books = await booksOf(street(), link.id);
  expect(books.payments.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  expect(books.sessions).toMatchObject([{ id: first, status: 'complete' }]);
  expect(books.redemptionCount).toBe(1);
});

it('brings a buyer who cancels back to the shop, tells the page once, and sells on the next try', async () => {
  const link = await newLink('Canceled once', { maxRedemptions: 1 });
  const address = street().page(
    `<pay-link-button handoff="redirect" link="${link.id}"></pay-link-button>`,
  );
  const page = await newPage();
  const heard = await recordEvents(page);
  await page.goto(address);
  const form = await openForm(page, link.id);
  await form.getByLabel('E-mail').fill('hesitant@example.com');
  await submitOf(form).click();
  await atPayment(page);
  await press(page, /^Cancel/);
  await page.waitForURL(address);
  await expect.poll(heard).toContain('cancel');
  await page.reload();
  const again = await openForm(page, link.id);
  expect((await heard()).filter((name) => name === 'cancel')).toHaveLength(1);
  await again.getByLabel('E-mail').fill('hesitant@example.com');
  await submitOf(again).click();
  await atPayment(page);
  await press(page, /^Pay/);
  await page.getByRole('link', { name: 'Back to the shop' }).waitFor();
  const books = await booksOf(street(), link.id);
  expect(books.sessions.map(({ status }) => status)).toEqual(['complete', 'canceled']);
  expect(books).toMatchObject({ redemptionCount: 1, status: 'exhausted' });
});

it('never blocks a buyer by the session they left open: Back, and submit again', async () => {
  const link = await newLink('Left open', { maxRedemptions: 1 });
  const page = await newPage();
  await page.goto(
    street().page(`<pay-link-button handoff="redirect" link="${link.id}"></pay-link-button>`),
  );
  const form = await openForm(page, link.id);
  await form.getByLabel('E-mail').fill('back@example.com');
  await submitOf(form).click();
  const first = await atPayment(page);
  await page.goBack();
  const dialog = page.getByRole('dialog');
  if (!(await dialog.isVisible())) await openForm(page, link.id);
  await dialog.getByLabel('E-mail').fill('back@example.com');
  await submitOf(dialog).click();
  const second = await atPayment(page);
  expect(second).not.toBe(first);
  await press(page, /^Pay/);
  await page.getByRole('link', { name: 'Back to the shop' }).waitFor();
  const books = await booksOf(street(), link.id);
  expect(books.sessions).toMatchObject([
    { id: second, status: 'complete' },
    { id: first, status: 'canceled' },
  ]);
  expect(books.payments).toHaveLength(1);
});

it('leaves a frame of the merchant by its top window', async () => {
  const link = await newLink('In a frame');
  const inner = street().page(
    `<pay-link-form handoff="redirect" link="${link.id}"></pay-link-form>`,
  );
  const page = await newPage();
  await page.goto(street().page(`<iframe src="${inner}" width="600" height="700"></iframe>`));
  const form = page.frameLocator('iframe').locator('pay-link-form');
  await form.getByLabel('E-mail').fill('framed@example.com');
  await submitOf(form as never).click();
  await atPayment(page);
  await press(page, /^Pay/);
  await page.getByRole('link', { name: 'Back to the shop' }).waitFor();
  expect((await booksOf(street(), link.id)).payments).toMatchObject([{ status: 'succeeded' }]);
});
