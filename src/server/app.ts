/** The whole HTTP surface over a store and a provider; used as it is by the process and by tests. */
import { Hono } from 'hono';
import { Problem } from '../contract/index.js';
import type { Backend, Store } from './backend.js';
import { openApi } from './openapi/document.js';
import { probeSchema } from './openapi/schemas/operations.js';
import { isSandbox } from './provider/sandbox.js';
import { plainPath, publicCors, requestId, withKey, withoutKey } from './routes/access.js';
import { bodyLimit } from './routes/body.js';
import { buyerRoutes } from './routes/buyers.js';
import type { Env } from './routes/env.js';
import { type Files, fileRoutes } from './routes/files.js';
import { idempotent } from './routes/idempotency.js';
import { linkRoutes, productRoutes } from './routes/merchant.js';
import { operation } from './routes/operation.js';
import { pageRoutes } from './routes/pages.js';
import { onError, onNotFound } from './routes/problems.js';
import { promotionRoutes } from './routes/promotions.js';
import { publicRoutes } from './routes/public.js';
import { recordRoutes } from './routes/records.js';
import { reference } from './routes/reference.js';
import { refundRoutes } from './routes/refunds.js';
import { sandboxRoutes } from './routes/sandbox.js';
import { eventRoutes, webhookRoutes } from './routes/webhooks.js';
import { readNow } from './store/database.js';

export interface AppDeps extends Omit<Backend, keyof Store> {
  readonly store: Store;
  readonly files: Files;
  readonly log: (error: unknown, requestId: string) => void;
}

export function createApp({ store, files, log, ...rest }: AppDeps): Hono<Env> {
  const backend: Backend = { ...store, ...rest };
  const sandbox = isSandbox(backend.provider) ? backend.provider : undefined;
  const app = new Hono<Env>();
  app.onError(onError(log));
  app.notFound(onNotFound);
  app.use(requestId());
  // Before anything that may refuse: a page has to be able to read the refusal.
  app.use('/v1/public/*', publicCors());
  app.use(plainPath(), bodyLimit());

  app.get(
    '/healthz',
    operation({
      id: 'readHealth',
      summary: 'Whether the process answers',
      description: 'Asks nothing else: a database that is away is no reason to start again.',
      answer: probeSchema(),
      isPublic: true,
    }),
    (c) => c.json({ status: 'ok' }),
  );
  app.get(
    '/readyz',
    operation({
      id: 'readReadiness',
      summary: 'Whether it can serve',
      description: 'Asks the database.',
      answer: probeSchema(),
      others: { 503: { summary: 'The database does not answer.', answer: probeSchema() } },
      isPublic: true,
    }),
    async (c) => {
      try {
        await readNow(backend.db);
        return c.json({ status: 'ready' });
      } catch {
        return c.json({ status: 'no database' }, 503);
      }
    },
  );
  const document = openApi(app, backend.publicUrl);
  app.get('/openapi.json', async (c) => c.json(await document(c)));
  app.get('/reference', reference(backend.publicUrl, document));
  app.route('/', fileRoutes(files));

  app.use('/v1/public/*', withoutKey(backend), idempotent());
  app.route('/v1/public', publicRoutes(backend));
  if (sandbox) {
    app.use('/v1/sandbox/*', withoutKey(backend));
    app.route('/v1/sandbox', sandboxRoutes(backend, sandbox));
  }
  for (const prefix of ['/v1/public/*', '/v1/sandbox/*'])
    app.all(prefix, (c) => {
      throw new Problem('not_found', `There is no ${c.req.method} ${c.req.path}.`);
    });

  app.use('/v1/*', withKey(backend), idempotent());
  app.route('/v1', productRoutes());
  app.route('/v1', linkRoutes());
  app.route('/v1', recordRoutes());
  app.route('/v1', refundRoutes());
  app.route('/v1', buyerRoutes());
  app.route('/v1', webhookRoutes());
  app.route('/v1', eventRoutes());
  app.route('/v1', promotionRoutes());

  app.route('/', pageRoutes(backend, sandbox));
  return app;
}
