/** What the buttons of the sandbox's payment page do, for tests and for merchants who try things out. */
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { failureCodes, lazy, sessionSchema } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { attemptPayment, readSession } from '../domain/session-end.js';
import { publicSession } from '../domain/session-view.js';
import type { Play, Sandbox } from '../provider/sandbox.js';
import type { SessionRecord } from '../store/checkout-sessions.js';
import { readJson } from './body.js';
import type { Env } from './env.js';
import { operation } from './operation.js';

const playSchema = lazy(() =>
  z.strictObject({
    outcome: z.enum(['succeeded', 'declined', 'canceled', 'timed_out']),
    reason: z.optional(z.enum(failureCodes)),
    delayMs: z.optional(z.int().check(z.minimum(0), z.maximum(3_600_000))),
    duplicates: z.optional(z.int().check(z.minimum(0), z.maximum(20))),
  }),
);

const refundPlaySchema = lazy(() =>
  z.strictObject({
    outcome: z.enum(['succeeded', 'declined', 'pending', 'unreachable', 'answer_lost']),
    reason: z.optional(z.enum(failureCodes)),
  }),
);

/** As at a true provider, only so many attempts go through. @throws Problem `rate_limited` */
export async function playAttempt(
  backend: Backend,
  c: Context<Env>,
  sandbox: Sandbox,
  session: SessionRecord,
  wish: Play,
): Promise<void> {
  const attempt = () => sandbox.play(session.id, wish);
  if (wish.outcome === 'canceled' || session.status !== 'open') await attempt();
  else await attemptPayment(backend, session, c.get('caller'), attempt);
}

export function sandboxRoutes(backend: Backend, sandbox: Sandbox): Hono<Env> {
  const routes = new Hono<Env>();
  routes.post(
    '/checkout-sessions/:id',
    operation({
      summary: 'Play an outcome of the sandbox',
      body: playSchema(),
      answer: sessionSchema(),
      isPublic: true,
    }),
    async (c) => {
      const session = await readSession(backend, c.req.param('id'));
      const wish = await readJson(c, playSchema());
      await playAttempt(backend, c, sandbox, session, wish);
      return c.json(publicSession(backend, await readSession(backend, session.id)));
    },
  );
  routes.post(
    '/checkout-sessions/:id/refunds',
    operation({
      summary: 'Say how the next refunds of a session go',
      body: refundPlaySchema(),
      answer: sessionSchema(),
      isPublic: true,
    }),
    async (c) => {
      const session = await readSession(backend, c.req.param('id'));
      await sandbox.playRefund(session.id, await readJson(c, refundPlaySchema()));
      return c.json(publicSession(backend, session));
    },
  );
  return routes;
}
