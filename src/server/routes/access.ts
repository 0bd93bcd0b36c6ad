/** Who is calling, and what every answer carries. */
import { randomUUID } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { accountOfKey } from '../store/accounts.js';
import type { Env } from './env.js';

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

/** The account whose key the caller shows. Asked again by whoever answers for longer than a key may live. */
export async function accountOfCaller({ db }: Backend, c: Context<Env>) {
  const [, key] =
    /^Bearer (sk_[A-Za-z0-9_]{24,200})$/.exec(c.req.header('authorization') ?? '') ?? [];
  return key ? accountOfKey(db, key) : undefined;
}

/** Lets in who shows a valid key. @throws Problem `unauthorized`, `rate_limited` to who has guessed too often */
export const withKey =
  (backend: Backend): MiddlewareHandler<Env> =>
  async (c, next) => {
    const account = await accountOfCaller(backend, c);
    if (!account) {
      if (c.req.header('authorization')) await backend.limits.wrongKey(c.get('caller'));
      throw new Problem('unauthorized', 'Send a valid key: Authorization: Bearer sk_…');
    }
    c.set('backend', { ...backend, account });
    await next();
  };

export const withoutKey =
  (backend: Backend): MiddlewareHandler<Env> =>
  async (c, next) => {
    c.set('backend', backend);
    await next();
  };
