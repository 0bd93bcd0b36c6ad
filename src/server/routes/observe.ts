/** What is told of every request when it has been answered, for the log and for metrics. */
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Env } from './env.js';

export interface RequestLine {
  readonly requestId: string;
  readonly method: string;
  /** Its pattern: a path holds ids by which a payment can be seen. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

export const observe =
  (tell: (line: RequestLine) => void): MiddlewareHandler<Env> =>
  async (c, next) => {
    const start = performance.now();
    await next();
    const ms = Math.round(performance.now() - start);
    const { status } = c.res;
    const { method } = c.req;
    tell({ requestId: c.get('requestId'), method, route: routeOf(c), status, ms });
  };

/** Middleware stands on patterns with a star, and so does what answers that there is nothing. */
const routeOf = (c: Context): string =>
  matchedRoutes(c).find(({ path }) => !path.includes('*'))?.path ?? 'none';
