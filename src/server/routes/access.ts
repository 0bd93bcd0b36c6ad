/** Who is calling, and what every answer carries. */
import { randomUUID } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { workAtDesk } from '../domain/desk.js';
import { type Merchant, merchantAtDesk, merchantOfKey, noteKeyUse } from '../store/merchants.js';
import { deskToken, setDeskToken } from './desk-cookie.js';
import type { Env } from './env.js';
import { onlyFromOwnPages } from './own-pages.js';

export const newRequestId = (): string => randomUUID();

export const requestId = (): MiddlewareHandler<Env> => async (c, next) => {
  c.set('requestId', newRequestId());
  // Beforehand: a header set on an answer that stands makes another answer of it, and its body a stream.
  c.header('X-Request-Id', c.get('requestId'));
  await next();
};

/** Once the stop has begun, nobody is to send another request down the same line. */
export const lastOfLine =
  ({ stopping }: Backend): MiddlewareHandler<Env> =>
  async (c, next) => {
    await next();
    if (stopping.aborted) c.header('Connection', 'close');
  };

/** PostgreSQL keeps no NUL in a text, so nothing of ours is named by one. @throws Problem `not_found` */
export const plainPath = (): MiddlewareHandler<Env> => async (c, next) => {
  if (c.req.path.includes('%00') || c.req.path.includes('\0'))
    throw new Problem('not_found', 'There is nothing at this address.');
  await next();
};

const exposed = ['ETag', 'Retry-After'];

/** Any page may call the public part; no cookie ever does. */
export const publicHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': exposed.join(','),
};

export function publicCors(): MiddlewareHandler {
  const preflight = cors({
    origin: '*',
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['content-type', 'idempotency-key'],
    exposeHeaders: exposed,
    maxAge: 86_400,
  });
  return async (c, next) => {
    if (c.req.method === 'OPTIONS') return preflight(c, next);
    // The library would make an answer to put these on, and then another one of the true answer.
    for (const [name, value] of Object.entries(publicHeaders)) c.header(name, value);
    return next();
  };
}

/** Whether it has the look of one of ours. */
export const isKey = (text: string): boolean => /^sk_[A-Za-z0-9_]{24,200}$/.test(text);

/** How a caller shows who they are. A key that is shown counts alone, whatever the browser sends besides. */
type Shown = { readonly key: string } | { readonly desk: string } | undefined;

function shownBy(c: Context<Env>, publicUrl: string): Shown {
  const [, key] = /^Bearer +(.*)$/i.exec(c.req.header('authorization') ?? '') ?? [];
  if (key !== undefined) return { key };
  const desk = deskToken(c, publicUrl);
  return desk === undefined ? undefined : { desk };
}

const merchantOf = async ({ db }: Backend, shown: Shown): Promise<Merchant | undefined> => {
  if (!shown) return undefined;
  if ('desk' in shown) return merchantAtDesk(db, shown.desk);
  return isKey(shown.key) ? merchantOfKey(db, shown.key) : undefined;
};

/** As `merchantOf`; who works at a desk keeps it open. */
async function enter(backend: Backend, c: Context<Env>, shown: Shown) {
  if (!shown || 'key' in shown) return merchantOf(backend, shown);
  await onlyFromOwnPages(c, backend.publicUrl);
  // A proxy between knows an answer to a key for a private one, but not an answer to a cookie.
  c.header('Cache-Control', 'no-store');
  const merchant = await workAtDesk(backend, shown.desk);
  if (merchant?.isExtended) setDeskToken(c, backend.publicUrl, shown.desk);
  return merchant;
}

/**
 * Lets in who shows a valid key, or the cookie of a desk opened with one.
 * @throws Problem `unauthorized`, `cross_site`, `rate_limited` to who has guessed too often
 */
export const asMerchant = (backend: Backend): MiddlewareHandler<Env> => {
  const { db, publicUrl, limits } = backend;
  return async (c, next) => {
    const shown = shownBy(c, publicUrl);
    const merchant = await enter(backend, c, shown);
    if (!merchant) {
      if (c.req.header('authorization')) await limits.wrongKey(c.get('caller'));
      throw new Problem('unauthorized', 'Send a valid key: Authorization: Bearer sk_…');
    }
    // Beside the request, which need not wait for it; what is not noted now is with the next one.
    if (merchant.isUseToNote) noteKeyUse(db, merchant.apiKeyId).catch(() => {});
    c.set('backend', { ...backend, account: { id: merchant.accountId } });
    c.set('isStillIn', async () => (await merchantOf(backend, shown)) !== undefined);
    await next();
  };
};

export const withoutKey =
  (backend: Backend): MiddlewareHandler<Env> =>
  async (c, next) => {
    c.set('backend', backend);
    await next();
  };
