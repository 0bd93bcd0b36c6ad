import { choicesOf, playground } from './playground.js';

export default {
  title: 'Reference/pay-link-modal',
  component: 'pay-link-modal',
  tags: ['autodocs'],
  ...choicesOf('pay-link-modal'),
};

export const Playground = playground('pay-link-modal');
