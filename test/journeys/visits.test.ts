import { expect, it } from 'vitest';
import { openForm, payByPhone, submitOf } from './buyer.js';
import { useStreet } from './street.js';

const { street, newPage } = useStreet();

const visitsOf = async (id: string) => {
  const { hosts, sources } = await street().call('GET', `/v1/payment-links/${id}/visits`);
  return { hosts, sources };
};
const newLink = () =>
  street().call('POST', '/v1/payment-links', {
    ...{ type: 'amount', name: 'Counted', currency: 'XAF', amount: 500 },
  });

it('counts a buyer from the shop’s page to the payment, and that it was opened once', async () => {
  const { page: write, shop } = street();
  const { id } = await newLink();
  const host = new URL(shop).host;
  const page = await newPage();
  const button = `<pay-link-button link="${id}">Pay</pay-link-button>`;
  await page.goto(`${write(button)}?utm_source=letter`);
  await page.getByRole('button', { name: 'Pay' }).waitFor();
  expect(await visitsOf(id)).toEqual({ hosts: [], sources: [] });
  const dialog = await openForm(page, id);
  await expect
    .poll(() => visitsOf(id))
    .toEqual({
      hosts: [{ host, seen: 1, opened: 1, submitted: 0, paid: 0 }],
      sources: [{ source: 'letter', seen: 1, opened: 1, submitted: 0, paid: 0 }],
    });
  await page.keyboard.press('Escape');
  await openForm(page, id);
  await dialog.getByLabel('E-mail').fill('anna@example.com');
  await submitOf(dialog).click();
  await payByPhone(dialog);
  await dialog.getByText('Thank you').first().waitFor({ timeout: 20_000 });
  expect(await visitsOf(id)).toEqual({
    hosts: [{ host, seen: 1, opened: 1, submitted: 1, paid: 1 }],
    sources: [{ source: 'letter', seen: 1, opened: 1, submitted: 1, paid: 1 }],
  });
});

it('counts a visit of the link’s own page once, though its form asks for the link too', async () => {
  const { api } = street();
  const { id } = await newLink();
  const page = await newPage();
  await page.goto(`${api}/p/${id}?utm_source=poster`);
  await page.locator('pay-link-form').getByLabel('E-mail').waitFor();
  const counts = { seen: 1, opened: 0, submitted: 0, paid: 0 };
  expect(await visitsOf(id)).toEqual({
    hosts: [{ host: new URL(api).host, ...counts }],
    sources: [{ source: 'poster', ...counts }],
  });
  await page.locator('pay-link-form').getByLabel('E-mail').focus();
  await page.locator('pay-link-form').getByRole('button').last().focus();
  await expect
    .poll(async () => (await visitsOf(id)).sources)
    .toEqual([{ ...counts, source: 'poster', opened: 1 }]);
});
