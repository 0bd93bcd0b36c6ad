/** Who is calling, and what every answer carries. */
import { randomUUID } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { accountOfKey } from '../store/accounts.js';
import type { Env } from './env.js';

export const requestId = (): MiddlewareHandler<Env> => async (c, next) => {
  c.set('requestId', randomUUID());
  await next();
  c.header('X-Request-Id', c.get('requestId'));
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

/** Any page may call the public part; no cookie ever does. */
export const publicCors = (): MiddlewareHandler =>
  cors({
    origin: '*',
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['content-type', 'idempotency-key'],
    exposeHeaders: ['ETag', 'Retry-After'],
    maxAge: 86_400,
  });

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
