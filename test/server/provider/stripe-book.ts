/** What Stripe keeps: its objects as they are documented, and what happens to them. */
import type Stripe from 'stripe';
import { type Asked, invoiceTotal, periodStart, trialEndOf } from './stripe-billing.js';

// biome-ignore lint/suspicious/noExplicitAny: as it comes over the wire.
export type Wire = any;

/** As much of an object as anybody asks for: no field that Stripe has not. */
type Part<T> = T extends object ? { [Key in keyof T]?: Part<T[Key]> } : T;

interface Subscription {
  readonly shown: Part<Stripe.Subscription> & { id: string };
  readonly asked: Asked;
  readonly coupon: Wire;
  readonly start: number;
  /** The number of the last invoice. */
  index: number;
  /** The one that is not paid. */
  owed: Invoice | undefined;
}

interface Invoice {
  readonly shown: Part<Stripe.Invoice> & { id: string };
  readonly total: number;
  /** What takes its money. */
  intent: string | undefined;
}

export const seconds = () => Math.floor(Date.now() / 1_000);

export interface Book {
  readonly sessions: Map<string, Wire>;
  readonly coupons: Map<string, Wire>;
  readonly intents: Map<string, Wire>;
  readonly subscriptions: Map<string, Subscription>;
  readonly invoices: Map<string, Invoice>;
  readonly disputes: Map<string, Wire>;
  readonly refunds: Wire[];
  newId(prefix: string): string;
  /** Its first payment is made, or its trial begins. */
  complete(session: Wire): void;
  /** Of a session in payment mode: from the first attempt on. */
  intentOf(session: Wire): Wire;
  subscriptionOf(ref: string): Subscription;
  renew(ref: string): Invoice;
  /** One more try in vain. */
  failRenewal(ref: string): Invoice;
  /** Taken back by the buyer's bank. */
  dispute(intent: string, status: Stripe.Dispute.Status): Wire;
}

export function createBook(): Book {
  const sessions = new Map<string, Wire>();
  const coupons = new Map<string, Wire>();
  const intents = new Map<string, Wire>();
  const subscriptions = new Map<string, Subscription>();
  const invoices = new Map<string, Invoice>();
  const disputes = new Map<string, Wire>();
  const refunds: Wire[] = [];
  let count = 0;
  const newId = (prefix: string) => `${prefix}_${String(++count).padStart(6, '0')}`;

  function newIntent(amount: number, currency: string, metadata: Stripe.Metadata = {}): string {
    const intent = {
      ...{
        id: newId('pi'),
        object: 'payment_intent',
        status: 'succeeded',
        last_payment_error: null,
      },
      ...{ amount, currency, metadata },
    } satisfies Part<Stripe.PaymentIntent>;
    intents.set(intent.id, intent);
    return intent.id;
  }

  function complete(session: Wire): void {
    session.status = 'complete';
    session.payment_status = session.amount_total ? 'paid' : 'no_payment_required';
    if (session.mode === 'payment') {
      if (session.amount_total) intentOf(session);
      return;
    }
    if (session.subscription) return;
    const { asked } = session;
    const start = seconds();
    const subscription: Subscription = {
      shown: {
        ...{ id: newId('sub'), object: 'subscription', metadata: asked.subscription_data.metadata },
        ...{ status: trialEndOf(asked, start) === undefined ? 'active' : 'trialing' },
        ...{ cancel_at: null, cancel_at_period_end: false, cancellation_details: null },
      },
      ...{ asked, start, coupon: coupons.get(asked.discounts?.[0]?.coupon), index: 0 },
      owed: undefined,
    };
    subscriptions.set(subscription.shown.id, subscription);
    session.subscription = subscription.shown.id;
    session.invoice = bill(subscription, 0, session.currency).shown.id;
    payOwed(subscription);
  }

  function intentOf(session: Wire): Wire {
    const { amount_total: amount, currency, asked } = session;
    session.payment_intent ??= newIntent(amount, currency, asked.payment_intent_data.metadata);
    return intents.get(session.payment_intent);
  }

  function bill(subscription: Subscription, index: number, currency: string): Invoice {
    const { shown, asked, start, coupon } = subscription;
    const total = invoiceTotal(asked, start, index, coupon);
    const period = {
      start: periodStart(asked, start, index),
      end: periodStart(asked, start, index + 1),
    };
    const item = {
      period,
      parent: {
        type: 'subscription_item_details',
        subscription_item_details: { proration: false, subscription: shown.id },
      },
    } satisfies Part<Stripe.InvoiceLineItem>;
    const invoice: Invoice = {
      total,
      intent: undefined,
      shown: {
        ...{ id: newId('in'), object: 'invoice', status: 'open', currency, attempt_count: 0 },
        ...{ amount_due: total, amount_paid: 0 },
        billing_reason: index === 0 ? 'subscription_create' : 'subscription_cycle',
        parent: {
          type: 'subscription_details',
          subscription_details: {
            subscription: shown.id,
            metadata: shown.metadata as Stripe.Metadata,
          },
        },
        lines: { object: 'list', has_more: false, data: [item] },
      },
    };
    invoices.set(invoice.shown.id, invoice);
    Object.assign(subscription, { owed: invoice, index });
    return invoice;
  }

  function payOwed(subscription: Subscription): Invoice {
    const invoice = subscription.owed as Invoice;
    const { shown, total } = invoice;
    Object.assign(shown, { status: 'paid', amount_paid: total });
    shown.attempt_count = (shown.attempt_count ?? 0) + 1;
    if (total) invoice.intent ??= newIntent(total, shown.currency as string);
    if (invoice.intent)
      Object.assign(intents.get(invoice.intent), { status: 'succeeded', last_payment_error: null });
    subscription.owed = undefined;
    return invoice;
  }

  const subscriptionOf = (ref: string) =>
    subscriptions.get(sessions.get(ref).subscription) as Subscription;

  /** The next cycle's invoice, or the one that is owed still. */
  function nextInvoice(ref: string): Invoice {
    const subscription = subscriptionOf(ref);
    const { owed, index } = subscription;
    return owed ?? bill(subscription, index + 1, sessions.get(ref).currency);
  }

  return {
    ...{ sessions, coupons, intents, subscriptions, invoices, disputes, refunds, newId },
    ...{ complete, intentOf, subscriptionOf },
    renew(ref) {
      nextInvoice(ref);
      return payOwed(subscriptionOf(ref));
    },
    failRenewal(ref) {
      const invoice = nextInvoice(ref);
      invoice.shown.attempt_count = (invoice.shown.attempt_count ?? 0) + 1;
      invoice.intent ??= newIntent(invoice.total, invoice.shown.currency as string);
      Object.assign(intents.get(invoice.intent) ?? {}, {
        status: 'requires_payment_method',
        last_payment_error: {
          ...{ type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' },
          payment_method: { type: 'card' },
        },
      });
      return invoice;
    },
    dispute(intent, status) {
      const dispute = {
        ...{ id: newId('du'), object: 'dispute', payment_intent: intent, status },
      } satisfies Part<Stripe.Dispute>;
      disputes.set(dispute.id, dispute);
      return dispute;
    },
  };
}
