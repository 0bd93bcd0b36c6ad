/** A script that is older or newer than its backend, and clocks that disagree: what a purchase needs goes on. */
import { sql } from 'kysely';
import type { Locator, Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { atPayment, booksOf, press, submitOf } from '../journeys/buyer.js';
import { useStreet } from '../journeys/street.js';
import {
  answersWithPage,
  answersWithProblem,
  openTroubledProxy,
  rewrites,
  type TroubledProxy,
} from '../journeys/troubled-proxy.js';

let proxy: TroubledProxy;
const { street, newPage } = useStreet({
  front: async (backend) => {
    proxy = await openTroubledProxy(backend);
    return proxy.origin;
  },
});
afterEach(() => proxy.calm());

// biome-ignore lint/suspicious/noExplicitAny: an answer is changed into what no type of ours knows.
type Json = any;

const newLink = (name: string, more: Record<string, unknown> = {}): Promise<Json> =>
  street().call('POST', '/v1/payment-links', {
    type: 'amount',
    name,
    currency: 'EUR',
    amount: 1200,
    ...more,
  });

const theLink = /GET \/v1\/public\/payment-links\/\w+$/;
const theSession = /(POST .*\/sessions|GET .*\/checkout-sessions\/cs_\w+)$/;

interface Visit {
  readonly page: Page;
  readonly form: Locator;
  readonly said: readonly string[];
}

async function visit(body: string, prepare?: (page: Page) => Promise<unknown>): Promise<Visit> {
  const page = await newPage();
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && message.text().startsWith('PayLink:'))
      said.push(message.text());
  });
  await prepare?.(page);
  await page.goto(street().page(body));
  return { page, form: page.locator('pay-link-form'), said };
}

const formOf = ({ id }: { id: string }, more = ''): string =>
  `<pay-link-form link="${id}" handoff="redirect" ${more}></pay-link-form>`;

/** From the form to the confirmation, and back to the shop. */
async function buy({ page, form }: Visit, link: { id: string }, total: number): Promise<void> {
  await form.getByLabel('E-mail').fill('buyer@example.com');
  await submitOf(form).click();
  await atPayment(page);
  await press(page, /^Pay/);
  await page.getByRole('link', { name: 'Back to the shop' }).click();
  await form.getByText('Thank you').waitFor();
  const { payments } = await booksOf(street(), link.id);
  expect(payments).toMatchObject([{ amount: total, status: 'succeeded' }]);
}

/** Keys nobody knows, at every depth. */
const withNews = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(withNews);
  if (typeof value !== 'object' || value === null) return value;
  const known = Object.entries(value).map(([key, one]) => [key, withNews(one)]);
  return { ...Object.fromEntries(known), mood: 'sunny', phase: { moon: ['full'] } };
};

/** An empty list is a list of nothing; maps keep their own keys. */
const withNewsBesideMaps = (link: Json): Json => ({
  ...withNews({ ...link, collect: { ...link.collect, callingCodes: undefined } }),
});

describe('a newer backend', () => {
  it('sells to an older script that knows none of its new keys', async () => {
    const link = await newLink('New keys');
    proxy.trouble(theLink, rewrites(withNewsBesideMaps));
    proxy.trouble(theSession, rewrites(withNews));
    const visited = await visit(formOf(link));
    await buy(visited, link, 1200);
    expect(visited.said).toEqual([]);
  });

  const words: readonly [string, (link: Json) => unknown][] = [
    ['a way to submit', (link) => ({ ...link, submitType: 'tip' })],
    ['a font', (link) => ({ ...link, branding: { font: 'blackletter' } })],
    ['a shape', (link) => ({ ...link, branding: { radius: 4000, accent: 'oklch(0.7 0.1 30)' } })],
    [
      'what it asks of a buyer',
      ({ collect, ...link }) => ({ ...link, collect: { ...collect, name: 'for_delivery' } }),
    ],
    [
      'a kind of question',
      ({ collect, ...link }) => ({
        ...link,
        collect: {
          ...collect,
          customFields: [
            { key: 'born', label: 'Born', type: 'date', required: false, options: [] },
          ],
        },
      }),
    ],
  ];
  it.each(words)('may have a new word for %s', async (_, change) => {
    const link = await newLink('New words');
    proxy.trouble(theLink, rewrites(change));
    const visited = await visit(formOf(link));
    await buy(visited, link, 1200);
    expect(visited.said).toEqual([]);
  });

  const statuses: readonly [string, (session: Json) => unknown][] = [
    ['status', (session) => ({ ...session, status: 'on_hold', paymentStatus: 'authorized' })],
    ['method', (session) => ({ ...session, methods: ['page', 'telepathy'] })],
    ['failure', (session) => ({ ...session, failure: { code: 'mercury_in_retrograde' } })],
  ];
  it.each(statuses)('may tell of a %s of a payment that is new', async (_, change) => {
    const link = await newLink('New status');
    proxy.trouble(theSession, rewrites(change));
    const { page, form, said } = await visit(formOf(link));
    await form.getByLabel('E-mail').fill('buyer@example.com');
    await submitOf(form).click();
    await atPayment(page);
    await page.goBack();
    // Still to be paid, as far as this script can tell.
    await form.getByRole('link', { name: 'Continue to payment' }).waitFor();
    proxy.calm();
    await form.getByRole('link', { name: 'Continue to payment' }).click();
    await atPayment(page);
    await press(page, /^Pay/);
    await page.getByRole('link', { name: 'Back to the shop' }).click();
    await form.getByText('Thank you').waitFor();
    expect(said).toEqual([]);
  });

  const unreadable: readonly [string, (link: Json) => unknown][] = [
    ['type of link', (link) => ({ ...link, type: 'auction', bids: [] })],
    [
      'status of a link',
      ({ id, object, name, url, now }) => ({
        id,
        object,
        name,
        url,
        now,
        status: 'paused',
        type: 'amount',
      }),
    ],
    ['way to bill', (link) => ({ ...link, type: 'subscription', items: [{ id: 'new' }] })],
  ];
  it.each(unreadable)(
    'with a new %s leads to the link’s own page, which it can read',
    async (_, change) => {
      const link = await newLink('Unreadable');
      proxy.trouble(theLink, rewrites(change));
      const { page, form, said } = await visit(formOf(link));
      await form.getByRole('button', { name: 'Try again' }).waitFor();
      expect(said).toEqual([expect.stringMatching(new RegExp(`${link.id}.*bad_answer`))]);
      proxy.calm();
      await form.getByRole('link', { name: `Go to ${new URL(street().api).host}` }).click();
      await page.waitForURL(link.url);
      await page.locator('pay-link-form[state=editing]').waitFor();
    },
  );

  it('that is down for a new reason can be asked again', async () => {
    const link = await newLink('Down');
    proxy.trouble(theLink, answersWithProblem(418, 'moon_phase'));
    const { form, said } = await visit(formOf(link));
    const retry = form.getByRole('button', { name: 'Try again' });
    await retry.waitFor();
    expect(said).toEqual([expect.stringContaining('moon_phase')]);
    proxy.calm();
    await retry.click();
    await form.getByLabel('E-mail').waitFor();
  });
});

describe('an older backend', () => {
  it('sells to a newer script whatever it leaves out', async () => {
    const link = await newLink('Old keys', { collectPhone: 'optional' });
    const without = (value: Json, ...keys: string[]) =>
      Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
    proxy.trouble(
      theLink,
      rewrites(({ collect, ...older }) => ({
        ...without(older, 'allowPromotionCodes', 'branding', 'testMode', 'remaining', 'expiresAt'),
        collect: without(
          collect,
          'callingCodes',
          'billingAddress',
          'shippingAddress',
          'customFields',
          'terms',
        ),
      })),
    );
    proxy.trouble(
      theSession,
      rewrites((session) =>
        without(session, 'methods', 'embeddable', 'successUrl', 'reference', 'testMode', 'failure'),
      ),
    );
    proxy.trouble(/\/locales\/|\/address-form/, answersWithPage(404));
    const visited = await visit(formOf(link, 'locale="sw"'));
    await buy(visited, link, 1200);
    expect(visited.said).toEqual([]);
  });

  it('that knows no address forms keeps the form, and says how to go on', async () => {
    const link = await newLink('Sent by post', { collectBillingAddress: true });
    proxy.trouble(/\/address-form/, answersWithProblem(404, 'not_found'));
    const { form } = await visit(formOf(link));
    await form.getByLabel('E-mail').fill('buyer@example.com');
    proxy.calm();
    await form.getByRole('button', { name: 'Try again' }).click();
    await form.getByLabel('City').waitFor();
    expect(await form.getByLabel('E-mail').inputValue()).toBe('buyer@example.com');
  });
});

describe('a clock that is wrong by a day', () => {
  const day = 86_400;
  /** When a week's trial ends that begins now, by the server. */
  async function trialEnd({ id }: { id: string }) {
    const { now } = await street().call('GET', `/v1/public/payment-links/${id}`);
    const end = Date.parse(now) + 7 * day * 1000;
    return new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(end);
  }

  async function trial() {
    const { call } = street();
    const product = await call('POST', '/v1/products', {
      name: 'Club',
      prices: [
        {
          unitAmount: 900,
          currency: 'EUR',
          type: 'recurring',
          interval: 'month',
          trialPeriodDays: 7,
        },
      ],
    });
    const { now } = await call('GET', `/v1/public/payment-links/${(await newLink('Clock')).id}`);
    return newLink('Club', {
      type: 'subscription',
      amount: undefined,
      items: [{ productId: product.id }],
      // By a buyer's clock that is ahead it is over, by the server's it is not.
      expiresAt: new Date(Date.parse(now) + 43_200_000).toISOString(),
    });
  }

  async function subscribe({ page, form, said }: Visit, link: { id: string }) {
    await form.getByText(`Free until ${await trialEnd(link)}`).waitFor();
    await form.getByLabel('E-mail').fill('buyer@example.com');
    await submitOf(form).click();
    await atPayment(page);
    await page.locator('form button').first().click();
    await page.getByRole('link', { name: 'Back to the shop' }).click();
    await form.getByText('Your subscription has started').waitFor();
    expect((await booksOf(street(), link.id)).redemptionCount).toBe(1);
    expect(said).toEqual([]);
  }

  it.each([
    ['ahead', day],
    ['behind', -day],
  ])('the buyer’s, %s: dates are the server’s, and the purchase works', async (_, seconds) => {
    const link = await trial();
    const { page, form, said } = await visit(formOf(link), async (page) => {
      await page.clock.install({ time: Date.now() + seconds * 1000 });
    });
    await subscribe({ page, form, said }, link);
  });

  it.each([
    ['ahead', day],
    ['behind', -day],
  ])('the server’s, %s: what it shows is what it does', async (_, seconds) => {
    const { db } = street().backend;
    const move = (by: number) =>
      sql`update clock set ahead = ahead + make_interval(secs => ${by})`.execute(db);
    await move(seconds);
    try {
      const link = await trial();
      await subscribe(await visit(formOf(link)), link);
    } finally {
      await move(-seconds);
    }
  });
});
