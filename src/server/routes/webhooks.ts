/** Events, and the endpoints that are told of them. */
import { Hono } from 'hono';
import {
  deliverySchema,
  deliveryStatuses,
  endpointSchema,
  endpointTestSchema,
  endpointUpdateSchema,
  eventTypes,
  newEndpointSchema,
  resendSchema,
  resentSchema,
  type WebhookEndpoint,
  webhookEventSchema,
} from '../../contract/index.js';
import { readEvent, readEvents } from '../domain/event.js';
import { readDeliveries, resend, testEndpoint } from '../domain/webhook-delivery.js';
import {
  changeEndpoint,
  createEndpoint,
  readEndpoint,
  readEndpoints,
  readWithSecret,
  removeEndpoint,
  rotate,
} from '../domain/webhook-endpoint.js';
import {
  readChoice,
  readIdFilter,
  readJson,
  readJsonIfAny,
  readLinkFilter,
  readPage,
} from './body.js';
import type { Env } from './env.js';
import { eventStream } from './event-stream.js';
import { makeOnce } from './make-once.js';
import { listOf, operation } from './operation.js';
import { answerVersion, changeVersion, kindOf } from './versions.js';

const endpoints = kindOf<WebhookEndpoint>({
  table: 'webhook_endpoint',
  changeable: ['url', 'eventTypes', 'isEnabled'],
  read: (backend, id) => readEndpoint(backend, id),
});

export function webhookRoutes(): Hono<Env> {
  const routes = new Hono<Env>();
  const endpoint = { answer: endpointSchema() };

  routes.post(
    '/webhook-endpoints',
    operation({
      ...endpoint,
      id: 'createWebhookEndpoint',
      summary: 'Create a webhook endpoint',
      description:
        'The answer has the signing secret, this once. Addresses inside a network are refused.',
      body: newEndpointSchema(),
      status: 201,
    }),
    async (c) => {
      const backend = c.get('backend');
      const asked = await readJson(c, newEndpointSchema());
      const made = await makeOnce(c, {
        kind: 'webhookEndpoint',
        make: (id) => createEndpoint(backend, id, asked),
        read: (id) => readWithSecret(backend, id),
      });
      return c.json(made, 201);
    },
  );
  routes.get(
    '/webhook-endpoints',
    operation({
      id: 'listWebhookEndpoints',
      summary: 'List webhook endpoints',
      description: 'Newest first, without their secrets.',
      answer: listOf(endpointSchema()),
      filters: {},
    }),
    async (c) => c.json(await readEndpoints(c.get('backend'), readPage(c))),
  );
  routes.get(
    '/webhook-endpoints/:id',
    operation({
      ...endpoint,
      id: 'readWebhookEndpoint',
      summary: 'Read a webhook endpoint',
      description: 'Also why and since when it hears nothing.',
      etag: 'told',
    }),
    async (c) =>
      answerVersion(c, endpoints, await readEndpoint(c.get('backend'), c.req.param('id'))),
  );
  routes.patch(
    '/webhook-endpoints/:id',
    operation({
      ...endpoint,
      id: 'updateWebhookEndpoint',
      summary: 'Change a webhook endpoint',
      description: 'Enabled again it is sent what it has missed, as far as that is still tried.',
      body: endpointUpdateSchema(),
      etag: 'ifMatch',
      problems: ['precondition_failed'],
    }),
    async (c) => {
      const changes = await readJson(c, endpointUpdateSchema());
      return changeVersion(c, endpoints, (backend, id) => changeEndpoint(backend, id, changes));
    },
  );
  routes.delete(
    '/webhook-endpoints/:id',
    operation({
      id: 'deleteWebhookEndpoint',
      summary: 'Delete a webhook endpoint',
      description: 'Nothing is sent there any more.',
      status: 204,
    }),
    async (c) => {
      await removeEndpoint(c.get('backend'), c.req.param('id'));
      return c.body(null, 204);
    },
  );
  routes.post(
    '/webhook-endpoints/:id/rotate',
    operation({
      ...endpoint,
      id: 'rotateWebhookSecret',
      summary: 'Exchange the signing secret',
      description:
        'The answer has the new secret, this once; the one before signs too for 24 hours.',
    }),
    async (c) => c.json(await rotate(c.get('backend'), c.req.param('id'))),
  );
  routes.post(
    '/webhook-endpoints/:id/test',
    operation({
      id: 'testWebhookEndpoint',
      summary: 'Send a test event and wait for the answer',
      description: 'The body says `isTest`, and tells of an object that does not exist.',
      body: endpointTestSchema(),
      isBodyOptional: true,
      answer: deliverySchema(),
    }),
    async (c) => {
      const wish = await readJsonIfAny(c, endpointTestSchema());
      return c.json(await testEndpoint(c.get('backend'), c.req.param('id'), wish));
    },
  );
  routes.get(
    '/webhook-endpoints/:id/deliveries',
    operation({
      id: 'listWebhookDeliveries',
      summary: 'List what was delivered to a webhook endpoint',
      description: 'Each event with its attempts, newest first.',
      answer: listOf(deliverySchema()),
      filters: { status: deliveryStatuses },
    }),
    async (c) => {
      const filter = { status: readChoice(c, 'status', deliveryStatuses) };
      const id = c.req.param('id');
      return c.json(await readDeliveries(c.get('backend'), id, filter, readPage(c)));
    },
  );
  return routes;
}

/** What events are about. */
const told = ['paymentLink', 'checkoutSession', 'payment', 'subscription'] as const;

export function eventRoutes(): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get(
    '/events',
    operation({
      id: 'listEvents',
      summary: 'List events',
      description: 'All that happened, newest first, whether or not an endpoint hears of it.',
      answer: listOf(webhookEventSchema()),
      filters: { type: eventTypes, paymentLinkId: null, objectId: null },
    }),
    async (c) => {
      const filter = {
        type: readChoice(c, 'type', eventTypes),
        paymentLinkId: readLinkFilter(c),
        objectId: readIdFilter(c, 'objectId', ...told),
      };
      return c.json(await readEvents(c.get('backend'), filter, readPage(c)));
    },
  );
  // Before what takes `stream` for an id.
  routes.get(
    '/events/stream',
    operation({
      id: 'followEvents',
      summary: 'Follow new events by server-sent events',
      description:
        'An event `event` for each, its data what webhooks are sent as their body; a comment every 15 seconds. Ends at once when the key is revoked.',
      events: 'event: event\ndata: {"id":"evt_…","type":"payment.succeeded"}\nid: evt_…\n\n',
      problems: ['validation_failed'],
    }),
    (c) => eventStream(c),
  );
  routes.get(
    '/events/:id',
    operation({
      id: 'readEvent',
      summary: 'Read an event',
      description: 'The body as webhooks are sent it.',
      answer: webhookEventSchema(),
    }),
    async (c) => c.json(await readEvent(c.get('backend'), c.req.param('id'))),
  );
  routes.post(
    '/events/:id/resend',
    operation({
      id: 'resendEvent',
      summary: 'Send an event again',
      description: 'To every endpoint that hears of it, or to one.',
      problems: ['conflict'],
      body: resendSchema(),
      isBodyOptional: true,
      answer: resentSchema(),
    }),
    async (c) => {
      const wish = await readJsonIfAny(c, resendSchema());
      return c.json(await resend(c.get('backend'), c.req.param('id'), wish));
    },
  );
  return routes;
}
