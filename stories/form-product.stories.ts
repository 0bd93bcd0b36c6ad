import type { Meta } from '@storybook/web-components-vite';
import { item, price, productLink, shirt, shoe, ticketLink, variant } from './cast.js';
import { button, find, pay, press, radio } from './hands.js';
import { storyOf } from './staged.js';

export default { title: 'pay-link-form/product' } satisfies Meta;

const story = storyOf('pay-link-form');

const picture = new URL('/demo/assets/tee-navy.svg', location.href).href;

export const OneItem = story({ link: productLink([item(1, { imageUrl: picture })]) });

export const WithPicture = story({
  link: productLink([item(1)], { imageUrl: picture, description: 'Signed and numbered.' }),
});

export const Variants = story({ link: productLink([shirt()]) }, async (element) => {
  await press(radio(element, 'L'));
  await press(radio(element, 'Blue'));
});

export const LongAxis = story({ link: productLink([shoe()]) });
export const LongAxisOpen = story({ link: productLink([shoe()]) }, (element) =>
  press(find(element, '[aria-haspopup=listbox]')),
);

export const EmailMissing = story({ link: productLink([shirt()]) }, (element) => pay(element));

export const Tickets = story({ link: ticketLink() }, async (element) => {
  await press(button(element, 'One more of Standing'));
  await press(button(element, 'One more of Standing'));
});

export const NothingChosen = story({ link: ticketLink() }, (element) => pay(element));

export const OptionalItem = story({
  link: productLink([
    item(1, { name: 'Poster' }),
    item(2, {
      name: 'Frame',
      description: 'Beech, made to measure.',
      unitAmount: 4500,
      prices: [price(2, { unitAmount: 4500 })],
      isOptional: true,
    }),
  ]),
});

export const OneSoldOut = story({
  link: productLink([
    item(1, { name: 'Poster', adjustableQuantity: true, maxQuantity: 3 }),
    item(2, { name: 'Postcard', isOptional: true, variants: [variant(200, { stock: 0 })] }),
  ]),
});
