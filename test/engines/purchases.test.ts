/** One purchase for each type of link, in the dialog and in the page, in the engine that `ENGINE` names. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { booksOf, numbers } from '../journeys/buyer.js';
import { openStreet, type Street } from '../journeys/street.js';
import { button, type Engine, type Hands, openHands, submit, text } from './hands.js';

const engine = (process.env.ENGINE ?? 'chromium') as Engine;

let street: Awaited<ReturnType<typeof openStreet>>;
let hands: Hands;

beforeAll(async () => {
  street = await openStreet({ bringsBrowser: true });
});
afterAll(() => street?.close());
beforeEach(async () => {
  hands = await openHands[engine]();
});
afterEach(() => hands?.close());

interface Purchase {
  link(street: Street): Promise<{ readonly id: string }>;
  /** What is chosen in the form. */
  choose(): Promise<void>;
  readonly amount: number;
  readonly paid: RegExp;
}

const purchases: Record<'amount' | 'product' | 'subscription', Purchase> = {
  amount: {
    link: async ({ links }) => links.donation,
    choose: async () => {
      await hands.press(text(/^Other…$/));
      await hands.fill(/^Amount/, '12.50');
    },
    amount: 1250,
    paid: /€12\.50 paid/,
  },
  product: {
    link: async ({ links }) => links.tee,
    choose: async () => {
      await hands.press(text(/^M$/));
      await hands.press(text(/^Sand$/));
      await hands.fill(/^Quantity/, '2');
    },
    amount: 5800,
    paid: /€58\.00 paid/,
  },
  subscription: {
    link: async ({ call }) => {
      const price = { currency: 'EUR', type: 'recurring' };
      const { id } = await call('POST', '/v1/products', {
        name: 'Coffee',
        prices: [
          { ...price, unitAmount: 900, interval: 'month' },
          { ...price, unitAmount: 9000, interval: 'year' },
        ],
      });
      const link = { type: 'subscription', name: 'Coffee club', currency: 'EUR' };
      return call('POST', '/v1/payment-links', { ...link, items: [{ productId: id }] });
    },
    choose: () => hands.press(text(/^Yearly$/)),
    amount: 9000,
    paid: /€90\.00 paid/,
  },
};

/** Anything a script of the page threw, or nobody caught. */
const watch = `<script>
  thrown = [];
  addEventListener('error', (event) => thrown.push(event.message));
  addEventListener('unhandledrejection', (event) => thrown.push(String(event.reason)));
</script>`;

const openPage = async (body: string) => {
  const { page, api } = street;
  const head = `<meta name="viewport" content="width=device-width">${watch}<script async src="${api}/pay-link.js"></script>`;
  await hands.goto(page(body, { head }));
};

const expectCalm = async () => expect(await hands.read('thrown')).toEqual([]);

const newestPayment = async (linkId: string) => (await booksOf(street, linkId)).payments[0];

describe.each(Object.entries(purchases))(`a link for %s in ${engine}`, (type, purchase) => {
  const { choose, amount, paid } = purchase;
  let linkId: string;
  beforeAll(async () => {
    linkId = (await purchase.link(street)).id;
  });
  const buyer = `${type}@example.com`;

  it('is paid by phone in the dialog of its button', async () => {
    await openPage(`<pay-link-button lang="en" link="${linkId}"></pay-link-button>`);
    await hands.press(button(/./));
    await choose();
    await hands.fill(/^E-mail/, buyer);
    await hands.press(submit);
    await hands.fill(/^Mobile money number/, numbers.approves);
    await hands.press(submit);
    await hands.see(paid);
    await expectCalm();
    expect(await newestPayment(linkId)).toMatchObject({ amount, status: 'succeeded' });
    await hands.press(button(/^Done$/));
    await expect
      .poll(() =>
        hands.read(
          'document.querySelector("pay-link-button").shadowRoot.activeElement?.part.value',
        ),
      )
      .toBe('button');
  });

  it('is paid on the payment page from the form in the page, which thanks whoever comes back', async () => {
    await openPage(`<pay-link-form handoff="redirect" link="${linkId}"></pay-link-form>`);
    await choose();
    await hands.fill(/^E-mail/, buyer);
    await expectCalm();
    await hands.press(submit);
    await hands.press(button(/^Pay €/));
    await hands.press(button(/^Back to the shop$/));
    await hands.see(paid);
    await expectCalm();
    expect(await newestPayment(linkId)).toMatchObject({ amount, status: 'succeeded' });
  });
});
