import type { Meta } from '@storybook/web-components-vite';
import type { SessionRequest } from '../src/contract/index.js';
import {
  amountLink,
  closedLink,
  item,
  membershipLink,
  productLink,
  refuse,
  session,
  shirt,
  variant,
} from './cast.js';
import { box, buy, pay, press, radio, settled, type } from './hands.js';
import { never, type Staged, storyOf } from './staged.js';

export default { title: 'pay-link-form/states' } satisfies Meta;

const story = storyOf('pay-link-form');

const paid = { status: 'complete', paymentStatus: 'paid' } as const;

/** Buys, then sees what became of the session. */
const outcome =
  (changes: Parameters<typeof session>[1], link = amountLink()) =>
  async (element: Staged) => {
    await buy(element);
    element.client.happen(session(link, changes));
    await settled();
  };

export const Loading = story({ backend: (client) => (client.paymentLink = never) });

export const Inactive = story({ link: closedLink() });
export const Expired = story({ link: closedLink({ status: 'expired' }) });
export const Exhausted = story({ link: closedLink({ status: 'exhausted' }) });
export const SoldOutForNow = story({ link: amountLink({ remaining: 0 }) });
export const NotFound = story({ link: refuse('link_not_found') });
export const ClosedInTheMerchantsWords = story({
  link: closedLink({
    inactiveMessage: 'We are back in spring. Until then, our friends next door have posters too.',
    fallbackUrl: 'https://shop.example.com/spring',
  }),
});

export const NoNetwork = story({ link: refuse('network') });
export const ServerTrouble = story({ link: refuse('internal') });
export const InvalidLink = story({ attributes: { link: 'plink_short' } });
export const InvalidReference = story({ attributes: { reference: 'order #7' } });

export const Editing = story();
export const FaultyField = story({}, async (element) => {
  await type(box(element, 'E-mail'), 'ada@example');
  await pay(element);
});
export const NameRequired = story(
  { link: amountLink({ collect: { ...amountLink().collect, name: 'required' } }) },
  (element) => pay(element),
);

export const Submitting = story({ backend: (client) => (client.openSession = never) }, buy);

export const Awaiting = story({}, buy);
export const Confirming = story({}, outcome({ status: 'processing' }));

export const Declined = story({}, outcome({ failure: { code: 'declined' } }));
export const BalanceTooLow = story({}, outcome({ failure: { code: 'insufficient_funds' } }));
export const Canceled = story({}, outcome({ status: 'canceled' }));
export const SessionExpired = story({}, outcome({ status: 'expired' }));

export const Done = story({}, outcome(paid));
export const DoneWithReference = story({}, outcome({ ...paid, reference: 'order-2026-118' }));
export const TrialStarted = story({ link: membershipLink(14) }, async (element) => {
  await press(radio(element, 'Monthly'));
  const request: SessionRequest = {
    items: [
      {
        itemId: membershipLink().items[0]!.id,
        priceId: membershipLink().items[0]!.prices[0]!.id,
        quantity: 1,
      },
    ],
  };
  await buy(element);
  const trial = session(
    membershipLink(14),
    { status: 'complete', paymentStatus: 'no_payment_required' },
    request,
  );
  element.client.happen(trial);
  await settled();
});

export const PriceChanged = story(
  {
    backend: (client) => {
      const { totals } = session(amountLink({ amount: 3000 }));
      client.refusals.push(refuse('price_changed', { totals }));
    },
  },
  async (element) => {
    element.client.link = amountLink({ amount: 3000 });
    await buy(element);
  },
);

export const OutOfStock = story(
  {
    link: productLink([shirt()]),
    backend: (client) => client.refusals.push(refuse('out_of_stock')),
  },
  async (element) => {
    await press(radio(element, 'M'));
    await press(radio(element, 'Blue'));
    element.client.link = productLink([
      shirt({
        variants: [
          variant(1, { attributes: { Size: 'M', Colour: 'Blue' }, stock: 0 }),
          variant(3, { attributes: { Size: 'L', Colour: 'Blue' }, unitAmount: 2200 }),
        ],
      }),
    ]);
    await buy(element);
  },
);

export const ClosedWhilePaying = story(
  { backend: (client) => client.refusals.push(refuse('link_expired')) },
  async (element) => {
    element.client.link = closedLink({ status: 'expired' });
    await buy(element);
  },
);

export const LostConnection = story(
  { backend: (client) => client.refusals.push(refuse('network')) },
  buy,
);

export const TooManyAttempts = story(
  { backend: (client) => client.refusals.push(refuse('rate_limited', { retryAfter: 30 })) },
  buy,
);

export const SoldOutTogether = story({
  link: productLink([item(1, { variants: [variant(1, { stock: 0 })] })]),
});
