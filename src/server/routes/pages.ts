/** Our own pages for buyers: the link's page `/p/…` and the payment page `/c/…`. They work without JavaScript. */
import { type Context, Hono } from 'hono';
import {
  isOpenLink,
  type OpenLink,
  Problem,
  type PublicLink,
  referencePattern,
  type SessionRequest,
  sessionRequestSchema,
} from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { isByHand, readAfterSale } from '../domain/after-sale.js';
import { manageUrlAfter } from '../domain/buyer-page.js';
import { readLink } from '../domain/checkout.js';
import { originsOf } from '../domain/link-defaults.js';
import { publicLink } from '../domain/link-view.js';
import { merchantName } from '../domain/merchant-name.js';
import { openSession } from '../domain/opening.js';
import { readOnReturn } from '../domain/read-back.js';
import { cancelSession, confirm, readSession } from '../domain/session-end.js';
import { backUrlOf, publicSession } from '../domain/session-view.js';
import { isSoldHere } from '../domain/sold-here.js';
import { type HostedPageView, hostedPage } from '../pages/hosted-page.js';
import { type PaymentPageView, paymentPage } from '../pages/payment-page.js';
import { notFoundPage } from '../pages/simple-page.js';
import { formLocale, type PageLocale, pageLocale } from '../pages/words.js';
import type { Play, Sandbox } from '../provider/sandbox.js';
import type { SessionRecord } from '../store/checkout-sessions.js';
import { findReceipt } from '../store/mail.js';
import { findPublicLink, type LinkRecord } from '../store/payment-links.js';
import { parse } from './body.js';
import type { Env } from './env.js';
import { type PagePolicy, pageHeaders } from './page-headers.js';
import { playAttempt } from './sandbox.js';

type Page = Context<Env>;

const wantedOf = (c: Page, other?: string | null) =>
  c.req.query('locale') ?? other ?? c.req.header('accept-language');

/** The merchant's page is still there, around this one or behind it, and follows the payment itself. */
const openedInOf = (c: Page): PaymentPageView['openedIn'] =>
  (['embed', 'popup'] as const).find((name) => c.req.query(name) === '1') ?? null;

/** Without a say on frames: what it leads to has one. */
function away(c: Page, url: string, status: 302 | 303): Response {
  c.header('Content-Security-Policy', "default-src 'none'");
  return c.redirect(url, status);
}

/** A page that isolates itself asks the redirects inside its frames to agree as well. */
function agreeToFrames(c: Page, isFramed: boolean): void {
  if (isFramed) c.header('Cross-Origin-Resource-Policy', 'cross-origin');
}

/** The session's page in the same frame or window as before. */
function sameView(c: Page, id: string): Response {
  const openedIn = openedInOf(c);
  agreeToFrames(c, openedIn === 'embed');
  return away(c, `/c/${id}${openedIn ? `?${openedIn}=1` : ''}`, 303);
}

const localeOf = (c: Page, other?: string | null): PageLocale => pageLocale(wantedOf(c, other));

/** A closed link answers 410: it was here, and what it sold is not to be had. */
const statusOf = (link: PublicLink) => (isOpenLink(link) ? 200 : 410);

export function pageRoutes(backend: Backend, sandbox: Sandbox | undefined): Hono<Env> {
  const routes = new Hono<Env>();
  const { publicUrl } = backend;

  const send = (
    c: Page,
    body: Parameters<Page['html']>[0],
    status: 200 | 404 | 409 | 410 | 422 | 502,
    policy: PagePolicy = {},
  ) => {
    pageHeaders(c, publicUrl, policy);
    return c.html(body, status);
  };

  const sendNotFound = async (c: Page) =>
    send(c, notFoundPage(localeOf(c), await merchantName(backend)), 404);

  routes.get('/p/:id', async (c) => {
    const name = c.req.param('id');
    const record = await findPublicLink(backend.db, name);
    if (!record) return sendHosted(c, null, {});
    if (record.slug && name !== record.slug && name !== record.id) {
      agreeToFrames(c, c.req.query('embed') === '1');
      return away(c, `/p/${record.slug}${new URL(c.req.url).search}`, 302);
    }
    countVisit(c, record);
    return sendHosted(c, record, {});
  });

  /** A browser says that it goes somewhere; what only looks at an address, to show it in a message, does not. */
  function countVisit(c: Page, { id: linkId }: LinkRecord): void {
    if (c.req.header('sec-fetch-mode') !== 'navigate' || c.req.header('sec-purpose')) return;
    const source = c.req.query('utm_source');
    backend.visits.count('seen', { linkId, host: new URL(publicUrl).host, source });
  }

  async function sendHosted(
    c: Page,
    record: LinkRecord | null,
    view: Partial<Pick<HostedPageView, 'problem' | 'typed'>>,
    status?: 409 | 422,
  ) {
    const isEmbedded = c.req.query('embed') === '1';
    const link = record && publicLink(backend, record);
    const page = hostedPage({
      link,
      locale: localeOf(c, view.typed?.locale),
      formLocale: formLocale(wantedOf(c, view.typed?.locale)) ?? 'en',
      publicUrl,
      scriptSrc: '/pay-link.js',
      attributes: prefillOf(c),
      isEmbedded,
      problem: null,
      typed: {},
      merchantName: record?.merchantName ?? (await merchantName(backend)),
      ...view,
    });
    const policy = isEmbedded ? { frameAncestors: '*', isFramed: true } : {};
    return send(c, page, status ?? (link ? statusOf(link) : 404), policy);
  }

  routes.post('/p/:id', async (c) => {
    const record = await findPublicLink(backend.db, c.req.param('id'));
    const link = record && publicLink(backend, record);
    if (!record || !link || !isOpenLink(link)) return sendHosted(c, record ?? null, {});
    const typed = textFields(await c.req.parseBody());
    try {
      const request = parse(sessionRequestSchema(), requestOf(link, typed));
      const session = await openSession(backend, link.id, request, { origin: publicUrl });
      return away(c, publicSession(backend, session).url, 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const isTheirs = ['invalid_selection', 'validation_failed'].includes(error.code);
      const status = isTheirs ? 422 : 409;
      // Read again: what refused the buyer (sold out, expired) is what the page should now show.
      const now = await readLink(backend, link.id);
      return sendHosted(c, now, { problem: problemOf(error), typed }, status);
    }
  });

  routes.get('/c/:id', (c) => showSession(c));

  type Trouble = Partial<Pick<PaymentPageView, 'phone' | 'isNotCanceled'>>;

  async function showSession(c: Page, trouble: Trouble = {}) {
    const known = await readSession(backend, c.req.param('id') ?? '');
    const session = trouble.isNotCanceled ? known : await readOnReturn(backend, known);
    const shown = publicSession(backend, session);
    const openedIn = openedInOf(c);
    if (shown.status === 'complete' && shown.successUrl && !openedIn && !c.req.query('receipt'))
      return away(c, shown.successUrl, 303);
    const record = (await findPublicLink(backend.db, session.paymentLinkId)) as LinkRecord;
    const link = publicLink(backend, record);
    const { subscription, givenBack } = await readAfterSale(backend, session);
    const isWaiting = shown.status === 'processing' && session.providerRef !== null;
    const approval = isWaiting
      ? await backend.provider.pendingApproval?.(session.providerRef as string)
      : null;
    const page = paymentPage({
      place: placeOf(backend, session),
      session: shown,
      linkName: record.name,
      linkUrl: link.url,
      imageUrl: record.imageUrl,
      merchantName: record.merchantName,
      locale: localeOf(c, session.locale),
      backUrl:
        shown.status === 'complete'
          ? (session.returnUrl ?? backUrlOf(session))
          : backUrlOf(session),
      approval: approval ? { phone: maskedPhone(approval.phone), until: approval.until } : null,
      phone: null,
      isNotCanceled: false,
      subscription: subscription
        ? { ...subscription, isByHand: isByHand(backend, subscription) }
        : null,
      givenBack,
      manageUrl: manageUrlAfter(backend, session),
      isRenewal: session.renewalOf !== null,
      reference: session.reference,
      completedAt: session.completedAt ?? session.updatedAt,
      receipt: await receiptOf(backend, session),
      openedIn,
      openedBy: session.returnUrl && new URL(session.returnUrl).origin,
      isToPrint: c.req.query('receipt') === '1',
      now: session.now,
      ...trouble,
    });
    const status = trouble.phone?.isFaulty ? 422 : trouble.isNotCanceled ? 502 : 200;
    return send(c, page, status, {
      frameAncestors: originsOf(record)?.join(' ') || "'none'",
      formTargets: [shown.successUrl, session.cancelUrl, session.returnUrl],
      isFramed: openedIn === 'embed',
    });
  }

  routes.post('/c/:id/cancel', async (c) => {
    try {
      return await cancel(c, c.req.param('id'));
    } catch (error) {
      const isAway = error instanceof Problem && error.code === 'provider_unavailable';
      if (isAway) return showSession(c, { isNotCanceled: true });
      throw error;
    }
  });

  async function cancel(c: Page, id: string): Promise<Response> {
    const session = await cancelSession(backend, id);
    const back = session.status === 'canceled' && !openedInOf(c) ? backUrlOf(session) : null;
    return back ? away(c, back, 303) : sameView(c, session.id);
  }

  if (sandbox) {
    routes.post('/c/:id/outcome', async (c) => {
      const { outcome } = textFields(await c.req.parseBody());
      const session = await readSession(backend, c.req.param('id'));
      if (outcome === 'canceled') return cancel(c, session.id);
      const play = { succeeded: 'succeeded', declined: 'declined' }[outcome ?? ''];
      if (play && session.status === 'open')
        await playAttempt(backend, c, sandbox, session, { outcome: play as Play['outcome'] });
      return sameView(c, session.id);
    });

    routes.post('/c/:id/mobile-money', async (c) => {
      const { phone = '' } = textFields(await c.req.parseBody());
      const id = c.req.param('id');
      try {
        await confirm(backend, id, { phone, caller: c.get('caller') });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (error.code === 'validation_failed')
          return showSession(c, { phone: { value: phone, isFaulty: true } });
        if (error.code !== 'conflict') throw error;
      }
      return sameView(c, id);
    });
  }

  routes.onError((error, c) => {
    if (error instanceof Problem && error.code === 'session_not_found') return sendNotFound(c);
    throw error;
  });

  return routes;
}

/** A form's text without what no database keeps: NUL, and the half of a character the cut leaves. */
const keepable = (text: string): string => text.slice(0, 500).replace(/\0|\p{Surrogate}/gu, '');

const textFields = (form: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, keepable(value)]] : [],
    ),
  );

/** The plain form offers a fixed amount, or one item without a choice. */
function requestOf(link: OpenLink, typed: Record<string, string>): SessionRequest {
  const { email, name, phone, quantity, reference, locale } = typed;
  const item = link.type === 'amount' ? undefined : link.items[0];
  const count = Number(quantity ?? Math.max(1, item?.quantity ?? 1));
  return {
    ...(item && {
      items: [{ itemId: item.id, quantity: Number.isSafeInteger(count) && count > 0 ? count : 1 }],
    }),
    customer: { ...(email && { email }), ...(name && { name }), ...(phone && { phone }) },
    ...(reference && referencePattern.test(reference) && { reference }),
    ...(locale && { locale }),
  };
}

function problemOf({ message, errors = [] }: Problem): HostedPageView['problem'] {
  const fields = errors.map(({ path, message: text }) => [path.split('.').pop() ?? path, text]);
  return { message, fields: Object.fromEntries(fields) };
}

const prefillNames = ['email', 'name', 'phone', 'amount', 'quantity', 'promotion_code'] as const;

/** Query parameters become attributes of the element; it checks them as it checks a merchant's. */
function prefillOf(c: Page): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const name of prefillNames) {
    const value = c.req.query(`prefill_${name}`);
    if (value !== undefined) attributes[`prefill-${name.replace('_', '-')}`] = value.slice(0, 254);
  }
  const reference = c.req.query('reference');
  if (reference && referencePattern.test(reference)) attributes.reference = reference;
  return attributes;
}

function placeOf(backend: Backend, session: SessionRecord): PaymentPageView['place'] {
  if (!isSoldHere(backend, session)) return { at: 'nowhere' };
  if (backend.provider.paysOnOurPage) return { at: 'here' };
  return session.url ? { at: 'provider', address: session.url } : { at: 'preparing' };
}

async function receiptOf(
  { db, sendsReceipts = false }: Backend,
  { id, status, customer }: SessionRecord,
): Promise<PaymentPageView['receipt']> {
  if (!sendsReceipts || status !== 'complete' || !customer.email) return null;
  const state = await findReceipt(db, id);
  return state ? { state, to: maskedEmail(customer.email) } : null;
}

/** The page is for whoever has its address: the first letter and the domain tell its owner enough. */
const maskedEmail = (email: string): string => email.replace(/^(.).*(@[^@]*)$/su, '$1•••$2');

/** Enough for its owner to know it, not for anybody who looks over a shoulder. */
const maskedPhone = (phone: string): string => {
  const digits = phone.replace(/\D/g, '');
  return `••• ${digits.slice(-2).padStart(2, '•')}`;
};
