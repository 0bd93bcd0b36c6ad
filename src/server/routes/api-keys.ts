/** Keys of the API, as their owner makes and ends them. */
import { Hono } from 'hono';
import { apiKeySchema, newApiKeySchema } from '../../contract/index.js';
import { createApiKey, makeKeyAgain, readKeys, revokeApiKey } from '../domain/api-key.js';
import { readJson, readPage } from './body.js';
import type { Env } from './env.js';
import { makeOnce } from './make-once.js';
import { listOf, operation } from './operation.js';

export function apiKeyRoutes(): Hono<Env> {
  const routes = new Hono<Env>();
  const key = { answer: apiKeySchema() };

  routes.post(
    '/api-keys',
    operation({
      ...key,
      id: 'createApiKey',
      summary: 'Create an API key',
      description: 'The answer has the key, this once. It may do all that yours may.',
      body: newApiKeySchema(),
      status: 201,
    }),
    async (c) => {
      const backend = c.get('backend');
      const asked = await readJson(c, newApiKeySchema());
      const made = await makeOnce(c, {
        kind: 'apiKey',
        make: (id) => createApiKey(backend, id, asked),
        read: (id) => makeKeyAgain(backend, id),
      });
      return c.json(made, 201);
    },
  );
  routes.get(
    '/api-keys',
    operation({
      id: 'listApiKeys',
      summary: 'List API keys',
      description: 'Revoked ones too, newest first; of each the last four characters.',
      answer: listOf(apiKeySchema()),
      filters: {},
    }),
    async (c) => c.json(await readKeys(c.get('backend'), readPage(c))),
  );
  const ending = {
    description:
      'Whoever shows it is refused from now on; desks and streams opened with it end. Not the last valid one.',
  };
  routes.post(
    '/api-keys/:id/revoke',
    operation({
      ...key,
      ...ending,
      id: 'revokeApiKey',
      summary: 'Revoke an API key',
      problems: ['conflict'],
    }),
    async (c) => c.json(await revokeApiKey(c.get('backend'), c.req.param('id'))),
  );
  routes.delete(
    '/api-keys/:id',
    operation({
      ...ending,
      id: 'deleteApiKey',
      summary: 'Revoke an API key, by its address',
      status: 204,
      problems: ['conflict'],
    }),
    async (c) => {
      await revokeApiKey(c.get('backend'), c.req.param('id'));
      return c.body(null, 204);
    },
  );
  return routes;
}
