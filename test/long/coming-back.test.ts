/** Waiting for a payment, leaving it and coming back to it: it is the same one, told once and paid once. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserArgs, needBrowser } from '../browser.mjs';
import {
  atPayment,
  booksOf,
  focused,
  letTimePass,
  numbers,
  openForm,
  payByPhone,
  press,
  recordEvents,
  submitOf,
} from '../journeys/buyer.js';
import { useStreet } from '../journeys/street.js';

/** A form that is sent before its page has loaded leaves no entry of its own in the history. */
async function backToShop(page: Page): Promise<void> {
  while (page.url().includes('/c/')) await page.goBack();
}

const { street, newPage } = useStreet();

const newLink = (more: object = {}) =>
  street().call('POST', '/v1/payment-links', {
    type: 'amount',
    name: 'Coming back',
    currency: 'EUR',
    amount: 1200,
    ...more,
  });

const settle = (session: { id: string } | undefined, outcome = 'succeeded') =>
  street().call('POST', `/v1/sandbox/checkout-sessions/${session?.id}`, { outcome });

const buyElsewhere = async (linkId: string, more: object = {}) =>
  settle(
    await street().call('POST', `/v1/public/payment-links/${linkId}/sessions`, {
      customer: { email: 'other@example.com' },
      ...more,
    }),
  );

const sessionsOf = async (linkId: string) => (await booksOf(street(), linkId)).sessions;

const count = (heard: string[], name: string) => heard.filter((one) => one === name).length;

/** The form of a link in a page of its own, filled and sent. */
async function order(page: Page, linkId: string, handoff = 'auto') {
  await page.goto(
    street().page(`<pay-link-form handoff="${handoff}" link="${linkId}"></pay-link-form>`),
  );
  const form = page.locator('pay-link-form');
  await form.getByLabel('E-mail').fill('back@example.com');
  await submitOf(form).click();
  return form;
}

/** As if the buyer looked at another tab, which no headless browser has. */
const hide = (page: Page, isHidden: boolean) =>
  page.evaluate((isHidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);

const watchRequests = (page: Page) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  return asked;
};

describe('a page that waits', () => {
  it('holds one line open for all its forms, and asks for the others', async () => {
    const [one, other] = [await newLink(), await newLink()];
    const page = await newPage();
    const heard = await recordEvents(page);
    await page.goto(
      street().page(
        [one, other]
          .map(({ id }) => `<pay-link-form id="${id}" link="${id}"></pay-link-form>`)
          .join(''),
      ),
    );
    const asked = watchRequests(page);
    for (const { id } of [one, other]) {
      const form = page.locator(`#${id}`);
      await form.getByLabel('E-mail').fill('two@example.com');
      await submitOf(form).click();
      await payByPhone(form);
    }
    for (const { id } of [one, other])
      await page.locator(`#${id}`).getByText('€12.00 paid').waitFor();
    expect(asked.filter((path) => path.endsWith('/events'))).toHaveLength(1);
    expect(count(await heard(), 'complete')).toBe(2);
  });

  it.each([
    ['are refused', 'abort'],
    ['are kept back on the way', 'hang'],
  ])('asks again and again where events %s', async (_, fate) => {
    const link = await newLink();
    const page = await newPage();
    await page.route('**/events', (route) => (fate === 'abort' ? route.abort() : undefined));
    const form = await order(page, link.id);
    await payByPhone(form);
    await form.getByText('€12.00 paid').waitFor();
  });

  it('asks nothing while nobody looks, and at once when somebody does', async () => {
    const link = await newLink();
    const page = await newPage();
    const heard = await recordEvents(page);
    await page.clock.install();
    const form = await order(page, link.id);
    await form.getByLabel('Mobile money number').waitFor();
    await hide(page, true);
    const asked = watchRequests(page);
    await page.clock.runFor(120_000);
    const [session] = await sessionsOf(link.id);
    await settle(session);
    await page.waitForTimeout(1200);
    expect(asked).toEqual([]);
    expect(await heard()).not.toContain('complete');
    await hide(page, false);
    await form.getByText('€12.00 paid').waitFor();
    expect(count(await heard(), 'complete')).toBe(1);
  });

  it('follows again after it was hidden', async () => {
    const link = await newLink();
    const page = await newPage();
    const form = await order(page, link.id);
    await form.getByLabel('Mobile money number').waitFor();
    await hide(page, true);
    const asked = watchRequests(page);
    await hide(page, false);
    await expect.poll(() => asked.some((path) => path.endsWith('/events'))).toBe(true);
    await settle((await sessionsOf(link.id))[0]);
    await form.getByText('€12.00 paid').waitFor();
  });
});

describe('a reload', () => {
  it('while the phone is asked goes on waiting, and tells the end once', async () => {
    const link = await newLink();
    const page = await newPage();
    const heard = await recordEvents(page);
    await page.goto(street().page(`<pay-link-button link="${link.id}"></pay-link-button>`));
    const form = await openForm(page, link.id);
    await form.getByLabel('E-mail').fill('back@example.com');
    await submitOf(form).click();
    await payByPhone(form, numbers.isSlow);
    await page.getByRole('heading', { name: /^Approve/ }).waitFor();
    await page.reload();
    await page
      .getByRole('dialog')
      .getByRole('heading', { name: /^Approve/ })
      .waitFor();
    await letTimePass(street(), 20);
    await page.getByText('€12.00 paid').waitFor();
    await page.reload();
    await page.getByRole('button').first().waitFor();
    await page.waitForTimeout(300);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await heard()).toEqual([
      'open',
      'ready',
      'change',
      'submit',
      'handoff',
      'processing',
      'open',
      'ready',
      'change',
      'processing',
      'complete',
    ]);
    expect(await booksOf(street(), link.id)).toMatchObject({ redemptionCount: 1 });
  });

  it('after the payment was made tells it there, to the form that was used and no other', async () => {
    const link = await newLink();
    const page = await newPage();
    const buttons = '<pay-link-button></pay-link-button>'
      .repeat(2)
      .replaceAll('button></', `button link="${link.id}"></`);
    await page.goto(
      street().page(buttons.replaceAll('<pay-link-button', '<pay-link-button handoff="redirect"')),
    );
    const shop = page.url();
    await page.getByRole('button').nth(1).click();
    await page.getByLabel('E-mail').fill('second@example.com');
    await submitOf(page.getByRole('dialog')).click();
    await atPayment(page);
    await press(page, /^Pay/);
    await page.getByRole('link', { name: 'Back to the shop' }).waitFor();
    await page.addInitScript(() => {
      const told: string[] = [];
      Object.assign(window, { paylinkTold: told });
      document.addEventListener('pay-link-complete', ({ target }) =>
        told.push(
          String([...document.querySelectorAll('pay-link-button')].indexOf(target as never)),
        ),
      );
    });
    await page.goto(shop);
    await page.getByText('€12.00 paid').waitFor();
    const told = () =>
      page.evaluate(() => (window as unknown as { paylinkTold: string[] }).paylinkTold);
    expect(await told()).toEqual(['1']);
    await page.reload();
    await page.getByRole('button').nth(1).click();
    await page.getByLabel('E-mail').waitFor();
    expect(await told()).toEqual([]);
  });

  it('offers the payment that is open, with what was typed, and pays that one', async () => {
    const link = await newLink({ collectName: 'required' });
    const page = await newPage();
    await page.goto(street().page(`<pay-link-form link="${link.id}"></pay-link-form>`));
    const form = page.locator('pay-link-form');
    await form.getByLabel('E-mail').fill('back@example.com');
    await form.getByLabel('Name', { exact: true }).fill('Ada Back');
    await submitOf(form).click();
    await form.getByLabel('Mobile money number').waitFor();
    await page.reload();
    await form.getByText('A payment you started is still open.').waitFor();
    expect(await form.getByLabel('Name', { exact: true }).inputValue()).toBe('Ada Back');
    await form.getByRole('link', { name: 'Continue to payment' }).click();
    await payByPhone(form);
    await form.getByText('€12.00 paid').waitFor();
    expect(await sessionsOf(link.id)).toMatchObject([{ status: 'complete' }]);
  });
});

describe('Back from the payment page', () => {
  let keeping: Browser;
  beforeAll(async () => {
    keeping = await chromium.launch({
      executablePath: needBrowser(),
      args: browserArgs,
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    });
  });
  afterAll(() => keeping.close());

  it('offers to continue, and a decline there is told here', async () => {
    const link = await newLink();
    const page = await newPage();
    await order(page, link.id, 'redirect');
    const id = await atPayment(page);
    await press(page, /^Decline/);
    await page.getByRole('alert').waitFor();
    await backToShop(page);
    await page.getByText('The payment did not work: it was declined.').waitFor();
    await page.getByRole('link', { name: 'Continue to payment' }).click();
    expect(await atPayment(page)).toBe(id);
    await press(page, /^Pay/);
    await page.getByRole('link', { name: 'Back to the shop' }).waitFor();
    const books = await booksOf(street(), link.id);
    expect(books.sessions).toMatchObject([{ id, status: 'complete' }]);
    expect(books.payments.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  });

  it.each([
    ['offers to continue', null, 'A payment you started is still open.', []],
    ['tells the outcome', 'succeeded', '€12.00 paid', ['complete']],
    ['tells of a decline', 'declined', 'The payment did not work: it was declined.', []],
    ['tells the end', 'canceled', 'The payment was canceled. Nothing was charged.', ['cancel']],
  ] as const)('into a page the browser kept as it was %s', async (_, outcome, said, told) => {
    const link = await newLink();
    const page = await (await keeping.newContext({ locale: 'en-GB' })).newPage();
    await page.addInitScript(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      addEventListener('pageshow', ({ persisted }) =>
        Object.assign(window, { wasKept: persisted }),
      );
      for (const name of ['complete', 'cancel'])
        document.addEventListener(`pay-link-${name}`, () => heard.push(name));
    });
    await order(page, link.id, 'redirect');
    await atPayment(page);
    if (outcome) await settle((await sessionsOf(link.id))[0], outcome);
    // Playwright's own way back waits for a load that does not come.
    await page.evaluate(() => {
      setTimeout(() => history.back());
    });
    await page.getByText(said).waitFor();
    const seen = () =>
      page.evaluate(() => {
        const { heard, wasKept } = window as unknown as { heard: string[]; wasKept?: boolean };
        return { heard, wasKept };
      });
    await expect.poll(seen).toEqual({ heard: told, wasKept: true });
    expect(await page.getByLabel('E-mail').count()).toBe(outcome === 'succeeded' ? 0 : 1);
  });
});

it('is one payment in two tabs: paid in the one, told in the other', async () => {
  const link = await newLink({ maxRedemptions: 1 });
  const page = await newPage();
  const heard = await recordEvents(page);
  const form = await order(page, link.id);
  await form.getByLabel('Mobile money number').waitFor();
  const second = await page.context().newPage();
  await second.goto(
    (await sessionsOf(link.id)).map(({ id }) => `${street().api}/c/${id}`)[0] as string,
  );
  await press(second, /^Pay/);
  await form.getByText('€12.00 paid').waitFor();
  expect(count(await heard(), 'complete')).toBe(1);
  // A tab that never knew of it has nothing to tell.
  const third = await page.context().newPage();
  await third.goto(page.url());
  await third.getByText('This payment link has been used up.').waitFor();
});

describe('the place that is held', () => {
  it('is counted down, warned of in time, and held longer once', async () => {
    const link = await newLink();
    const page = await newPage();
    await page.clock.install();
    const letBothPass = async (seconds: number) => {
      await letTimePass(street(), seconds);
      await page.clock.fastForward(seconds * 1000);
    };
    const form = await order(page, link.id);
    await form.getByText(/^Held for you for 1[45]:\d\d$/).waitFor();
    const more = form.getByRole('button', { name: 'I need more time' });
    expect(await more.count()).toBe(0);
    const live = form.locator('[data-live]');
    const quiet = await live.innerText();
    await letBothPass(10 * 60 + 5);
    await expect.poll(() => live.innerText()).toMatch(/^Held for you for 4:5\d$/);
    expect(quiet).not.toMatch(/Held/);
    await more.focus();
    await page.keyboard.press('Enter');
    await form.getByText(/^Held for you for 19:[45]\d$/).waitFor();
    expect(await more.count()).toBe(0);
    expect(await focused(page)).not.toBe('');
    await letBothPass(19 * 60);
    await expect.poll(() => live.innerText()).toMatch(/^Held for you for 0:[345]\d$/);
    expect(await more.count()).toBe(0);
    await payByPhone(form);
    await form.getByText('€12.00 paid').waitFor();
  });

  it('is counted down by the server’s clock, also for a link the browser has kept', async () => {
    const link = await newLink();
    const page = await newPage();
    await page.goto(street().page(`<pay-link-form link="${link.id}"></pay-link-form>`));
    const form = page.locator('pay-link-form');
    await form.getByLabel('E-mail').fill('back@example.com');
    await letTimePass(street(), 10 * 60);
    await page.reload();
    await form.getByLabel('E-mail').waitFor();
    await submitOf(form).click();
    await form.getByText(/^Held for you for 1[45]:\d\d$/).waitFor();
  });

  it('is given back when the time is over; what was typed makes a fresh payment', async () => {
    const link = await newLink({ maxRedemptions: 1 });
    const page = await newPage();
    const heard = await recordEvents(page);
    const form = await order(page, link.id);
    await form.getByLabel('Mobile money number').waitFor();
    await letTimePass(street(), 16 * 60);
    await form.getByText('The payment took too long. Nothing was charged.').waitFor();
    expect(await focused(page)).toMatch(/took too long/);
    expect(await form.getByLabel('E-mail').inputValue()).toBe('back@example.com');
    expect(count(await heard(), 'cancel')).toBe(1);
    await submitOf(form).click();
    await payByPhone(form);
    await form.getByText('€12.00 paid').waitFor();
    expect((await sessionsOf(link.id)).map(({ status }) => status)).toEqual([
      'complete',
      'expired',
    ]);
    expect(await booksOf(street(), link.id)).toMatchObject({ redemptionCount: 1 });
  });

  it('is given back at once by a press, and is another buyer’s', async () => {
    const link = await newLink({ maxRedemptions: 1 });
    const page = await newPage();
    const heard = await recordEvents(page);
    const form = await order(page, link.id);
    await form.getByRole('button', { name: 'Cancel the payment' }).click();
    await form.getByText('The payment was canceled. Nothing was charged.').waitFor();
    expect(await focused(page)).toMatch(/canceled/);
    expect(count(await heard(), 'cancel')).toBe(1);
    expect(await buyElsewhere(link.id)).toMatchObject({ status: 'complete' });
    expect(await booksOf(street(), link.id)).toMatchObject({ status: 'exhausted' });
  });

  it.each([
    ['the only use', {}, { maxRedemptions: 1 }],
    [
      'the last of the stock',
      { amount: undefined },
      {
        type: 'product',
        items: [{ name: 'Lantern', unitAmount: 1200, stockQuantity: 1 }],
      },
    ],
  ])('is the buyer’s own: %s is not sold out to who holds it', async (_, without, more) => {
    const link = await newLink({ ...without, ...more });
    const page = await newPage();
    const form = await order(page, link.id);
    await form.getByLabel('Mobile money number').waitFor();
    await page.reload();
    // Anew, with another address: the first gives way to it.
    await form.getByText('A payment you started is still open.').waitFor();
    await form.getByLabel('E-mail').fill('other-me@example.com');
    await submitOf(form).click();
    await form.getByLabel('Mobile money number').waitFor();
    await page.reload();
    // And that one is taken up.
    await form.getByRole('link', { name: 'Continue to payment' }).click();
    await payByPhone(form);
    await form.getByText('€12.00 paid').waitFor();
    expect((await sessionsOf(link.id)).map(({ status }) => status)).toEqual([
      'complete',
      'canceled',
    ]);
    expect(await booksOf(street(), link.id)).toMatchObject({
      redemptionCount: 1,
      reservedCount: 0,
    });
    // To everybody else it is.
    const other = await newPage();
    await other.goto(page.url());
    await other
      .getByText(/used up|paid for by others/)
      .first()
      .waitFor();
  });
});

describe('an order that is changed while its payment is open', () => {
  it('is paid by what was open all the same, and that is noticed', async () => {
    const link = await newLink();
    const page = await newPage();
    const heard = await recordEvents(page);
    const form = await order(page, link.id);
    await form.getByRole('button', { name: 'Change the order' }).click();
    await form.getByLabel('E-mail').fill('changed@example.com');
    await settle((await sessionsOf(link.id))[0]);
    await form.getByText('€12.00 paid').waitFor();
    expect(count(await heard(), 'complete')).toBe(1);
    expect(await booksOf(street(), link.id)).toMatchObject({
      sessions: [{ status: 'complete' }],
      payments: [{ status: 'succeeded' }],
    });
  });

  it('is not paid twice by who is faster than the news', async () => {
    const link = await newLink();
    const page = await newPage();
    const heard = await recordEvents(page);
    let isDeaf = true;
    await page.route(/checkout-sessions\/cs_\w+(?:\/events)?$/, (route) =>
      isDeaf ? undefined : route.continue(),
    );
    const form = await order(page, link.id);
    await form.getByRole('button', { name: 'Change the order' }).click();
    await settle((await sessionsOf(link.id))[0]);
    await form.getByLabel('E-mail').fill('changed@example.com');
    isDeaf = false;
    await submitOf(form).click();
    await form.getByText('€12.00 paid').waitFor();
    expect(count(await heard(), 'complete')).toBe(1);
    expect(await heard()).not.toContain('error');
    expect(await booksOf(street(), link.id)).toMatchObject({
      redemptionCount: 1,
      reservedCount: 0,
      sessions: [{ status: 'complete' }],
      payments: [{ status: 'succeeded' }],
    });
  });

  it('is still followed after the new order was refused, and the refusal stays to be read', async () => {
    const link = await newLink();
    const page = await newPage();
    await order(page, link.id, 'redirect');
    await atPayment(page);
    await press(page, /^Decline/);
    await page.getByRole('alert').waitFor();
    await backToShop(page);
    const form = page.locator('pay-link-form');
    await form.getByText('The payment did not work: it was declined.').waitFor();
    await street().call('PATCH', `/v1/payment-links/${link.id}`, { amount: 1500 });
    const asked = watchRequests(page);
    await submitOf(form).click();
    const refusal = form.getByText('The price has changed. The total is now €15.00.');
    await refusal.waitFor();
    await expect.poll(() => asked.some((path) => path.endsWith('/events'))).toBe(true);
    await page.waitForTimeout(600);
    expect(await refusal.count()).toBe(1);
    await settle((await sessionsOf(link.id))[0]);
    await form.getByText('€12.00 paid').waitFor();
  });
});
