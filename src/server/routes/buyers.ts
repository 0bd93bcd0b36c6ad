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
      summary: 'Erase a buyer; the accounts are kept',
      answer: buyerErasureSchema(),
    }),
    async (c) => c.json(await eraseBuyer(c.get('backend'), c.req.param('email'))),
  );
  return routes;
}
