import { choicesOf, playground } from './playground.js';

export default {
  title: 'Reference/pay-link-form',
  component: 'pay-link-form',
  tags: ['autodocs'],
  ...choicesOf('pay-link-form'),
};

export const Playground = playground('pay-link-form');
