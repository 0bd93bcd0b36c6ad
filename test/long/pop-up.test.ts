/** The payment page in a window before the shop's page, where the shop wants it so. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { atPayment, booksOf, focused, press, recordEvents, submitOf } from '../journeys/buyer.js';
import { type PageOptions, useStreet } from '../journeys/street.js';

const { street, newPage } = useStreet();

const newLink = (more: object = {}) =>
  street().call('POST', '/v1/payment-links', {
    type: 'amount',
    name: 'In a window',
    currency: 'EUR',
    amount: 1200,
    ...more,
  });

async function fill(page: Page, linkId: string, options: PageOptions = {}) {
  await page.goto(
    street().page(`<pay-link-form handoff="popup" link="${linkId}"></pay-link-form>`, options),
  );
  const form = page.locator('pay-link-form');
  await form.getByLabel('E-mail').fill('window@example.com');
  return form;
}

/** Keeps the answer to the order back until it is let come. */
async function holdAnswer(page: Page): Promise<() => void> {
  let letCome = () => {};
  const mayCome = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  await page.route('**/sessions', async (route) => {
    await mayCome;
    await route.continue();
  });
  return letCome;
}

async function submitForWindow(page: Page): Promise<Page> {
  const opening = page.waitForEvent('popup');
  await submitOf(page.locator('pay-link-form')).click();
  return opening;
}

it.each([
  ['any shop', {}],
  ['a shop that shares no windows', { 'cross-origin-opener-policy': 'same-origin' }],
])(
  'opens with the press in %s, is filled once the order is in, and closes itself',
  async (_, headers) => {
    const link = await newLink({ successUrl: `${street().shop}/never-here` });
    const page = await newPage();
    await page.addInitScript(() =>
      document.addEventListener('pay-link-complete', (event) => event.preventDefault()),
    );
    const heard = await recordEvents(page);
    const form = await fill(page, link.id, { headers });
    const letCome = await holdAnswer(page);
    const popup = await submitForWindow(page);
    await popup.getByText('One moment…').waitFor();
    expect(popup.url()).toBe('about:blank');
    letCome();
    await popup.waitForURL(/\/c\/cs_\w+\?popup=1$/);
    expect(await popup.evaluate(() => window.opener)).toBe(null);
    await form.getByText('The payment is open in another window.').waitFor();
    expect(await focused(page)).toMatch(/another window/);
    await press(popup, /^Decline/);
    await form.getByText('The payment did not work: it was declined.').waitFor();
    await press(popup, /^Pay/);
    await popup.getByRole('button', { name: 'Close this window' }).waitFor();
    await form.and(page.locator('[state=done]')).waitFor();
    const closing = popup.waitForEvent('close');
    // It may be gone before the press is over.
    await press(popup, /^Close this window/).catch(() => undefined);
    await closing;
    expect(await heard()).toEqual(['ready', 'change', 'submit', 'handoff', 'complete']);
    const books = await booksOf(street(), link.id);
    expect(books.payments.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
    expect(books).toMatchObject({ redemptionCount: 1, sessions: [{ status: 'complete' }] });
  },
);

it('tells the form behind when the buyer cancels in it', async () => {
  const link = await newLink({ maxRedemptions: 1, cancelUrl: `${street().shop}/never-here` });
  const page = await newPage();
  const heard = await recordEvents(page);
  const form = await fill(page, link.id);
  const popup = await submitForWindow(page);
  await press(popup, /^Cancel/);
  await popup.getByRole('button', { name: 'Close this window' }).waitFor();
  await form.getByText('The payment was canceled. Nothing was charged.').waitFor();
  expect(await form.getByLabel('E-mail').inputValue()).toBe('window@example.com');
  expect((await heard()).at(-1)).toBe('cancel');
  expect(await booksOf(street(), link.id)).toMatchObject({ reservedCount: 0, status: 'active' });
});

describe('goes on in the page itself', () => {
  it('where the browser opens no window', async () => {
    const link = await newLink();
    const page = await newPage();
    await page.addInitScript(() => {
      window.open = () => null;
    });
    await submitOf(await fill(page, link.id)).click();
    await atPayment(page);
    await press(page, /^Pay/);
    await page.getByRole('link', { name: 'Back to the shop' }).waitFor();
  });

  it('where the window was closed before the order was in', async () => {
    const link = await newLink();
    const page = await newPage();
    const form = await fill(page, link.id);
    const letCome = await holdAnswer(page);
    const popup = await submitForWindow(page);
    await popup.close();
    expect(await form.getAttribute('state')).toBe('submitting');
    letCome();
    await atPayment(page);
    expect((await booksOf(street(), link.id)).sessions).toMatchObject([{ status: 'open' }]);
  });

  it('where the window is lost later, by a press', async () => {
    const link = await newLink();
    const page = await newPage();
    const form = await fill(page, link.id);
    const popup = await submitForWindow(page);
    await popup.waitForURL(/popup=1$/);
    await popup.close();
    await form.getByRole('link', { name: 'Continue to payment' }).click();
    await atPayment(page);
    await press(page, /^Pay/);
    await page.getByRole('link', { name: 'Back to the shop' }).waitFor();
    expect(await booksOf(street(), link.id)).toMatchObject({
      redemptionCount: 1,
      sessions: [{ status: 'complete' }],
    });
  });
});

describe('is closed again', () => {
  it('where the page takes the buyer there itself', async () => {
    const link = await newLink();
    const page = await newPage();
    await page.addInitScript(() =>
      document.addEventListener('pay-link-handoff', (event) => event.preventDefault()),
    );
    const form = await fill(page, link.id);
    const letCome = await holdAnswer(page);
    const popup = await submitForWindow(page);
    const closing = popup.waitForEvent('close');
    letCome();
    await closing;
    const [session] = (await booksOf(street(), link.id)).sessions;
    const outcome = { outcome: 'succeeded' };
    await street().call('POST', `/v1/sandbox/checkout-sessions/${session?.id}`, outcome);
    await form.getByText('€12.00 paid').waitFor();
  });

  it('where the order is refused', async () => {
    const link = await newLink({ maxRedemptions: 1 });
    const page = await newPage();
    const form = await fill(page, link.id);
    await street().call('POST', `/v1/public/payment-links/${link.id}/sessions`, {
      customer: { email: 'faster@example.com' },
    });
    const letCome = await holdAnswer(page);
    const popup = await submitForWindow(page);
    const closing = popup.waitForEvent('close');
    letCome();
    await closing;
    await form
      .getByText(/being paid for by others/)
      .first()
      .waitFor();
  });
});

it('does not open for a form that is not filled', async () => {
  const link = await newLink();
  const page = await newPage();
  const form = await fill(page, link.id);
  await form.getByLabel('E-mail').fill('');
  await submitOf(form).click();
  await form.getByText('This is needed.').waitFor();
  expect(page.context().pages()).toHaveLength(1);
});

it('opens again by keyboard for a payment that was left, and takes it up', async () => {
  const link = await newLink();
  const page = await newPage();
  await fill(page, link.id);
  const popup = await submitForWindow(page);
  await popup.waitForURL(/popup=1$/);
  const { pathname } = new URL(popup.url());
  await popup.close();
  await page.reload();
  const again = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Continue to payment' }).focus();
  await page.keyboard.press('Enter');
  const second = await again;
  await second.waitForURL(`${street().api}${pathname}?popup=1`);
  await press(second, /^Pay/);
  await page.getByText('€12.00 paid').waitFor();
  expect((await booksOf(street(), link.id)).sessions).toMatchObject([{ status: 'complete' }]);
});
