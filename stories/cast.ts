/** The links, sessions and clients that stories and element tests play with, typed by the contract. */
import {
  type AddressForm,
  type AddressFormField,
  type AmountLink,
  type CatalogueLink,
  type CheckoutSession,
  type ClosedLink,
  type Discount,
  type LinkItem,
  type LinkPrice,
  type OpenLink,
  Problem,
  type PublicLink,
  type SessionRequest,
  totals,
  type Variant,
} from '../src/contract/index.js';
import type { Client } from '../src/widget/client.js';

export const now = '2026-11-23T09:00:00.000Z';

/** `id('plink', 1)` → `plink_000000000000000000000001` */
export const id = <Prefix extends string>(prefix: Prefix, number: number) =>
  `${prefix}_${String(number).padStart(24, '0')}` as const;

const nothingCollected = {
  name: 'none',
  phone: 'none',
  billingAddress: false,
  shippingAddress: null,
  customFields: [],
  terms: null,
} as const;

const shared = {
  id: id('plink', 1),
  object: 'payment_link',
  status: 'active',
  description: null,
  imageUrl: null,
  currency: 'EUR',
  url: 'https://pay.example.com/p/plink_000000000000000000000001',
  submitType: 'auto',
  submitMessage: null,
  expiresAt: null,
  remaining: null,
  allowPromotionCodes: false,
  collect: { email: 'required', ...nothingCollected, customFields: [] },
  branding: null,
  testMode: false,
  inactiveMessage: null,
  fallbackUrl: null,
  now,
} as const;

export const amountLink = (changes: Partial<AmountLink> = {}): AmountLink => ({
  ...shared,
  collect: { ...shared.collect, customFields: [] },
  methods: ['page'],
  type: 'amount',
  name: 'Invoice 2026-118',
  amount: 2500,
  minAmount: null,
  maxAmount: null,
  suggestedAmounts: null,
  ...changes,
});

/** The buyer chooses between 5 and 5,000 euros. */
export const donationLink = (changes: Partial<AmountLink> = {}): AmountLink =>
  amountLink({
    name: 'Library for Makoua',
    description: 'Every book counts.',
    amount: null,
    minAmount: 500,
    maxAmount: 500_000,
    suggestedAmounts: [1000, 2500, 5000],
    submitType: 'donate',
    ...changes,
  });

export const price = (number: number, changes: Partial<LinkPrice> = {}): LinkPrice => ({
  id: id('price', number),
  unitAmount: 1800,
  interval: null,
  intervalCount: null,
  trialPeriodDays: null,
  ...changes,
});

export const variant = (number: number, changes: Partial<Variant> = {}): Variant => ({
  id: id('sku', number),
  attributes: {},
  unitAmount: null,
  stock: null,
  imageUrl: null,
  ...changes,
});

export const item = (number: number, changes: Partial<LinkItem> = {}): LinkItem => ({
  id: id('plitem', number),
  name: 'Poster',
  description: null,
  imageUrl: null,
  unitAmount: 1800,
  options: [],
  variants: [variant(number * 100)],
  prices: [price(number)],
  quantity: 1,
  minQuantity: 1,
  maxQuantity: null,
  adjustableQuantity: false,
  isOptional: false,
  ...changes,
});

export const productLink = (
  items: LinkItem[] = [item(1)],
  changes: Partial<CatalogueLink> = {},
): CatalogueLink => ({
  ...shared,
  collect: { ...shared.collect, customFields: [] },
  methods: ['page'],
  type: 'product',
  name: 'Atelier Ndinga',
  items,
  ...changes,
});

/** Two sizes by two colours: M/red has sold out, L/red does not exist. */
export const shirt = (changes: Partial<LinkItem> = {}): LinkItem =>
  item(1, {
    name: 'T-shirt',
    description: 'Organic cotton, printed in Brazzaville.',
    unitAmount: 2000,
    options: [
      { name: 'Size', values: ['M', 'L'] },
      { name: 'Colour', values: ['Blue', 'Red'] },
    ],
    variants: [
      variant(1, { attributes: { Size: 'M', Colour: 'Blue' }, stock: 4 }),
      variant(2, { attributes: { Size: 'M', Colour: 'Red' }, stock: 0 }),
      variant(3, { attributes: { Size: 'L', Colour: 'Blue' }, unitAmount: 2200 }),
    ],
    prices: [price(1, { unitAmount: 2000 })],
    adjustableQuantity: true,
    maxQuantity: 10,
    ...changes,
  });

/** Nine sizes, of which one has sold out. */
export const shoe = (): LinkItem => {
  const sizes = ['37', '38', '39', '40', '41', '42', '43', '44', '45'];
  return item(1, {
    name: 'Sandal',
    unitAmount: 6000,
    options: [{ name: 'Size', values: sizes }],
    variants: sizes.map((Size, at) =>
      variant(at + 1, { attributes: { Size }, stock: Size === '40' ? 0 : 9 }),
    ),
    prices: [price(1, { unitAmount: 6000 })],
  });
};

export const ticketLink = (): CatalogueLink =>
  productLink(
    [
      item(1, {
        name: 'Standing',
        unitAmount: 1500,
        prices: [price(1, { unitAmount: 1500 })],
        quantity: 0,
        minQuantity: 0,
        maxQuantity: 6,
        adjustableQuantity: true,
      }),
      item(2, {
        name: 'Seated',
        description: 'First balcony',
        unitAmount: 3000,
        prices: [price(2, { unitAmount: 3000 })],
        quantity: 0,
        minQuantity: 0,
        adjustableQuantity: true,
        variants: [variant(200, { stock: 3 })],
      }),
    ],
    { name: 'Festival, Saturday', submitType: 'book' },
  );

export const membershipLink = (trialPeriodDays: number | null = null): CatalogueLink =>
  productLink(
    [
      item(1, {
        name: 'Membership',
        unitAmount: 900,
        prices: [
          price(1, { unitAmount: 900, interval: 'month', intervalCount: 1, trialPeriodDays }),
          price(2, { unitAmount: 9000, interval: 'year', intervalCount: 1, trialPeriodDays }),
        ],
      }),
    ],
    { type: 'subscription', name: 'Friends of the library' },
  );

export const closedLink = (changes: Partial<ClosedLink> = {}): ClosedLink => ({
  id: shared.id,
  object: 'payment_link',
  type: 'product',
  status: 'inactive',
  name: 'Atelier Ndinga',
  inactiveMessage: null,
  fallbackUrl: null,
  branding: null,
  url: shared.url,
  testMode: false,
  now,
  ...changes,
});

export const session = (
  link: OpenLink = amountLink(),
  changes: Partial<CheckoutSession> = {},
  request: SessionRequest = {},
): CheckoutSession => {
  const priced = totals(link, request, now) ?? totals(amountLink(), {}, now);
  if (!priced) throw new Error('The order of this session cannot be priced');
  return {
    id: id('cs', 1),
    object: 'checkout_session',
    paymentLinkId: link.id,
    status: 'open',
    paymentStatus: 'unpaid',
    url: 'https://pay.example.com/c/cs_000000000000000000000001',
    embeddable: false,
    currency: link.currency,
    total: priced.total,
    totals: priced,
    failure: null,
    reference: null,
    successUrl: null,
    methods: ['page'],
    expiresAt: '2026-11-23T09:15:00.000Z',
    testMode: false,
    extendable: false,
    approvalExpiresAt: null,
    operators: [],
    ...changes,
  };
};

/** What a session says that can be paid by mobile money, ten minutes before its end. */
export const byPhone: Partial<CheckoutSession> = {
  methods: ['page', 'mobile_money'],
  operators: [
    { name: 'MTN MoMo', prefixes: ['24206'] },
    { name: 'Airtel Money', prefixes: ['24204', '24205'] },
  ],
  extendable: true,
  expiresAt: '2026-11-23T09:10:00.000Z',
};

/** How two countries write their addresses. */
export const addressForm = (country: string): AddressForm => {
  const part = (
    name: AddressFormField['name'],
    label: string,
    more: Partial<AddressFormField> = {},
  ): AddressFormField => ({
    name,
    label,
    required: true,
    options: null,
    pattern: null,
    example: null,
    ...more,
  });
  const street = [
    [part('name', 'Full name')],
    [part('line1', 'Address')],
    [part('line2', 'Apartment, floor (optional)', { required: false })],
  ];
  const zip = { pattern: '\\d{5}', example: '95014' };
  const states = [
    { value: 'CA', label: 'California' },
    { value: 'NY', label: 'New York' },
  ];
  const city = part('city', 'City');
  const last =
    country === 'US'
      ? [city, part('state', 'State', { options: states }), part('postalCode', 'ZIP code', zip)]
      : country === 'CG'
        ? [city]
        : [part('postalCode', 'Postal code', { ...zip, example: '10115' }), city];
  return {
    object: 'address_form',
    country,
    countryLabel: 'Country',
    countries: ['CG', 'DE', 'FR', 'US'],
    lines: [...street, last],
  };
};

export interface FakeClient extends Client {
  /** Every call, by name, with its arguments. */
  readonly calls: [name: keyof Client, ...rest: unknown[]][];
  readonly requests: { request: SessionRequest; idempotencyKey: string }[];
  /** What the link answers from now on; a Problem is thrown. */
  link: PublicLink | Problem<string>;
  /** Answers of `openSession`, in turn; without one it opens. */
  readonly refusals: Problem<string>[];
  /** What every session opened here is beside the usual. */
  opens: Partial<CheckoutSession>;
  /** What `session()` and all that is asked of a session answer; a Problem is thrown. */
  session_: CheckoutSession | Problem<string> | undefined;
  /** What each promotion code grants; a Problem is thrown, and so is any code that is not here. */
  codes: Readonly<Record<string, Discount | Problem<string>>>;
  /** Tells a change to whoever watches. */
  happen(session: CheckoutSession): void;
}

export const refuse = (
  code: string,
  options?: ConstructorParameters<typeof Problem>[2],
): Problem<string> => new Problem<string>(code, code, options);

/** A backend in memory: answers at once, unless told otherwise. */
export function fakeClient(link: PublicLink | Problem<string> = amountLink()): FakeClient {
  const watchers = new Set<(session: CheckoutSession) => void>();
  const calls: FakeClient['calls'] = [];
  let opened = 0;
  const orThrow = <T>(value: T | Problem<string>): T => {
    if (value instanceof Problem) throw value;
    return value;
  };
  const client: FakeClient = {
    calls,
    requests: [],
    link,
    refusals: [],
    opens: {},
    session_: undefined,
    codes: {},
    happen: (session) => {
      for (const watcher of [...watchers]) watcher(session);
    },
    async paymentLink(...rest) {
      calls.push(['paymentLink', ...rest]);
      return orThrow(client.link);
    },
    async quote(...rest) {
      calls.push(['quote', ...rest]);
      const { promotionCode, ...selection } = rest[1];
      const discount = promotionCode
        ? orThrow(client.codes[promotionCode] ?? refuse('promotion_code_invalid'))
        : null;
      const priced = totals(client.link as OpenLink, selection, now, discount);
      if (!priced) throw refuse('invalid_selection');
      return priced;
    },
    async addressForm(country, ...rest) {
      calls.push(['addressForm', country, ...rest]);
      return addressForm(country);
    },
    async openSession(_id, request, { idempotencyKey }) {
      calls.push(['openSession', request]);
      client.requests.push({ request, idempotencyKey });
      const refusal = client.refusals.shift();
      if (refusal) throw refusal;
      const { expectedTotal, returnUrl, replaces, ...selection } = request;
      return session(
        client.link as OpenLink,
        { id: id('cs', ++opened), ...client.opens },
        selection,
      );
    },
    async session(...rest) {
      calls.push(['session', ...rest]);
      return orThrow(client.session_ ?? refuse('session_not_found'));
    },
    async confirm(...rest) {
      calls.push(['confirm', ...rest]);
      return orThrow(client.session_ ?? refuse('not_found'));
    },
    async extend(...rest) {
      calls.push(['extend', ...rest]);
      return orThrow(client.session_ ?? refuse('not_found'));
    },
    async cancel(...rest) {
      calls.push(['cancel', ...rest]);
      return orThrow(client.session_ ?? refuse('not_found'));
    },
    watchSession(_id, onChange, { signal }) {
      calls.push(['watchSession', _id]);
      watchers.add(onChange);
      signal?.addEventListener('abort', () => watchers.delete(onChange));
    },
  };
  return client;
}
