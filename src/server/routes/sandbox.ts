/** What the buttons of the sandbox's payment page do, for tests and for merchants who try things out. */
import { type Context, Hono } from 'hono';
import { sessionSchema } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { renewEarly } from '../domain/renewal.js';
import { attemptPayment, readSession } from '../domain/session-end.js';
import { publicSession } from '../domain/session-view.js';
import { readSubscription } from '../domain/subscription-end.js';
import type { Play, Sandbox } from '../provider/sandbox.js';
import type { SessionRecord } from '../store/checkout-sessions.js';
import { readJson } from './body.js';
import type { Env } from './env.js';
import { operation } from './operation.js';
import {
  playSchema,
  refundPlaySchema,
  renewalPlaySchema,
  renewedSchema,
} from './sandbox-wishes.js';

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
      id: 'playSandboxOutcome',
      summary: 'Play an outcome of the sandbox',
      description:
        'Does what the buttons of the payment page do, and answers after every event it caused was applied (with `delayMs`: at once).',
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
      id: 'playSandboxRefund',
      summary: 'Say how the next refunds of a session go',
      description: 'Holds for the refunds of this session until it is said otherwise.',
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
  routes.post(
    '/subscriptions/:id',
    operation({
      id: 'playSandboxRenewal',
      summary: 'Say how the next renewals go, or renew now',
      description:
        'With `renewNow` the next period is charged at once, and the answer shows what became of it.',
      body: renewalPlaySchema(),
      answer: renewedSchema(),
      isPublic: true,
    }),
    async (c) => {
      const { id, checkoutSessionId } = await readSubscription(backend, c.req.param('id'));
      const { outcome, reason, renewNow } = await readJson(c, renewalPlaySchema());
      if (outcome) await sandbox.playCharge(checkoutSessionId, { outcome, reason });
      if (renewNow) await renewEarly(backend, id);
      const { status, nextChargeAt } = await readSubscription(backend, id);
      return c.json({ id, status, nextChargeAt });
    },
  );
  return routes;
}
