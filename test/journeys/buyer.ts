/** What a buyer does, in words a merchant would use. */
import { sql } from 'kysely';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Street } from './street.js';

/** Presses the shop's button of a link. @returns the dialog that opens */
export async function openForm(page: Page, linkId: string): Promise<Locator> {
  await page.locator(`pay-link-button[link="${linkId}"]`).getByRole('button').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail').waitFor();
  return dialog;
}

/** The button that pays: the first of type submit. */
export const submitOf = (form: Locator): Locator => form.locator('button[type=submit]').first();

/** @returns the id of the session whose payment page has opened */
export async function atPayment(page: Page): Promise<string> {
  await page.waitForURL(/\/c\/cs_[A-Za-z0-9]{24}$/);
  return page.url().split('/').pop() as string;
}

/** The sandbox's numbers: each settles in its own way. */
export const numbers = {
  approves: '+242 06 000 00 01',
  rejects: '+242 06 000 00 02',
  isPoor: '+242 06 000 00 03',
  staysSilent: '+242 06 000 00 04',
  isUnknown: '+242 06 000 00 05',
  isSlow: '+242 06 000 00 06',
} as const;

/** In the form itself: the number whose phone is asked to approve. */
export async function payByPhone(form: Locator, number: string = numbers.approves): Promise<void> {
  await form.getByLabel(/^(?:Mobile money number|Numéro mobile money)$/).fill(number);
  await submitOf(form).click();
}

/** On the sandbox's payment page. */
export const press = (page: Page, name: RegExp): Promise<void> =>
  page.getByRole('button', { name }).first().click();

/** Every event of the elements, in order, as the merchant's page hears them; many changes are one. Survives navigation. */
export async function recordEvents(page: Page): Promise<() => Promise<string[]>> {
  const heard: string[] = [];
  await page.exposeFunction('paylinkHeard', (name: string) => {
    if (name !== 'change' || heard.at(-1) !== name) heard.push(name);
  });
  await page.addInitScript(() => {
    const names = [
      'ready',
      'unavailable',
      'open',
      'close',
      'change',
      'submit',
      'handoff',
      'processing',
      'complete',
      'cancel',
      'error',
    ];
    for (const name of names)
      document.addEventListener(`pay-link-${name}`, () => {
        (window as unknown as { paylinkHeard(name: string): void }).paylinkHeard(name);
      });
  });
  return async () => [...heard];
}

/** What has the focus, through shadow roots: its name as a buyer would say it. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let one = document.activeElement;
    while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
    // Between the page and the browser's own controls.
    if (one === document.body) return '';
    const input = one as HTMLInputElement | null;
    const label = input?.labels?.[0]?.textContent ?? input?.textContent ?? '';
    return (input?.getAttribute('aria-label') ?? label).replace(/\s+/g, ' ').trim();
  });

/** Tabs on until something so named has the focus; a trap or a gap on the way fails. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < 25; step++) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (name.test(now)) return;
    passed.push(now);
  }
  throw new Error(`${name} was never reached; passed ${passed.join(' · ')}`);
}

/** Notes whenever something had the focus in one frame and nothing has it in the next. */
export async function watchFocus(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const lost: string[] = [];
    Object.assign(window, { paylinkLost: lost });
    let had = '';
    const look = () => {
      let one = document.activeElement;
      while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
      const now = one && one !== document.body ? one.outerHTML.slice(0, 100) : '';
      if (had && !now) lost.push(had);
      had = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  return () => page.evaluate(() => (window as unknown as { paylinkLost: string[] }).paylinkLost);
}

/** Moves the server's one clock on, and lets the worker do what is due by then. */
export async function letTimePass({ backend, worker }: Street, seconds: number): Promise<void> {
  await sql`update clock set ahead = ahead + make_interval(secs => ${seconds})`.execute(backend.db);
  // No second passes on the clock of the machine.
  backend.shownLinks.forgetAll();
  await worker.sweep();
}

/** The books: what the merchant's API says of a link once everything is settled. */
export async function booksOf({ call }: Street, linkId: string) {
  const [link, payments, sessions, events] = await Promise.all([
    call('GET', `/v1/payment-links/${linkId}`),
    call('GET', `/v1/payments?paymentLinkId=${linkId}`),
    call('GET', `/v1/checkout-sessions?paymentLinkId=${linkId}`),
    call('GET', `/v1/events?paymentLinkId=${linkId}&limit=100`),
  ]);
  return {
    redemptionCount: link.redemptionCount as number,
    reservedCount: link.reservedCount as number,
    status: link.status as string,
    payments: payments.data as { amount: number; currency: string; status: string }[],
    sessions: sessions.data as { id: string; status: string }[],
    eventTypes: (events.data as { type: string }[]).map(({ type }) => type),
  };
}

/** What is on hand of the SKUs of a link, by the values of their options. */
export async function stockOf(
  { call }: Street,
  linkId: string,
): Promise<Record<string, number | null>> {
  const { items } = await call('GET', `/v1/payment-links/${linkId}`);
  const stock: Record<string, number | null> = {};
  for (const { productId } of items) {
    const { name, skus } = await call('GET', `/v1/products/${productId}`);
    for (const { attributes, stockQuantity, reservedQuantity } of skus) {
      expect(reservedQuantity).toBe(0);
      stock[Object.values(attributes).join(' ') || name] = stockQuantity;
    }
  }
  return stock;
}
