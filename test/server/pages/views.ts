/** Views to draw: a usual one each, changed by the test that needs it otherwise. */
import type {
  AmountLink,
  CatalogueLink,
  CheckoutSession,
  ClosedLink,
  LinkItem,
  Totals,
} from '../../../src/contract/index.js';
import type { HostedPageView } from '../../../src/server/pages/hosted-page.js';
import type { PaymentPageView } from '../../../src/server/pages/payment-page.js';

const id = <Prefix extends string>(prefix: Prefix, letter = 'a') =>
  `${prefix}_${letter.repeat(24)}` as const;

const now = '2026-11-23T12:00:00.000Z';

export const lineOf = (name: string, quantity: number, unitAmount: number) => ({
  itemId: null,
  skuId: null,
  priceId: null,
  name,
  quantity,
  unitAmount,
  amount: quantity * unitAmount,
});

export const totalsOf = (total: number, currency: string): Totals => ({
  currency,
  lines: [lineOf('Tea', 1, total)],
  subtotal: total,
  discounts: [],
  discount: 0,
  total,
  recurring: null,
});

export const session = (changes: Partial<CheckoutSession> = {}): CheckoutSession => ({
  id: id('cs'),
  object: 'checkout_session',
  paymentLinkId: id('plink'),
  status: 'open',
  paymentStatus: 'unpaid',
  url: `https://pay.example/c/${id('cs')}`,
  embeddable: false,
  currency: 'EUR',
  total: 2500,
  totals: totalsOf(2500, 'EUR'),
  failure: null,
  reference: null,
  successUrl: null,
  methods: ['page', 'mobile_money'],
  expiresAt: '2026-11-23T12:30:00.000Z',
  testMode: true,
  ...changes,
});

export const paymentView = (
  changes: Partial<PaymentPageView> = {},
  sessionChanges: Partial<CheckoutSession> = {},
): PaymentPageView => ({
  session: session(sessionChanges),
  linkName: 'Tea',
  linkUrl: 'https://pay.example/p/tea',
  imageUrl: null,
  merchantName: 'Tea & Co',
  locale: 'en',
  backUrl: 'https://shop.example/',
  approval: null,
  phone: null,
  subscription: null,
  reference: null,
  now,
  ...changes,
});

const shared = {
  id: id('plink'),
  object: 'payment_link',
  name: 'Tea',
  inactiveMessage: null,
  fallbackUrl: null,
  branding: null,
  url: 'https://pay.example/p/tea',
  testMode: true,
  now,
} as const;

const open = {
  ...shared,
  status: 'active',
  description: null,
  imageUrl: null,
  submitType: 'auto',
  submitMessage: null,
  expiresAt: null,
  remaining: null,
  allowPromotionCodes: false,
  collect: {
    email: 'required',
    name: 'none',
    phone: 'none',
    billingAddress: false,
    shippingAddress: null,
    customFields: [],
    terms: null,
  },
} as const;

export const amountLink = (changes: Partial<AmountLink> = {}): AmountLink => ({
  ...open,
  collect: { ...open.collect, customFields: [] },
  type: 'amount',
  currency: 'EUR',
  amount: 2500,
  minAmount: null,
  maxAmount: null,
  suggestedAmounts: null,
  ...changes,
});

export const item = (changes: Partial<LinkItem> = {}): LinkItem => ({
  id: id('plitem'),
  name: 'Tea',
  description: null,
  imageUrl: null,
  unitAmount: 2500,
  options: [],
  variants: [{ id: id('sku'), attributes: {}, unitAmount: null, stock: null, imageUrl: null }],
  prices: [
    {
      id: id('price'),
      unitAmount: 2500,
      interval: null,
      intervalCount: null,
      trialPeriodDays: null,
    },
  ],
  quantity: 1,
  minQuantity: 1,
  maxQuantity: 5,
  adjustableQuantity: false,
  isOptional: false,
  ...changes,
});

export const productLink = (
  items: LinkItem[] = [item()],
  changes: Partial<CatalogueLink> = {},
): CatalogueLink => ({
  ...open,
  collect: { ...open.collect, customFields: [] },
  type: 'product',
  currency: 'EUR',
  items,
  ...changes,
});

export const closedLink = (
  status: ClosedLink['status'],
  changes: Partial<ClosedLink> = {},
): ClosedLink => ({ ...shared, type: 'product', status, ...changes });

export const hostedView = (changes: Partial<HostedPageView> = {}): HostedPageView => ({
  link: amountLink(),
  locale: 'en',
  publicUrl: 'https://pay.example',
  scriptSrc: '/pay-link.js',
  attributes: {},
  isEmbedded: false,
  problem: null,
  typed: {},
  merchantName: 'Tea & Co',
  ...changes,
});

/** What a reader sees: no tags, single spaces. */
export const textOf = (page: string): string =>
  page
    .replace(/<(style|script|noscript)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

/** Names of the page's buttons, in order. */
export const buttonsOf = (page: string): string[] =>
  [...page.matchAll(/<button[^>]*>([\s\S]*?)<\/button>/g)].map(([, name]) => (name ?? '').trim());

export const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`;
