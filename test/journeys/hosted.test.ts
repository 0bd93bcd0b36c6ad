import { expect, it } from 'vitest';
import { atPayment, booksOf, press, submitOf } from './buyer.js';
import { useStreet } from './street.js';

const { street, newPage } = useStreet();

it('sells on the link’s own page with the same form', async () => {
  const { links } = street();
  const page = await newPage();
  await page.goto(`${links.tee.url}?prefill_email=linked@example.com`);
  const form = page.locator('pay-link-form');
  await form.getByText('S', { exact: true }).click();
  await form.getByText('Navy', { exact: true }).click();
  expect(await form.getByLabel('E-mail').inputValue()).toBe('linked@example.com');
  await submitOf(form).click();
  await form.getByRole('link', { name: 'Pay another way' }).click();
  await atPayment(page);
  await press(page, /^Pay/);
  await page
    .getByText(/thank|paid/i)
    .first()
    .waitFor();
  expect((await booksOf(street(), links.tee.id)).payments).toMatchObject([{ status: 'succeeded' }]);
});

it('sells a fixed amount without JavaScript, from the link’s page to the confirmation', async () => {
  const { links } = street();
  const page = await newPage({ javaScriptEnabled: false });
  await page.goto(links.invoice.url);
  await page.getByLabel('E-mail').fill('plain@example.com');
  await page.getByRole('button', { name: /^Pay/ }).click();
  await atPayment(page);
  await press(page, /^Pay/);
  await page
    .getByText(/thank|paid/i)
    .first()
    .waitFor();
  const { payments } = await booksOf(street(), links.invoice.id);
  expect(payments).toMatchObject([{ amount: 25000, currency: 'XAF', status: 'succeeded' }]);
});

it('gives way to a script that comes late, and keeps what was typed until then', async () => {
  const { links } = street();
  const page = await newPage();
  let letScriptCome = () => {};
  const scriptMayCome = new Promise<void>((resolve) => {
    letScriptCome = resolve;
  });
  await page.route('**/pay-link.js', async (route) => {
    await scriptMayCome;
    await route.continue();
  });
  await page.goto(links.invoice.url, { waitUntil: 'commit' });
  await page.getByLabel('E-mail').fill('early@example.com', { timeout: 10_000 });
  letScriptCome();
  await page.locator('pay-link-form[state=editing]').waitFor();
  expect(await page.locator('form').count()).toBe(1);
  expect(await page.getByLabel('E-mail').inputValue()).toBe('early@example.com');
});

it.each([
  ['rehearsalRoom', 410, /used|sold|no longer|taken/i],
  ['earlyBird', 410, /expired|over|ended/i],
  ['summerSale', 410, /./],
] as const)('shows the closed door of %s with the right status', async (name, status, words) => {
  const { links } = street();
  const page = await newPage();
  await expect
    .poll(async () => (await page.goto(links[name].url))?.status(), { timeout: 6_000 })
    .toBe(status);
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.locator('main').innerText()).toMatch(words);
});

it('answers 404 for a link nobody made', async () => {
  const page = await newPage();
  const answer = await page.goto(`${street().api}/p/nothing-here`);
  expect(answer?.status()).toBe(404);
});
