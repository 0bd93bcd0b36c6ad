/** Where the provider tells what happened. Whoever may call it is known by the signature alone. */
import { Hono } from 'hono';
import { Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { hear } from '../domain/hearing.js';
import type { Env } from './env.js';
import { operation } from './operation.js';

export function providerRoutes(backend: Backend, onRefused: (problem: Problem) => void): Hono<Env> {
  const routes = new Hono<Env>();
  const { provider } = backend;
  if (!provider.receive) return routes;
  const path = `/${provider.name}/webhook`;
  routes.post(
    path,
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
      try {
        await hear(backend, { body: await c.req.text(), header: (name) => c.req.header(name) });
      } catch (error) {
        const isUnsigned = error instanceof Problem && error.code === 'unauthorized';
        backend.tally(isUnsigned ? 'messages_unsigned' : 'messages_refused');
        if (error instanceof Problem) onRefused(error);
        throw error;
      }
      backend.tally('messages_heard');
      return c.body(null, 204);
    },
  );
  // Who tries the address out in a browser is to see that it is there.
  routes.all(path, (c) => {
    c.header('Allow', 'POST');
    return c.text(`Here ${provider.name} sends its messages, by POST.\n`, 405);
  });
  return routes;
}
