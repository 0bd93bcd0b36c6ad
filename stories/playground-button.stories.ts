import { choicesOf, playground } from './playground.js';

export default {
  title: 'Reference/pay-link-button',
  component: 'pay-link-button',
  tags: ['autodocs'],
  ...choicesOf('pay-link-button'),
};

export const Playground = playground('pay-link-button');
