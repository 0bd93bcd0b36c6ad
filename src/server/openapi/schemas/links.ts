import {
  brandingSchema,
  customFieldSchema,
  type LinkStats,
  linkStatsSchema,
  linkUpdateSchema,
  linkVisitsSchema,
  type MerchantLink,
  merchantLinkSchema,
  newItemSchema,
  newLinkSchema,
} from '../../../contract/index.js';
import { exampleOf } from '../../domain/example-event.js';
import { described } from '../described.js';
import { minute, shop, storyId } from '../story.js';

export const { paymentLinkId: _, ...invoice } = exampleOf(
  'payment_link.created',
  minute,
  storyId,
) as MerchantLink & { paymentLinkId: string };

const noMoney = { gross: 0, refunded: 0, net: 0 };
const stats: LinkStats = {
  object: 'payment_link_stats',
  testMode: true,
  paymentLinkId: storyId('paymentLink'),
  status: 'active',
  redemptionCount: 1,
  reservedCount: 1,
  remaining: null,
  sessions: { open: 1, processing: 0, complete: 1, expired: 0, canceled: 0 },
  payments: {
    processing: 0,
    succeeded: 1,
    failed: 0,
    refunded: 0,
    partiallyRefunded: 0,
    disputed: 0,
    needsReview: 0,
  },
  collected: { currency: 'EUR', gross: 2_500, refunded: 0, net: 2_500 },
  lastPaymentAt: minute,
  days: [
    {
      date: '2030-05-03',
      sessionsOpened: 0,
      sessionsCompleted: 0,
      paymentsSucceeded: 0,
      ...noMoney,
    },
    {
      date: '2030-05-04',
      sessionsOpened: 2,
      sessionsCompleted: 1,
      paymentsSucceeded: 1,
      gross: 2_500,
      refunded: 0,
      net: 2_500,
    },
  ],
};

const visits = { seen: 40, opened: 3, submitted: 2, paid: 1 };

export const links = [
  described('Branding', brandingSchema(), {
    description: 'Colours as `#rrggbb`, lengths in pixels; what is absent is as the page has it.',
    examples: { 'A red shop': { accent: '#b3261e', radius: 8, font: 'serif' } },
  }),
  described('CustomField', customFieldSchema(), {
    description: 'A question of your own. `options` are for a dropdown, `pattern` for text.',
  }),
  described('NewLinkItem', newItemSchema(), {
    description:
      'An item names a product of the catalogue, or is written out on the spot (`name`, `unitAmount`; with an `interval` on a subscription link).',
    fields: { id: 'Only in a change: keeps the item of this id, and the sessions that hold it.' },
  }),
  described('NewPaymentLink', newLinkSchema(), {
    description:
      'An amount link has `amount`, or bounds between which the buyer chooses; the others have `items`.',
    examples: {
      'A fixed amount': { type: 'amount', name: 'Invoice 17', currency: 'XAF', amount: 25_000 },
      'A donation': {
        type: 'amount',
        name: 'Donation',
        currency: 'EUR',
        minAmount: 100,
        maxAmount: 50_000,
        suggestedAmounts: [500, 1_000, 2_500],
        submitType: 'donate',
      },
      'A product of the catalogue': {
        type: 'product',
        name: 'Summer tee',
        currency: 'EUR',
        slug: 'summer-tee',
        items: [{ productId: storyId('product'), adjustableQuantity: true, maxQuantity: 5 }],
        maxRedemptions: 100,
        collectShippingAddress: { countries: ['FR', 'DE'] },
        successUrl: `${shop}/thanks?session={CHECKOUT_SESSION_ID}`,
        allowedOrigins: [shop],
      },
      'A membership, written out on the spot': {
        type: 'subscription',
        name: 'Membership',
        currency: 'EUR',
        items: [{ name: 'Membership', unitAmount: 900, interval: 'month', trialPeriodDays: 14 }],
      },
      'Written out on the spot': {
        type: 'product',
        name: 'Workshop',
        currency: 'EUR',
        items: [{ name: 'A seat', unitAmount: 4_500, stockQuantity: 12 }],
        customFields: [{ key: 'diet', label: 'Any diet?', type: 'text', maxLength: 200 }],
      },
    },
  }),
  described('PaymentLinkUpdate', linkUpdateSchema(), {
    description:
      'What is absent is kept; `null` clears. Type and currency stay; open sessions keep what they were opened with.',
    examples: {
      'Close it': { isActive: false, inactiveMessage: 'Back in September.' },
      'A hundred uses': { maxRedemptions: 100 },
    },
  }),
  described('PaymentLink', merchantLinkSchema(), {
    description: 'A payment link as its merchant reads it.',
    fields: { redemptionCount: 'Completed sessions, less those whose use a refund gave back.' },
    examples: { 'A fixed amount': invoice },
  }),
  described('PaymentLinkStats', linkStatsSchema(), {
    description: 'What became of the sessions and payments of a link, in all and by day (UTC).',
    fields: {
      testMode:
        'Sessions, payments and money are those of tests, or else those with real money, as the server sells now.',
      remaining: 'Uses that can still be taken; null = without limit.',
      sessions: 'How many sessions stand where.',
      payments: 'How many payments (attempts to take money) stand where.',
      collected: 'Of every payment that succeeded, also one that was refunded since.',
      days: 'The last days, oldest first, today included, none left out; each counts what happened on it.',
    },
    examples: { 'Two days': stats },
  }),
  described('PaymentLinkVisits', linkVisitsSchema(), {
    description: 'How many came to a link and how far they went, as sums.',
    fields: {
      testMode:
        'Visits while payments are tests, or else with real money, as the server sells now.',
      days: 'The last days, oldest first, today included, none left out.',
      hosts: 'Over these days by site, the most visits first; at most a hundred, and `other`.',
      sources: 'The same by `utm_source`, of visits that had one.',
    },
    examples: {
      'One day': {
        object: 'payment_link_visits',
        paymentLinkId: storyId('paymentLink'),
        testMode: true,
        countsVisits: true,
        days: [{ date: '2030-05-04', ...visits }],
        hosts: [{ host: 'shop.example', ...visits }],
        sources: [{ source: 'newsletter', seen: 12, opened: 1, submitted: 1, paid: 0 }],
      },
    },
  }),
];
