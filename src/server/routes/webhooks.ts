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
  webhookEventSchema,
} from '../../contract/index.js';
import { readEvent, readEvents } from '../domain/event.js';
import { readDeliveries, resend, testEndpoint } from '../domain/webhook-delivery.js';
import {
  changeEndpoint,
  createEndpoint,
  readEndpoint,
  readEndpoints,
  removeEndpoint,
  rotate,
} from '../domain/webhook-endpoint.js';
import { readChoice, readJson, readJsonIfAny, readLinkFilter, readPage } from './body.js';
import type { Env } from './env.js';
import { eventStream } from './event-stream.js';
import { listOf, operation } from './operation.js';

export function webhookRoutes(): Hono<Env> {
  const routes = new Hono<Env>();
  const endpoint = { answer: endpointSchema() };

  routes.post(
    '/webhook-endpoints',
    operation({
      ...endpoint,
      summary: 'Create a webhook endpoint',
      body: newEndpointSchema(),
      status: 201,
    }),
    async (c) =>
      c.json(await createEndpoint(c.get('backend'), await readJson(c, newEndpointSchema())), 201),
  );
  routes.get(
    '/webhook-endpoints',
    operation({ summary: 'List webhook endpoints', answer: listOf(endpointSchema()), filters: {} }),
    async (c) => c.json(await readEndpoints(c.get('backend'), readPage(c))),
  );
  routes.get(
    '/webhook-endpoints/:id',
    operation({ ...endpoint, summary: 'Read a webhook endpoint' }),
    async (c) => c.json(await readEndpoint(c.get('backend'), c.req.param('id'))),
  );
  routes.patch(
    '/webhook-endpoints/:id',
    operation({ ...endpoint, summary: 'Change a webhook endpoint', body: endpointUpdateSchema() }),
    async (c) => {
      const changes = await readJson(c, endpointUpdateSchema());
      return c.json(await changeEndpoint(c.get('backend'), c.req.param('id'), changes));
    },
  );
  routes.delete(
    '/webhook-endpoints/:id',
    operation({ summary: 'Delete a webhook endpoint', status: 204 }),
    async (c) => {
      await removeEndpoint(c.get('backend'), c.req.param('id'));
      return c.body(null, 204);
    },
  );
  routes.post(
    '/webhook-endpoints/:id/rotate',
    operation({
      ...endpoint,
      summary: 'Exchange the signing secret; the one before signs too for 24 hours',
    }),
    async (c) => c.json(await rotate(c.get('backend'), c.req.param('id'))),
  );
  routes.post(
    '/webhook-endpoints/:id/test',
    operation({
      summary: 'Send a test event and wait for the answer',
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
      summary: 'List what was delivered to a webhook endpoint',
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

export function eventRoutes(): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get(
    '/events',
    operation({
      summary: 'List events',
      answer: listOf(webhookEventSchema()),
      filters: { type: eventTypes, paymentLinkId: null },
    }),
    async (c) => {
      const filter = {
        type: readChoice(c, 'type', eventTypes),
        paymentLinkId: readLinkFilter(c),
      };
      return c.json(await readEvents(c.get('backend'), filter, readPage(c)));
    },
  );
  // Before what takes `stream` for an id.
  routes.get(
    '/events/stream',
    operation({ summary: 'Follow new events by server-sent events; resumes from Last-Event-ID' }),
    (c) => eventStream(c),
  );
  routes.get(
    '/events/:id',
    operation({ summary: 'Read an event', answer: webhookEventSchema() }),
    async (c) => c.json(await readEvent(c.get('backend'), c.req.param('id'))),
  );
  routes.post(
    '/events/:id/resend',
    operation({
      summary: 'Send an event again, to every endpoint that hears of it or to one',
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
