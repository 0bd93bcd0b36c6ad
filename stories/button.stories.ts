import type { Meta } from '@storybook/web-components-vite';
import {
  amountLink,
  closedLink,
  donationLink,
  membershipLink,
  productLink,
  shirt,
  ticketLink,
} from './cast.js';
import { button, find, press } from './hands.js';
import { storyOf } from './staged.js';

export default { title: 'pay-link-button' } satisfies Meta;

const story = storyOf('pay-link-button');

export const Pay = story({ link: amountLink() });
export const Donate = story({ link: donationLink() });
export const Book = story({ link: ticketLink() });
export const Subscribe = story({ link: membershipLink() });

export const WithLabel = story({ attributes: { label: 'Settle the invoice' } });
export const WithPrice = story({ attributes: { 'show-price': '' } });
export const WithLowestPrice = story({
  link: productLink([shirt()]),
  attributes: { 'show-price': '' },
});
export const WithLongLabel = story({
  attributes: {
    label: 'Reserve two seats for the concert on Saturday evening and pay for them now',
  },
  around: 'inline-size: 320px',
});

/** What a buyer without JavaScript follows; with it, its words are the label. */
export const WithLinkInside = story({
  inside: '<a href="https://pay.example.com/p/invoice">Pay the invoice</a>',
});
export const WithOwnContent = story({ inside: '<strong>Yours</strong> for €25' });
export const ToThePage = story({ attributes: { display: 'page', label: 'To the payment page' } });

export const Opened = story({}, (element) => press(button(element, 'Pay')));
export const OpenedWhereClosed = story(
  { link: closedLink({ status: 'expired', inactiveMessage: 'Thank you all: we are complete.' }) },
  (element) => press(find(element, 'button')),
);
