import {
  type BuyerErasure,
  buyerErasureSchema,
  cancelRequestSchema,
  type Payment,
  paymentSchema,
  type Refund,
  refundRequestSchema,
  refundSchema,
  type Subscription,
  subscriptionSchema,
} from '../../../contract/index.js';
import { exampleOf } from '../../domain/example-event.js';
import { described } from '../described.js';
import { minute, storyId } from '../story.js';

const payment = exampleOf('payment.succeeded', minute, storyId) as Payment;
const subscription = exampleOf('subscription.created', minute, storyId) as unknown as Subscription;

const refund: Refund = {
  id: storyId('refund'),
  object: 'refund',
  paymentId: storyId('payment'),
  paymentLinkId: storyId('paymentLink'),
  amount: 1_000,
  currency: 'EUR',
  status: 'succeeded',
  failure: null,
  reason: 'requested',
  releaseRedemption: false,
  testMode: true,
  createdAt: minute,
  settledAt: minute,
};

const erasure: BuyerErasure = {
  object: 'buyer_erasure',
  sessions: 2,
  subscriptions: 0,
  events: 4,
  deliveriesStopped: 0,
  idempotencyAnswers: 1,
  erasedAt: minute,
};

export const payments = [
  described('Payment', paymentSchema(), {
    description: 'One attempt to take money; opening a session makes none.',
    examples: { Paid: payment },
  }),
  described('RefundRequest', refundRequestSchema(), {
    description: 'Nothing in it means all that is left of the payment.',
    fields: {
      amount: 'In minor units of the payment’s currency; absent = all that is left.',
      releaseRedemption:
        'Also gives back the use of the link, the stock and the promotion code; once for each session.',
    },
    examples: { 'A part': { amount: 1_000 }, Everything: { releaseRedemption: true } },
  }),
  described('Refund', refundSchema(), {
    description: 'Money on its way back, or there.',
    fields: {
      status:
        '`pending` until the provider has answered; a `failed` one leaves its amount with the payment.',
      releaseRedemption: 'Whether the use of the link, the stock and the code were given back.',
    },
    examples: { 'A part': refund },
  }),
  described('Subscription', subscriptionSchema(), {
    description: 'What recurs after a checkout of a subscription link.',
    fields: {
      fullAmount: 'Charged from `discountEndsAt` on; both null where no discount ends.',
      discountEndsAt: 'When the discount ends; null where none does.',
      nextChargeAt: 'When the next period is charged; null where it has ended.',
      cancelAt: 'When it ends, where that is planned.',
      canceledAt: 'When it ended; null while it goes on.',
      cancelReason:
        '`requested` by you, `by_buyer` on their own page, or `payment_failed`: nobody paid a renewal within its retries.',
      manageUrl:
        'The buyer’s own page: its history, the next charge, cancel. Whoever has the address may cancel, so give it to the buyer alone.',
    },
    examples: { 'By the month': subscription },
  }),
  described('SubscriptionCancellation', cancelRequestSchema(), {
    description: 'When a subscription ends.',
    fields: {
      at: '`now`, or `period_end`: what is paid for can be used until then, and nothing more is charged.',
    },
    examples: { 'At the end of the period': { at: 'period_end' } },
  }),
  described('BuyerErasure', buyerErasureSchema(), {
    description:
      'What was erased of a buyer. Amounts, ids, dates and lines stay: they are the merchant’s accounts.',
    fields: {
      sessions: 'Sessions now without customer, answers, metadata, utm and address.',
      subscriptions: 'Subscriptions now without customer.',
      events: 'Events whose bodies told of these.',
    },
    examples: { 'Two purchases': erasure },
  }),
];
