/** The payment page in a frame of the shop, where the link lists the shop for it. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  atPayment,
  booksOf,
  focused,
  numbers,
  payByPhone,
  press,
  recordEvents,
  submitOf,
  watchFocus,
} from '../journeys/buyer.js';
import { type PageOptions, useStreet } from '../journeys/street.js';

const { street, newPage } = useStreet();

const newLink = (more: object = {}) =>
  street().call('POST', '/v1/payment-links', {
    type: 'amount',
    name: 'Framed',
    currency: 'EUR',
    amount: 1200,
    allowedOrigins: [street().shop],
    ...more,
  });

interface Visit extends PageOptions {
  readonly handoff?: string;
  readonly beside?: string;
}

/** Opens the dialog of the link and sends the order. */
async function order(
  page: Page,
  linkId: string,
  { handoff = 'embed', beside = '', ...options }: Visit = {},
) {
  await page.goto(
    street().page(
      `<pay-link-button label="Go" handoff="${handoff}" link="${linkId}"></pay-link-button>${beside}`,
      options,
    ),
  );
  await page.getByRole('button', { name: 'Go' }).click();
  const form = page.locator('pay-link-form');
  await form.getByLabel('E-mail').fill('framed@example.com');
  await submitOf(form).click();
  return form;
}

const framed = (page: Page) => page.frameLocator('pay-link-form iframe');
const pressInside = (page: Page, name: RegExp) =>
  framed(page).getByRole('button', { name }).first().click();

/** Every document that came into the page or a frame of it. */
function watchPlaces(page: Page) {
  const places: string[] = [];
  page.on('framenavigated', (frame) => places.push(frame.url()));
  return () => places;
}

it('takes the money inside the dialog, and leads to the success page outside of it', async () => {
  const thanks = street().page('<h1>Merci beaucoup</h1>');
  const link = await newLink({ successUrl: thanks, cancelUrl: `${street().shop}/basket` });
  const page = await newPage();
  const heard = await recordEvents(page);
  const lost = await watchFocus(page);
  const places = watchPlaces(page);
  const form = await order(page, link.id);
  const frame = form.locator('iframe');
  await framed(page)
    .getByRole('button', { name: /^Pay €12\.00/ })
    .waitFor();
  expect(await frame.getAttribute('title')).toBe('Payment page');
  expect(
    await page.locator('pay-link-form').evaluate((one) => one.shadowRoot?.activeElement?.localName),
  ).toBe('iframe');
  expect(await lost()).toEqual([]);
  await pressInside(page, /^Decline/);
  await framed(page)
    .getByText(/declined/)
    .first()
    .waitFor();
  await pressInside(page, /^Pay/);
  await page.getByRole('heading', { name: 'Merci beaucoup' }).waitFor();
  expect(page.url()).toBe(thanks);
  const shopPages = places().filter((place) => place.startsWith(street().shop));
  // The shop's page, and after it the success page: neither inside the frame.
  expect(shopPages).toHaveLength(2);
  expect(await heard()).toEqual(['open', 'ready', 'change', 'submit', 'handoff', 'complete']);
  const books = await booksOf(street(), link.id);
  expect(books.payments.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  expect(books).toMatchObject({ redemptionCount: 1, sessions: [{ status: 'complete' }] });
});

it('gives the place back where the buyer cancels inside, and keeps what was typed', async () => {
  const link = await newLink({ cancelUrl: `${street().shop}/basket`, maxRedemptions: 1 });
  const page = await newPage();
  const heard = await recordEvents(page);
  const form = await order(page, link.id);
  const places = watchPlaces(page);
  await pressInside(page, /^Cancel/);
  await form.getByText('The payment was canceled. Nothing was charged.').waitFor();
  expect(await focused(page)).toMatch(/canceled/);
  expect(await form.getByLabel('E-mail').inputValue()).toBe('framed@example.com');
  expect(places().filter((place) => place.includes('/basket'))).toEqual([]);
  expect((await heard()).filter((name) => name === 'cancel')).toHaveLength(1);
  expect(await booksOf(street(), link.id)).toMatchObject({ reservedCount: 0, status: 'active' });
  await submitOf(form).click();
  await pressInside(page, /^Pay/);
  await form.getByText('€12.00 paid').waitFor();
  expect(await focused(page)).toMatch(/^Thank you/);
});

it('is “another way” for who would rather not pay by phone', async () => {
  const link = await newLink();
  const page = await newPage();
  const lost = await watchFocus(page);
  const form = await order(page, link.id, { handoff: 'auto' });
  await payByPhone(form, numbers.rejects);
  await form.getByText(/rejected on the phone/).waitFor();
  await form.getByRole('link', { name: 'Pay another way' }).click();
  await pressInside(page, /^Pay/);
  await form.getByText('€12.00 paid').waitFor();
  expect(await lost()).toEqual([]);
  const books = await booksOf(street(), link.id);
  expect(books.payments.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  expect(books.sessions).toHaveLength(1);
});

it('makes room for the phone that is asked, and comes back where it says no', async () => {
  const link = await newLink();
  const page = await newPage();
  const heard = await recordEvents(page);
  const lost = await watchFocus(page);
  const form = await order(page, link.id);
  await framed(page).getByLabel('Phone number').fill(numbers.rejects);
  await pressInside(page, /^Approve by phone/);
  await form.getByRole('heading', { name: 'Approve €12.00 on your phone' }).waitFor();
  expect(await focused(page)).toMatch(/^Approve/);
  await framed(page)
    .getByText(/rejected/i)
    .first()
    .waitFor();
  await pressInside(page, /^Pay/);
  await form.getByText('€12.00 paid').waitFor();
  expect(await lost()).toEqual([]);
  expect((await heard()).slice(-4)).toEqual(['submit', 'handoff', 'processing', 'complete']);
});

it('works in a shop that isolates itself from everybody else', async () => {
  const link = await newLink({ imageUrl: `${street().shop}/shop/invoice.svg` });
  const page = await newPage();
  const heard = await recordEvents(page);
  const form = await order(page, link.id, {
    headers: {
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    },
  });
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await pressInside(page, /^Decline/);
  await framed(page)
    .getByText(/declined/)
    .first()
    .waitFor();
  await framed(page).getByLabel('Phone number').fill('nobody');
  await pressInside(page, /^Approve by phone/);
  await framed(page)
    .getByText(/not a phone number|cannot be/i)
    .first()
    .waitFor();
  await framed(page).getByLabel('Phone number').fill(numbers.approves);
  await pressInside(page, /^Approve by phone/);
  await form.getByText('€12.00 paid').waitFor();
  expect((await heard()).filter((name) => name === 'processing')).toHaveLength(1);
  expect(await booksOf(street(), link.id)).toMatchObject({ redemptionCount: 1 });
});

it('leaves the page where the link lists no site at all', async () => {
  const link = await newLink({ allowedOrigins: undefined });
  const page = await newPage();
  await order(page, link.id);
  await atPayment(page);
  await press(page, /^Pay/);
  await page.getByRole('link', { name: 'Back to the shop' }).waitFor();
});

it('shows the frame again after a reload, for the same payment', async () => {
  const link = await newLink();
  const page = await newPage();
  await order(page, link.id);
  await framed(page).getByRole('button', { name: /^Pay/ }).first().waitFor();
  await page.reload();
  await page.getByRole('link', { name: 'Continue to payment' }).click();
  await pressInside(page, /^Pay/);
  await page.getByText('€12.00 paid').waitFor();
  expect((await booksOf(street(), link.id)).sessions).toMatchObject([{ status: 'complete' }]);
});

describe('a frame that does not come', () => {
  it.each([
    ['the shop’s own policy', "frame-src 'none'"],
    ['a policy that names other sites', 'frame-src https://elsewhere.example'],
  ])('for %s is no dead end: the payment page can be opened instead', async (_, policy) => {
    const link = await newLink();
    const page = await newPage();
    const form = await order(page, link.id, { headers: { 'content-security-policy': policy } });
    await form.getByRole('alert').filter({ hasText: 'did not open the payment' }).waitFor();
    await form.getByRole('link', { name: 'Continue to payment' }).click();
    await atPayment(page);
    await press(page, /^Pay/);
    await page.getByRole('link', { name: 'Back to the shop' }).waitFor();
    const books = await booksOf(street(), link.id);
    expect(books.sessions).toMatchObject([{ status: 'complete' }]);
  });

  it('for a line that hangs is waited for twelve seconds, and still used when it comes', async () => {
    const link = await newLink();
    const page = await newPage();
    let letCome = () => {};
    const mayCome = new Promise<void>((resolve) => {
      letCome = resolve;
    });
    await page.route('**/c/cs_*', async (route) => {
      await mayCome;
      await route.continue();
    });
    await page.clock.install();
    const form = await order(page, link.id);
    await form.locator('iframe').waitFor();
    await page.clock.runFor(11_000);
    expect(await form.getByRole('alert').count()).toBe(0);
    await page.clock.runFor(1_500);
    await form.getByRole('alert').filter({ hasText: 'did not open the payment' }).waitFor();
    letCome();
    await framed(page).getByRole('button', { name: /^Pay/ }).first().waitFor();
    await expect.poll(() => form.getByRole('alert').count()).toBe(0);
    await pressInside(page, /^Pay/);
    await form.getByText('€12.00 paid').waitFor();
  });
});

it('listens to the payment page and to nobody else: fifty messages that look like it', async () => {
  const link = await newLink();
  const page = await newPage();
  const { api, shop } = street();
  const beside = '<iframe name="stranger" srcdoc="<p>A stranger</p>"></iframe>';
  const form = await order(page, link.id, { beside });
  await framed(page).getByRole('button', { name: /^Pay/ }).first().waitFor();
  const [session] = (await booksOf(street(), link.id)).sessions;
  const id = session?.id as string;
  // What the page asks once it is shown is over.
  await page.waitForLoadState('networkidle').catch(() => undefined);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const speak = (origin: string, from: 'frame' | 'page' | 'stranger' | 'nobody', data: unknown) =>
    page.evaluate(
      ([origin, from, data]) => {
        const frame = document
          .querySelector('pay-link-button')
          ?.shadowRoot?.querySelector('pay-link-modal')
          ?.shadowRoot?.querySelector('pay-link-form')
          ?.shadowRoot?.querySelector('iframe');
        const sources = {
          frame: frame?.contentWindow,
          page: window,
          stranger: (frames as unknown as Record<string, Window>).stranger,
          nobody: null,
        };
        const source = sources[from] as Window | null;
        dispatchEvent(new MessageEvent('message', { origin, source, data }));
      },
      [origin, from, data] as const,
    );
  const right = { type: 'pay-link', session: id };
  const port = new URL(api).port;
  const origins = [
    '',
    'null',
    '*',
    shop,
    `${api}/`,
    `${api}.evil.example`,
    `${api}0`,
    `http://127.0.0.1`,
    `http://127.0.0.1.evil.example:${port}`,
    `http://evil.example/?${api}`,
    `http://${api.slice(7)}@evil.example`,
    `http://localhost:${port}`,
    `http://127.0.0.2:${port}`,
    `http://127.1:${port}`,
    `http://2130706433:${port}`,
    `http://[::ffff:127.0.0.1]:${port}`,
    `https://127.0.0.1:${port}`,
    `ws://127.0.0.1:${port}`,
    api.toUpperCase(),
    ` ${api}`,
    `${api}\n`,
    'file://',
    'about:blank',
    'data:',
  ];
  const shapes = [
    null,
    undefined,
    '',
    'pay-link',
    JSON.stringify(right),
    0,
    true,
    [],
    [right],
    {},
    { type: 'pay-link' },
    { session: id },
    { type: 'pay-link', session: null },
    { type: 'pay-link', session: { id } },
    { type: 'pay-link', session: [id, id] },
    { type: 'pay-link', session: `${id} ` },
    { type: 'pay-link', session: id.toLowerCase() },
    { type: 'pay-link', session: 'cs_000000000000000000000000' },
    { type: 'PAY-LINK', session: id },
    { type: 'pay-link-complete', session: id },
    { type: 'pay-link', session: id.slice(0, -1), status: 'complete' },
    { data: right },
  ];
  for (const origin of origins) await speak(origin, 'frame', right);
  for (const shape of shapes) await speak(api, 'frame', shape);
  for (const from of ['page', 'stranger', 'nobody'] as const) await speak(api, from, right);
  // And as they would really come.
  await page.evaluate((data) => postMessage(data, '*'), right);
  await page.frame('stranger')?.evaluate((data) => parent.postMessage(data, '*'), right);
  expect(origins.length + shapes.length + 5).toBeGreaterThanOrEqual(50);
  await page.waitForTimeout(300);
  expect(asked).toEqual([]);
  expect(await form.getAttribute('state')).toBe('awaiting');
  expect(await form.locator('iframe').count()).toBe(1);
  // The page itself is heard, and what it says is no more than a reason to ask the server.
  await speak(api, 'frame', { ...right, status: 'complete' });
  await expect.poll(() => asked).toEqual([`${api}/v1/public/checkout-sessions/${id}`]);
  expect(await form.getAttribute('state')).toBe('awaiting');
  await pressInside(page, /^Pay/);
  await form.getByText('€12.00 paid').waitFor();
});

it('does not let a stranger frame the payment page', async () => {
  const link = await newLink({ allowedOrigins: ['https://shop.example'] });
  const session = await street().call('POST', `/v1/public/payment-links/${link.id}/sessions`, {
    customer: { email: 'a@example.com' },
  });
  const page = await newPage();
  const refusals: string[] = [];
  page.on('console', (message) => refusals.push(message.text()));
  await page.goto(street().page(`<iframe src="${session.url}?embed=1"></iframe>`));
  await expect.poll(() => refusals.join()).toMatch(/frame-ancestors|frame/i);
  expect(await page.frameLocator('iframe').getByRole('button').count()).toBe(0);
});
