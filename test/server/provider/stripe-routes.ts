/** Stripe's API, as much of it as is called. It refuses what Stripe refuses. */
import type { Context, Hono } from 'hono';
import qs from 'qs';
import { invoiceTotal } from './stripe-billing.js';
import { type Book, seconds, type Wire } from './stripe-book.js';
import { faultOf } from './stripe-shape.js';

const refused = (c: Context, message: string, more: object = {}) =>
  c.json({ error: { type: 'invalid_request_error', message, ...more } }, 400);

const missing = (c: Context) => refused(c, 'No such object.', { code: 'resource_missing' });

const list = (c: Context, data: Wire[]) =>
  c.json({ object: 'list', has_more: false, url: c.req.path, data });

const paramsOf = async (c: Context): Promise<Wire> =>
  qs.parse(await c.req.text(), { depth: 10, allowDots: false, arrayLimit: 100 });

/** The same key answers the same again; with other parameters it is refused. */
function createOnce() {
  const answered = new Map<string, { text: string; body: Wire }>();
  return (work: (c: Context, params: Wire) => Response) => async (c: Context) => {
    const text = await c.req.text();
    const key = c.req.header('idempotency-key');
    if (!key) return refused(c, 'The stand-in wants an idempotency key for everything it makes.');
    const before = answered.get(key);
    if (before && before.text !== text)
      return c.json({ error: { type: 'idempotency_error', message: 'other parameters' } }, 400);
    if (before) return c.json(before.body);
    const response = work(c, await paramsOf(c));
    if (response.ok) answered.set(key, { text, body: await response.clone().json() });
    return response;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the server binds is not read here.
export function addRoutes(app: Hono<any>, book: Book): void {
  const once = createOnce();
  checkoutRoutes(app, book, once);
  moneyRoutes(app, book, once);
  subscriptionRoutes(app, book);
}

type Once = ReturnType<typeof createOnce>;
// biome-ignore lint/suspicious/noExplicitAny: as above.
type App = Hono<any>;

function checkoutRoutes(app: App, { sessions, coupons, newId }: Book, once: Once): void {
  app.post(
    '/v1/products',
    once((c, params) => c.json({ id: newId('prod'), object: 'product', ...params })),
  );
  app.post(
    '/v1/coupons',
    once((c, params) => {
      if (!(Number(params.amount_off) > 0)) return refused(c, 'amount_off must be positive.');
      const isRepeating = params.duration === 'repeating';
      if (isRepeating !== (params.duration_in_months !== undefined))
        return refused(c, 'duration_in_months is for repeating.');
      const coupon = { id: newId('co'), object: 'coupon', ...params };
      coupons.set(coupon.id, coupon);
      return c.json(coupon);
    }),
  );
  app.post(
    '/v1/checkout/sessions',
    once((c, params) => {
      const fault = faultOf(params, seconds());
      if (fault) return refused(c, fault);
      const [line] = Object.values<Wire>(params.line_items);
      const coupon = coupons.get(params.discounts?.[0]?.coupon);
      const id = newId('cs_test');
      const session = {
        ...{ id, object: 'checkout.session', livemode: false, mode: params.mode },
        ...{ status: 'open', payment_status: 'unpaid', payment_intent: null },
        ...{ invoice: null, subscription: null, metadata: params.metadata },
        client_reference_id: params.client_reference_id,
        amount_total: invoiceTotal(params, seconds(), 0, coupon),
        currency: line.price_data.currency,
        expires_at: Number(params.expires_at),
        url: `https://checkout.stripe.test/${id}`,
        asked: params,
      };
      sessions.set(id, session);
      return c.json(session);
    }),
  );
  app.get('/v1/checkout/sessions/:id', (c) => {
    const session = sessions.get(c.req.param('id'));
    return session ? c.json(session) : missing(c);
  });
  app.post('/v1/checkout/sessions/:id/expire', (c) => {
    const session = sessions.get(c.req.param('id'));
    if (session?.status !== 'open') return refused(c, 'Only open sessions can be expired.');
    session.status = 'expired';
    return c.json(session);
  });
}

function moneyRoutes(app: App, book: Book, once: Once): void {
  const { intents, invoices, disputes, refunds, newId } = book;
  app.get('/v1/refunds', (c) =>
    list(
      c,
      refunds.filter(({ payment_intent: of }) => of === c.req.query('payment_intent')),
    ),
  );
  app.post(
    '/v1/refunds',
    once((c, params) => {
      const intent = intents.get(params.payment_intent);
      if (!intent) return missing(c);
      const done = refunds.filter(({ payment_intent: of }) => of === params.payment_intent);
      const left = (intent.amount ?? 0) - done.reduce((sum, { amount }) => sum + amount, 0);
      if (Number(params.amount) > left)
        return refused(c, 'More than is left.', { code: 'charge_already_refunded' });
      const refund = {
        ...{ id: newId('re'), object: 'refund', status: 'succeeded', ...params },
        amount: Number(params.amount),
      };
      refunds.push(refund);
      return c.json(refund);
    }),
  );
  app.get('/v1/payment_intents/:id', (c) => {
    const intent = intents.get(c.req.param('id'));
    return intent ? c.json(intent) : missing(c);
  });
  app.get('/v1/disputes/:id', (c) => {
    const dispute = disputes.get(c.req.param('id'));
    return dispute ? c.json(dispute) : missing(c);
  });
  app.get('/v1/invoice_payments', (c) => {
    const { invoice, status, payment, expand }: Wire = qs.parse(new URL(c.req.url).search.slice(1));
    const isExpanded = Object.values(expand ?? {}).includes('data.invoice');
    const found = [...invoices.values()].filter(
      ({ shown, intent }) =>
        intent &&
        (invoice === undefined || shown.id === invoice) &&
        (status === undefined || shown.status === status) &&
        (payment === undefined || payment.payment_intent === intent),
    );
    return list(
      c,
      found.map(({ shown, intent }) => ({
        ...{ id: `inpay_${shown.id}`, object: 'invoice_payment', is_default: true },
        ...{ status: shown.status, invoice: isExpanded ? shown : shown.id },
        payment: { type: 'payment_intent', payment_intent: intent },
      })),
    );
  });
}

function subscriptionRoutes(app: App, { subscriptions }: Book): void {
  const find = (c: Context) => subscriptions.get(c.req.param('id') ?? '')?.shown;
  app.get('/v1/subscriptions/:id', (c) => {
    const shown = find(c);
    return shown ? c.json(shown) : missing(c);
  });
  app.post('/v1/subscriptions/:id', async (c) => {
    const shown = find(c);
    if (!shown) return missing(c);
    if (shown.status === 'canceled')
      return refused(c, 'A canceled subscription can only update its metadata.');
    const { cancel_at_period_end: isEnding, ...strange } = await paramsOf(c);
    if (Object.keys(strange).length) return refused(c, 'Not known here.');
    return c.json(Object.assign(shown, { cancel_at_period_end: isEnding === 'true' }));
  });
  app.delete('/v1/subscriptions/:id', async (c) => {
    const shown = find(c);
    // One that was canceled is not found any more.
    if (!shown || shown.status === 'canceled') return missing(c);
    const { prorate, invoice_now: bills }: Wire = {
      ...qs.parse(new URL(c.req.url).search.slice(1)),
      ...(await paramsOf(c)),
    };
    if (prorate === 'true' || bills === 'true') return refused(c, 'Nothing is to be given back.');
    return c.json(
      Object.assign(shown, {
        status: 'canceled',
        cancellation_details: { reason: 'cancellation_requested', comment: null, feedback: null },
      }),
    );
  });
}
