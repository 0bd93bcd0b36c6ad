import {
  deliverySchema,
  endpointSchema,
  endpointTestSchema,
  endpointUpdateSchema,
  newEndpointSchema,
  resendSchema,
  resentSchema,
  type WebhookDelivery,
  type WebhookEndpoint,
  type WebhookEvent,
  webhookEventSchema,
} from '../../../contract/index.js';
import { exampleOf } from '../../domain/example-event.js';
import { described } from '../described.js';
import { minute, shop, storyId } from '../story.js';

const endpoint: WebhookEndpoint = {
  id: storyId('webhookEndpoint'),
  object: 'webhook_endpoint',
  url: `${shop}/webhooks/paylink`,
  eventTypes: ['checkout_session.completed', 'payment.refunded'],
  isEnabled: true,
  disabledReason: null,
  disabledAt: null,
  failingSince: null,
  previousSecretExpiresAt: null,
  createdAt: minute,
};

const delivery: WebhookDelivery = {
  object: 'webhook_delivery',
  endpointId: storyId('webhookEndpoint'),
  eventId: storyId('event'),
  eventType: 'checkout_session.completed',
  isTest: false,
  status: 'delivered',
  attempts: [{ startedAt: minute, durationMs: 84, responseStatus: 200, error: null }],
  nextAttemptAt: null,
  createdAt: minute,
};

const event: WebhookEvent = {
  id: storyId('event'),
  type: 'checkout_session.completed',
  createdAt: minute,
  data: exampleOf('checkout_session.completed', minute, storyId) as WebhookEvent['data'],
};

export const webhooks = [
  described('NewWebhookEndpoint', newEndpointSchema(), {
    description: 'Where to send, and what. No `eventTypes`, or an empty list, means every type.',
    examples: { 'What a shop needs': { url: endpoint.url, eventTypes: endpoint.eventTypes } },
  }),
  described('WebhookEndpointUpdate', endpointUpdateSchema(), {
    description: 'What is absent is kept. An empty list of `eventTypes` means every type.',
    examples: { 'Rest for a while': { isEnabled: false } },
  }),
  described('WebhookEndpoint', endpointSchema(), {
    description: 'A place that is told of events.',
    fields: { secret: 'Signs what is sent; only in the answer that creates or rotates it.' },
    examples: {
      'As it is read': endpoint,
      'As it was made': {
        ...endpoint,
        secret: 'whsec_QSBzZWNyZXQgdGhhdCBpcyBuby1vbmUncyBhdCBhbGw=',
      },
    },
  }),
  described('WebhookTest', endpointTestSchema(), {
    description: 'Without a type it is one that the endpoint hears of.',
    examples: { 'A refund': { eventType: 'payment.refunded' } },
  }),
  described('WebhookDelivery', deliverySchema(), {
    description: 'One event on its way to one endpoint.',
    fields: { status: '`dead` once the last attempt has failed.' },
    examples: { 'At the first attempt': delivery },
  }),
  described('WebhookEvent', webhookEventSchema(), {
    description: 'What happened, as it was sent to webhook endpoints.',
    fields: {
      data: 'The object as its merchant reads it, and always the link it belongs to. Of a refund, `refund` besides.',
    },
    examples: { 'A checkout was paid': event },
  }),
  described('Resend', resendSchema(), {
    description: 'Without an endpoint it goes to each that hears of the type.',
    examples: { 'To one': { endpointId: storyId('webhookEndpoint') } },
  }),
  described('Resent', resentSchema(), {
    description: 'One delivery for each endpoint it is sent to again.',
    fields: { data: 'As they stand: what was sent is not waited for.' },
    examples: { 'To one': { data: [{ ...delivery, status: 'pending', nextAttemptAt: minute }] } },
  }),
];
