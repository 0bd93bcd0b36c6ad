/** Selections and what is wrong with each: the rules of the surface, one by one. */
import type { OpenLink, Selection } from '../../src/contract/index.js';
import {
  amountLink,
  catalogue,
  chosenAmount,
  id,
  item,
  month,
  price,
  variant,
  year,
} from './links.js';

const customer = { email: 'anna@example.com' };
const line = (name: string, quantity = 1, more: object = {}) => ({
  itemId: id('plitem', name),
  quantity,
  ...more,
});

const colours = item('shirt', {
  variants: [variant('red', { stock: 5 }), variant('blue', { stock: 0 })],
});
const plans = item('plan', {
  prices: [price('monthly', 1_000, month), price('yearly', 10_000, year)],
});
const fee = item('fee');
const ticket = item('ticket', { minQuantity: 0, quantity: 0, maxQuantity: 4 });
const fixed = item('pair', { quantity: 2, adjustableQuantity: false, maxQuantity: null });
const extra = item('extra', { isOptional: true });
const red = { skuId: id('sku', 'red') };

const asking = (more: Partial<OpenLink['collect']>) =>
  amountLink({ collect: { ...amountLink().collect, ...more } });

/** What is wrong is said as `path code`, in alphabetical order. */
export type Case = readonly [what: string, link: OpenLink, selection: Selection, problems?: string];

export const cases: Case[] = [
  ['a fixed amount', amountLink(), { customer }],
  ['a fixed amount and an empty list', amountLink(), { customer, items: [] }],
  ['an amount where it is fixed', amountLink(), { customer, amount: 2_500 }, 'amount not_expected'],
  [
    'an amount where zero is fixed',
    amountLink({ amount: 0 }),
    { customer, amount: 0 },
    'amount not_expected',
  ],
  [
    'items on an amount link',
    amountLink(),
    { customer, items: [line('shirt')] },
    'items not_expected',
  ],
  ['no amount where it is chosen', chosenAmount(), { customer }, 'amount required'],
  ['the least amount', chosenAmount(), { customer, amount: 100 }],
  ['less than the least', chosenAmount(), { customer, amount: 99 }, 'amount too_small'],
  ['the most', chosenAmount(), { customer, amount: 10_000 }],
  ['more than the most', chosenAmount(), { customer, amount: 10_001 }, 'amount too_large'],
  ['any amount without a most', chosenAmount({ maxAmount: null }), { customer, amount: 9_999_999 }],
  ['the only variant and price unnamed', catalogue([fee]), { customer, items: [line('fee')] }],
  [
    'the only variant and price named',
    catalogue([fee]),
    { customer, items: [line('fee', 1, { skuId: id('sku', 'fee'), priceId: id('price', 'fee') })] },
  ],
  ['no items', catalogue([fee]), { customer }, 'items required'],
  [
    'no tickets of any kind',
    catalogue([ticket, item('seat', { minQuantity: 0 })]),
    { customer, items: [] },
    'items required',
  ],
  [
    'an amount beside items',
    catalogue([fee]),
    { customer, amount: 1, items: [line('fee')] },
    'amount not_expected',
  ],
  [
    'an item of another link',
    catalogue([fee]),
    { customer, items: [line('fee'), line('other')] },
    'items.1.itemId unknown_item',
  ],
  [
    'a part of every order left out',
    catalogue([fee, colours]),
    { customer, items: [line('fee')] },
    'items required',
  ],
  ['an optional item left out', catalogue([fee, extra]), { customer, items: [line('fee')] }],
  ['only what is optional', catalogue([extra]), { customer, items: [] }, 'items required'],
  [
    'no variant of several',
    catalogue([colours]),
    { customer, items: [line('shirt')] },
    'items.0.skuId required',
  ],
  [
    'a variant of another item',
    catalogue([colours]),
    { customer, items: [line('shirt', 1, { skuId: id('sku', 'fee') })] },
    'items.0.skuId unknown_variant',
  ],
  [
    'no price of several',
    catalogue([plans]),
    { customer, items: [line('plan')] },
    'items.0.priceId required',
  ],
  [
    'a price of another item',
    catalogue([plans]),
    { customer, items: [line('plan', 1, { priceId: id('price', 'fee') })] },
    'items.0.priceId unknown_price',
  ],
  ['the last pieces', catalogue([colours]), { customer, items: [line('shirt', 5, red)] }],
  [
    'more than the stock',
    catalogue([colours]),
    { customer, items: [line('shirt', 6, red)] },
    'items.0.quantity out_of_stock',
  ],
  [
    'a variant without stock',
    catalogue([colours]),
    { customer, items: [line('shirt', 1, { skuId: id('sku', 'blue') })] },
    'items.0.quantity out_of_stock',
  ],
  [
    'fewer than the least',
    catalogue([item('cup', { minQuantity: 3 })]),
    { customer, items: [line('cup', 2)] },
    'items.0.quantity too_few',
  ],
  [
    'more than the most of an item',
    catalogue([ticket]),
    { customer, items: [line('ticket', 5)] },
    'items.0.quantity too_many',
  ],
  [
    'more than the most over two variants',
    catalogue([item('hat', { maxQuantity: 3, variants: [variant('red'), variant('blue')] })]),
    { customer, items: [line('hat', 2, red), line('hat', 2, { skuId: id('sku', 'blue') })] },
    'items.1.quantity too_many',
  ],
  ['the fixed quantity', catalogue([fixed]), { customer, items: [line('pair', 2)] }],
  [
    'another than the fixed quantity',
    catalogue([fixed]),
    { customer, items: [line('pair', 1)] },
    'items.0.quantity fixed_quantity',
  ],
  [
    'two variants on two lines',
    catalogue([item('hat', { variants: [variant('red'), variant('blue')] })]),
    { customer, items: [line('hat', 1, red), line('hat', 1, { skuId: id('sku', 'blue') })] },
  ],
  [
    'the same SKU on two lines',
    catalogue([colours]),
    { customer, items: [line('shirt', 1, red), line('shirt', 1, red)] },
    'items.1 duplicate',
  ],
  [
    'the only SKU twice, once unnamed',
    catalogue([fee]),
    { customer, items: [line('fee'), line('fee', 1, { skuId: id('sku', 'fee') })] },
    'items.1 duplicate',
  ],
  [
    'two billing intervals',
    catalogue([plans, item('care', { prices: [price('care', 100, month)] })]),
    { customer, items: [line('plan', 1, { priceId: id('price', 'yearly') }), line('care')] },
    'items mixed_intervals',
  ],
  [
    'two trials, one of which would be charged twice in its first month',
    catalogue([
      item('try', { prices: [price('try', 100, { ...month, trialPeriodDays: 14 })] }),
      item('care', { prices: [price('care', 100, month)] }),
    ]),
    { customer, items: [line('try'), line('care')] },
    'items mixed_intervals',
  ],
  [
    'a fee beside a plan',
    catalogue([plans, fee]),
    { customer, items: [line('plan', 1, { priceId: id('price', 'yearly') }), line('fee')] },
  ],
  ['no e-mail', amountLink(), {}, 'customer.email required'],
  ['a blank e-mail', amountLink(), { customer: { email: '  ' } }, 'customer.email required'],
  ['no e-mail where none is asked', asking({ email: 'none' }), {}],
  [
    'a wrong e-mail where it is optional',
    asking({ email: 'optional' }),
    { customer: { email: 'anna@' } },
    'customer.email invalid_email',
  ],
  [
    'a name and a phone that are asked for',
    asking({ name: 'required', phone: 'required' }),
    { customer: { ...customer, name: 'Zoë', phone: '+242 06 123 45 67' } },
  ],
  [
    'neither of them',
    asking({ name: 'required', phone: 'required' }),
    { customer },
    'customer.name required, customer.phone required',
  ],
  [
    'a word for a phone',
    asking({ phone: 'optional' }),
    { customer: { ...customer, phone: 'call me' } },
    'customer.phone invalid_phone',
  ],
  [
    'several faults at once',
    catalogue([colours]),
    { amount: 1, items: [line('shirt'), line('x')] },
    'amount not_expected, customer.email required, items.0.skuId required, items.1.itemId unknown_item',
  ],
];
