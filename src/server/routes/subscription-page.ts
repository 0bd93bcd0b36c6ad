/** The buyer's own page of a subscription. Its address is what lets them in: no key, no cookie. */
import { type Context, Hono } from 'hono';
import { type Id, Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { isByHand } from '../domain/after-sale.js';
import { subscriptionOfToken } from '../domain/buyer-page.js';
import { publicLink } from '../domain/link-view.js';
import { merchantName } from '../domain/merchant-name.js';
import { isPayable, payRenewal } from '../domain/renewal-session.js';
import { paymentView, publicSession, subscriptionView } from '../domain/session-view.js';
import {
  canBeEnded,
  cancelSubscription,
  readSubscription,
  resumeSubscription,
} from '../domain/subscription-end.js';
import { notFoundPage } from '../pages/simple-page.js';
import { type SubscriptionPageView, subscriptionPage } from '../pages/subscription-page.js';
import { type PageLocale, pageLocale } from '../pages/words.js';
import { readNow } from '../store/database.js';
import { findPublicLink, type LinkRecord } from '../store/payment-links.js';
import { listPaymentsOf } from '../store/subscriptions.js';
import type { Env } from './env.js';
import { pageHeaders } from './page-headers.js';

type Page = Context<Env>;

const mostPayments = 100;

const localeOf = (c: Page): PageLocale =>
  pageLocale(c.req.query('locale') ?? c.req.header('accept-language'));

const none = () => new Problem('not_found', 'Nobody has this page.');

export function subscriptionPageRoutes(backend: Backend): Hono<Env> {
  const routes = new Hono<Env>();
  const { publicUrl, db } = backend;

  /** @throws Problem `not_found` for a token that opens nothing */
  function asked(c: Page): Id<'subscription'> {
    const id = subscriptionOfToken(backend, c.req.param('token') ?? '');
    if (!id) throw none();
    return id;
  }

  async function show(c: Page, trouble: SubscriptionPageView['trouble'] = null) {
    const record = await readSubscription(backend, asked(c));
    const link = (await findPublicLink(db, record.paymentLinkId)) as LinkRecord;
    const payments = await listPaymentsOf(db, record.id, mostPayments);
    const page = subscriptionPage({
      subscription: subscriptionView(backend, record),
      payments: payments.map(paymentView),
      linkName: link.name,
      linkUrl: publicLink(backend, link).url,
      merchantName: link.merchantName,
      locale: localeOf(c),
      isLocaleAsked: c.req.query('locale') !== undefined,
      isPayable: isPayable(backend, record, await readNow(db)),
      isByHand: isByHand(backend, record),
      renewsItself: record.renewsItself,
      canEnd: canBeEnded(backend, record),
      retryAt: record.dueAt,
      isCanceling: c.req.query('cancel') === '1',
      trouble,
    });
    pageHeaders(c, publicUrl, {});
    c.header('Referrer-Policy', 'no-referrer');
    return c.html(page, trouble ? 409 : 200);
  }

  /** Shown again as it is now, so that loading it anew repeats nothing. */
  function shownAgain(c: Page) {
    c.header('Content-Security-Policy', "default-src 'none'");
    const asked = c.req.query('locale') === undefined ? '' : `?locale=${localeOf(c)}`;
    return c.redirect(`/s/${c.req.param('token')}${asked}`, 303);
  }

  routes.get('/s/:token', (c) => show(c));

  routes.post('/s/:token/cancel', async (c) => {
    try {
      await cancelSubscription(backend, asked(c), { at: 'period_end', reason: 'by_buyer' });
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'not_found') throw error;
      // Nobody but its provider can end it: the page says so.
      if (error.code !== 'conflict') return show(c, 'provider_away');
    }
    return shownAgain(c);
  });

  routes.post('/s/:token/resume', async (c) => {
    try {
      await resumeSubscription(backend, asked(c));
    } catch (error) {
      // It has ended meanwhile: the page says so.
      if (!(error instanceof Problem) || error.code !== 'conflict') throw error;
    }
    return shownAgain(c);
  });

  routes.post('/s/:token/pay', async (c) => {
    try {
      const session = await payRenewal(backend, asked(c), localeOf(c));
      // Of an old page: it is paid, or over.
      if (!session) return shownAgain(c);
      c.header('Content-Security-Policy', "default-src 'none'");
      return c.redirect(publicSession(backend, session).url, 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'not_found') throw error;
      return show(c, error.code === 'conflict' ? 'being_charged' : 'provider_away');
    }
  });

  routes.onError(async (error, c) => {
    if (!(error instanceof Problem) || error.code !== 'not_found') throw error;
    pageHeaders(c, publicUrl, {});
    return c.html(notFoundPage(localeOf(c), await merchantName(backend)), 404);
  });

  return routes;
}
