/** What a merchant can ask about a person: to forget them. */
import { Hono } from 'hono';
import { buyerErasureSchema } from '../../contract/index.js';
import { eraseBuyer } from '../domain/buyer.js';
import type { Env } from './env.js';
import { operation } from './operation.js';

export function buyerRoutes(): Hono<Env> {
  const routes = new Hono<Env>();
  routes.delete(
    '/buyers/:email',
    operation({
      id: 'eraseBuyer',
      summary: 'Erase a buyer; the accounts are kept',
      description:
        'Takes name, addresses and answers out of sessions, subscriptions, events and kept answers. Refused while this buyer is paying or is still charged.',
      problems: ['conflict', 'validation_failed'],
      answer: buyerErasureSchema(),
    }),
    async (c) => c.json(await eraseBuyer(c.get('backend'), c.req.param('email'))),
  );
  return routes;
}
