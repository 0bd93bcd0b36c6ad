/** The part of the API that a buyer's browser calls: no key, no cookie. */
import { Hono } from 'hono';
import {
  addressFormSchema,
  confirmRequestSchema,
  publicLinkSchema,
  selectionSchema,
  sessionRequestSchema,
  sessionSchema,
  totalsSchema,
} from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { addressForm } from '../domain/address-form.js';
import { quote } from '../domain/checkout.js';
import { openSession } from '../domain/opening.js';
import { cancelSession, confirm, extend, readSession } from '../domain/session-end.js';
import { publicSession } from '../domain/session-view.js';
import { namesVersion } from '../etag.js';
import { readJson } from './body.js';
import type { Env } from './env.js';
import { operation } from './operation.js';
import { sessionEvents } from './session-events.js';

/** A tag as Intl knows it; English where there is none. */
function localeOf(tag = 'en'): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

export function publicRoutes(backend: Backend): Hono<Env> {
  const routes = new Hono<Env>();
  const session = { answer: sessionSchema(), isPublic: true };

  routes.get(
    '/payment-links/:id',
    operation({ summary: 'Read a payment link', answer: publicLinkSchema(), isPublic: true }),
    async (c) => {
      const { text, etag } = await backend.shownLinks.read(c.req.param('id'));
      c.header('ETag', etag);
      c.header('Cache-Control', 'no-cache');
      if (namesVersion(c.req.header('if-none-match'), etag)) return c.body(null, 304);
      return c.body(text, 200, { 'content-type': 'application/json' });
    },
  );

  routes.get(
    '/address-form',
    operation({
      summary: 'How a country writes its addresses',
      answer: addressFormSchema(),
      query: ['country', 'locale'],
      isPublic: true,
    }),
    (c) => {
      c.header('Cache-Control', 'public, max-age=86400');
      return c.json(addressForm(c.req.query('country'), localeOf(c.req.query('locale'))));
    },
  );

  routes.post(
    '/payment-links/:id/quote',
    operation({
      summary: 'Price a selection',
      body: selectionSchema(),
      answer: totalsSchema(),
      isPublic: true,
    }),
    async (c) =>
      c.json(await quote(backend, c.req.param('id'), await readJson(c, selectionSchema()))),
  );

  routes.post(
    '/payment-links/:id/sessions',
    operation({
      ...session,
      summary: 'Open a checkout session',
      body: sessionRequestSchema(),
      status: 201,
    }),
    async (c) => {
      const request = await readJson(c, sessionRequestSchema());
      const from = { origin: c.req.header('origin'), wish: c.get('wish') };
      const opened = await openSession(backend, c.req.param('id'), request, from);
      return c.json(publicSession(backend, opened), 201);
    },
  );

  routes.get(
    '/checkout-sessions/:id',
    operation({ ...session, summary: 'Read a session' }),
    async (c) => {
      c.header('Cache-Control', 'no-store');
      return c.json(publicSession(backend, await readSession(backend, c.req.param('id'))));
    },
  );

  routes.get(
    '/checkout-sessions/:id/events',
    operation({ summary: 'Follow a session by server-sent events', isPublic: true }),
    (c) => sessionEvents(backend, c),
  );

  routes.post(
    '/checkout-sessions/:id/confirm',
    operation({ ...session, summary: 'Ask a phone to approve', body: confirmRequestSchema() }),
    async (c) => {
      const { phone } = await readJson(c, confirmRequestSchema());
      return c.json(
        publicSession(
          backend,
          await confirm(backend, c.req.param('id'), { phone, caller: c.get('caller') }),
        ),
      );
    },
  );

  routes.post(
    '/checkout-sessions/:id/extend',
    operation({ ...session, summary: 'Hold the place once more' }),
    async (c) => c.json(publicSession(backend, await extend(backend, c.req.param('id')))),
  );

  routes.post(
    '/checkout-sessions/:id/cancel',
    operation({ ...session, summary: 'Give the place back' }),
    async (c) => c.json(publicSession(backend, await cancelSession(backend, c.req.param('id')))),
  );

  return routes;
}
