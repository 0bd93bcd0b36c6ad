/** The `webhooks` of the document: each type of event, with the body it comes with. */
import { type EventType, eventTypes } from '../../contract/index.js';
import { exampleOf } from '../domain/example-event.js';
import { pathOf } from './components.js';
import { minute, storyId } from './story.js';
import { webhooksTag } from './tags.js';
import type { JsonSchema, Operation } from './types.js';

const words: Readonly<Record<EventType, string>> = {
  'payment_link.created': 'A payment link was created.',
  'payment_link.updated': 'A payment link was changed.',
  'payment_link.activated': 'A payment link was switched on.',
  'payment_link.deactivated': 'A payment link was switched off.',
  'payment_link.expired': 'The time of a payment link is over.',
  'payment_link.exhausted': 'A payment link was used as often as it may be.',
  'checkout_session.opened': 'A buyer is about to pay; what they buy is held for them.',
  'checkout_session.completed': 'It is paid, or nothing was due: deliver.',
  'checkout_session.expired': 'The buyer did not pay in time; what was held is given back.',
  'checkout_session.canceled':
    'The buyer gave up, or failed too often; what was held is given back.',
  'payment.succeeded': 'Money was taken.',
  'payment.failed': 'An attempt to take money failed; the session may be open still.',
  'payment.refunded': 'Money went back; `data.refund` says how much of it.',
  'payment.refund_failed': 'Money could not go back; `data.refund` says why.',
  'payment.disputed': 'The buyer’s bank takes the money back, or may; what was sold stays sold.',
  'payment.dispute_won': 'The money is yours after all.',
  'subscription.created': 'A subscription begins.',
  'subscription.updated': 'Its end was planned, or is not planned any more: `cancelAt` says which.',
  'subscription.renewed': 'A subscription was charged again.',
  'subscription.past_due': 'A subscription could not be charged.',
  'subscription.canceled': 'A subscription has ended.',
};

const objectOf: Readonly<Record<string, string>> = {
  payment_link: 'PaymentLink',
  checkout_session: 'MerchantCheckoutSession',
  payment: 'Payment',
  subscription: 'Subscription',
};

const header = (name: string, description: string, pattern: string) =>
  ({
    name,
    in: 'header',
    required: true,
    description,
    schema: { type: 'string', pattern },
  }) as const;

const isOfRefund = (type: EventType) => type.startsWith('payment.refund');

/** The object, the link it belongs to, and of a refund which one it was. */
const dataOf = (type: EventType): JsonSchema => ({
  allOf: [
    { $ref: pathOf(objectOf[type.split('.')[0] ?? ''] ?? '') },
    {
      properties: {
        paymentLinkId: { type: 'string' },
        ...(isOfRefund(type) && { refund: { $ref: pathOf('Refund') } }),
      },
      required: ['paymentLinkId', ...(isOfRefund(type) ? ['refund'] : [])],
    },
  ],
});

const bodyOf = (type: EventType): JsonSchema => ({
  allOf: [
    { $ref: pathOf('WebhookEvent') },
    {
      type: 'object',
      properties: {
        type: { const: type },
        data: dataOf(type),
      },
    },
  ],
});

const webhookOf = (type: EventType): { post: Operation } => ({
  post: {
    operationId: type.replace(/[._](\w)/g, (_, letter: string) => letter.toUpperCase()),
    summary: type,
    description: words[type],
    tags: [webhooksTag.name],
    security: [],
    parameters: [
      header('webhook-id', 'The event’s id: the same at every attempt.', '^evt_'),
      header('webhook-timestamp', 'When it is sent, in seconds since 1970.', '^\\d+$'),
      header('webhook-signature', 'One signature for each secret in use.', '^v1,'),
    ],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: bodyOf(type),
          example: {
            id: storyId('event'),
            type,
            createdAt: minute,
            data: exampleOf(type, minute, storyId),
          },
        },
      },
    },
    responses: {
      '2XX': { description: 'Taken: it is not sent again.' },
      410: { description: 'Gone: the endpoint is disabled.' },
      default: { description: 'Anything else, or nothing: it is tried again.' },
    },
  },
});

export const webhookItems = Object.fromEntries(eventTypes.map((type) => [type, webhookOf(type)]));
