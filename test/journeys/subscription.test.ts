import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { focused, openForm, press, submitOf } from './buyer.js';
import { useStreet } from './street.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const { street, newPage } = useStreet();

async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))',
  );
}

/** Tabs on until it is there. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let steps = 0; steps < 20; steps += 1) {
    await page.keyboard.press('Tab');
    if (name.test(await focused(page))) return;
  }
  throw new Error(`${name} cannot be reached by the keyboard`);
}

it('lets a subscriber find, leave, keep and pay a subscription by the keyboard alone', async () => {
  const call = street().call;
  const product = await call('POST', '/v1/products', {
    name: 'Coffee',
    prices: [{ unitAmount: 1_450, currency: 'EUR', type: 'recurring', interval: 'month' }],
  });
  const link = await call('POST', '/v1/payment-links', {
    ...{ type: 'subscription', name: 'Coffee club', currency: 'EUR' },
    items: [{ productId: product.id }],
  });
  const page = await newPage();
  await page.goto(
    street().page(`<pay-link-button handoff="redirect" link="${link.id}"></pay-link-button>`),
  );
  const form = await openForm(page, link.id);
  await form.getByLabel('E-mail').fill('sub@example.com');
  await submitOf(form).click();
  await press(page, /^Pay/);
  await page.getByText('Manage your subscription').waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await tabTo(page, /\/s\//);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Coffee club' }).waitFor();
  expect(page.url()).toMatch(/\/s\/[\w-]{46}$/);
  const address = page.url();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await faultsOf(page)).toEqual([]);
  }

  await tabTo(page, /^Cancel subscription$/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Cancel your subscription?' }).waitFor();
  // What is asked is where the reader is.
  expect(await focused(page)).toBe('Cancel your subscription?');
  expect(await faultsOf(page)).toEqual([]);
  await tabTo(page, /^Yes, cancel it$/);
  await page.keyboard.press('Enter');
  await page.getByText('Ends on').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await tabTo(page, /^Keep my subscription$/);
  await page.keyboard.press('Enter');
  await page.getByText('Next payment').waitFor();

  const { data } = await call('GET', `/v1/subscriptions?paymentLinkId=${link.id}`);
  const play = (wish: object) => call('POST', `/v1/sandbox/subscriptions/${data[0].id}`, wish);
  await play({ outcome: 'declined', reason: 'insufficient_funds', renewNow: true });
  await page.reload();
  await page.getByRole('alert').getByText('did not go through').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await tabTo(page, /^Pay €14\.50 now$/);
  await page.keyboard.press('Enter');
  await press(page, /^Pay/);
  await page.getByText('Manage your subscription').waitFor();
  await page.goto(address);
  await page.getByText('Active', { exact: true }).waitFor();
  expect(await page.getByText('paid', { exact: true }).count()).toBe(2);
});

it('works without JavaScript', async () => {
  const call = street().call;
  const link = await call('POST', '/v1/payment-links', {
    ...{ type: 'subscription', name: 'Paper', currency: 'EUR' },
    items: [
      {
        productId: (
          await call('POST', '/v1/products', {
            name: 'Paper',
            prices: [{ unitAmount: 900, currency: 'EUR', type: 'recurring', interval: 'week' }],
          })
        ).id,
      },
    ],
  });
  const { items } = await call('GET', `/v1/public/payment-links/${link.id}`);
  const session = await call('POST', `/v1/public/payment-links/${link.id}/sessions`, {
    customer: { email: 'plain@example.com' },
    items: [{ itemId: items[0].id, quantity: 1 }],
  });
  await call('POST', `/v1/sandbox/checkout-sessions/${session.id}`, { outcome: 'succeeded' });
  const { data } = await call('GET', `/v1/subscriptions?paymentLinkId=${link.id}`);
  const page = await newPage({ javaScriptEnabled: false });
  await page.goto(data[0].manageUrl);
  await page.getByRole('link', { name: 'Cancel subscription' }).click();
  await page.getByRole('button', { name: 'Yes, cancel it' }).click();
  await page.getByText('Ends on').waitFor();
  const after = await call('GET', `/v1/subscriptions/${data[0].id}`);
  expect(after).toMatchObject({ status: 'active', cancelAt: data[0].nextChargeAt });
});
