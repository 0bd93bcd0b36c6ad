/** Where the provider tells what happened. Whoever may call it is known by the signature alone. */
import { Hono } from 'hono';
import type { Backend } from '../backend.js';
import { hear } from '../domain/hearing.js';
import type { Env } from './env.js';
import { operation } from './operation.js';

export function providerRoutes(backend: Backend): Hono<Env> {
  const routes = new Hono<Env>();
  const { provider } = backend;
  if (!provider.receive) return routes;
  routes.post(
    `/${provider.name}/webhook`,
    operation({
      id: 'receiveProviderMessage',
      summary: 'Take a message of the payment provider',
      description:
        'Called by the provider, which signs each message. What cannot be applied yet is refused, and sent again by it.',
      problems: ['unauthorized', 'validation_failed', 'session_not_found', 'provider_unavailable'],
      status: 204,
      isPublic: true,
    }),
    async (c) => {
      await hear(backend, { body: await c.req.text(), header: (name) => c.req.header(name) });
      return c.body(null, 204);
    },
  );
  return routes;
}
