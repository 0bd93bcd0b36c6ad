import {
  type CheckoutSession,
  confirmRequestSchema,
  type MerchantSession,
  merchantSessionSchema,
  sessionRequestSchema,
  sessionSchema,
} from '../../../contract/index.js';
import { exampleOf } from '../../domain/example-event.js';
import { described } from '../described.js';
import { inAQuarter, minute, shop, storyId } from '../story.js';
import { twoTees } from './public-links.js';

const completed = exampleOf(
  'checkout_session.completed',
  minute,
  storyId,
) as unknown as MerchantSession;

const {
  customer,
  items,
  customFields,
  metadata,
  utm,
  paymentId,
  subscriptionId,
  renewalOf,
  createdAt,
  ...as
} = exampleOf('checkout_session.opened', minute, storyId) as unknown as MerchantSession;
const opened: CheckoutSession = {
  ...as,
  total: twoTees.total,
  totals: twoTees,
  methods: ['page', 'mobile_money'],
  expiresAt: inAQuarter,
  extendable: true,
  approvalExpiresAt: null,
  operators: [{ name: 'MTN', prefixes: ['24206'] }],
};

export const sessions = [
  described('CheckoutSessionRequest', sessionRequestSchema(), {
    description: 'A selection, and what the buyer was shown.',
    examples: {
      'Two shirts for Anna': {
        items: [
          {
            itemId: storyId('paymentLinkItem'),
            skuId: storyId('sku'),
            priceId: storyId('price'),
            quantity: 2,
          },
        ],
        customer: { email: 'anna@example.com' },
        expectedTotal: 4_000,
        returnUrl: `${shop}/tees`,
        reference: 'order-17',
      },
      'A fixed amount': { customer: { email: 'anna@example.com' } },
    },
  }),
  described('CheckoutSession', sessionSchema(), {
    description: 'A checkout as its buyer may see it: no personal data.',
    examples: { 'Waiting for the payment': opened },
  }),
  described('MerchantCheckoutSession', merchantSessionSchema(), {
    description: 'A checkout as its merchant reads it, with who bought and what they answered.',
    fields: {
      items: 'The lines of the order; the same as `totals.lines`.',
      customFields: 'The buyer’s answers, by the key of the question.',
      renewalOf:
        'The subscription a period of which its buyer pays by it: no new sale. Null of every other checkout.',
    },
    examples: { Paid: completed },
  }),
  described('ConfirmRequest', confirmRequestSchema(), {
    description: 'The phone that is asked to approve.',
    fields: { phone: 'In any usual spelling; in the sandbox the number decides the outcome.' },
    examples: { 'A phone that approves': { phone: '+242 06 000 00 01' } },
  }),
];
