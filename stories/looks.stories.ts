import type { Meta } from '@storybook/web-components-vite';
import { amountLink, donationLink, item, membershipLink, productLink, shirt } from './cast.js';
import { pay } from './hands.js';
import { storyOf } from './staged.js';

export default { title: 'pay-link-form/looks' } satisfies Meta;

const story = storyOf('pay-link-form');

export const Dark = story({ link: productLink([shirt()]), attributes: { theme: 'dark' } });

export const French = story(
  { link: donationLink({ name: 'Bibliothèque de Makoua' }), attributes: { locale: 'fr-CG' } },
  (element) => pay(element),
);

export const FrenchSubscription = story({
  link: membershipLink(14),
  attributes: { locale: 'fr' },
});

export const Narrow = story({
  link: productLink([shirt(), item(2, { name: 'Postcards, a set of twelve' })]),
  around: 'inline-size: 320px',
});

export const LongWords = story({
  link: productLink(
    [
      shirt({
        name: 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz',
        options: [
          { name: 'Size', values: ['M', 'L'] },
          { name: 'Colour', values: ['Blue', 'Red'] },
        ],
        prices: shirt().prices.map((price) => ({ ...price, unitAmount: 123_456_789_00 })),
        unitAmount: 123_456_789_00,
      }),
    ],
    { name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft' },
  ),
  around: 'inline-size: 340px',
});

/** The merchant's colours come with the link. */
export const Branded = story({
  link: productLink([shirt()], {
    branding: {
      accent: '#7a1f3d',
      surface: '#fff8f0',
      text: '#2b1a12',
      muted: '#6b5548',
      radius: 2,
      font: 'serif',
    },
  }),
});

/** The page's own CSS wins over them. */
export const Themed = story({
  link: amountLink({ branding: { accent: '#7a1f3d' } }),
  around:
    '--pay-link-accent: #0f5c4c; --pay-link-radius: 22px; --pay-link-gap: 22px; --pay-link-font: ui-rounded, sans-serif',
});

export const TestMode = story({
  link: amountLink({ testMode: true, submitMessage: 'We answer within a day.' }),
});

/** A page that shouts must not be heard inside. */
export const OnALoudPage = story({
  link: donationLink(),
  around:
    'font: italic 700 28px/2 cursive; color: #c00; text-align: end; letter-spacing: 0.3em; text-transform: uppercase; word-spacing: 2em',
});
