import type { Meta } from '@storybook/web-components-vite';
import { item, membershipLink, price } from './cast.js';
import { box, button, press, radio, type } from './hands.js';
import { storyOf } from './staged.js';

export default { title: 'pay-link-form/subscription' } satisfies Meta;

const story = storyOf('pay-link-form');

export const TwoIntervals = story({ link: membershipLink() });
export const Yearly = story({ link: membershipLink() }, (element) =>
  press(radio(element, 'Yearly')),
);
export const WithTrial = story({ link: membershipLink(14) });

const { items, ...club } = membershipLink();
export const OneInterval = story({
  link: { ...club, items: [{ ...items[0]!, prices: items[0]!.prices.slice(0, 1) }] },
});
export const WithSetupFee = story({
  link: {
    ...club,
    items: [
      ...items,
      item(2, {
        name: 'Welcome box',
        unitAmount: 1500,
        prices: [price(3, { unitAmount: 1500 })],
      }),
    ],
  },
});

export const WithPromotionCode = story(
  { link: { ...club, items, allowPromotionCodes: true } },
  async (element) => {
    element.client.codes = {
      HALF: { code: 'HALF', percentOff: 50, duration: 'repeating', durationInMonths: 3 },
    };
    await type(box(element, 'Promotion code'), 'HALF');
    await press(button(element, 'Apply'));
  },
);
