import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectFaultless, sitDown } from './desk.js';
import { useStreet } from './street.js';

const { street, newPage } = useStreet();

/** A merchant's own software, which answers as the test says. */
let receiver: Server;
let answer = 200;
const heard: { readonly id: string; readonly signatures: string[]; readonly body: string }[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      const { 'webhook-id': id, 'webhook-signature': signed = '' } = request.headers;
      heard.push({ id: `${id}`, signatures: `${signed}`.split(' '), body });
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
});
afterAll(() => {
  receiver.close();
});
const hook = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;

it('keeps what is typed on while the settings are being saved', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/settings');
  let answer = () => {};
  const isTyped = new Promise<void>((done) => {
    answer = done;
  });
  await page.route('**/v1/settings', async (route) => {
    if (route.request().method() === 'PATCH') await isTyped;
    await route.continue();
  });
  const name = page.getByLabel('Name of the shop');
  const email = page.getByLabel('E-mail for notices');
  await name.fill('Slow shop');
  const save = page.getByRole('button', { name: 'Save' });
  await save.click();
  await email.fill('slow@shop.example');
  answer();
  await page.getByText('Your settings are saved.').waitFor();
  expect(await email.inputValue()).toBe('slow@shop.example');
  await save.click();
  await expect
    .poll(() => street().call('GET', '/v1/settings'))
    .toMatchObject({ name: 'Slow shop', email: 'slow@shop.example' });
});

it('settles the shop: what is saved is what buyers see', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/settings');
  await page.getByLabel('Name of the shop').fill('Atelier Anna');
  await page.getByLabel('E-mail for notices').fill('anna@');
  await page.getByLabel('Only these websites').fill('shop.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('2 fields need another look').waitFor();
  const email = page.getByLabel('E-mail for notices');
  expect(await email.evaluate((field) => field === document.activeElement)).toBe(true);
  await email.fill('anna@shop.example');
  await page.getByLabel('Only these websites').fill('https://shop.example/');
  await page.getByLabel('Text on buttons', { exact: true }).fill('#ffffff');
  await page.getByLabel('Buttons', { exact: true }).fill('#ffd84d');
  await page.getByText('a contrast of 1.4 : 1 is hard to read').waitFor();
  await page.getByRole('button', { name: 'Text on buttons: As usual' }).click();
  const pay = page.locator('desk-preview').getByRole('button', { name: /^Pay/ });
  await expect
    .poll(() => pay.evaluate((one) => getComputedStyle(one).backgroundColor))
    .toBe('rgb(255, 216, 77)');
  await page.getByLabel('Count how often').uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Your settings are saved.').waitFor();
  await page.getByRole('banner').getByText('Atelier Anna').waitFor();
  expect(await street().call('GET', '/v1/settings')).toMatchObject({
    ...{ name: 'Atelier Anna', email: 'anna@shop.example', countsVisits: false },
    ...{ branding: { accent: '#ffd84d' }, allowedOrigins: ['https://shop.example'] },
  });
  await page.getByText('this server cannot send e-mail').last().waitFor();
  await page.getByText('SMTP_URL and MAIL_FROM').waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Shop', exact: true }).waitFor();
  await expectFaultless(page);
});

it('tells the second of two what the first has settled, and asks whose it shall be', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/settings');
  await page.getByLabel('Name of the shop').fill('Mine');
  await street().call('PATCH', '/v1/settings', { name: 'Theirs', branding: { radius: 8 } });
  await page.getByRole('button', { name: 'Save' }).click();
  const told = page.getByRole('region', { name: 'Somebody else has changed the settings' });
  await told
    .getByRole('row', { name: /^Name of the shop/ })
    .getByText('Theirs')
    .waitFor();
  await told.getByRole('row', { name: /Rounding of corners.* 8/ }).waitFor();
  await told.getByRole('button', { name: 'Take theirs' }).click();
  expect(await page.getByLabel('Name of the shop').inputValue()).toBe('Theirs');
  await page.getByLabel('Name of the shop').fill('Ours');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Your settings are saved.').waitFor();
  expect(await street().call('GET', '/v1/settings')).toMatchObject({
    ...{ name: 'Ours', branding: { radius: 8 } },
  });
});

it('speaks French from the moment that is chosen', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/settings');
  await page.getByLabel('Language of this desk').selectOption('fr');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Boutique', exact: true }).waitFor();
  await page.getByText('Vos réglages sont enregistrés.').waitFor();
  await page.getByRole('link', { name: 'Clés d’API' }).click();
  await page.getByRole('heading', { name: 'Clés d’API' }).waitFor();
  await street().call('PATCH', '/v1/settings', { locale: 'en' });
});

it('offers another try where the server does not answer, and takes none for nothing', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/settings');
  await page.getByLabel('Name of the shop').waitFor();
  await page.route('**/v1/webhook-endpoints?*', (route) => route.abort());
  await page.getByRole('link', { name: 'Notices to software' }).click();
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  expect(await page.getByText('No address yet').count()).toBe(0);
  await page.unroute('**/v1/webhook-endpoints?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('No address yet').waitFor();
});

it('makes a key, tells it once, and takes it back', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/settings/keys');
  await page.getByLabel('What is it for?').fill('Bookkeeping');
  await page.getByRole('button', { name: 'Create a key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your new key' });
  const key = await dialog.getByLabel('API key').inputValue();
  for (let n = 0; n < 3; n++) await page.keyboard.press('Escape');
  await page.mouse.click(5, 5);
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await dialog.getByText('Copied').waitFor();
  await expectFaultless(page);
  const asks = (path = '/v1/settings') =>
    fetch(`${street().api}${path}`, { headers: { authorization: `Bearer ${key}` } });
  expect((await asks()).status).toBe(200);
  await dialog.getByRole('button', { name: 'I have kept it' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await page.content()).not.toContain(key);
  await page.getByRole('button', { name: /^Revoke Bookkeeping/ }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: /^Revoke Bookkeeping/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('“Bookkeeping” is revoked.').waitFor();
  await page.getByText('Revoked keys (1)').click();
  await page.getByRole('row', { name: /Bookkeeping/ }).waitFor();
  expect((await asks()).status).toBe(401);
  await expectFaultless(page);
});

it('sets up an address for notices, tries it out, and sends again what did not arrive', async () => {
  const page = await newPage();
  await sitDown(page, street(), '/settings/webhooks');
  await page.getByRole('button', { name: 'Add an address' }).click();
  const url = page.getByRole('textbox', { name: 'Address' });
  await url.fill('shop');
  await page.getByText('Only some of it').click();
  await page.getByRole('button', { name: 'Add an address' }).click();
  await page.getByText('Choose at least one.').waitFor();
  expect(await url.evaluate((field) => field === document.activeElement)).toBe(true);
  await expectFaultless(page);
  await url.fill(hook());
  await page.getByLabel('Link created').check();
  await page.getByRole('button', { name: 'Add an address' }).click();
  const dialog = page.getByRole('dialog', { name: 'The signing secret' });
  expect(await dialog.getByLabel('Signing secret').inputValue()).toMatch(/^whsec_/);
  await dialog.getByRole('button', { name: 'I have kept it' }).click();
  await page.getByRole('heading', { name: hook() }).waitFor();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText(/^It arrived: the answer was 200/).waitFor();
  answer = 404;
  const { id } = await street().call('POST', '/v1/payment-links', {
    ...{ type: 'amount', name: 'Tree', currency: 'EUR', amount: 500 },
  });
  const entries = page.getByRole('region', { name: 'What was sent' }).getByRole('listitem');
  await entries.first().getByText('Under way').waitFor();
  await entries.first().getByText('Link created').click();
  await entries.first().getByText('there is nothing at this address').waitFor();
  await entries.first().getByText(`"id": "${id}"`).waitFor();
  await page.getByText('Every try has failed since').waitFor();
  await expectFaultless(page);
  answer = 200;
  await entries.first().getByRole('button', { name: 'Send again' }).click();
  await entries.first().getByText('Arrived').waitFor();
  await page.getByText('Every try has failed since').waitFor({ state: 'detached' });
  const [first, again] = heard.filter(({ body }) => body.includes(id));
  expect(again).toMatchObject({ id: first?.id, body: first?.body });
});

it('exchanges the secret, switches off and on, edits and deletes', async () => {
  const made = await street().call('POST', '/v1/webhook-endpoints', { url: `${hook()}/2` });
  const page = await newPage();
  await sitDown(page, street(), '/settings/webhooks');
  await page.getByRole('link', { name: `${hook()}/2` }).click();
  await page.getByRole('button', { name: 'New secret' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'New secret' }).click();
  const dialog = page.getByRole('dialog', { name: 'The signing secret' });
  await dialog.getByText(/which signs too until/).waitFor();
  const secret = await dialog.getByLabel('Signing secret').inputValue();
  expect(secret).not.toBe(made.secret);
  await dialog.getByRole('button', { name: 'I have kept it' }).click();
  await page.getByText('The secret from before signs too until').waitFor();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText(/^It arrived/).waitFor();
  expect(heard.at(-1)?.signatures).toHaveLength(2);
  await page.getByRole('button', { name: 'Switch off' }).click();
  await page.getByText('You have switched it off.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Switch off' }).waitFor();
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'Address' }).fill('https://192.168.0.1/hook');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('We cannot send there.').waitFor();
  await page.getByRole('textbox', { name: 'Address' }).fill(`${hook()}/3`);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: `${hook()}/3` }).waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('The address is deleted.').waitFor();
  await page.getByRole('link', { name: `${hook()}/3` }).waitFor({ state: 'detached' });
  await expect(street().call('GET', `/v1/webhook-endpoints/${made.id}`)).rejects.toThrow();
});

it('offers no way to revoke the only key', async () => {
  const { data } = await street().call('GET', '/v1/api-keys?limit=100');
  const page = await newPage();
  await sitDown(page, street(), '/settings/keys');
  // What is left is the key of this desk, and the one that this test asks with.
  for (const { id, revokedAt } of data.slice(0, -1))
    if (!revokedAt) await street().call('POST', `/v1/api-keys/${id}/revoke`);
  await page.reload();
  const revoke = page.getByRole('button', { name: /^Revoke/ });
  await revoke.nth(1).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('The only valid key.').waitFor();
  await expect.poll(() => revoke.count()).toBe(0);
});
