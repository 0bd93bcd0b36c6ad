/** Public links as the server would answer them, and short names for their ids. */
import type {
  AmountLink,
  CatalogueLink,
  Id,
  LinkItem,
  LinkPrice,
  Variant,
} from '../../src/contract/index.js';

type Kinds = { plink: 'paymentLink'; plitem: 'paymentLinkItem'; sku: 'sku'; price: 'price' };

/** `id('sku', 'red')` is an id, and the same one each time. */
export const id = <Prefix extends keyof Kinds>(prefix: Prefix, name: string): Id<Kinds[Prefix]> =>
  `${prefix}_${name.padEnd(24, '0')}` as Id<Kinds[Prefix]>;

const open = {
  id: id('plink', 'link'),
  object: 'payment_link' as const,
  name: 'A link',
  inactiveMessage: null,
  fallbackUrl: null,
  branding: null,
  url: 'https://pay.example.com/p/a-link',
  testMode: true,
  now: '2026-01-31T10:00:00.000Z',
  status: 'active' as const,
  description: null,
  imageUrl: null,
  currency: 'EUR',
  submitType: 'auto' as const,
  submitMessage: null,
  expiresAt: null,
  remaining: null,
  allowPromotionCodes: false,
  collect: {
    email: 'required' as const,
    name: 'none' as const,
    phone: 'none' as const,
    billingAddress: false,
    shippingAddress: null,
    customFields: [],
    terms: null,
  },
  methods: ['page'],
};

export const amountLink = (more: Partial<AmountLink> = {}): AmountLink => ({
  ...open,
  type: 'amount',
  amount: 2_500,
  minAmount: null,
  maxAmount: null,
  suggestedAmounts: null,
  ...more,
});

/** Between 1.00 and 100.00. */
export const chosenAmount = (more: Partial<AmountLink> = {}): AmountLink =>
  amountLink({ amount: null, minAmount: 100, maxAmount: 10_000, suggestedAmounts: [], ...more });

export const variant = (name: string, more: Partial<Variant> = {}): Variant => ({
  id: id('sku', name),
  attributes: { colour: name },
  unitAmount: null,
  stock: null,
  imageUrl: null,
  ...more,
});

export const price = (
  name: string,
  unitAmount: number,
  more: Partial<LinkPrice> = {},
): LinkPrice => ({
  id: id('price', name),
  unitAmount,
  interval: null,
  intervalCount: null,
  trialPeriodDays: null,
  ...more,
});

/** One variant, one price of 10.00, one to ten pieces. */
export const item = (name: string, more: Partial<LinkItem> = {}): LinkItem => ({
  id: id('plitem', name),
  name,
  description: null,
  imageUrl: null,
  unitAmount: 1_000,
  options: [],
  variants: [variant(name, { attributes: {} })],
  prices: [price(name, 1_000)],
  quantity: 1,
  minQuantity: 1,
  maxQuantity: 10,
  adjustableQuantity: true,
  isOptional: false,
  ...more,
});

export const catalogue = (items: LinkItem[], more: Partial<CatalogueLink> = {}): CatalogueLink => ({
  ...open,
  type: 'product',
  items,
  ...more,
});

export const month = { interval: 'month', intervalCount: 1 } as const;
export const year = { interval: 'year', intervalCount: 1 } as const;
