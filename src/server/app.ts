/** The whole HTTP surface over a store and a provider; used as it is by the process and by tests. */
import { Hono } from 'hono';
import { Problem } from '../contract/index.js';
import type { Backend, Store } from './backend.js';
import type { CallerOf } from './caller.js';
import { openApi } from './openapi/document.js';
import { probeSchema } from './openapi/schemas/operations.js';
import { isSandbox } from './provider/sandbox.js';
import { tellRefused } from './provider-messages.js';
import {
  asMerchant,
  lastOfLine,
  plainPath,
  publicCors,
  requestId,
  withoutKey,
} from './routes/access.js';
import { apiKeyRoutes } from './routes/api-keys.js';
import { bodyLimit } from './routes/body.js';
import { buyerRoutes } from './routes/buyers.js';
import { deskRoutes } from './routes/desk.js';
import { deskPageRoutes } from './routes/desk-page.js';
import type { Env } from './routes/env.js';
import { exportRoutes } from './routes/exports.js';
import { type Files, fileRoutes } from './routes/files.js';
import { idempotent } from './routes/idempotency.js';
import { limitRequests, noteCaller } from './routes/limits.js';
import { linkRoutes, productRoutes } from './routes/merchant.js';
import { type MetricsRoute, metricsRoutes } from './routes/metrics.js';
import { observe, type RequestLine } from './routes/observe.js';
import { operation } from './routes/operation.js';
import { pageRoutes } from './routes/pages.js';
import { previewRoutes } from './routes/previews.js';
import { onError, onNotFound } from './routes/problems.js';
import { promotionRoutes } from './routes/promotions.js';
import { providerRoutes } from './routes/providers.js';
import { publicRoutes } from './routes/public.js';
import { recordRoutes } from './routes/records.js';
import { reference } from './routes/reference.js';
import { refundRoutes } from './routes/refunds.js';
import { safeHeaders } from './routes/safe-headers.js';
import { sandboxRoutes } from './routes/sandbox.js';
import { settingsRoutes } from './routes/settings.js';
import { answerQuickly } from './routes/shown-link.js';
import { subscriptionPageRoutes } from './routes/subscription-page.js';
import { subscriptionRoutes } from './routes/subscriptions.js';
import { eventRoutes, webhookRoutes } from './routes/webhooks.js';
import { readNow } from './store/database.js';

export interface AppDeps extends Omit<Backend, keyof Store> {
  readonly store: Store;
  readonly files: Files;
  readonly callerOf: CallerOf;
  readonly log: (error: unknown, requestId: string) => void;
  readonly metrics?: MetricsRoute | undefined;
  readonly onRequest?: ((line: RequestLine) => void) | undefined;
}

export function createApp({
  store,
  files,
  callerOf,
  log,
  metrics,
  onRequest = () => {},
  ...rest
}: AppDeps): Hono<Env> {
  const backend: Backend = { ...store, ...rest };
  const sandbox = isSandbox(backend.provider) ? backend.provider : undefined;
  const app = new Hono<Env>();
  app.onError(onError({ publicUrl: rest.publicUrl, log }));
  app.notFound(onNotFound);
  app.use(requestId(), observe(onRequest), lastOfLine(backend), safeHeaders(rest.publicUrl));
  // Before anything that may refuse: a page has to be able to read the refusal.
  app.use('/v1/public/*', publicCors());
  app.use(noteCaller(callerOf));
  for (const path of ['/v1/public/*', '/v1/sandbox/*', '/p/*', '/c/*', '/s/*'])
    app.use(path, limitRequests(backend));
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
      others: {
        503: { summary: 'It is stopping, or its database does not answer.', answer: probeSchema() },
      },
      isPublic: true,
    }),
    async (c) => {
      if (backend.stopping.aborted) return c.json({ status: 'stopping' }, 503);
      const isThere = await Promise.race([readNow(backend.db), tooLong()]).catch(() => undefined);
      return isThere ? c.json({ status: 'ready' }) : c.json({ status: 'no database' }, 503);
    },
  );
  if (metrics) app.route('/', metricsRoutes(metrics));
  const document = openApi(app, backend.publicUrl);
  app.get('/openapi.json', async (c) => c.json(await document(c)));
  app.get('/reference', reference(backend.publicUrl, document));
  app.route('/', fileRoutes(backend, files));

  app.use('/v1/public/*', withoutKey(backend), idempotent());
  app.route('/v1/public', publicRoutes(backend));
  if (sandbox) {
    app.use('/v1/sandbox/*', withoutKey(backend));
    app.route('/v1/sandbox', sandboxRoutes(backend, sandbox));
  }
  const onRefused = tellRefused(backend.provider, (sentence) => log(sentence, ''));
  app.route('/v1/providers', providerRoutes(backend, onRefused));
  for (const prefix of ['/v1/public/*', '/v1/sandbox/*', '/v1/providers/*'])
    app.all(prefix, (c) => {
      throw new Problem('not_found', `There is no ${c.req.method} ${c.req.path}.`);
    });

  for (const path of ['/v1/payment-links/preview', '/v1/payment-links/:id/preview'])
    app.use(path, asMerchant(backend));
  app.route('/v1', previewRoutes());

  app.use('/v1/*', asMerchant(backend), idempotent(), async (c, next) => {
    await next();
    // Links show products and prices too: whatever the merchant has changed, buyers see it at once.
    if (c.req.method !== 'GET') backend.shownLinks.forgetAll();
  });
  app.route('/v1', productRoutes());
  app.route('/v1', linkRoutes());
  app.route('/v1', recordRoutes());
  app.route('/v1', subscriptionRoutes());
  app.route('/v1', refundRoutes());
  app.route('/v1', exportRoutes());
  app.route('/v1', buyerRoutes());
  app.route('/v1', webhookRoutes());
  app.route('/v1', eventRoutes());
  app.route('/v1', promotionRoutes());
  app.route('/v1', settingsRoutes());
  app.route('/v1', apiKeyRoutes());

  app.route('/', deskRoutes(backend));
  app.get('/', (c) => c.redirect('/dashboard'));
  app.route('/', deskPageRoutes(backend));
  app.route('/', pageRoutes(backend, sandbox));
  app.route('/', subscriptionPageRoutes(backend));
  answerQuickly(app, { backend, callerOf, tell: onRequest });
  return app;
}

/** A database that takes longer for the time of day is not one to send buyers to. */
const tooLong = () =>
  new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 3_000).unref());
