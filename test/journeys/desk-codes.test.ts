import { expect, it } from 'vitest';
import { focused, openForm } from './buyer.js';
import { expectFaultless, sitDown } from './desk.js';
import { useStreet } from './street.js';

const { street, newPage } = useStreet();

it('makes a first code that a buyer pays less with, switches it off, and on again', async () => {
  const { call, links, shop } = street();
  const page = await newPage();
  await sitDown(page, street(), '/settings/codes');
  await page.getByRole('heading', { name: 'Your first promotion code' }).waitFor();
  await expectFaultless(page);
  await page.getByRole('link', { name: 'New code' }).click();
  await page.getByLabel('What buyers type').fill('summer20');
  await page.getByLabel('Share', { exact: true }).fill('20');
  await page.getByText('SUMMER20: 20% off, on the first payment').waitFor();
  await page.getByLabel('How often it can be used').fill('100');
  await page.getByRole('button', { name: 'Create code' }).click();
  const row = page.getByRole('row', { name: /SUMMER20/ });
  await row.getByText('0 / 100').waitFor();

  await call('PATCH', `/v1/payment-links/${links.invoice.id}`, { allowPromotionCodes: true });
  const { id } = links.invoice;
  const pays = async () => {
    const quote = { promotionCode: 'SUMMER20', customer: { email: 'buyer@example.com' } };
    const path = `/v1/public/payment-links/${id}/quote`;
    return (await call('POST', path, quote).catch(() => undefined))?.discount;
  };
  expect(await pays()).toBe(5000);
  const buyer = await newPage();
  await buyer.goto(shop);
  await openForm(buyer, id);

  await row.getByRole('button', { name: 'Switch off SUMMER20' }).click();
  await row.getByText('Off', { exact: true }).waitFor();
  expect(await pays()).toBeUndefined();
  await page.getByRole('button', { name: 'Undo' }).click();
  await row.getByText('Active').waitFor();
  expect(await pays()).toBe(5000);
});

it('takes an amount off in two currencies for some months, with all its limits', async () => {
  const { call } = street();
  const page = await newPage();
  await sitDown(page, street(), '/settings/codes/new');
  await page.getByText('An amount', { exact: true }).click();
  await page.getByLabel('Amount', { exact: true }).fill('5');
  await page.getByLabel('Currency').first().selectOption('EUR');
  await page.getByRole('button', { name: 'Add it in another currency' }).click();
  const second = page.getByRole('region', { name: 'Amount 2' });
  expect(await second.getByLabel('Currency').inputValue()).toBe('XAF');
  await second.getByLabel('Amount', { exact: true }).fill('3,000');
  await page.getByText('For some months').click();
  await page.getByLabel('For how many months?').fill('6');
  await page.getByLabel('A name for yourself').fill('Friends');
  await page.getByLabel('Only for orders of at least').fill('20');
  await page.getByLabel('Works until').fill('2020-01-01T10:00');
  await page.getByLabel('Only for who buys here for the first time').check();
  await page.getByRole('button', { name: 'Create code' }).click();
  await page.getByText('This is over already.').waitFor();
  expect(await focused(page)).toBe('Works until');
  await page.getByLabel('Works until').fill('2090-01-01T10:00');
  // The desk begins with pounds: nothing is taken off in them.
  await page.getByText('The code takes nothing off in this currency').waitFor();
  await page.getByLabel('Currency').last().selectOption('EUR');
  await page.getByRole('button', { name: 'Create code' }).click();
  const row = page.getByRole('row', { name: /Friends/ });
  await row.getByText('€5.00 or FCFA 3,000 off').waitFor();
  await row.getByText('on the payments of 6 months, from €20.00 on, first purchase only').waitFor();
  const [coupon] = (await call('GET', '/v1/coupons')).data;
  expect(coupon).toMatchObject({
    ...{ name: 'Friends', amountOff: 500, currency: 'EUR', duration: 'repeating' },
    ...{ durationInMonths: 6, currencyOptions: { XAF: { amountOff: 3000 } } },
  });
  await expectFaultless(page);
});

it('keeps the form where the code is taken, and makes its discount once', async () => {
  const { call } = street();
  const coupon = await call('POST', '/v1/coupons', { percentOff: 5 });
  await call('POST', '/v1/promotion-codes', { couponId: coupon.id, code: 'TAKEN' });
  const page = await newPage();
  await sitDown(page, street(), '/settings/codes/new');
  await page.getByLabel('What buyers type').fill('taken');
  await page.getByLabel('Share', { exact: true }).fill('33');
  await page.getByRole('button', { name: 'Create code' }).click();
  await page.getByText('You have a code that is spelt the same.').waitFor();
  expect(await focused(page)).toMatch(/^What buyers type/);
  await page.getByLabel('What buyers type').fill('FREE-33');
  await page.getByRole('button', { name: 'Create code' }).click();
  await page.getByRole('row', { name: /FREE-33/ }).waitFor();
  const { data } = await call('GET', '/v1/coupons?limit=100');
  expect(data.filter(({ percentOff }: { percentOff: number }) => percentOff === 33)).toHaveLength(
    1,
  );

  await page.getByRole('button', { name: 'Change the limits of FREE-33' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('How often it can be used').fill('none');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Write a whole number.').waitFor();
  await expectFaultless(page);
  await dialog.getByLabel('How often it can be used').fill('7');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await page
    .getByRole('row', { name: /FREE-33/ })
    .getByText('0 / 7')
    .waitFor();
  expect(await focused(page)).toBe('Change the limits of FREE-33');
});
