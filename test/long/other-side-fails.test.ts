/** The backend behind a proxy that misbehaves: every step ends where a buyer can go on, and a developer can read why. */
import type { Locator, Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { atPayment, booksOf, payByPhone, press, submitOf } from '../journeys/buyer.js';
import { useStreet } from '../journeys/street.js';
import {
  answersWithPage,
  answersWithProblem,
  breaksOff,
  buffers,
  comesLate,
  cutsShort,
  losesTheAnswer,
  neverAnswers,
  openTroubledProxy,
  refuses,
  type Trouble,
  type TroubledProxy,
  withoutHeaders,
  withoutRequestHeaders,
} from '../journeys/troubled-proxy.js';

let proxy: TroubledProxy;
const { street, newPage } = useStreet({
  front: async (backend) => {
    proxy = await openTroubledProxy(backend);
    return proxy.origin;
  },
});
afterEach(() => proxy.calm());

const newLink = (name: string, more: Record<string, unknown> = {}) =>
  street().call('POST', '/v1/payment-links', {
    type: 'amount',
    name,
    currency: 'EUR',
    amount: 1200,
    ...more,
  });

interface Told {
  readonly code: string;
  readonly retryable: boolean;
  readonly message: string;
}

interface Visit {
  readonly page: Page;
  readonly form: Locator;
  /** What the developer finds on the console, of ours. */
  readonly said: readonly string[];
  /** Every `pay-link-error` the page heard. */
  told(): Promise<Told[]>;
  /** Passes time for the page, until something is so: nobody waits for it. */
  until(isSo: () => Promise<boolean>): Promise<void>;
}

/** A page of the shop whose clock can be moved on. */
async function visit(body: string): Promise<Visit> {
  const page = await newPage();
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && message.text().startsWith('PayLink:'))
      said.push(message.text());
  });
  await page.clock.install();
  await page.addInitScript(() => {
    const told: unknown[] = [];
    Object.assign(window, { told });
    document.addEventListener('pay-link-error', (event) =>
      told.push((event as CustomEvent).detail),
    );
  });
  await page.goto(street().page(body));
  return {
    page,
    form: page.locator('pay-link-form'),
    said,
    told: () => page.evaluate(() => (window as unknown as { told: Told[] }).told),
    until: (isSo) =>
      expect
        .poll(
          async () => {
            if (await isSo()) return true;
            await page.clock.runFor(500);
            return false;
          },
          { interval: 30, timeout: 5000 },
        )
        .toBe(true),
  };
}

/** On a busy machine too. */
const soon = <T>(what: () => T | Promise<T>) => expect.poll(what, { timeout: 5000 });

const isIn = (form: Locator, state: string) => async () =>
  (await form.getAttribute('state')) === state;

type Failure = readonly [what: string, trouble: Trouble, code: string];

const failures: readonly Failure[] = [
  ['every connection is refused', refuses, 'network'],
  ['the answer is lost on the way', losesTheAnswer, 'network'],
  ['the answer breaks off in the middle', breaksOff, 'network'],
  ['a proxy takes the headers away', withoutHeaders('access-control-allow-origin'), 'network'],
  ['the answer is cut short', cutsShort, 'bad_answer'],
  ['a proxy answers 500 with a page', answersWithPage(500), 'bad_answer'],
  ['a proxy answers 502 with a page', answersWithPage(502), 'bad_answer'],
  ['a proxy answers 200 with a page', answersWithPage(200), 'bad_answer'],
  ['the backend answers 500', answersWithProblem(500, 'internal'), 'internal'],
];

/** One of each kind. */
const kinds = ['network', 'bad_answer', 'internal'].map(
  (kind) => failures.findLast(([, , code]) => code === kind) as Failure,
);

describe('without the script', () => {
  const linkInside = ({ url }: { url: string }) =>
    `<pay-link-button><a href="${url}">Pay here</a></pay-link-button>`;

  /** By the link inside the button, on pages that are plain HTML. */
  async function buyPlainly(page: Page, link: { id: string; url: string }) {
    await page.getByRole('link', { name: 'Pay here' }).click();
    // Where the script never comes the page is never done loading.
    await page.waitForURL(link.url, { waitUntil: 'commit' });
    await page.getByLabel('E-mail').fill('plain@example.com');
    await page.getByRole('button', { name: /^Pay/ }).click();
    await atPayment(page);
    await press(page, /^Pay/);
    await soon(async () => (await booksOf(street(), link.id)).payments).toMatchObject([
      { amount: 1200, status: 'succeeded' },
    ]);
  }

  it('a fixed amount is sold where JavaScript is off', async () => {
    const link = await newLink('Plain');
    const page = await newPage({ javaScriptEnabled: false });
    await page.goto(street().page(linkInside(link)));
    await buyPlainly(page, link);
  });

  const missing: readonly [string, Trouble][] = [
    ['is refused', refuses],
    ['is not found', answersWithPage(404)],
    ['never comes', neverAnswers],
    ['breaks off in the middle', breaksOff],
  ];
  it.each(missing)('a fixed amount is sold where the script %s', async (_, trouble) => {
    const link = await newLink('No script');
    proxy.trouble(/GET \/pay-link\.js/, trouble);
    const page = await newPage();
    await page.goto(street().page(linkInside(link)), { waitUntil: 'commit' });
    await buyPlainly(page, link);
  });

  it('a page in place of the script leaves the link as it is', async () => {
    const link = await newLink('A page for a script');
    proxy.trouble(/GET \/pay-link\.js/, answersWithPage(200));
    const page = await newPage();
    await page.goto(street().page(linkInside(link)));
    proxy.calm();
    await page.getByRole('link', { name: 'Pay here' }).click();
    await page.waitForURL(link.url);
  });

  it('a policy that blocks the script leaves the link, and the link’s page sells', async () => {
    const link = await newLink('Blocked');
    const page = await newPage();
    const headers = { 'content-security-policy': "script-src 'none'" };
    await page.goto(street().page(linkInside(link), { headers }));
    await page.getByRole('link', { name: 'Pay here' }).click();
    const form = page.locator('pay-link-form');
    await form.getByLabel('E-mail').fill('blocked@example.com');
    await submitOf(form).click();
    await payByPhone(form);
    await form.getByText('Thank you', { exact: true }).waitFor();
  });

  it('a policy that blocks the calls is told, and the button goes where its link leads', async () => {
    const link = await newLink('No calls');
    const page = await newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    const headers = { 'content-security-policy': "connect-src 'none'" };
    await page.goto(street().page(linkInside(link), { headers }));
    await page.getByRole('button', { name: 'Pay here' }).click();
    await page.waitForURL(link.url);
    expect(said.filter((text) => text.startsWith('PayLink:'))).toEqual([
      expect.stringContaining('connect-src'),
    ]);
  });
});

describe('while the link is loaded', () => {
  it.each(failures)(
    '%s: the form says so, once, and is there after another try',
    async (_, trouble, code) => {
      const link = await newLink('To be loaded');
      const calls = /GET \/v1\/public\/payment-links/;
      proxy.trouble(calls, trouble);
      const { form, said, told, until } = await visit(
        `<pay-link-form link="${link.id}"></pay-link-form>`,
      );
      await until(isIn(form, 'unavailable'));
      expect(await told()).toMatchObject([{ code, retryable: true, message: /./ }]);
      expect(said).toEqual([
        expect.stringContaining(`${proxy.origin}/v1/public/payment-links/${link.id}`),
      ]);
      expect(said[0]).toContain(code);

      const asked = proxy.asked.length;
      await form.getByRole('button', { name: 'Try again' }).click();
      await until(async () => proxy.asked.length > asked && (await isIn(form, 'unavailable')()));
      expect(said).toHaveLength(1);

      proxy.calm();
      await form.getByRole('button', { name: 'Try again' }).click();
      await form.getByLabel('E-mail').waitFor();
      expect(said).toHaveLength(1);
    },
  );

  it('an answer that never comes is given up, and can be asked for again', async () => {
    const link = await newLink('Too slow');
    proxy.trouble(/GET \/v1\/public\/payment-links/, neverAnswers);
    const { page, form, said, told } = await visit(
      `<pay-link-form link="${link.id}"></pay-link-form>`,
    );
    await soon(() => proxy.asked.some(({ call }) => call.includes(link.id))).toBe(true);
    await page.clock.runFor(19_000);
    expect(await isIn(form, 'loading')()).toBe(true);
    await page.clock.runFor(1_500);
    await soon(isIn(form, 'unavailable')).toBe(true);
    expect(await told()).toMatchObject([{ code: 'timeout', retryable: true }]);
    expect(said).toEqual([expect.stringMatching(new RegExp(`${link.id}.*timeout`))]);
    proxy.calm();
    await form.getByRole('button', { name: 'Try again' }).click();
    await form.getByLabel('E-mail').waitFor();
  });

  it('a slow answer is waited for', async () => {
    const link = await newLink('Slow');
    const late = comesLate();
    proxy.trouble(/GET \/v1\/public\/payment-links/, late.trouble);
    const { page, form, said, told } = await visit(
      `<pay-link-form link="${link.id}"></pay-link-form>`,
    );
    await soon(() => proxy.asked.some(({ call }) => call.includes(link.id))).toBe(true);
    await page.clock.runFor(15_000);
    late.come();
    await form.getByLabel('E-mail').waitFor();
    expect([await told(), said]).toEqual([[], []]);
  });

  it.each(kinds.filter(([, , code]) => code !== 'internal'))(
    '%s: a button with a link inside goes where the link leads',
    async (_, trouble, code) => {
      const link = await newLink('Elsewhere');
      proxy.trouble(/GET \/v1\/public\/payment-links/, trouble);
      const { page, said, until } = await visit(
        `<pay-link-button><a href="${link.url}">Pay here</a></pay-link-button>`,
      );
      await page.getByRole('button', { name: 'Pay here' }).click();
      await until(async () => page.url() === link.url);
      expect(said).toEqual([expect.stringContaining(code)]);
    },
  );

  it('a link nobody made is told in one sentence that names it', async () => {
    const { form, said, told } = await visit(
      '<pay-link-form link="gone-for-good"></pay-link-form>',
    );
    await soon(isIn(form, 'unavailable')).toBe(true);
    expect(said).toEqual([expect.stringMatching(/gone-for-good.*Set link/)]);
    expect(await told()).toEqual([]);
  });

  it('an unreachable language leaves the form in English', async () => {
    const link = await newLink('In Swahili');
    proxy.trouble(/GET \/locales/, answersWithPage(404));
    const { form, said, told } = await visit(
      `<pay-link-form locale="sw" link="${link.id}"></pay-link-form>`,
    );
    await form.getByLabel('E-mail').waitFor();
    expect([await told(), said]).toEqual([[], []]);
  });
});

describe('while the payment is opened', () => {
  const unopened: readonly Failure[] = [
    ['every connection is refused', refuses, 'network'],
    ['the answer is lost on the way', losesTheAnswer, 'network'],
    ['the answer breaks off in the middle', breaksOff, 'network'],
    ['a proxy takes the headers away', withoutHeaders('access-control-allow-origin'), 'network'],
    ['the answer is cut short', cutsShort, 'bad_answer'],
    ['a proxy answers 502, all done', answersWithPage(502, { isDone: true }), 'bad_answer'],
    ['a proxy answers 200, all done', answersWithPage(200, { isDone: true }), 'bad_answer'],
    ['the backend answers 500', answersWithProblem(500, 'internal'), 'internal'],
    ['a newer backend refuses anew', answersWithProblem(409, 'moon_phase'), 'moon_phase'],
  ];
  it.each(unopened)(
    '%s: all that was typed stays, and the next try opens exactly one',
    async (_, trouble, code) => {
      // Who held the only place twice would be refused by their own first try.
      const link = await newLink('The only place', { maxRedemptions: 1, collectName: 'required' });
      const { page, form, said, told, until } = await visit(
        `<pay-link-form link="${link.id}" handoff="redirect"></pay-link-form>`,
      );
      await form.getByLabel('E-mail').fill('keeper@example.com');
      await form.getByLabel('Name').fill('Ada Keeper');
      proxy.trouble(/POST .*\/sessions/, trouble);
      await submitOf(form).click();
      await until(async () => (await told()).length > 0 && (await isIn(form, 'editing')()));
      expect(await told()).toMatchObject([{ code, retryable: true }]);
      expect(said).toEqual([expect.stringContaining(code)]);
      expect(said[0]).toContain(link.id);
      expect(await form.getByLabel('E-mail').inputValue()).toBe('keeper@example.com');
      expect(await form.getByLabel('Name').inputValue()).toBe('Ada Keeper');

      proxy.calm();
      await form.getByRole('button', { name: 'Try again' }).click();
      const id = await atPayment(page);
      const books = await booksOf(street(), link.id);
      expect(books.sessions).toMatchObject([{ id, status: 'open' }]);
      expect(books.reservedCount).toBe(1);
      expect(said).toHaveLength(1);
    },
  );

  it('an answer lost once is not even noticed: the same key finds the same payment', async () => {
    const link = await newLink('Lost once', { maxRedemptions: 1 });
    const { page, form, said, until } = await visit(
      `<pay-link-form link="${link.id}" handoff="redirect"></pay-link-form>`,
    );
    await form.getByLabel('E-mail').fill('lucky@example.com');
    let isFirst = true;
    proxy.trouble(/POST .*\/sessions/, (passing) => {
      const trouble = isFirst ? losesTheAnswer : buffers;
      isFirst = false;
      return trouble(passing);
    });
    await submitOf(form).click();
    await until(async () => page.url().includes('/c/cs_'));
    const id = await atPayment(page);
    const keys = proxy.asked
      .filter(({ call }) => /POST .*\/sessions/.test(call))
      .map(({ headers }) => headers['idempotency-key']);
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(1);
    expect((await booksOf(street(), link.id)).sessions).toMatchObject([{ id, status: 'open' }]);
    expect(said).toEqual([]);
  });

  it('a payment that cannot be opened in time can be opened again', async () => {
    const link = await newLink('Slow to open', { maxRedemptions: 1 });
    const { page, form, told } = await visit(
      `<pay-link-form link="${link.id}" handoff="redirect"></pay-link-form>`,
    );
    await form.getByLabel('E-mail').fill('slow@example.com');
    proxy.trouble(/POST .*\/sessions/, async ({ forward }) => void (await forward()));
    await submitOf(form).click();
    await soon(async () => (await booksOf(street(), link.id)).sessions.length).toBe(1);
    await page.clock.runFor(20_500);
    await soon(isIn(form, 'editing')).toBe(true);
    expect(await told()).toMatchObject([{ code: 'timeout', retryable: true }]);
    proxy.calm();
    await form.getByRole('button', { name: 'Try again' }).click();
    const id = await atPayment(page);
    expect((await booksOf(street(), link.id)).sessions).toMatchObject([{ id, status: 'open' }]);
  });

  it('headers that a proxy takes away are not missed', async () => {
    const link = await newLink('Bare');
    const bare = ['content-type', 'etag', 'retry-after', 'cache-control', 'x-request-id'];
    proxy.trouble(/GET \/v1\/public/, withoutHeaders(...bare));
    proxy.trouble(/POST \/v1\/public/, withoutRequestHeaders('idempotency-key'));
    const { page, form, said } = await visit(
      `<pay-link-form link="${link.id}" handoff="redirect"></pay-link-form>`,
    );
    await form.getByLabel('E-mail').fill('bare@example.com');
    await submitOf(form).click();
    await atPayment(page);
    expect(said).toEqual([]);
  });

  it('ordinary mistakes of a buyer say nothing on the console', async () => {
    const link = await newLink('Mistaken', { allowPromotionCodes: true });
    const { form, said } = await visit(`<pay-link-form link="${link.id}"></pay-link-form>`);
    await form.getByLabel('E-mail').fill('not an address');
    await submitOf(form).click();
    await form.getByText('does not look like an e-mail address').waitFor();
    await form.getByText('Add promotion code').click();
    await form.getByLabel('Promotion code').fill('NOSUCHCODE');
    await form.getByRole('button', { name: 'Apply' }).click();
    await form.getByText('This code is not known.').waitFor();
    expect(said).toEqual([]);
  });
});

describe('while a promotion code is asked about', () => {
  it.each(kinds)(
    '%s: the form says so at the code, and takes it off after another try',
    async (_, trouble, code) => {
      const link = await newLink('Reduced', { allowPromotionCodes: true });
      const { form, said, told, until } = await visit(
        `<pay-link-form link="${link.id}"></pay-link-form>`,
      );
      await form.getByText('Add promotion code').click();
      await form.getByLabel('Promotion code').fill(await theCode());
      proxy.trouble(/POST .*\/quote/, trouble);
      await form.getByRole('button', { name: 'Apply' }).click();
      await until(async () => (await told()).length > 0);
      expect(await told()).toMatchObject([{ code, field: 'promotionCode' }]);
      expect(await form.locator('#promotionCode-error').innerText()).toMatch(
        code === 'network' ? /no connection/ : /our side/,
      );
      expect(said).toEqual([expect.stringMatching(new RegExp(`${link.id}/quote.*${code}`))]);
      proxy.calm();
      await form.getByRole('button', { name: 'Apply' }).click();
      await form.getByRole('button', { name: 'Remove' }).waitFor();
      expect(await submitOf(form).innerText()).toContain('€10.80');
    },
  );

  let code: Promise<string> | undefined;
  const theCode = () => {
    code ??= (async () => {
      const { call } = street();
      const coupon = await call('POST', '/v1/coupons', { name: 'Tenth', percentOff: 10 });
      await call('POST', '/v1/promotion-codes', { couponId: coupon.id, code: 'TENTH' });
      return 'TENTH';
    })();
    return code;
  };
});

describe('while the payment is made elsewhere', () => {
  /** A page that opens the payment by itself, and stays. */
  const stays = `<script>document.addEventListener('pay-link-handoff', (event) => event.preventDefault())</script>`;

  async function waiting(name: string) {
    const link = await newLink(name);
    const visited = await visit(
      `${stays}<pay-link-form link="${link.id}" handoff="redirect"></pay-link-form>`,
    );
    const { page, form } = visited;
    await page.evaluate(() => {
      const outcomes: string[] = [];
      Object.assign(window, { outcomes });
      for (const name of ['processing', 'complete', 'cancel'])
        document.addEventListener(`pay-link-${name}`, () => outcomes.push(name));
    });
    await form.getByLabel('E-mail').fill('elsewhere@example.com');
    const submit = async () => {
      await submitOf(form).click();
      await soon(isIn(form, 'awaiting')).toBe(true);
      const [session] = (await booksOf(street(), link.id)).sessions;
      return (outcome: string) =>
        street().call('POST', `/v1/sandbox/checkout-sessions/${session?.id}`, { outcome });
    };
    const outcomes = () =>
      page.evaluate(() => (window as unknown as { outcomes: string[] }).outcomes);
    return { ...visited, submit, outcomes };
  }

  const dead: readonly [string, Trouble][] = [
    ['refused', refuses],
    ['held back by a proxy', buffers],
    ['never answered', neverAnswers],
    ['answered by a page', answersWithPage(502)],
    ['bare of their headers', withoutHeaders('content-type')],
  ];
  it.each(dead)(
    'events that are %s do not keep the outcome from the buyer, told once',
    async (_, trouble) => {
      const { form, until, submit, outcomes, said } = await waiting('Silent events');
      proxy.trouble(/\/events$/, trouble);
      const settle = await submit();
      await settle('succeeded');
      await until(isIn(form, 'done'));
      expect(await outcomes()).toEqual(['complete']);
      expect(said).toEqual([]);
    },
  );

  it.each(kinds)('%s: the outcome comes once the backend is back', async (_, trouble) => {
    const { form, until, submit, outcomes, page } = await waiting('Dead line');
    proxy.trouble(/GET \/v1\/public\/checkout-sessions/, trouble);
    const settle = await submit();
    await settle('succeeded');
    const asked = () => proxy.asked.filter(({ call }) => /checkout-sessions\/cs_\w+$/.test(call));
    await until(async () => asked().length > 2);
    expect(await isIn(form, 'awaiting')()).toBe(true);
    expect(await form.getByRole('link', { name: 'Continue to payment' }).count()).toBe(1);
    proxy.calm();
    await until(isIn(form, 'done'));
    await page.clock.runFor(10_000);
    expect(await outcomes()).toEqual(['complete']);
  });

  it.each(kinds)(
    '%s when a buyer comes back paid: no second sale, the thanks come after another try',
    async (_, trouble) => {
      const link = await newLink('Came back');
      const { page, form, until, told } = await visit(
        `<pay-link-form link="${link.id}" handoff="redirect"></pay-link-form>`,
      );
      await form.getByLabel('E-mail').fill('returned@example.com');
      await submitOf(form).click();
      await atPayment(page);
      await press(page, /^Pay/);
      proxy.trouble(/GET \/v1\/public\/checkout-sessions/, trouble);
      await page.getByRole('link', { name: 'Back to the shop' }).click();
      await until(isIn(form, 'unavailable'));
      expect(await told()).toHaveLength(1);
      proxy.calm();
      await form.getByRole('button', { name: 'Try again' }).click();
      await form.getByText('Thank you').waitFor();
      expect((await booksOf(street(), link.id)).payments).toHaveLength(1);
    },
  );

  it('an answer lost after the payment was made takes no money twice', async () => {
    const link = await newLink('Paid unheard');
    const { page, form } = await visit(
      `<pay-link-form link="${link.id}" handoff="redirect"></pay-link-form>`,
    );
    await form.getByLabel('E-mail').fill('unheard@example.com');
    await submitOf(form).click();
    const id = await atPayment(page);
    proxy.trouble(/POST \/c\//, losesTheAnswer);
    await page.getByRole('button', { name: /^Pay/ }).first().click();
    // A browser may send it once more by itself, where it takes the connection for one that was too old.
    const paid = async () => (await booksOf(street(), link.id)).payments.length;
    await expect.poll(paid, { timeout: 5000 }).toBe(1);
    proxy.calm();
    const again = await page.context().newPage();
    await again.goto(`${street().api}/c/${id}`);
    await again.getByRole('link', { name: 'Back to the shop' }).waitFor();
    expect((await booksOf(street(), link.id)).payments).toMatchObject([{ status: 'succeeded' }]);
  });
});
