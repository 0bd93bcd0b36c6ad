/** Each type of link, from the page to the payment, with the keyboard alone. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { atPayment, focused, tabTo } from './buyer.js';
import { useStreet } from './street.js';

const { street, newPage } = useStreet();

async function openByKeyboard(page: Page, link: string): Promise<void> {
  await page.goto(
    street().page(
      `<a href="#">Before</a><pay-link-button handoff="redirect" label="Go" link="${link}"></pay-link-button>`,
    ),
  );
  await page.getByRole('button', { name: 'Go' }).waitFor();
  await tabTo(page, /^Go$/);
  await page.keyboard.press('Enter');
  await page.getByLabel('E-mail').waitFor();
}

it('buys a shirt: arrows choose size and colour, and the stepper counts', async () => {
  const page = await newPage();
  await openByKeyboard(page, street().links.tee.id);
  await tabTo(page, /^S$/);
  await page.keyboard.press('ArrowRight');
  expect(await focused(page)).toMatch(/^M$/);
  await tabTo(page, /^Quantity/);
  await page.keyboard.press('ArrowUp');
  await tabTo(page, /^E-mail$/);
  await page.keyboard.type('keys@example.com');
  await page.keyboard.press('Enter');
  await atPayment(page);
  expect(await page.locator('body').innerText()).toMatch(/· M · \w+ × 2/);
});

it('gives an amount of its own: “Other…” opens a box, and a mistake is where the focus goes', async () => {
  const page = await newPage();
  await openByKeyboard(page, street().links.donation.id);
  await tabTo(page, /^€/);
  await page.keyboard.press('ArrowLeft');
  expect(await focused(page)).toBe('Other…');
  await tabTo(page, /^Amount…$/);
  await page.keyboard.type('12.5');
  await page.keyboard.press('Enter');
  expect(await focused(page)).toBe('E-mail');
  expect(await page.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true');
  await page.keyboard.type('keys@example.com');
  await tabTo(page, /^Donate €12\.50$/);
  await page.keyboard.press('Space');
  await atPayment(page);
});

it('subscribes by the year', async () => {
  const page = await newPage();
  await openByKeyboard(page, street().links.membership.id);
  await tabTo(page, /^Monthly/);
  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toMatch(/^Yearly/);
  await tabTo(page, /^E-mail$/);
  await page.keyboard.type('keys@example.com');
  await tabTo(page, /^(?:Subscribe for|Start free trial)/);
  await page.keyboard.press('Enter');
  await atPayment(page);
});

it('leaves by Escape, back to the button; the page behind was never reached', async () => {
  const page = await newPage();
  await openByKeyboard(page, street().links.tee.id);
  const seen = new Set<string>();
  for (let step = 0; step < 30; step++) {
    await page.keyboard.press('Tab');
    seen.add(await focused(page));
  }
  expect(seen).not.toContain('Before');
  expect(seen).not.toContain('Go');
  expect(seen).toContain('Close');
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe('Go');
});
