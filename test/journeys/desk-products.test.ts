import { expect, it } from 'vitest';
import { focused, letTimePass } from './buyer.js';
import { expectFaultless, sitDown } from './desk.js';
import { useStreet } from './street.js';

const { street, newPage } = useStreet();

it('makes a product with sizes and colours, and puts it on a link that sells it', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/products');
  await page.getByRole('link', { name: 'New product' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Choir cap');
  await page.getByLabel('Amount', { exact: true }).fill('12.50');
  await page.getByLabel('Currency').selectOption('EUR');
  await page.getByRole('button', { name: 'Add a choice' }).click();
  await page.getByLabel('What is chosen').fill('Size');
  await page.getByLabel('What there is to choose from').pressSequentially('S, M');
  // Leaving the field makes a value of what was typed last, and the press still meets its button.
  await page.getByRole('button', { name: 'Add a choice' }).click();
  const color = page.getByRole('region', { name: 'Choice 2' });
  await color.getByLabel('What is chosen').fill('Colour');
  await page
    .getByRole('region', { name: 'Colour' })
    .getByLabel('What there is to choose from')
    .pressSequentially('Red, Navy,');
  expect(await page.getByLabel('Colour of Navy').inputValue()).toBe('#1f2a44');
  await page.getByLabel('How many there are', { exact: true }).fill('10');
  await page.getByRole('button', { name: 'Fill in' }).click();
  await page.getByLabel('How many there are: M · Red').fill('3');
  await page.getByLabel('Own price, EUR: M · Navy').fill('15');
  await page.getByLabel('Sell S · Navy').uncheck();
  await page.getByRole('button', { name: 'Create product' }).click();
  await page.getByRole('heading', { name: 'Choir cap For sale' }).waitFor();

  const id = page.url().split('/').pop();
  const made = await street().call('GET', `/v1/products/${id}`);
  expect(made.options).toEqual([
    { name: 'Size', values: ['S', 'M'] },
    { name: 'Colour', values: ['Red', 'Navy'], swatches: { Red: '#c62828', Navy: '#1f2a44' } },
  ]);
  expect(made.prices).toMatchObject([{ unitAmount: 1250, currency: 'EUR', type: 'one_time' }]);
  expect(
    made.skus.map(({ attributes, unitAmount, stockQuantity }: Record<string, object>) => [
      ...Object.values(attributes as object),
      unitAmount,
      stockQuantity,
    ]),
  ).toEqual([
    ['S', 'Red', null, 10],
    ['M', 'Red', null, 3],
    ['M', 'Navy', 1500, 10],
  ]);

  await page.getByRole('link', { name: 'Make a link with it' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Caps');
  await page.getByRole('button', { name: 'Create link' }).click();
  await page.getByRole('heading', { name: 'Share' }).waitFor();
});

it('says what is wrong beside the field, and loses nothing that was typed', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/products/new');
  await page.getByLabel('Amount', { exact: true }).fill('12,5');
  await page.getByRole('button', { name: 'Add a choice' }).click();
  await page.getByLabel('What there is to choose from').fill('S');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Create product' }).click();
  await page.getByRole('alert').getByText('3 fields need another look').waitFor();
  await page.getByText('Do you mean 12.50? Write it that way.').waitFor();
  expect(await focused(page)).toBe('Name');
  expect(await page.getByLabel('Amount', { exact: true }).inputValue()).toBe('12,5');
  await page.getByLabel('Name', { exact: true }).fill('Kept');
  await page.getByLabel('What is chosen').fill('Size');
  const values = page.getByLabel('What there is to choose from');
  await values.fill(Array.from({ length: 101 }, (_, at) => `${at + 1}`).join(','));
  await page.getByText(/These are 102 combinations/).waitFor();
  await page.getByText('At most 100 for one choice.').waitFor();
});

it('changes a stock where it stands, follows what is sold meanwhile, and takes it back', async () => {
  const { call } = street();
  const cap = await call('POST', '/v1/products', {
    name: 'Woollen cap',
    skus: [{ attributes: {}, stockQuantity: 5 }],
    prices: [{ unitAmount: 2000, currency: 'EUR', type: 'one_time' }],
  });
  const link = await call('POST', '/v1/payment-links', {
    ...{ type: 'product', name: 'Caps for winter', currency: 'EUR', collectEmail: 'none' },
    items: [{ productId: cap.id }],
  });
  const stock = async () => (await call('GET', `/v1/products/${cap.id}`)).skus[0].stockQuantity;
  const page = await newPage();
  await sitDown(page, street(), `/products/${cap.id}`);
  const field = page.getByLabel('How many there are: The product itself');
  await field.fill('2.5');
  await page.keyboard.press('Tab');
  await page.getByText('Write a whole number.').waitFor();
  expect(await stock()).toBe(5);
  await field.fill('12');
  await page.keyboard.press('Enter');
  await page.getByText('How many there are of The product itself saved.').waitFor();
  expect(await stock()).toBe(12);
  const session = await call('POST', `/v1/public/payment-links/${link.id}/sessions`, {
    items: [{ itemId: link.items[0].id, quantity: 1 }],
  });
  await page.getByText('1 of them held by open checkouts').waitFor();
  await call('POST', `/v1/sandbox/checkout-sessions/${session.id}`, { outcome: 'succeeded' });
  await letTimePass(street(), 1);
  await expect.poll(() => field.inputValue()).toBe('11');
  await page.getByRole('button', { name: 'Undo' }).click();
  // The one that was sold stays sold.
  await expect.poll(() => field.inputValue()).toBe('4');
  expect(await stock()).toBe(4);
});

it('saves what is written anew in a cell while its first writing is on its way', async () => {
  const { call } = street();
  const pin = await call('POST', '/v1/products', {
    ...{ name: 'Pin', prices: [{ unitAmount: 200, currency: 'EUR', type: 'one_time' }] },
  });
  const page = await newPage();
  await sitDown(page, street(), `/products/${pin.id}`);
  let answer = () => {};
  const isTyped = new Promise<void>((done) => {
    answer = done;
  });
  await page.route('**/v1/skus/*', async (route) => {
    await isTyped;
    await route.continue();
  });
  const stock = page.locator('input[name$=".stockQuantity"]');
  await stock.fill('1');
  await stock.blur();
  await stock.fill('12');
  await stock.blur();
  answer();
  await expect
    .poll(async () => (await call('GET', `/v1/products/${pin.id}`)).skus[0].stockQuantity)
    .toBe(12);
});

it('adds a price, archives it and the product, and brings both back', async () => {
  const { call } = street();
  const club = await call('POST', '/v1/products', {
    name: 'Chess club',
    type: 'service',
    prices: [{ unitAmount: 900, currency: 'EUR', type: 'one_time' }],
  });
  const page = await newPage();
  await sitDown(page, street(), `/products/${club.id}`);
  await page.getByRole('button', { name: 'Add a price' }).click();
  expect(await focused(page)).toBe('Amount');
  await page.keyboard.type('6500');
  await page.getByLabel('Currency').selectOption('XAF');
  await page.getByLabel('How is it paid?').selectOption({ label: 'By the month' });
  await page.getByLabel('Free days at the start').fill('14');
  await page.getByText('More', { exact: true }).click();
  await page.getByLabel('Its name at your payment provider').fill('price_club');
  await page.getByRole('button', { name: 'Add this price' }).click();
  const prices = page.getByRole('table', { name: 'Prices' });
  await prices.getByText('FCFA 6,500').waitFor();

  await page.getByRole('button', { name: 'Archive the price €9.00' }).click();
  const question = page.getByRole('dialog', { name: /Archive the price €9\.00\?/ });
  // Enter at once does nothing that cannot be undone.
  await page.keyboard.press('Enter');
  await question.waitFor({ state: 'detached' });
  expect(await focused(page)).toBe('Archive the price €9.00');
  await page.keyboard.press('Enter');
  await question.getByRole('button', { name: 'Archive' }).click();
  await page.getByText('1 archived price').click();
  await page.getByRole('button', { name: 'Bring back the price €9.00' }).click();
  await page.getByText('The price is back').waitFor();
  expect(await focused(page)).toBe('Prices');
  await page.getByRole('button', { name: 'Archive the price €9.00' }).click();
  await question.getByRole('button', { name: 'Archive' }).click();
  await page.getByText('1 archived price').waitFor();

  await page.getByLabel('Name', { exact: true }).fill('Chess and go club');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Chess and go club' }).waitFor();
  await page.getByRole('button', { name: 'Archive product' }).click();
  await page.getByText('This product is archived').waitFor();
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await page.getByText('Chess and go club can be put on new links again.').waitFor();
  await page.getByRole('button', { name: 'Archive product' }).click();
  await page.getByText('This product is archived').waitFor();
  expect(await call('GET', `/v1/products/${club.id}`)).toMatchObject({
    ...{ name: 'Chess and go club', isArchived: true },
    prices: [
      { unitAmount: 900, isArchived: true },
      {
        ...{ unitAmount: 6500, currency: 'XAF', interval: 'month', intervalCount: 1 },
        ...{ trialPeriodDays: 14, providerPriceId: 'price_club', isArchived: false },
      },
    ],
  });

  await page.getByRole('link', { name: 'All products' }).click();
  await page.getByRole('link', { name: 'Mbote T-shirt' }).waitFor();
  expect(await page.getByRole('link', { name: 'Chess and go club' }).count()).toBe(0);
  await page.getByLabel('Show').selectOption({ label: 'Archived' });
  await page.getByRole('link', { name: 'Chess and go club' }).waitFor();
  await page.getByLabel('Show').selectOption({ label: 'All' });
  await page.getByLabel('Search by name or code').fill('tee-xl');
  await page.getByRole('link', { name: 'Chess and go club' }).waitFor({ state: 'detached' });
  expect(await page.getByRole('row').count()).toBe(2);
});

it('does not take a server that is away for an empty catalogue', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/payments');
  await page.route('**/v1/products?*', (route) => route.abort());
  await page.getByRole('link', { name: 'Products' }).click();
  await page.getByText('This could not be read.').waitFor();
  expect(await page.getByText('Your first product').count()).toBe(0);
  await page.unroute('**/v1/products?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('link', { name: 'Mbote T-shirt' }).waitFor();
  await page.goto(`${street().api}/dashboard/products/prod_${'a'.repeat(24)}`);
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
});

it('is faultless to axe in every scheme and width', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/products');
  await page.getByRole('link', { name: 'Mbote T-shirt' }).waitFor();
  await expectFaultless(page);
  await page.getByRole('link', { name: 'Mbote T-shirt' }).click();
  await page.getByRole('button', { name: 'Add a price' }).click();
  await page.getByRole('button', { name: 'Add this price' }).click();
  await page.getByText('This has to be filled in.').waitFor();
  await expectFaultless(page);
  page.on('dialog', (dialog) => dialog.accept());
  await page.getByRole('link', { name: 'All products' }).click();
  await page.getByRole('link', { name: 'New product' }).click();
  await page.getByRole('button', { name: 'Add a choice' }).click();
  await page.getByLabel('What is chosen').fill('Colour');
  await page.getByLabel('What there is to choose from').pressSequentially('Red, Petrol,');
  await page.getByRole('button', { name: 'Create product' }).click();
  await page.getByRole('alert').waitFor();
  await expectFaultless(page);
});

it('tells the second of two people who change one product, and loses nothing of theirs', async () => {
  const { call } = street();
  const { id } = await call('POST', '/v1/products', {
    name: 'Reading glasses',
    prices: [{ unitAmount: 900, currency: 'EUR', type: 'one_time' }],
  });
  const page = await newPage();
  await sitDown(page, street(), `/products/${id}`);
  await page.getByLabel('Name', { exact: true }).fill('Glasses for reading');
  await call('PATCH', `/v1/products/${id}`, { name: 'Spectacles', description: 'Of horn' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('it is called “Spectacles” now').waitFor();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Glasses for reading');
  expect((await call('GET', `/v1/products/${id}`)).name).toBe('Spectacles');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Glasses for reading' }).waitFor();
  expect((await call('GET', `/v1/products/${id}`)).name).toBe('Glasses for reading');
});
