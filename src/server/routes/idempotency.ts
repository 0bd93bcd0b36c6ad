/** `Idempotency-Key` on every POST: one effect, and the same 2xx answer again for 24 h. */
import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Problem } from '../../contract/index.js';
import { step } from '../step.js';
import type { Env } from './env.js';

/** A secret is shown once: a replay shows that there was one. */
const masked = (body: string): string => body.replace(/"(whsec_|sk_)[A-Za-z0-9+/=_]+"/g, '"$1…"');

export const idempotent = (): MiddlewareHandler<Env> => async (c, next) => {
  const key = c.req.header('idempotency-key');
  if (c.req.method !== 'POST' || key === undefined) return next();
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new Problem('validation_failed', 'An idempotency key has 1 to 255 visible characters.', {
      errors: [
        { path: 'Idempotency-Key', code: 'invalid', message: '1 to 255 visible characters' },
      ],
    });
  const { keys, account } = c.get('backend');
  const scope = c.req.path.startsWith('/v1/public/') ? 'public' : account.id;
  const requestHash = createHash('sha256')
    .update(`${c.req.method} ${c.req.path}\n${await c.req.text()}`)
    .digest('hex');
  const known = await keys.claim({ scope, key, requestHash });
  switch (known.state) {
    case 'mismatch':
      throw new Problem('idempotency_mismatch', 'This key came with another request before.');
    case 'in_flight':
      throw new Problem('idempotency_in_flight', 'The first request of this key is under way.', {
        retryAfter: 1,
      });
    case 'done':
      return c.body(known.body, known.status as ContentfulStatusCode, {
        'content-type': 'application/json',
        'idempotent-replayed': 'true',
      });
    case 'new':
      step('key claimed');
      c.set('wish', known);
      await next();
  }
  // Whether it was done is not known: the key leads whoever asks again to what there is.
  if (c.res.status === 503) return;
  if (!c.res.ok) return keys.free({ scope, key });
  const body = masked(await c.res.clone().text());
  await keys.keep({ scope, key, status: c.res.status, body });
  step('answer kept');
};
