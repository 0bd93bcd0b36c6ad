/**
 * Stripe's far side, as much of it as is called: its documented answers, idempotency keys, and its faults. It refuses
 * what Stripe refuses, so that a request of ours which Stripe would not take fails here too.
 */
import type { Context } from 'hono';
import qs from 'qs';
import Stripe from 'stripe';
import { createStripe } from '../../../src/server/provider/stripe/stripe.js';
import type { FarSide, Fault, Message, Payment } from './far-side.js';
import { createFaults, listen, newApp } from './stand-in.js';

const secretKey = 'sk_test_standin0000000000000000';
const webhookSecret = 'whsec_standin';

// biome-ignore lint/suspicious/noExplicitAny: as it comes over the wire.
type Wire = any;

export interface StripeFarSide extends FarSide {
  readonly sessions: ReadonlyMap<string, Wire>;
  readonly refunds: readonly Wire[];
  meetRefund(...faults: Fault[]): void;
  /** Declined with this code. */
  declineWith(ref: string, declineCode: string): Message;
  /** What was complete and under way comes to nothing, and no message says so. */
  failDebit(ref: string): void;
  /** As Stripe sends what has happened, changed by `more`. */
  told(ref: string, more: Wire): Message;
}

const refused = (c: Context, message: string, more: object = {}) =>
  c.json({ error: { type: 'invalid_request_error', message, ...more } }, 400);

export async function startStripe(): Promise<StripeFarSide> {
  const sessions = new Map<string, Wire>();
  const coupons = new Map<string, Wire>();
  const refunds: Wire[] = [];
  const faults = createFaults();
  const answered = new Map<string, { params: string; body: Wire }>();
  let count = 0;
  const newId = (prefix: string) => `${prefix}_${String(++count).padStart(6, '0')}`;
  const seconds = () => Math.floor(Date.now() / 1_000);
  const app = newApp();

  app.use(faults.middleware, async (c, next) =>
    c.req.header('authorization') === `Bearer ${secretKey}`
      ? next()
      : c.json({ error: { type: 'invalid_request_error', message: 'No such key.' } }, 401),
  );

  /** The same key answers the same again; with other parameters it is refused. */
  const once =
    (work: (c: Context, params: Wire) => Promise<Response> | Response) => async (c: Context) => {
      const text = await c.req.text();
      const params = qs.parse(text, { depth: 10, allowDots: false, arrayLimit: 100 });
      const key = c.req.header('idempotency-key');
      if (!key) return refused(c, 'The stand-in wants an idempotency key for everything it makes.');
      const before = answered.get(key);
      if (before && before.params !== text)
        return c.json({ error: { type: 'idempotency_error', message: 'other parameters' } }, 400);
      if (before) return c.json(before.body);
      const response = await work(c, params);
      if (response.ok) answered.set(key, { params: text, body: await response.clone().json() });
      return response;
    };

  function faultOf(params: Wire): string | undefined {
    const lives = Number(params.expires_at) - seconds();
    if (lives < 30 * 60 || lives > 24 * 60 * 60) return 'expires_at must be in 30 min to 24 h.';
    if (!/^https?:/.test(params.success_url)) return 'success_url must be a URL.';
    if (params.mode !== 'payment') return 'mode';
    for (const { price_data: price, quantity } of Object.values<Wire>(params.line_items)) {
      if (!/^[a-z]{3}$/.test(price.currency)) return 'currency must be in lower case.';
      if (!/^\d+$/.test(price.unit_amount) || !(Number(quantity) > 0)) return 'Invalid integer.';
      if (!price.product_data.name) return 'name';
      if (/^(isk|ugx)$/.test(price.currency) && Number(price.unit_amount) % 100)
        return 'Fractions of it are not taken.';
    }
    return undefined;
  }

  app.post(
    '/v1/coupons',
    once((c, params) => {
      const coupon = { id: newId('co'), object: 'coupon', ...params };
      coupons.set(coupon.id, coupon);
      return c.json(coupon);
    }),
  );

  app.post(
    '/v1/checkout/sessions',
    once((c, params) => {
      const fault = faultOf(params);
      if (fault) return refused(c, fault);
      const lines = Object.values<Wire>(params.line_items);
      const off = coupons.get(params.discounts?.[0]?.coupon)?.amount_off ?? 0;
      const id = newId('cs_test');
      const session = {
        id,
        object: 'checkout.session',
        livemode: false,
        status: 'open',
        payment_status: 'unpaid',
        client_reference_id: params.client_reference_id,
        amount_total:
          lines.reduce((sum, one) => sum + one.quantity * one.price_data.unit_amount, 0) -
          Number(off),
        currency: lines[0].price_data.currency,
        expires_at: Number(params.expires_at),
        metadata: params.metadata,
        payment_intent: null,
        url: `https://checkout.stripe.test/${id}`,
        asked: params,
      };
      sessions.set(id, session);
      return c.json(session);
    }),
  );
  app.get('/v1/checkout/sessions/:id', (c) => {
    const session = sessions.get(c.req.param('id'));
    const isExpanded = c.req.query('expand[0]') === 'payment_intent';
    const intent = session?.payment_intent;
    const shown = isExpanded && intent ? { id: intent, status: session.intent_status } : intent;
    return session
      ? c.json({ ...session, payment_intent: shown ?? null })
      : refused(c, 'No such session.', { code: 'resource_missing' });
  });
  app.post('/v1/checkout/sessions/:id/expire', (c) => {
    const session = sessions.get(c.req.param('id'));
    if (session?.status !== 'open') return refused(c, 'Only open sessions can be expired.');
    session.status = 'expired';
    return c.json(session);
  });
  app.get('/v1/refunds', (c) =>
    c.json({
      object: 'list',
      has_more: false,
      url: '/v1/refunds',
      data: refunds.filter(({ payment_intent: of }) => of === c.req.query('payment_intent')),
    }),
  );
  app.post(
    '/v1/refunds',
    once((c, params) => {
      const paid = [...sessions.values()].find(
        ({ payment_intent: of }) => of === params.payment_intent,
      );
      if (!paid) return refused(c, 'No such payment_intent.', { code: 'resource_missing' });
      const done = refunds.filter(({ payment_intent: of }) => of === params.payment_intent);
      const left = paid.amount_total - done.reduce((sum, { amount }) => sum + amount, 0);
      if (Number(params.amount) > left)
        return refused(c, 'More than is left.', { code: 'charge_already_refunded' });
      const refund = {
        id: newId('re'),
        object: 'refund',
        status: 'succeeded',
        ...params,
        amount: Number(params.amount),
      };
      refunds.push(refund);
      return c.json(refund);
    }),
  );

  const eventOf = (type: string, object: Wire) => ({
    id: newId('evt'),
    object: 'event',
    type,
    livemode: false,
    created: seconds(),
    data: { object: structuredClone(object) },
  });
  const stripe = new Stripe(secretKey);
  const { url, close } = await listen(app);

  function message(event: Wire, at = seconds()): Message {
    const body = JSON.stringify(event);
    const signed = { payload: body, secret: webhookSecret, timestamp: at };
    return {
      body,
      headers: { 'stripe-signature': stripe.webhooks.generateTestHeaderString(signed) },
    };
  }

  const completed = (session: Wire) => eventOf('checkout.session.completed', session);

  function declineWith(ref: string, declineCode: string): Message {
    const session = sessions.get(ref);
    session.payment_intent ??= newId('pi');
    const intent = {
      id: session.payment_intent,
      object: 'payment_intent',
      amount: session.amount_total,
      currency: session.currency,
      latest_charge: newId('ch'),
      metadata: session.asked.payment_intent_data.metadata,
      last_payment_error: {
        type: 'card_error',
        code: 'card_declined',
        decline_code: declineCode,
        payment_method: { type: 'card' },
      },
    };
    return message(eventOf('payment_intent.payment_failed', intent));
  }

  return {
    provider: createStripe({ secretKey, webhookSecret, apiUrl: url }),
    environment: {
      PROVIDER: 'stripe',
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      STRIPE_API_URL: url,
    },
    ...{ sessions, refunds, close, declineWith },
    ...{ meetAlways: faults.meetAlways, reads: faults.reads },
    count: () => sessions.size,
    amountOf: (ref) => sessions.get(ref).amount_total,
    statusOf: (ref) => sessions.get(ref).status,
    expire(ref) {
      sessions.get(ref).status = 'expired';
    },
    pay(ref, { amount, currency, at }: Payment = {}) {
      const session = sessions.get(ref);
      Object.assign(session, {
        status: 'complete',
        payment_status: 'paid',
        payment_intent: session.payment_intent ?? newId('pi'),
        intent_status: 'succeeded',
        ...(amount !== undefined && { amount_total: amount }),
        ...(currency && { currency: currency.toLowerCase() }),
      });
      return message(completed(session), at);
    },
    delay(ref) {
      const session = sessions.get(ref);
      Object.assign(session, {
        ...{ status: 'complete', payment_status: 'unpaid' },
        ...{ payment_intent: newId('pi'), intent_status: 'processing' },
      });
      return message(completed(session));
    },
    failDebit(ref) {
      sessions.get(ref).intent_status = 'requires_payment_method';
    },
    decline: (ref) => declineWith(ref, 'insufficient_funds'),
    unknown: () =>
      message(
        completed({
          ...{ id: 'cs_test_x', object: 'checkout.session', status: 'complete' },
          ...{ payment_status: 'paid', payment_intent: 'pi_x', amount_total: 1, currency: 'eur' },
          client_reference_id: `cs_${'0'.repeat(24)}`,
        }),
      ),
    told: (ref, { livemode = false, ...more }) =>
      message({ ...completed({ ...sessions.get(ref), ...more }), livemode }),
    meet: (...met) => faults.meet('POST /v1/checkout/sessions', met),
    meetRefund: (...met) => faults.meet('POST /v1/refunds', met),
  };
}
