import { expect, it } from 'vitest';
import { expectFaultless, sitDown } from './desk.js';
import { useStreet } from './street.js';

const { street, newPage } = useStreet();

it('lets somebody who has never seen it create and share a donation link', async () => {
  const page = await newPage({ viewport: { width: 390, height: 844 } });
  await sitDown(page, street());
  await page.getByRole('link', { name: 'New link' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Roof of the school');
  await page.getByText('Who pays decides').click();
  await page.getByLabel('Suggestions').fill('5; 10; 25');
  const preview = page.getByRole('complementary', { name: 'What buyers see' });
  await preview.getByText('Roof of the school').waitFor();
  await page.getByRole('button', { name: 'Create link' }).click();
  await page.getByRole('heading', { name: 'Share' }).waitFor();
  await page.getByLabel('Language of the message').selectOption('Français');
  await expect
    .poll(() => page.getByLabel('Message', { exact: true }).inputValue())
    .toBe('Vous pouvez payer «\u00a0Roof of the school\u00a0» ici\u00a0:');
  const message = page.getByRole('link', { name: 'WhatsApp' });
  const sent = new URL((await message.getAttribute('href')) as string).searchParams.get('text');
  expect(sent).toContain('Vous pouvez payer');
  const [url] = /http\S+$/.exec(sent ?? '') as RegExpExecArray;
  const buyer = await newPage();
  await buyer.goto(url as string);
  await buyer.getByText('Roof of the school').first().waitFor();
  await buyer.getByRole('radio', { name: /25/ }).waitFor();
});

it('takes a new merchant to a first link in five steps', async () => {
  const page = await newPage();
  await sitDown(page, street());
  let steps = 0;
  const step = async (work: Promise<unknown>) => {
    await work;
    steps++;
  };
  await step(page.getByRole('link', { name: 'New link' }).click());
  await step(page.getByLabel('Name', { exact: true }).fill('Invoice 2041'));
  await step(page.getByLabel('Amount', { exact: true }).last().fill('120'));
  await step(page.getByRole('button', { name: 'Create link' }).click());
  await page.getByRole('heading', { name: 'Invoice 2041' }).waitFor();
  expect(steps).toBeLessThanOrEqual(5);
});

it('says what is wrong beside the field, keeps what was typed, and goes to the first mistake', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/links/new');
  await page.getByLabel('Description').fill('A trip to the sea.');
  await page.getByLabel('Amount', { exact: true }).last().fill('ten');
  await page.getByRole('button', { name: 'Create link' }).click();
  await page.getByRole('alert').getByText('2 fields need another look').waitFor();
  const name = page.getByLabel('Name', { exact: true });
  expect(await name.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.getByText('This is no amount of money').waitFor();
  expect(await page.getByLabel('Description').inputValue()).toBe('A trip to the sea.');
});

it('asks to sign in again where the sign-in has ended, and loses nothing', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/links/new');
  await page.getByLabel('Name', { exact: true }).fill('Kept');
  await page.getByLabel('Amount', { exact: true }).last().fill('7');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Create link' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('nothing you typed is lost').waitFor();
  const { createKey } = await import('../../src/server/store/accounts.js');
  const { db, account } = street().backend;
  await dialog.getByLabel('API key').fill(await createKey(db, account.id));
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Kept' }).waitFor();
});

it('tells the second of two who edit one link what the first has changed', async () => {
  const link = await street().call('POST', '/v1/payment-links', {
    ...{ type: 'amount', name: 'Rehearsal', currency: 'EUR', amount: 1000 },
  });
  const page = await newPage();
  await sitDown(page, street(), `/links/${link.id}/edit`);
  await page.getByLabel('Name', { exact: true }).fill('Rehearsal at noon');
  await street().call('PATCH', `/v1/payment-links/${link.id}`, { amount: 1200 });
  await page.getByRole('button', { name: 'Save' }).click();
  const told = page.getByRole('region', { name: 'Somebody else has changed this link' });
  await told
    .getByRole('row', { name: /^Amount/ })
    .getByText('12.00')
    .waitFor();
  await told.getByRole('button', { name: 'Save mine over it' }).click();
  await page.getByRole('heading', { name: 'Rehearsal at noon' }).waitFor();
  const saved = await street().call('GET', `/v1/payment-links/${link.id}`);
  expect(saved).toMatchObject({ name: 'Rehearsal at noon', amount: 1000 });
});

it('gives another name to a link that is over, and to the second', async () => {
  const { call, backend } = street();
  const link = await call('POST', '/v1/payment-links', {
    ...{ type: 'amount', name: 'Spring sale', currency: 'EUR', amount: 1000 },
    expiresAt: '2099-12-31T23:59:59.000Z',
  });
  const page = await newPage();
  await sitDown(page, street(), `/links/${link.id}/edit`);
  const rename = async (name: string) => {
    await page.goto(`${street().api}/dashboard/links/${link.id}/edit`);
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name, exact: false }).first().waitFor();
  };
  await rename('Spring fair');
  expect((await call('GET', `/v1/payment-links/${link.id}`)).expiresAt).toBe(link.expiresAt);
  await backend.db
    .updateTable('paymentLink')
    .set({ expiresAt: '2020-01-01T00:00:00.000Z' })
    .where('id', '=', link.id)
    .execute();
  await rename('Spring is over');
  await page.goto(`${street().api}/dashboard/links/${link.id}/edit`);
  const preview = page.getByRole('complementary', { name: 'What buyers see' });
  await preview.locator('pay-link-form').waitFor();
});

it('goes on selling what was archived, and says of which product it is where that is changed', async () => {
  const { call } = street();
  const product = await call('POST', '/v1/products', {
    ...{ name: 'Old mug', prices: [{ unitAmount: 900, currency: 'EUR', type: 'one_time' }] },
  });
  const link = await call('POST', '/v1/payment-links', {
    ...{ type: 'product', name: 'Mugs', currency: 'EUR', items: [{ productId: product.id }] },
  });
  await call('POST', `/v1/products/${product.id}/archive`);
  const page = await newPage();
  await sitDown(page, street(), `/links/${link.id}/edit`);
  const save = page.getByRole('button', { name: 'Save' });
  await page.getByText('Old mug').first().waitFor();
  await page.locator('summary', { hasText: 'Quantity' }).click();
  await page.getByLabel('Quantity at the start').fill('2');
  await save.click();
  await page.getByText('What is chosen here is not there any more.').waitFor();
  await page.getByLabel('Quantity at the start').fill('1');
  await page.getByLabel('Name', { exact: true }).fill('Old mugs');
  await save.click();
  await page.getByRole('heading', { name: 'Old mugs' }).waitFor();
});

it('makes one link of a press whose answer was lost and another one', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/links/new');
  await page.getByLabel('Name', { exact: true }).fill('Only once');
  await page.getByLabel('Amount', { exact: true }).last().fill('7');
  let isFirst = true;
  await page.route('**/v1/payment-links', async (route) => {
    if (route.request().method() !== 'POST' || !isFirst) return route.continue();
    isFirst = false;
    await route.fetch();
    await route.abort();
  });
  const create = page.getByRole('button', { name: 'Create link' });
  await create.click();
  await page.getByRole('status').getByText('The server does not answer').waitFor();
  await create.click();
  await page.getByRole('heading', { name: 'Only once' }).waitFor();
  const { data } = await street().call('GET', '/v1/payment-links?search=Only%20once');
  expect(data).toHaveLength(1);
});

it('says that products could not be read, instead of that there are none', async () => {
  const page = await newPage();
  await page.route('**/v1/products?*', (route) => route.abort());
  await sitDown(page, street(), '/links/new?type=product');
  const told = page.getByText('Your products could not be read just now.');
  await told.waitFor();
  await page.unroute('**/v1/products?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await told.waitFor({ state: 'detached' });
});

it('finds, switches off and takes it back', async () => {
  const page = await newPage();
  await sitDown(page, street());
  await page.getByLabel('Search by name or address').fill('t-shirt');
  await page.getByRole('row', { name: /Mbote T-shirt/ }).waitFor();
  await page.getByRole('row', { name: /Record club/ }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Mbote T-shirt' }).click();
  await page.getByRole('button', { name: 'Switch off' }).click();
  await page.getByText('The link is off').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Switch off' }).waitFor();
});

it('does not take a list it could not read for an empty one, and reads it on demand', async () => {
  const page = await newPage();
  await page.route('**/v1/payment-links?*', (route) => route.abort());
  await sitDown(page, street());
  const failed = page.getByRole('alert').filter({ hasText: 'This could not be read.' });
  await failed.waitFor();
  expect(await page.getByText('Your first payment link').count()).toBe(0);
  await page.getByRole('link', { name: 'New link' }).waitFor();
  await page.unroute('**/v1/payment-links?*');
  await failed.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('row', { name: /Mbote T-shirt/ }).waitFor();
});

it('does not take a link it could not read for one that is gone', async () => {
  const { id } = await street().call('POST', '/v1/payment-links', {
    ...{ type: 'amount', name: 'Still there', currency: 'EUR', amount: 1000 },
  });
  const page = await newPage();
  await page.route(`**/v1/payment-links/${id}*`, (route) => route.abort());
  await sitDown(page, street(), `/links/${id}`);
  const retry = page.getByRole('alert').getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  await page.goto(`${street().api}/dashboard/links/${id}/edit`);
  await retry.waitFor();
  await page.unroute(`**/v1/payment-links/${id}*`);
  await retry.click();
  await page.getByRole('heading', { name: 'Edit Still there' }).waitFor();
  const gone = id.replace(/.{3}$/, 'xxx');
  for (const path of [gone, `${gone}/edit`]) {
    await page.goto(`${street().api}/dashboard/links/${path}`);
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  }
});

it('lets one type several words into the search, a space at a time', async () => {
  const page = await newPage();
  await sitDown(page, street());
  const search = page.getByLabel('Search by name or address');
  await search.pressSequentially('record ');
  await page.getByRole('row', { name: /Mbote T-shirt/ }).waitFor({ state: 'detached' });
  await search.pressSequentially('club');
  expect(await search.inputValue()).toBe('record club');
  await page.goto(`${street().api}/dashboard/products`);
  const products = page.getByLabel(/Search/);
  await products.fill('mbote ');
  await products.pressSequentially('shirt');
  expect(await products.inputValue()).toBe('mbote shirt');
});

it('asks to sign in again where one has signed out in another tab', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/links/new');
  await page.getByLabel('Name', { exact: true }).fill('Half written');
  const other = await page.context().newPage();
  await other.goto(`${street().api}/dashboard`);
  await other.getByRole('button', { name: 'Sign out' }).click();
  await other.getByLabel('API key').waitFor();
  await page.getByRole('dialog').getByText('nothing you typed is lost').waitFor();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Half written');
});

it('does not say that one is signed out where the server has not heard of it', async () => {
  const page = await newPage();
  await sitDown(page, street());
  await page.route('**/dashboard/session', (route) => route.abort());
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('status').getByText('The server does not answer').waitFor();
  await page.getByRole('row', { name: /Mbote T-shirt/ }).waitFor();
  await page.unroute('**/dashboard/session');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('API key').waitFor();
});

it('counts the visits of a link as they come, and reads them again where that failed', async () => {
  const page = await newPage();
  await page.route('**/visits?*', (route) => route.abort());
  const link = await street().call('POST', '/v1/payment-links', {
    ...{ type: 'amount', name: 'Visited', currency: 'EUR', amount: 1000 },
  });
  await sitDown(page, street(), `/links/${link.id}`);
  const visits = page.getByRole('region', { name: 'Who comes, and how far' });
  const retry = visits.getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  await page.unroute('**/visits?*');
  await retry.click();
  const opened = visits.locator('.facts dd').nth(2);
  await expect.poll(() => opened.innerText()).toBe('0');
  const answer = await fetch(`${street().api}/v1/public/payment-links/${link.id}/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: street().shop },
    body: JSON.stringify({ customer: { email: 'anna@example.com' } }),
  });
  expect(answer.status).toBe(201);
  await expect.poll(() => opened.innerText()).toBe('1');
});

it('shows a list also where its address asks for what there is not', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/links?status=zzz&type=q');
  await page.getByRole('row', { name: /Mbote T-shirt/ }).waitFor();
  for (const part of [
    'payments?link=x&subscription=y&status=z&from=0002-01-01',
    'subscriptions?link=x',
  ]) {
    await page.goto(`${street().api}/dashboard/${part}`);
    await page.getByText('Nothing has been').or(page.getByRole('heading')).first().waitFor();
    await page.getByText('Loading').waitFor({ state: 'detached' });
    expect(await page.getByText('This could not be read.').count()).toBe(0);
  }
});

it('leaves a part of the form open in which somebody mends what was wrong', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/links/new');
  await page.getByLabel('Name', { exact: true }).fill('Mended');
  await page.getByLabel('Amount', { exact: true }).last().fill('7');
  await page.locator('summary').filter({ hasText: 'Limits' }).click();
  const uses = page.getByLabel('How often it can be paid');
  await uses.fill('many');
  await page.getByRole('button', { name: 'Create link' }).click();
  await page.getByRole('alert').getByText('1 field needs another look').waitFor();
  await uses.fill('1');
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await page.keyboard.type('2');
  expect(await uses.inputValue()).toBe('12');
});

it('keeps the keyboard near what is taken away', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/links/new?type=product');
  await page.getByRole('button', { name: 'Write an item here' }).click();
  await page.getByLabel('Name', { exact: true }).last().fill('Second');
  const focused = () => page.evaluate('document.activeElement.textContent.trim()');
  await page.getByRole('button', { name: /Move .*up/ }).click();
  await expect.poll(focused).toBe('Remove');
  await page.keyboard.press('Enter');
  await expect.poll(focused).toBe('Write an item here');
});

it('leaves the keyboard where one goes on, signing in, in between and out', async () => {
  const page = await newPage();
  const loud: string[] = [];
  page.on('console', (said) => said.type() === 'error' && loud.push(said.text()));
  await sitDown(page, street(), '/nowhere');
  expect(loud).toEqual([]);
  const focused = () => page.evaluate('document.activeElement.id');
  await expect.poll(focused).toBe('main');
  expect(await page.title()).toBe('There is no such page · My shop');
  await page.getByRole('link', { name: 'To the payment links' }).click();
  await page.getByRole('row', { name: /Mbote T-shirt/ }).waitFor();
  await page.context().clearCookies();
  await page.getByLabel('Search by name or address').fill('club');
  await page.getByRole('dialog').waitFor();
  await expect.poll(focused).toBe('key');
  const { createKey } = await import('../../src/server/store/accounts.js');
  const { db, account } = street().backend;
  await page.getByLabel('API key').fill(await createKey(db, account.id));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect.poll(focused).toBe('field-search');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect.poll(focused).toBe('key');
  expect(await page.title()).toBe('Sign in · PayLink');
});

it('warns of a theme in which the colours of the link cannot be read', async () => {
  const link = await street().call('POST', '/v1/payment-links', {
    ...{ type: 'amount', name: 'Navy', currency: 'EUR', amount: 1000 },
    branding: { accent: '#0b1f4d' },
  });
  const page = await newPage();
  await sitDown(page, street(), `/links/${link.id}`);
  const warning = page.getByText('Dark colours – Buttons / Background: a contrast of');
  await warning.waitFor();
  await page.getByLabel('Colours').selectOption('Light');
  await warning.waitFor({ state: 'detached' });
  await page.getByLabel('Colours').selectOption('Dark');
  await warning.waitFor();
});

it('is faultless to axe, light and dark, on a phone and on a desk', async () => {
  const page = await newPage();
  await page.goto(`${street().api}/dashboard`);
  await page.getByLabel('API key').waitFor();
  await expectFaultless(page);
  await sitDown(page, street());
  await page.getByRole('row', { name: /Mbote T-shirt/ }).waitFor();
  await expectFaultless(page);
  await page.getByRole('link', { name: 'Mbote T-shirt' }).click();
  await page.getByRole('region', { name: 'What to paste' }).waitFor();
  await expectFaultless(page);
  await page.goto(`${street().api}/dashboard/links/new?type=product`);
  await page.getByText('Write an item here').waitFor();
  for (const summary of await page.locator('summary').all()) await summary.click();
  await page.getByRole('button', { name: 'Add a question' }).click();
  await expectFaultless(page);
});

it('keeps hostile names as text', async () => {
  const name = '<img src=x onerror=alert(1)>{{7*7}}';
  await street().call('POST', '/v1/payment-links', {
    ...{ type: 'amount', name, currency: 'EUR', amount: 1000, description: name },
  });
  const page = await newPage();
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => dialogs.push(dialog.message()));
  await sitDown(page, street());
  await page.getByRole('link', { name }).click();
  await page.getByRole('heading', { name }).waitFor();
  await page.getByRole('link', { name: 'Edit' }).click();
  await page
    .getByRole('complementary', { name: 'What buyers see' })
    .getByText(name)
    .first()
    .waitFor();
  expect(dialogs).toEqual([]);
});
