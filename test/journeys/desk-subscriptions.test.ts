import { expect, it } from 'vitest';
import { focused, tabTo } from './buyer.js';
import { expectFaultless, sitDown } from './desk.js';
import { corner } from './desk-sale.js';
import { useStreet } from './street.js';

const { street, newPage } = useStreet();

let plan: { link: { id: string }; itemId: string; priceId: string } | undefined;

async function plansOf() {
  if (plan) return plan;
  const { call } = street();
  const product = await call('POST', '/v1/products', {
    name: 'Coffee',
    prices: [{ unitAmount: 1_450, currency: 'EUR', type: 'recurring', interval: 'month' }],
  });
  const link = await call('POST', '/v1/payment-links', {
    ...{ type: 'subscription', name: 'Coffee club', currency: 'EUR' },
    items: [{ productId: product.id }],
    customFields: [{ key: 'grind', label: 'Which grind?', type: 'text' }],
  });
  const { items } = await call('GET', `/v1/public/payment-links/${link.id}`);
  plan = { link, itemId: items[0].id, priceId: items[0].prices[0].id };
  return plan;
}

/** Somebody who pays every month. @returns the subscription */
async function subscribe(email: string) {
  const { call } = street();
  const { link, itemId, priceId } = await plansOf();
  const { id } = await call('POST', `/v1/public/payment-links/${link.id}/sessions`, {
    ...{ customer: { email }, items: [{ itemId, priceId, quantity: 1 }] },
    customFields: { grind: 'Fine' },
  });
  await call('POST', `/v1/sandbox/checkout-sessions/${id}`, { outcome: 'succeeded' });
  const { subscriptionId } = await call('GET', `/v1/checkout-sessions/${id}`);
  return call('GET', `/v1/subscriptions/${subscriptionId}`);
}

it('shows who subscribes, as it happens, and finds them by how they stand', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/subscriptions');
  await page.getByRole('heading', { name: 'No subscription yet' }).waitFor();
  await expectFaultless(page);
  await subscribe('rosa@example.com');
  const row = page.locator('tr').filter({ hasText: 'rosa@example.com' });
  await row.getByText('€14.50 every month').waitFor();
  await row.getByText('Coffee club').waitFor();
  await corner(page, 'New payment: €14.50 for Coffee club');
  const late = await subscribe('late@example.com');
  const { call } = street();
  await call('POST', `/v1/sandbox/subscriptions/${late.id}`, {
    ...{ outcome: 'declined', reason: 'insufficient_funds', renewNow: true },
  });
  const behind = page.locator('tr').filter({ hasText: 'late@example.com' });
  await behind.getByText('Not paid').waitFor();
  await expectFaultless(page);
  await page.getByLabel('Status').selectOption('Not paid');
  await expect.poll(() => page.locator('tbody tr').count()).toBe(1);

  await page.getByRole('link', { name: 'late@example.com' }).click();
  await page.getByText('The last charge did not go through.').waitFor();
  const payments = page.getByRole('region', { name: 'Its payments' });
  await payments.getByText('Not enough money').waitFor();
  // A renewal that is charged after all is there at once.
  await call('POST', `/v1/sandbox/subscriptions/${late.id}`, {
    ...{ outcome: 'succeeded', renewNow: true },
  });
  await expect.poll(() => payments.locator('tbody tr').count()).toBe(3);
  await page.getByRole('heading', { name: 'late@example.com Active' }).waitFor();
  await payments.locator('tbody tr').first().getByRole('link').click();
  await page.getByText('A renewal: the next period of a subscription.').waitFor();
  await page.getByRole('button', { name: 'Refund' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('The subscription itself goes on').waitFor();
  expect(await dialog.getByText('The use of the link').count()).toBe(0);
});

it('ends a subscription at the end of its period, takes that back, and ends it now', async () => {
  const subscription = await subscribe('anna@example.com');
  const { call } = street();
  const read = () => call('GET', `/v1/subscriptions/${subscription.id}`);
  const page = await newPage();
  await sitDown(page, street(), `/subscriptions/${subscription.id}`);
  await page.getByRole('heading', { name: 'anna@example.com Active' }).waitFor();
  await page.getByText('Fine', { exact: true }).waitFor();
  await page.getByRole('link', { name: subscription.manageUrl }).waitFor();
  await expectFaultless(page);

  const end = page.getByRole('button', { name: 'End it', exact: true });
  await end.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'End this subscription?' });
  await dialog.getByText('The buyer keeps what is paid for until then.').waitFor();
  await expectFaultless(page);
  await page.keyboard.press('Escape');
  expect(await focused(page)).toBe('End it');
  await page.keyboard.press('Enter');
  await tabTo(page, /^End it then$/);
  await page.keyboard.press('Enter');
  await corner(page, /^The subscription ends on/);
  expect(await focused(page)).toMatch(/^anna@example.com/);
  expect((await read()).cancelAt).toBe(subscription.nextChargeAt);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await read()).cancelAt).toBeNull();

  await end.click();
  await dialog.getByRole('button', { name: 'End it then' }).click();
  await page.getByText('It ends by itself on the day below').waitFor();
  await page.getByRole('button', { name: 'Let it go on' }).click();
  await corner(page, 'The subscription goes on.');
  expect((await read()).cancelAt).toBeNull();

  await end.click();
  await dialog.getByRole('radio', { name: /^Now/ }).check();
  await dialog.getByText('It cannot be taken up again.').waitFor();
  await dialog.getByRole('button', { name: 'End it now' }).click();
  await page.getByRole('heading', { name: 'anna@example.com Ended' }).waitFor();
  await page.getByText('You ended it.').waitFor();
  expect(await end.count()).toBe(0);
  expect((await read()).status).toBe('canceled');
});

it('speaks French', async () => {
  const { call } = street();
  const subscription = await subscribe('marie@example.com');
  const [payment] = (await call('GET', `/v1/payments?subscriptionId=${subscription.id}`)).data;
  const page = await newPage();
  await sitDown(page, street());
  await page.route('**/dashboard/session', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), locale: 'fr' } });
  });
  await page.goto(`${street().api}/dashboard/subscriptions/${subscription.id}`);
  await page.getByText('14,50 € chaque mois').first().waitFor();
  await page.goto(`${street().api}/dashboard/payments/${payment.id}`);
  await page.getByText('14,50 € ont été payés').waitFor();
  await page.getByRole('button', { name: 'Rembourser' }).click();
  await page.getByRole('dialog').getByText('Une partie').click();
  await page.getByRole('dialog').getByLabel('Montant').fill('4,50');
  await page.getByRole('button', { name: 'Rembourser 4,50 €' }).click();
  await corner(page, '4,50 € ont été remboursés.');
  await expectFaultless(page);
});
