/** How often one address may call the public part and buyers' pages. */
import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import type { Backend } from '../backend.js';
import type { CallerOf } from '../caller.js';
import type { Env } from './env.js';

export const forwardedFor = 'x-forwarded-for';

/** Of the other end, as Node's server has left it. */
export const addressOf = (env: unknown): string | undefined =>
  (env as Partial<HttpBindings> | undefined)?.incoming?.socket?.remoteAddress;

export const noteCaller =
  (callerOf: CallerOf): MiddlewareHandler<Env> =>
  async (c, next) => {
    c.set('caller', callerOf({ address: addressOf(c.env), forwarded: c.req.header(forwardedFor) }));
    await next();
  };

const opening = /^\/v1\/public\/payment-links\/[^/]+\/sessions$|^\/p\/[^/]+$/;

/** @throws Problem `rate_limited` */
export const limitRequests =
  ({ limits }: Backend): MiddlewareHandler<Env> =>
  async (c, next) => {
    const caller = c.get('caller');
    await limits.request(caller);
    if (c.req.method === 'POST' && opening.test(c.req.path)) await limits.opening(caller);
    await next();
    // The 404 alone becomes a refusal: others behind the same address ask for what is there.
    if (c.res.status === 404) await limits.unknownId(caller);
  };
