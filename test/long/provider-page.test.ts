/** Paying on the page of a provider: there, back again, and told in the shop. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { booksOf, recordEvents, submitOf } from '../journeys/buyer.js';
import { useStreet } from '../journeys/street.js';
import type { Message } from '../server/provider/far-side.js';
import { type StripeFarSide, startStripe } from '../server/provider/stripe-stand-in.js';

let far: StripeFarSide;
beforeAll(async () => {
  far = await startStripe();
});
afterAll(() => far.close());
const { street, newPage } = useStreet({ provider: () => far.provider });

const theirs = 'https://checkout.stripe.test/';
const refOf = (page: Page) => page.url().split('/').pop() as string;

/** The provider's page, as far as it leads back. */
async function orderOn(page: Page, more: object = {}) {
  await page.route(`${theirs}**`, (route) => {
    const { asked } = far.sessions.get(route.request().url().split('/').pop() as string);
    return route.fulfill({
      contentType: 'text/html',
      body: `<a href="${asked.success_url}">Paid</a> <a href="${asked.cancel_url}">Back</a>`,
    });
  });
  const link = await street().call('POST', '/v1/payment-links', {
    ...{ type: 'amount', name: 'Elsewhere', currency: 'EUR', amount: 1_200 },
    ...more,
  });
  const heard = await recordEvents(page);
  await page.goto(
    street().page(`<pay-link-form handoff="redirect" link="${link.id}"></pay-link-form>`),
  );
  const form = page.locator('pay-link-form');
  await form.getByLabel('E-mail').fill('elsewhere@example.com');
  await submitOf(form).click();
  await page.waitForURL(`${theirs}**`);
  return { link, heard };
}

it('goes there and back, on when it was left, and is confirmed before any message', async () => {
  const page = await newPage();
  const { link, heard } = await orderOn(page);
  await page.getByText('Back').click();
  await page.getByRole('link', { name: 'Continue to payment' }).click();
  await page.waitForURL(`${theirs}**`);
  far.pay(refOf(page));
  await page.getByText('Paid').click();
  // It was asked for seconds ago, so the page asks a little later, by itself.
  const paid = page.getByRole('heading', { name: 'Thank you, it is paid' });
  await paid.waitFor({ timeout: 20_000 });
  await page.getByRole('link', { name: 'Back to the shop' }).click();
  await page.getByText('€12.00 paid').waitFor();
  expect(await heard()).toEqual(['ready', 'change', 'submit', 'handoff', 'complete']);
  expect(await booksOf(street(), link.id)).toMatchObject({
    redemptionCount: 1,
    sessions: [{ status: 'complete' }],
    payments: [{ status: 'succeeded', amount: 1_200 }],
  });
});

it('is given up on our page, and the shop hears of it', async () => {
  const page = await newPage();
  const { link, heard } = await orderOn(page, { maxRedemptions: 1 });
  await page.getByText('Back').click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.locator('pay-link-form').getByLabel('E-mail').waitFor();
  await expect.poll(async () => (await heard()).at(-1)).toBe('cancel');
  expect(await booksOf(street(), link.id)).toMatchObject({ reservedCount: 0, payments: [] });
});

it('shows by itself what happens at the provider in the meantime', async () => {
  const page = await newPage();
  await orderOn(page);
  const ref = refOf(page);
  await page.getByText('Back').click();
  await page.getByRole('link', { name: 'Continue to payment' }).waitFor();
  const tell = async (message: Message | Promise<Message>) => {
    const { body, headers } = await message;
    return street().app.request('/v1/providers/stripe/webhook', { method: 'POST', body, headers });
  };
  await tell(far.decline(ref));
  await page.getByRole('alert').getByText('not enough money').waitFor();
  await tell(far.delay(ref));
  await page.getByRole('heading', { name: 'Confirming the payment' }).waitFor();
  await tell(far.pay(ref));
  await page.getByRole('heading', { name: 'Thank you, it is paid' }).waitFor();
});
