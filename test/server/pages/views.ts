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
import * as cast from '../../../stories/cast.js';

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
  extendable: true,
  approvalExpiresAt: null,
  operators: [],
  ...changes,
});

export const paymentView = (
  changes: Partial<PaymentPageView> = {},
  sessionChanges: Partial<CheckoutSession> = {},
): PaymentPageView => ({
  place: { at: 'here' },
  isNotCanceled: false,
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
  givenBack: 0,
  manageUrl: null,
  isRenewal: false,
  reference: null,
  completedAt: now,
  receipt: null,
  openedIn: null,
  openedBy: null,
  isToPrint: false,
  now,
  ...changes,
});

const tea = { name: 'Tea', url: 'https://pay.example/p/tea', testMode: true } as const;

export const amountLink = (changes: Partial<AmountLink> = {}): AmountLink =>
  cast.amountLink({ ...tea, ...changes });

export const item = (changes: Partial<LinkItem> = {}): LinkItem =>
  cast.item(1, {
    name: 'Tea',
    unitAmount: 2500,
    prices: [cast.price(1, { unitAmount: 2500 })],
    maxQuantity: 5,
    ...changes,
  });

export const productLink = (
  items: LinkItem[] = [item()],
  changes: Partial<CatalogueLink> = {},
): CatalogueLink => cast.productLink(items, { ...tea, ...changes });

export const closedLink = (
  status: ClosedLink['status'],
  changes: Partial<ClosedLink> = {},
): ClosedLink => cast.closedLink({ ...tea, status, ...changes });

export const hostedView = (changes: Partial<HostedPageView> = {}): HostedPageView => ({
  link: amountLink(),
  locale: 'en',
  formLocale: 'en',
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
