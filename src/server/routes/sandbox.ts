/** What the buttons of the sandbox's payment page do, for tests and for merchants who try things out. */
import { Hono } from 'hono';
import { sessionSchema } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { readSession } from '../domain/session-end.js';
import { publicSession } from '../domain/session-view.js';
import type { Sandbox } from '../provider/sandbox.js';
import { readJson } from './body.js';
import type { Env } from './env.js';
import { operation } from './operation.js';
import { playSchema, refundPlaySchema } from './sandbox-wishes.js';

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
      await sandbox.play(session.id, await readJson(c, playSchema()));
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
  return routes;
}
