import { expect, it } from 'vitest';
import { focused } from './buyer.js';
import { expectFaultless, sitDown } from './desk.js';
import { corner, sell } from './desk-sale.js';
import { useStreet } from './street.js';

const { street, newPage } = useStreet();

it('tells of a payment wherever the merchant is, and shows it at the top of an open list', async () => {
  const page = await newPage();
  const streams: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/v1/events/stream')) streams.push(request.url());
  });
  const sale = await sell(street());
  await sitDown(page, street(), '/payments');
  const rows = page.locator('tbody tr');
  await rows.first().waitFor();
  const before = await rows.count();
  await sale.pay();
  await corner(page, `New payment: €25.00 for ${sale.link.name}`);
  const first = rows.first();
  await first.getByText(sale.link.name).waitFor();
  await first.getByText('anna@example.com').waitFor();
  expect(await rows.count()).toBe(before + 1);
  await expectFaultless(page);

  await page.getByRole('link', { name: 'Payment links' }).click();
  const other = await sell(street());
  await other.pay();
  await corner(page, `New payment: €25.00 for ${other.link.name}`);
  // What the list of links counts is what the API says.
  const row = page.locator('tr').filter({ hasText: other.link.name });
  await row.getByText('1 / 5').waitFor();
  await row.getByText('€25.00').waitFor();
  expect(streams).toHaveLength(1);
});

it('finds payments by their status and their link, and hands over the same as a table', async () => {
  const sale = await sell(street());
  await sale.pay('declined', 'insufficient_funds');
  await sale.pay();
  const page = await newPage({ acceptDownloads: true });
  await sitDown(page, street(), '/payments');
  await page.getByLabel('Payment link').selectOption(sale.link.name);
  const rows = page.locator('tbody tr');
  await expect.poll(() => rows.count()).toBe(2);
  await page.getByLabel('Status').selectOption('Failed');
  await expect.poll(() => rows.count()).toBe(1);
  await rows.getByText('Not enough money').waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as CSV' }).click(),
  ]);
  const sent = new URL(file.url()).searchParams;
  expect([...sent]).toEqual([
    ['status', 'failed'],
    ['paymentLinkId', sale.link.id],
  ]);
  // The address tells all of it: reload, and nothing is lost.
  await page.reload();
  await expect.poll(() => rows.count()).toBe(1);
  expect(await page.getByLabel('Status').inputValue()).toBe('failed');
  await page.getByLabel('Status').selectOption('Disputed');
  await page.getByText('No payment fits').waitFor();
  await page.getByRole('link', { name: 'Show all payments' }).click();
  await rows.nth(2).waitFor();
});

it('finds the payments of the merchant’s own days, live ones too, and hands over the same', async () => {
  const timeZone = 'Asia/Tokyo';
  const dayOf = (at: number) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at);
  const sale = await sell(street());
  await sale.pay();
  const { createdAt } = await sale.payment();
  const today = dayOf(Date.parse(createdAt));
  const tomorrow = dayOf(Date.parse(createdAt) + 24 * 60 * 60_000);
  const page = await newPage({ timezoneId: timeZone });
  await sitDown(page, street(), '/payments');
  await page.getByLabel('Payment link').selectOption(sale.link.name);
  const rows = page.locator('tbody tr');
  await page.getByLabel('From', { exact: true }).fill(today);
  await page.getByLabel('To', { exact: true }).fill(today);
  await expect.poll(() => rows.count()).toBe(1);
  await expectFaultless(page);
  const csv = page.getByRole('link', { name: 'Download as CSV' });
  const sent = new URL((await csv.getAttribute('href')) ?? '', page.url()).searchParams;
  expect(Object.fromEntries(sent)).toEqual({
    paymentLinkId: sale.link.id,
    from: new Date(`${today}T00:00:00+09:00`).toISOString(),
    to: new Date(`${tomorrow}T00:00:00+09:00`).toISOString(),
  });
  await page.reload();
  await expect.poll(() => rows.count()).toBe(1);
  expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe(today);

  await page.goto(`${street().api}/dashboard/payments?from=${tomorrow}`);
  await page.getByText('No payment fits').waitFor();
  const later = await sell(street());
  const readAnew = page.waitForResponse(/\/v1\/payments\?/);
  await later.pay();
  await corner(page, `New payment: €25.00 for ${later.link.name}`);
  await readAnew;
  expect(await rows.count()).toBe(0);
  await page.getByLabel('From', { exact: true }).fill(today);
  await rows.getByText(later.link.name).waitFor();
});

it('reads on from the first of those that have come', async () => {
  const sales = [
    await sell(street()),
    await sell(street()),
    await sell(street()),
    await sell(street()),
    await sell(street()),
    await sell(street()),
  ];
  for (const sale of sales) {
    for (const _ of [1, 2, 3, 4]) await sale.pay('declined');
    await sale.pay();
  }
  const page = await newPage();
  await sitDown(page, street(), '/payments');
  const rows = page.locator('tbody tr');
  await expect.poll(() => rows.count()).toBe(25);
  await page.getByRole('button', { name: 'Show more' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => rows.count()).toBeGreaterThan(25);
  await expect.poll(() => focused(page)).toMatch(/€/);
  expect(
    await rows
      .nth(25)
      .getByRole('link')
      .evaluate((one) => one === document.activeElement),
  ).toBe(true);
});

it('says so where there is no such payment, and goes on where nothing could be read', async () => {
  const page = await newPage();
  await sitDown(page, street(), `/payments/pay_${'0'.repeat(24)}`);
  await page.getByText('There is no such payment.').waitFor();
  await page.route('**/v1/payments?*', (route) => route.abort());
  await page.getByRole('link', { name: 'To the payments' }).click();
  await page.getByText('This could not be read.').waitFor();
  await page.unroute('**/v1/payments?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('tbody tr').first().waitFor();
});
