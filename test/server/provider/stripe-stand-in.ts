/** Stripe's far side: its API, its idempotency keys, its faults, and what it tells. */
import Stripe from 'stripe';
import type { Provider } from '../../../src/server/provider/provider.js';
import { createStripe } from '../../../src/server/provider/stripe/stripe.js';
import type { AfarSide, Fault, Message, Payment } from './far-side.js';
import { createFaults, listen, newApp, patienceMs } from './stand-in.js';
import { type Book, createBook, seconds, type Wire } from './stripe-book.js';
import { addRoutes } from './stripe-routes.js';

const secretKey = 'sk_test_standin0000000000000000';
const webhookSecret = 'whsec_standin';

export interface StripeFarSide extends AfarSide {
  readonly provider: Provider;
  pay(ref: string, payment?: Payment): Message;
  /** @param call `GET /v1/things/1` */
  meetCall(call: string, ...faults: Fault[]): void;
  readonly book: Book;
  readonly sessions: Book['sessions'];
  readonly refunds: Book['refunds'];
  meetRefund(...faults: Fault[]): void;
  /** Declined with this code. */
  declineWith(ref: string, declineCode: string): Message;
  /** As Stripe sends what has happened, changed by `more`. */
  told(ref: string, more: Wire): Message;
  /** A debit that was begun, and did not come. */
  failDebit(ref: string): Message;
  renew(ref: string): Message;
  failRenewal(ref: string): Message;
  /** Whether it is to end with its period: as the merchant says there. */
  planEnd(ref: string, at: number | null): Message;
  endSubscription(ref: string, reason: Stripe.Subscription.CancellationDetails.Reason): Message;
  /** Told of an object as it is by now. */
  tellOf(type: string, object: Wire, more?: object): Message;
}

export async function startStripe(): Promise<StripeFarSide> {
  const book = createBook();
  const { sessions, refunds, newId } = book;
  const faults = createFaults();
  const app = newApp();
  app.use(faults.middleware, async (c, next) =>
    c.req.header('authorization') === `Bearer ${secretKey}`
      ? next()
      : c.json({ error: { type: 'invalid_request_error', message: 'No such key.' } }, 401),
  );
  addRoutes(app, book);
  const stripe = new Stripe(secretKey);
  const { url, close } = await listen(app);

  const eventOf = (type: string, object: Wire, more: object = {}) => ({
    ...{ id: newId('evt'), object: 'event', type, livemode: false, created: seconds() },
    api_version: Stripe.API_VERSION,
    data: { object: structuredClone(object) },
    ...more,
  });

  function message(event: Wire, at = seconds()): Message {
    const body = JSON.stringify(event);
    const signed = { payload: body, secret: webhookSecret, timestamp: at };
    return {
      body,
      headers: { 'stripe-signature': stripe.webhooks.generateTestHeaderString(signed) },
    };
  }

  const completed = (session: Wire) => eventOf('checkout.session.completed', session);
  const tellOf: StripeFarSide['tellOf'] = (type, object, more) =>
    message(eventOf(type, object, more));

  function declineWith(ref: string, declineCode: string): Message {
    const session = sessions.get(ref);
    const intent = {
      ...{ ...book.intentOf(session), latest_charge: newId('ch') },
      last_payment_error: {
        type: 'card_error',
        code: 'card_declined',
        decline_code: declineCode,
        payment_method: { type: 'card' },
      },
    };
    return tellOf('payment_intent.payment_failed', intent);
  }

  return {
    provider: createStripe({ secretKey, webhookSecret, apiUrl: url, timeout: patienceMs }),
    environment: {
      PROVIDER: 'stripe',
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      STRIPE_API_URL: url,
    },
    ...{ book, sessions, refunds, close, declineWith, tellOf },
    ...{ meetAlways: faults.meetAlways, reads: faults.reads },
    count: () => sessions.size,
    amountOf: (ref) => sessions.get(ref).amount_total,
    statusOf: (ref) => sessions.get(ref).status,
    expire(ref) {
      sessions.get(ref).status = 'expired';
    },
    pay(ref, { amount, currency, at }: Payment = {}) {
      const session = sessions.get(ref);
      book.complete(session);
      Object.assign(session, {
        ...(amount !== undefined && { amount_total: amount }),
        ...(currency && { currency: currency.toLowerCase() }),
      });
      return message(completed(session), at);
    },
    delay(ref) {
      const session = sessions.get(ref);
      book.complete(session);
      session.payment_status = 'unpaid';
      book.intentOf(session).status = 'processing';
      return message(completed(session));
    },
    failDebit(ref) {
      const session = sessions.get(ref);
      book.complete(session);
      session.payment_status = 'unpaid';
      Object.assign(book.intentOf(session), {
        status: 'requires_payment_method',
        last_payment_error: {
          type: 'invalid_request_error',
          payment_method: { type: 'sepa_debit' },
        },
      });
      return tellOf('checkout.session.async_payment_failed', session);
    },
    decline: (ref) => declineWith(ref, 'insufficient_funds'),
    renew: (ref) => tellOf('invoice.paid', book.renew(ref).shown),
    failRenewal: (ref) => tellOf('invoice.payment_failed', book.failRenewal(ref).shown),
    planEnd(ref, at) {
      const { shown } = book.subscriptionOf(ref);
      const { cancel_at: before } = shown;
      Object.assign(shown, { cancel_at: at, cancel_at_period_end: at !== null });
      const event = eventOf('customer.subscription.updated', shown);
      Object.assign(event.data, { previous_attributes: { cancel_at: before } });
      return message(event);
    },
    endSubscription(ref, reason) {
      const { shown } = book.subscriptionOf(ref);
      Object.assign(shown, { status: 'canceled', cancellation_details: { reason } });
      return tellOf('customer.subscription.deleted', shown);
    },
    elsewhere(ref) {
      const session = { ...sessions.get(ref), status: 'complete', payment_status: 'paid' };
      const theirs = { ...session, id: newId('cs_test'), payment_intent: newId('pi') };
      return message({ ...completed(theirs), account: 'acct_elsewhere' });
    },
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
    meetReading: (ref, ...met) => faults.meet(`GET /v1/checkout/sessions/${ref}`, met),
    meet: (...met) => faults.meet('POST /v1/checkout/sessions', met),
    meetCall: (call, ...met) => faults.meet(call, met),
    meetRefund: (...met) => faults.meet('POST /v1/refunds', met),
  };
}
