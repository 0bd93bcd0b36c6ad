/** What hard pages sell: an axis of radios and one so long that its list opens, so that every control is used. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { atPayment, booksOf, press, submitOf } from './buyer.js';
import type { Street } from './street.js';

const sizes = ['36', '37', '38', '39', '40', '41', '42', '43'];
const colours = ['Red', 'Black'];

export async function newShoes({ call }: Street, more: Record<string, unknown> = {}) {
  const { id: productId } = await call('POST', '/v1/products', {
    name: 'Walking shoe',
    options: [
      { name: 'Colour', values: colours },
      { name: 'Size', values: sizes },
    ],
    skus: colours.flatMap((Colour) => sizes.map((Size) => ({ attributes: { Colour, Size } }))),
    prices: [{ unitAmount: 8000, currency: 'EUR', type: 'one_time' }],
  });
  const { id, url } = await call('POST', '/v1/payment-links', {
    type: 'product',
    name: 'Walking shoe',
    currency: 'EUR',
    items: [{ productId, adjustableQuantity: true, maxQuantity: 5 }],
    allowPromotionCodes: true,
    ...more,
  });
  return { id, url } as { id: string; url: string };
}

/** Fills the form in, up to the button that pays. @returns that button */
export async function chooseShoes(form: Locator): Promise<Locator> {
  await form.getByText('Black', { exact: true }).click();
  await form.getByRole('button', { name: 'Size' }).click();
  await form.getByRole('option', { name: '42' }).click();
  await form.getByLabel(/^Quantity/).fill('2');
  await form.getByLabel('E-mail').fill('walker@example.com');
  return submitOf(form);
}

/** At the payment page, whichever window it is in: pays, and finds the order in the books. */
export async function payShoes(street: Street, page: Page, linkId: string): Promise<void> {
  await atPayment(page);
  await press(page, /^Pay €160.00/);
  await expect
    .poll(async () => (await booksOf(street, linkId)).payments)
    .toMatchObject([{ amount: 16000, currency: 'EUR', status: 'succeeded' }]);
}
