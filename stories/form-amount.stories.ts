import type { Meta } from '@storybook/web-components-vite';
import { amountLink, donationLink } from './cast.js';
import { box, button, find, pay, press, radio, type } from './hands.js';
import { storyOf } from './staged.js';

export default { title: 'pay-link-form/amount' } satisfies Meta;

const story = storyOf('pay-link-form');

export const Fixed = story({ link: amountLink({ description: 'Forty posters, two colours.' }) });

export const Chosen = story({ link: donationLink({ suggestedAmounts: null }) });

export const Suggested = story({ link: donationLink() }, (element) =>
  press(radio(element, '€25.00')),
);

export const Other = story({ link: donationLink() }, async (element) => {
  await press(radio(element, 'Other…'));
  await type(box(element, 'Amount'), '12.50');
});

export const OutOfBounds = story({ link: donationLink() }, async (element) => {
  await press(radio(element, 'Other…'));
  await type(box(element, 'Amount'), '2');
  await pay(element);
});

export const Unreadable = story(
  { link: donationLink({ suggestedAmounts: null }) },
  async (element) => {
    await type(box(element, 'Amount'), '1,2,3');
    await pay(element);
  },
);

export const WithoutDecimals = story({
  link: donationLink({
    currency: 'XAF',
    minAmount: 500,
    maxAmount: 1_000_000,
    suggestedAmounts: [1000, 5000, 25_000],
  }),
});

export const ThreeDecimals = story({
  link: donationLink({
    currency: 'KWD',
    minAmount: 1000,
    maxAmount: 1_000_000,
    suggestedAmounts: [5000, 12_750],
  }),
});

export const Prefilled = story({
  link: donationLink(),
  attributes: {
    'prefill-amount': '1250',
    'prefill-email': 'ada@example.com',
    reference: 'spring-appeal',
  },
});

const coded = amountLink({ allowPromotionCodes: true });
export const PromotionCode = story({ link: coded }, (element) => press(find(element, 'summary')));
export const PromotionCodeApplied = story({ link: coded }, async (element) => {
  element.client.codes = { SUMMER: { code: 'SUMMER', percentOff: 20, duration: 'once' } };
  await type(box(element, 'Promotion code'), 'SUMMER');
  await press(button(element, 'Apply'));
});
export const PromotionCodeRefused = story({ link: coded }, async (element) => {
  await type(box(element, 'Promotion code'), 'WINTER');
  await press(button(element, 'Apply'));
});
