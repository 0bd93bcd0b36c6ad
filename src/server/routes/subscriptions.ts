/** Subscriptions, as a merchant follows and ends them. */
import { Hono } from 'hono';
import {
  cancelRequestSchema,
  subscriptionSchema,
  subscriptionStatuses,
} from '../../contract/index.js';
import { subscriptionView } from '../domain/session-view.js';
import {
  cancelSubscription,
  readSubscription,
  resumeSubscription,
} from '../domain/subscription-end.js';
import { listSubscriptions } from '../store/payments.js';
import { readChoice, readJson, readLinkFilter, readPage } from './body.js';
import type { Env } from './env.js';
import { listOf, operation } from './operation.js';
import { readSpan } from './span.js';

export function subscriptionRoutes(): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get(
    '/subscriptions',
    operation({
      id: 'listSubscriptions',
      summary: 'List subscriptions',
      description: 'Of every status, newest first.',
      answer: listOf(subscriptionSchema()),
      filters: { status: subscriptionStatuses, paymentLinkId: null },
      span: true,
    }),
    async (c) => {
      const backend = c.get('backend');
      const status = readChoice(c, 'status', subscriptionStatuses);
      const filter = { status, paymentLinkId: readLinkFilter(c), created: readSpan(c) };
      const page = readPage(c);
      const rows = await listSubscriptions(backend.db, backend.account.id, filter, page);
      const data = rows.data.map((row) => subscriptionView(backend, row));
      return c.json({ ...rows, data });
    },
  );
  routes.get(
    '/subscriptions/:id',
    operation({
      id: 'readSubscription',
      summary: 'Read a subscription',
      description: 'What recurs, when it is charged next, and the page its buyer manages it on.',
      answer: subscriptionSchema(),
    }),
    async (c) => {
      const backend = c.get('backend');
      const subscription = await readSubscription(backend, c.req.param('id'));
      return c.json(subscriptionView(backend, subscription));
    },
  );
  routes.post(
    '/subscriptions/:id/cancel',
    operation({
      id: 'cancelSubscription',
      summary: 'Cancel a subscription',
      description:
        'At once, or when the period that is paid for ends. Nothing is charged any more, and nothing is given back: refund a payment for that. A subscription that is past due ends at once. To cancel again changes nothing.',
      body: cancelRequestSchema(),
      answer: subscriptionSchema(),
      problems: ['conflict', 'provider_unavailable'],
    }),
    async (c) => {
      const backend = c.get('backend');
      const { at } = await readJson(c, cancelRequestSchema());
      const wish = { at, reason: 'requested' } as const;
      const subscription = await cancelSubscription(backend, c.req.param('id'), wish);
      return c.json(subscriptionView(backend, subscription));
    },
  );
  routes.post(
    '/subscriptions/:id/resume',
    operation({
      id: 'resumeSubscription',
      summary: 'Take a planned end back',
      description: 'The subscription goes on as if it had not been canceled.',
      answer: subscriptionSchema(),
      problems: ['conflict'],
    }),
    async (c) => {
      const backend = c.get('backend');
      const subscription = await resumeSubscription(backend, c.req.param('id'));
      return c.json(subscriptionView(backend, subscription));
    },
  );
  return routes;
}
