import { expect, it } from 'vitest';
import { useStreet } from './street.js';

const { street, newPage } = useStreet();

it('speaks German from a file beside the script, on the merchant’s own origin', async () => {
  const { links, page: write, api } = street();
  const page = await newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(
    write(`<div lang="de"><pay-link-form link="${links.donation.id}"></pay-link-form></div>`),
  );
  const form = page.locator('pay-link-form');
  await form.getByText('Anderer Betrag').click();
  await form.getByRole('textbox', { name: /^Betrag/ }).fill('12,50');
  await expect.poll(() => form.locator('button[type=submit]').innerText()).toMatch(/12,50/);
  expect(asked.filter((url) => url.includes('/locales/'))).toEqual([`${api}/locales/de.json`]);
});

it('fetches no language for English and French', async () => {
  const { links, page: write } = street();
  for (const locale of ['en-GB', 'fr-CG']) {
    const page = await newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(
      write(`<pay-link-form locale="${locale}" link="${links.donation.id}"></pay-link-form>`),
    );
    await page.locator('pay-link-form').getByLabel('E-mail').fill('a@example.com');
    expect(asked.filter((url) => url.includes('/locales/'))).toEqual([]);
  }
});

it('opens a popover beside its button on a desk, and a sheet from below on a phone', async () => {
  const { links, page: write } = street();
  for (const { width, isSheet } of [
    { width: 1280, isSheet: false },
    { width: 390, isSheet: true },
  ]) {
    const page = await newPage({ viewport: { width, height: 900 } });
    await page.goto(
      write(
        `<pay-link-button display="popover" link="${links.donation.id}">Give</pay-link-button>`,
      ),
    );
    await page.getByRole('button', { name: 'Give' }).click();
    await page.locator('pay-link-form').getByLabel('E-mail').waitFor();
    const edges = () =>
      page.locator('dialog').evaluate((dialog) => {
        const { left, right, bottom } = dialog.getBoundingClientRect();
        return { isAsWide: left === 0 && right === innerWidth, isBelow: bottom === innerHeight };
      });
    await expect.poll(edges).toEqual({ isAsWide: isSheet, isBelow: isSheet });
  }
});
