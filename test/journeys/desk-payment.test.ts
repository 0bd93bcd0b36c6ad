import { expect, it } from 'vitest';
import { applyDisputeEvent } from '../../src/server/domain/dispute.js';
import { applyProviderEvent } from '../../src/server/domain/settlement.js';
import { focused, tabTo } from './buyer.js';
import { expectFaultless, sitDown } from './desk.js';
import { corner, sell } from './desk-sale.js';
import { useStreet } from './street.js';

const { street, newPage } = useStreet();

it('shows what a payment was for and how it came about, and refunds it in parts by the keyboard', async () => {
  const sale = await sell(street());
  await sale.pay('declined', 'insufficient_funds');
  await sale.pay();
  const { id } = await sale.payment();
  const page = await newPage();
  await sitDown(page, street(), `/payments/${id}`);
  await page.getByRole('heading', { name: '€25.00 Paid' }).waitFor();
  for (const text of ['anna@example.com', 'Alto', 'order-17', 'letter'])
    await page.getByText(text, { exact: true }).waitFor();
  const history = page.getByRole('region', { name: 'What happened' });
  expect(await history.locator('li > p:first-child').allTextContents()).toEqual([
    'The order was opened',
    'A try failed: there was not enough money',
    '€25.00 was paid',
  ]);
  await expectFaultless(page);

  await page.getByRole('button', { name: 'Refund' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Refund this payment' });
  await dialog.getByText('€25.00 of this payment can be refunded').waitFor();
  await page.keyboard.press('ArrowRight');
  await tabTo(page, /^Amount$/);
  await page.keyboard.type('30');
  await page.keyboard.press('Enter');
  await dialog.getByText('At most €25.00 is left.').waitFor();
  expect(await focused(page)).toBe('Amount');
  await expectFaultless(page);
  // What was typed is there after a look at the page.
  await page.keyboard.press('Escape');
  expect(await focused(page)).toBe('Refund');
  await page.keyboard.press('Enter');
  expect(await dialog.getByLabel('Amount').inputValue()).toBe('30');
  await dialog.getByLabel('Amount').fill('5');
  await tabTo(page, /^The use of the link/);
  await page.keyboard.press('Space');
  await dialog.getByRole('button', { name: 'Refund €5.00' }).press('Enter');
  await corner(page, '€5.00 has been refunded.');
  await history.getByText('€5.00 was refunded').waitFor();
  await history.getByText('The use of the link was given back too').waitFor();
  expect(await focused(page)).toBe('What happened');
  const { call } = street();
  expect(await sale.payment()).toMatchObject({
    status: 'partially_refunded',
    refundedAmount: 500,
  });
  expect((await call('GET', `/v1/payment-links/${sale.link.id}`)).redemptionCount).toBe(0);

  await page.getByRole('button', { name: 'Refund' }).click();
  await dialog.getByText('€5.00 has gone back already').waitFor();
  await dialog.getByText('has been given back already').waitFor();
  await dialog.getByRole('button', { name: 'Refund €20.00' }).click();
  await page.getByRole('heading', { name: '€25.00 Refunded' }).waitFor();
  expect(await page.getByRole('button', { name: 'Refund' }).count()).toBe(0);
});

it('makes one refund where the answer is lost and the button is pressed again', async () => {
  const sale = await sell(street());
  await sale.pay();
  const { id } = await sale.payment();
  const page = await newPage();
  await sitDown(page, street(), `/payments/${id}`);
  await page.getByRole('button', { name: 'Refund' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('A part of it').click();
  await dialog.getByLabel('Amount').fill('7');
  let isLost = true;
  await page.route('**/refunds', async (route) => {
    if (route.request().method() !== 'POST' || !isLost) return route.continue();
    isLost = false;
    await route.fetch();
    await route.abort();
  });
  await dialog.getByRole('button', { name: 'Refund €7.00' }).click();
  await dialog.getByText('The server does not answer').waitFor();
  await dialog.getByText('€7.00 has gone back already').waitFor();
  await dialog.getByRole('button', { name: 'Refund €7.00' }).click();
  await corner(page, '€7.00 has been refunded.');
  expect((await sale.payment()).refundedAmount).toBe(700);
});

it('says in words what became of a refund that waits or fails', async () => {
  const sale = await sell(street());
  await sale.pay();
  const { id } = await sale.payment();
  const { call } = street();
  const play = (outcome: string, reason?: string) =>
    call('POST', `/v1/sandbox/checkout-sessions/${sale.sessionId}/refunds`, { outcome, reason });
  await play('declined', 'not_allowed');
  const page = await newPage();
  await sitDown(page, street(), `/payments/${id}`);
  const refund = async (amount: string) => {
    await page.getByRole('button', { name: 'Refund' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('A part of it').click();
    await dialog.getByLabel('Amount').fill(amount);
    await dialog.getByRole('button', { name: `Refund €${amount}.00` }).click();
  };
  await refund('3');
  await page.getByText('€3.00 did not go back: it is not allowed there.').waitFor();
  await page.getByText('The money is still with you.').waitFor();
  await play('pending');
  await refund('4');
  await page.getByText('Your payment provider has not confirmed it yet.').waitFor();
  await expectFaultless(page);
  await page.getByRole('button', { name: 'Refund' }).click();
  await page.getByRole('dialog').getByText('€21.00 of this payment can be refunded').waitFor();
});

it('explains what has to be looked at and what is disputed, as it happens', async () => {
  const { backend } = street();
  const sale = await sell(street());
  await sale.pay();
  const { id } = await sale.payment();
  const page = await newPage();
  await sitDown(page, street(), `/payments/${id}`);
  const about = {
    ...{ provider: 'sandbox', sessionId: sale.sessionId as `cs_${string}` },
    ...{ amount: 2_500, currency: 'EUR', failureCode: null },
  };
  const attempt = `${sale.sessionId}/1`;
  await applyDisputeEvent(backend, { ...about, id: 'd1', attempt, type: 'disputed' });
  await page.getByRole('heading', { name: '€25.00 Disputed' }).waitFor();
  await page.getByText('Open the dispute at your payment provider').waitFor();
  expect(await page.getByRole('button', { name: 'Refund' }).count()).toBe(0);
  await applyDisputeEvent(backend, { ...about, id: 'd2', attempt, type: 'undisputed' });
  await page.getByText('The dispute was decided for you').waitFor();

  await applyProviderEvent(backend, { ...about, id: 'e2', attempt: 'again', type: 'succeeded' });
  const twin = (await sale.payment()).id;
  await page.goto(`${street().api}/dashboard/payments/${twin}`);
  await page.getByText('This order had been paid already.').waitFor();
  await page.getByText('give it back there, or agree with the buyer').waitFor();
  await expectFaultless(page);
  await page.getByRole('link', { name: 'The payment that paid the order' }).click();
  await page.getByRole('heading', { name: '€25.00 Paid' }).waitFor();
});
