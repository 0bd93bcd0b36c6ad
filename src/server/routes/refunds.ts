/** Money given back, as a merchant's server asks for it and reads of it. */
import { Hono } from 'hono';
import { refundRequestSchema, refundSchema } from '../../contract/index.js';
import { readRefunds, refundPayment } from '../domain/refund.js';
import { readJsonIfAny, readPage } from './body.js';
import type { Env } from './env.js';
import { listOf, operation } from './operation.js';

export function refundRoutes(): Hono<Env> {
  const routes = new Hono<Env>();
  // 201 whatever the provider says: the refund is decided and kept, and its status tells how it stands.
  routes.post(
    '/payments/:id/refunds',
    operation({
      id: 'refundPayment',
      summary: 'Refund a payment, in whole or in part',
      description:
        'Answers 201 whatever the provider says: the refund is decided and kept, and its `status` tells how it stands.',
      problems: ['conflict'],
      body: refundRequestSchema(),
      isBodyOptional: true,
      answer: refundSchema(),
      status: 201,
    }),
    async (c) => {
      const request = await readJsonIfAny(c, refundRequestSchema());
      const requestKey = c.req.header('idempotency-key');
      const wish = { ...request, requestKey };
      return c.json(await refundPayment(c.get('backend'), c.req.param('id'), wish), 201);
    },
  );
  routes.get(
    '/payments/:id/refunds',
    operation({
      id: 'listRefunds',
      summary: 'List the refunds of a payment',
      description: 'Also those that failed, newest first.',
      answer: listOf(refundSchema()),
      filters: {},
    }),
    async (c) => c.json(await readRefunds(c.get('backend'), c.req.param('id'), readPage(c))),
  );
  return routes;
}
