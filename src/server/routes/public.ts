/** The part of the API that a buyer's browser calls: no key, no cookie. */
import { type Context, Hono } from 'hono';
import {
  addressFormSchema,
  confirmRequestSchema,
  type ProblemCode,
  publicLinkSchema,
  selectionSchema,
  sessionRequestSchema,
  sessionSchema,
  totalsSchema,
} from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { addressForm } from '../domain/address-form.js';
import { quote, showLink } from '../domain/checkout.js';
import { openSession } from '../domain/opening.js';
import { cancelSession, confirm, extend, readSession } from '../domain/session-end.js';
import { publicSession } from '../domain/session-view.js';
import { readJson } from './body.js';
import type { Env } from './env.js';
import { operation } from './operation.js';
import { sessionEvents } from './session-events.js';
import { shownAnswer } from './shown-link.js';

/** A tag as Intl knows it; English where there is none. */
function localeOf(tag = 'en'): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** Why an order cannot be had, or not so. */
const orderProblems: readonly ProblemCode[] = [
  'invalid_selection',
  'link_inactive',
  'link_expired',
  'link_exhausted',
  'temporarily_sold_out',
  'out_of_stock',
  'promotion_code_invalid',
  'promotion_code_expired',
  'promotion_code_used_up',
  'promotion_code_minimum_not_met',
  'promotion_code_not_first_purchase',
  'promotion_code_not_eligible',
  'promotion_code_currency_mismatch',
];

const campaign = {
  utm_source: 'The campaign that brought the buyer to the page, for the counting of visits.',
};

export function publicRoutes(backend: Backend): Hono<Env> {
  const routes = new Hono<Env>();
  const session = { answer: sessionSchema(), isPublic: true };
  const countTold = (c: Context<Env>, step: 'seen' | 'opened', linkId: string) =>
    backend.visits.told(step, linkId, c.req.header('origin'), c.req.query('utm_source'));

  routes.get(
    '/payment-links/:id',
    operation({
      id: 'readPublicPaymentLink',
      summary: 'Read a payment link',
      description:
        'What a checkout form shows, whatever the status: a link that takes no payments says only that. What is shown may be a second old; the session decides.',
      answer: publicLinkSchema(),
      isPublic: true,
      etag: 'ifNoneMatch',
      query: campaign,
    }),
    async (c) => {
      const shown = await showLink(backend, c.req.param('id'));
      const { status, body, headers } = shownAnswer(shown, c.req.header('if-none-match'));
      countTold(c, 'seen', shown.id);
      return c.newResponse(body, status, headers);
    },
  );

  routes.post(
    '/payment-links/:id/opened',
    operation({
      id: 'countOpenedForm',
      summary: 'Say that a form was opened',
      description:
        'For the counting of visits: the buyer opened the dialog of this link, or went into its form. It names no buyer, and nothing is counted where the merchant has switched that off.',
      status: 204,
      query: campaign,
      isPublic: true,
    }),
    async (c) => {
      const { id } = await showLink(backend, c.req.param('id'));
      countTold(c, 'opened', id);
      return c.body(null, 204);
    },
  );

  routes.get(
    '/address-form',
    operation({
      id: 'readAddressForm',
      summary: 'Read how a country writes its addresses',
      description:
        'The lines of an envelope with their labels, what is required, and every country there is.',
      answer: addressFormSchema(),
      query: {
        country: 'ISO 3166-1 alpha-2; the country of the locale where it is absent or unknown.',
        locale: 'The language of the labels, as BCP 47; English where it is absent or unknown.',
      },
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
      id: 'quotePaymentLink',
      summary: 'Price a selection',
      description: 'What the order would cost now; nothing is held or stored.',
      problems: orderProblems,
      body: selectionSchema(),
      answer: totalsSchema(),
      isPublic: true,
    }),
    async (c) => {
      const selection = await readJson(c, selectionSchema());
      return c.json(await quote(backend, c.req.param('id'), selection));
    },
  );

  routes.post(
    '/payment-links/:id/sessions',
    operation({
      ...session,
      id: 'openCheckoutSession',
      summary: 'Open a checkout session',
      description:
        'Prices the selection and holds the uses, the stock and the promotion code for the buyer until `expiresAt`. The buyer pays at `url`.',
      problems: [
        ...orderProblems,
        'origin_not_allowed',
        'price_changed',
        'conflict',
        'provider_unavailable',
      ],
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
    operation({
      ...session,
      id: 'readPublicCheckoutSession',
      summary: 'Read a checkout session',
      description: 'Where the checkout stands. A decline leaves it `open` with a `failure`.',
    }),
    async (c) => {
      c.header('Cache-Control', 'no-store');
      return c.json(publicSession(backend, await readSession(backend, c.req.param('id'))));
    },
  );

  routes.get(
    '/checkout-sessions/:id/events',
    operation({
      id: 'followCheckoutSession',
      summary: 'Follow a checkout session by server-sent events',
      description:
        'An event `session` at once and at every change, its data the session; a comment every 15 seconds. The stream ends at a final status, and who comes back after that is answered 204.',
      others: { 204: { summary: 'The session has ended: do not come back.' } },
      events: 'event: session\ndata: {"id":"cs_…","status":"complete"}\nid: 1904118300000\n\n',
      isPublic: true,
    }),
    (c) => sessionEvents(backend, c),
  );

  routes.post(
    '/checkout-sessions/:id/confirm',
    operation({
      ...session,
      id: 'confirmCheckoutSession',
      summary: 'Ask a phone to approve',
      description:
        'For mobile money: the provider asks the phone, and the session is `processing` until it has answered.',
      body: confirmRequestSchema(),
      problems: ['conflict'],
    }),
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
    operation({
      ...session,
      id: 'extendCheckoutSession',
      summary: 'Hold the place once more',
      description: 'Gives an open session as much time again, once.',
      problems: ['conflict'],
    }),
    async (c) => c.json(publicSession(backend, await extend(backend, c.req.param('id')))),
  );

  routes.post(
    '/checkout-sessions/:id/cancel',
    operation({
      ...session,
      id: 'cancelCheckoutSession',
      summary: 'Give the place back',
      description:
        'Ends an open session; what it held is free at once. To cancel it again changes nothing.',
      problems: ['provider_unavailable'],
    }),
    async (c) => c.json(publicSession(backend, await cancelSession(backend, c.req.param('id')))),
  );

  return routes;
}
