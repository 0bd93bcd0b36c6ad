/** `/metrics`, for whoever shows the operator's token; without one it is not there. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { Problem } from '../../contract/index.js';
import type { Env } from './env.js';

export interface MetricsRoute {
  readonly token: string;
  readonly read: () => Promise<{ readonly type: string; readonly text: string }>;
}

const digestOf = (text: string) => createHash('sha256').update(text).digest();

export function metricsRoutes({ token, read }: MetricsRoute): Hono<Env> {
  const expected = digestOf(`Bearer ${token}`);
  const isOperator = (c: Context<Env>) =>
    timingSafeEqual(digestOf(c.req.header('authorization') ?? ''), expected);
  const routes = new Hono<Env>();
  routes.get('/metrics', async (c) => {
    if (!isOperator(c))
      throw new Problem('unauthorized', 'Send the token: Authorization: Bearer …');
    const { type, text } = await read();
    c.header('Cache-Control', 'no-store');
    return c.body(text, 200, { 'content-type': type });
  });
  return routes;
}
