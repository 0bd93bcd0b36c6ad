import {
  type AddressForm,
  type AmountLink,
  addressFormSchema,
  addressSchema,
  type CatalogueLink,
  type ClosedLink,
  publicLinkSchema,
  selectionSchema,
  type Totals,
  totalsSchema,
} from '../../../contract/index.js';
import { described } from '../described.js';
import { backendUrl, minute, shop, storyId } from '../story.js';

const shared = {
  id: storyId('paymentLink'),
  object: 'payment_link',
  inactiveMessage: null,
  fallbackUrl: null,
  branding: null,
  url: `${backendUrl}/p/${storyId('paymentLink')}`,
  testMode: true,
  now: minute,
} as const;

const open: Omit<CatalogueLink, 'name' | 'type' | 'items'> = {
  ...shared,
  status: 'active',
  description: null,
  imageUrl: null,
  currency: 'EUR',
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
  methods: ['page', 'mobile_money'],
};

const donation: AmountLink = {
  ...open,
  name: 'Donation',
  type: 'amount',
  submitType: 'donate',
  amount: null,
  minAmount: 100,
  maxAmount: 50_000,
  suggestedAmounts: [500, 1_000, 2_500],
};

const tee: CatalogueLink = {
  ...open,
  name: 'Summer tee',
  type: 'product',
  remaining: 99,
  items: [
    {
      id: storyId('paymentLinkItem'),
      name: 'T-shirt',
      description: null,
      imageUrl: `${shop}/tee.jpg`,
      unitAmount: 2_000,
      options: [{ name: 'size', values: ['S', 'L'] }],
      variants: [
        {
          id: storyId('sku'),
          attributes: { size: 'S' },
          unitAmount: null,
          stock: 19,
          imageUrl: null,
        },
        {
          id: storyId('sku', 2),
          attributes: { size: 'L' },
          unitAmount: 2_200,
          stock: 20,
          imageUrl: null,
        },
      ],
      prices: [
        {
          id: storyId('price'),
          unitAmount: 2_000,
          interval: null,
          intervalCount: null,
          trialPeriodDays: null,
        },
      ],
      quantity: 1,
      minQuantity: 1,
      maxQuantity: 5,
      adjustableQuantity: true,
      isOptional: false,
    },
  ],
};

const closed: ClosedLink = {
  ...shared,
  name: 'Summer tee',
  type: 'product',
  status: 'inactive',
  inactiveMessage: 'Back in September.',
};

export const twoTees: Totals = {
  currency: 'EUR',
  lines: [
    {
      itemId: storyId('paymentLinkItem'),
      skuId: storyId('sku'),
      priceId: storyId('price'),
      name: 'T-shirt',
      quantity: 2,
      unitAmount: 2_000,
      amount: 4_000,
    },
  ],
  subtotal: 4_000,
  discounts: [],
  discount: 0,
  total: 4_000,
  recurring: null,
};

const form: AddressForm = {
  object: 'address_form',
  country: 'FR',
  countryLabel: 'Country',
  countries: ['DE', 'FR'],
  lines: [
    [
      {
        name: 'name',
        label: 'Name',
        required: false,
        options: null,
        pattern: null,
        example: null,
      },
    ],
    [
      {
        name: 'postalCode',
        label: 'Postal code',
        required: true,
        options: null,
        pattern: '\\d{2} ?\\d{3}',
        example: '33380',
      },
      { name: 'city', label: 'City', required: true, options: null, pattern: null, example: null },
    ],
  ],
};

const kinds = publicLinkSchema()._zod.def.options;

export const publicLinks = [
  described('PublicAmountLink', kinds[0], {
    description: 'A link for an amount: a fixed one, or one the buyer chooses.',
    fields: { amount: 'The fixed amount; null where the buyer chooses between the bounds.' },
  }),
  described('PublicCatalogueLink', kinds[1], {
    description: 'A link for products or a subscription.',
  }),
  described('PublicClosedLink', kinds[2], {
    description: 'A link that takes no payments: only what is needed to say so.',
    fields: { type: 'What the link sold.' },
  }),
  described('PublicPaymentLink', publicLinkSchema(), {
    description: 'A link as a buyer’s browser may know it, whatever its status.',
    examples: { 'A donation': donation, 'A product': tee, 'A closed link': closed },
  }),
  described('Address', addressSchema(), {
    description: 'A postal address; which parts a country needs is told by its address form.',
  }),
  described('AddressForm', addressFormSchema(), {
    description: 'How one country writes its addresses, in the words of one language.',
    examples: { 'France, in English': form },
  }),
  described('Selection', selectionSchema(), {
    description: 'What the buyer chose, and who they are. Unknown keys are refused.',
    examples: {
      'Two shirts': {
        items: [
          {
            itemId: storyId('paymentLinkItem'),
            skuId: storyId('sku'),
            priceId: storyId('price'),
            quantity: 2,
          },
        ],
      },
      'A donation of 25 euros': { amount: 2_500 },
    },
  }),
  described('Totals', totalsSchema(), {
    description: 'The priced order: what is charged now, and what recurs.',
    fields: {
      lines: 'One for each line of the selection.',
      recurring: 'What is charged again and again; null where nothing is.',
    },
    examples: { 'Two shirts': twoTees },
  }),
];
