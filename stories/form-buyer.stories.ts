import type { Meta } from '@storybook/web-components-vite';
import type { Collect } from '../src/contract/index.js';
import { amountLink } from './cast.js';
import { box, pay, type } from './hands.js';
import { storyOf } from './staged.js';

export default { title: 'pay-link-form/buyer' } satisfies Meta;

const story = storyOf('pay-link-form');

const asking = (collect: Partial<Collect>) => {
  const link = amountLink({ name: 'Poster, framed', amount: 4800 });
  return { link: { ...link, collect: { ...link.collect, ...collect } } };
};

const everywhere = { countries: null };
const question = { required: false, options: [] as string[], pattern: null, maxLength: null };
const questions: Collect['customFields'] = [
  { ...question, key: 'size', label: 'Frame', type: 'dropdown', options: ['Oak', 'Black'] },
  { ...question, key: 'club', label: 'Membership number', type: 'text', pattern: '[A-Z]{2}\\d{3}' },
  { ...question, key: 'age', label: 'Age', type: 'number', required: true },
  { ...question, key: 'news', label: 'Tell me about new prints', type: 'checkbox' },
];

export const Phone = story(
  asking({ phone: 'required', callingCodes: { CG: '242', DE: '49', FR: '33', US: '1' } }),
  (element) => type(box(element, 'Phone'), '06 612 34 56'),
);
export const Delivery = story(asking({ shippingAddress: everywhere }));
export const DeliveryToCongo = story({
  ...asking({ shippingAddress: { countries: ['CG', 'DE'] } }),
  attributes: { locale: 'en-CG' },
});
export const DeliveryFaulty = story(asking({ shippingAddress: everywhere }), async (element) => {
  await type(box(element, 'ZIP code'), '12');
  await pay(element);
});
export const DeliveryAndBilling = story(
  asking({ shippingAddress: everywhere, billingAddress: true }),
);
export const Billing = story(asking({ billingAddress: true }));
export const Questions = story(asking({ customFields: questions }));
export const QuestionsFaulty = story(
  asking({ customFields: questions, terms: { url: 'https://shop.example/terms' } }),
  async (element) => {
    await type(box(element, 'Membership number'), '12');
    await pay(element);
  },
);
export const AddressNotToBeHad = story({
  ...asking({ shippingAddress: everywhere }),
  backend: (client) => {
    client.addressForm = () => Promise.reject(new Error('offline'));
  },
});
