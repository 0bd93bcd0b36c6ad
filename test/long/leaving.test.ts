/** Leaving the shop for the payment page: by the top window, from whatever frame or app the shop is shown in. */
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  atPayment,
  booksOf,
  payByPhone,
  press,
  recordEvents,
  submitOf,
} from '../journeys/buyer.js';
import { useStreet } from '../journeys/street.js';

const { street, newPage } = useStreet();

const newLink = (more: object = {}) =>
  street().call('POST', '/v1/payment-links', {
    type: 'amount',
    name: 'Leaving',
    currency: 'EUR',
    amount: 1200,
    ...more,
  });

const formOn = (linkId: string, handoff = 'redirect') =>
  `<pay-link-form handoff="${handoff}" link="${linkId}"></pay-link-form>`;

/** The same page as it is seen from another site. */
const abroad = (address: string) => address.replace('localhost', '127.0.0.1');

const frame = (address: string, more = '') =>
  `<iframe src="${address}" width="700" height="800" ${more}></iframe>`;

async function order(place: Page | FrameLocator): Promise<Locator> {
  const form = place.locator('pay-link-form') as Locator;
  await form.getByLabel('E-mail').fill('leaving@example.com');
  await submitOf(form).click();
  return form;
}

async function payThere(page: Page, linkId: string) {
  await atPayment(page);
  await press(page, /^Pay/);
  await page.getByRole('link', { name: 'Back to the shop' }).waitFor();
  expect(await booksOf(street(), linkId)).toMatchObject({
    redemptionCount: 1,
    reservedCount: 0,
    sessions: [{ status: 'complete' }],
    payments: [{ status: 'succeeded' }],
  });
}

it('tells the page in order what happens, and comes back to tell the end', async () => {
  const link = await newLink();
  const page = await newPage();
  const heard = await recordEvents(page);
  const address = street().page(formOn(link.id));
  await page.goto(address);
  await order(page);
  await payThere(page, link.id);
  expect(await heard()).toEqual(['ready', 'change', 'submit', 'handoff']);
  await page.getByRole('link', { name: 'Back to the shop' }).click();
  await page.getByText('€12.00 paid').waitFor();
  expect((await heard()).slice(4)).toEqual(['complete']);
});

it('leaves it to the page where the page wants to go there itself', async () => {
  const link = await newLink();
  const page = await newPage();
  await page.goto(street().page(formOn(link.id)));
  await page.evaluate(() =>
    document.addEventListener('pay-link-handoff', (event) => {
      event.preventDefault();
      Object.assign(window, { paylinkSession: (event as CustomEvent).detail.session });
    }),
  );
  const form = await order(page);
  await form.and(page.locator('[state=awaiting]')).waitFor();
  const session = await page.evaluate(
    () => (window as unknown as { paylinkSession: { id: string; url: string } }).paylinkSession,
  );
  expect(session.url).toBe(`${street().api}/c/${session.id}`);
  await street().call('POST', `/v1/sandbox/checkout-sessions/${session.id}`, {
    outcome: 'succeeded',
  });
  await form.getByText('€12.00 paid').waitFor();
});

describe('from inside a frame', () => {
  it.each([
    ['of the same site', (inner: string) => frame(inner), 1],
    ['of another site', (inner: string) => frame(abroad(inner)), 1],
    [
      'in a frame of another site',
      (inner: string) => frame(abroad(street().page(frame(inner)))),
      2,
    ],
  ] as const)('%s it takes the top window', async (_, around, depth) => {
    const link = await newLink();
    const inner = street().page(formOn(link.id));
    const page = await newPage();
    await page.goto(street().page(around(inner)));
    let place: Page | FrameLocator = page;
    for (let level = 0; level < depth; level += 1) place = place.frameLocator('iframe');
    await order(place);
    await payThere(page, link.id);
  });

  it('it pays in place as well, and thanks there where the top window is not to be had', async () => {
    const link = await newLink({ successUrl: `${street().shop}/never-here` });
    const inner = street().page(formOn(link.id, 'auto'));
    const outer = street().page(
      frame(abroad(inner), 'sandbox="allow-scripts allow-forms allow-same-origin"'),
    );
    const page = await newPage();
    await page.goto(outer);
    const form = await order(page.frameLocator('iframe'));
    await payByPhone(form);
    await form.getByText('€12.00 paid').waitFor();
    expect(page.url()).toBe(outer);
  });

  it.each([
    ['escapes its sandbox', 'allow-popups-to-escape-sandbox'],
    ['stays in its sandbox', ''],
  ])('without an origin it opens a tab in the press, which %s', async (_, more) => {
    const link = await newLink();
    const page = await newPage();
    await page.goto(
      street().page(
        frame(
          street().page(formOn(link.id)),
          `sandbox="allow-scripts allow-forms allow-popups ${more}"`,
        ),
      ),
    );
    const address = page.url();
    const opening = page.waitForEvent('popup');
    const form = await order(page.frameLocator('iframe'));
    const tab = await opening;
    await atPayment(tab);
    await form.getByText('The payment is open in another window.').waitFor();
    await press(tab, /^Pay/);
    await form.getByText('€12.00 paid').waitFor();
    expect(page.url()).toBe(address);
    expect(await booksOf(street(), link.id)).toMatchObject({ redemptionCount: 1 });
  });

  it('without an origin it pays in place first, and opens the tab for another way', async () => {
    const link = await newLink();
    const page = await newPage();
    await page.goto(
      street().page(
        frame(
          street().page(formOn(link.id, 'auto')),
          'sandbox="allow-scripts allow-forms allow-popups"',
        ),
      ),
    );
    const form = await order(page.frameLocator('iframe'));
    await form.getByLabel('Mobile money number').waitFor();
    expect(page.context().pages()).toHaveLength(1);
    const opening = page.waitForEvent('popup');
    await form.getByRole('link', { name: 'Pay another way' }).click();
    const tab = await opening;
    await atPayment(tab);
    await press(tab, /^Pay/);
    await form.getByText('€12.00 paid').waitFor();
  });

  it.each([
    ['without an origin or windows', 'allow-scripts allow-forms'],
    ['with its origin, but no way to the top', 'allow-scripts allow-forms allow-same-origin'],
  ])('%s it shows the address as a link and to be copied', async (_, sandbox) => {
    const link = await newLink();
    const page = await newPage();
    const heard = await recordEvents(page);
    await page.goto(street().page(frame(street().page(formOn(link.id)), `sandbox="${sandbox}"`)));
    const form = await order(page.frameLocator('iframe'));
    await form.getByText('Your browser did not open the payment. Use this link:').waitFor();
    const [session] = (await booksOf(street(), link.id)).sessions;
    const url = `${street().api}/c/${session?.id}`;
    const way = form.getByRole('link', { name: 'Continue to payment' });
    expect(await way.getAttribute('href')).toBe(url);
    expect(await way.getAttribute('target')).toBe('_blank');
    const copy = form.getByLabel('Payment address');
    await copy.focus();
    expect(await copy.inputValue()).toBe(url);
    expect(
      await copy.evaluate((box: HTMLInputElement) => [box.selectionStart, box.selectionEnd]),
    ).toEqual([0, url.length]);
    expect(await heard()).toEqual(['ready', 'change', 'submit', 'handoff', 'error']);
    // Copied into another window, it is paid there and told here.
    const other = await newPage();
    await other.goto(url);
    await press(other, /^Pay/);
    await form.getByText('€12.00 paid').waitFor();
  });

  it('with windows, but no way to the top, the link opens one', async () => {
    const link = await newLink();
    const page = await newPage();
    await page.goto(
      street().page(
        frame(
          street().page(formOn(link.id)),
          'sandbox="allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox"',
        ),
      ),
    );
    const form = await order(page.frameLocator('iframe'));
    const opening = page.waitForEvent('popup');
    await form.getByRole('link', { name: 'Continue to payment' }).click();
    const tab = await opening;
    await payThere(tab, link.id);
    await form.getByText('€12.00 paid').waitFor();
  });
});

describe('from inside an app that shows pages itself', () => {
  const iPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15';
  const android =
    'Mozilla/5.0 (Linux; Android 14; SM-A155F Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36';
  it.each([
    ['WhatsApp', `${android} WhatsApp/2.24.21.79`],
    [
      'Instagram',
      `${iPhone} (KHTML, like Gecko) Mobile/22B83 Instagram 357.0.0.23.85 (iPhone14,5; iOS 18_1)`,
    ],
    [
      'Facebook on an iPhone',
      `${iPhone} (KHTML, like Gecko) Mobile/22B83 [FBAN/FBIOS;FBAV/490.0.0.50;FBDV/iPhone14,5]`,
    ],
    ['Facebook on Android', `${android} [FB_IAB/FB4A;FBAV/488.0.0.66.80;]`],
    [
      'TikTok',
      `${iPhone} (KHTML, like Gecko) Mobile/22B83 musical_ly_37.0.0 BytedanceWebview/d8a21c6`,
    ],
    ['Google', `${iPhone} (KHTML, like Gecko) GSA/342.0.693598186 Mobile/15E148 Safari/604.1`],
  ])(
    '%s it leaves at once, whatever the page asked for, and opens no window',
    async (app, userAgent) => {
      const link = await newLink({ allowedOrigins: [street().shop] });
      const page = await newPage({ userAgent });
      await page.addInitScript(() => {
        window.open = () => {
          throw new Error('a window was opened');
        };
      });
      const modes = app === 'WhatsApp' ? ['auto', 'embed', 'popup', 'redirect'] : ['auto', 'popup'];
      for (const handoff of modes) {
        await page.goto(street().page(formOn(link.id, handoff)));
        await order(page);
        await atPayment(page);
      }
      expect(page.context().pages()).toHaveLength(1);
    },
  );

  it.each([
    ['Chrome on Android', android.replace('; wv', '').replace('Version/4.0 ', '')],
    [
      'Safari on an iPhone',
      `${iPhone} (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1`,
    ],
  ])('%s is none: there it is paid in place', async (_, userAgent) => {
    const link = await newLink();
    const page = await newPage({ userAgent });
    await page.goto(street().page(formOn(link.id, 'auto')));
    const form = await order(page);
    await form.getByLabel('Mobile money number').waitFor();
  });
});
