/** Yabetoo's far side, as its public documentation has it; it refuses what is not as documented. */
import { createHmac } from 'node:crypto';
import { createYabetoo } from '../../../src/server/provider/yabetoo/yabetoo.js';
import type { AfarSide, Message, Payment } from './far-side.js';
import { createFaults, listen, newApp, patienceMs } from './stand-in.js';

const secretKey = 'sk_test_standin';
export const webhookSecret = 'the-secret-of-the-stand-in';

/** Minor units in one major unit, of the currencies that are tried here. */
const minor: Readonly<Record<string, number>> = { XAF: 1, XOF: 1, EUR: 100, USD: 100 };

// biome-ignore lint/suspicious/noExplicitAny: as it comes over the wire.
type Wire = any;

/** A price of its catalogue, in major units. */
interface CataloguePrice {
  readonly amount: number;
  readonly currency: string;
  readonly isRecurring: boolean;
  readonly hasTrial?: boolean;
}

export interface YabetooFarSide extends AfarSide {
  pay(ref: string, payment?: Payment): Message;
  readonly catalogue: Map<string, CataloguePrice>;
  /** As Yabetoo tells it. */
  tellOf(type: string, data: object): Message;
  /** As it was asked for. */
  askedOf(ref: string): Wire;
  failWith(ref: string, reason: string): Message;
  /** A slow payer's attempt came to nothing, and no message of it arrives. */
  failUntold(ref: string): void;
  /** Of another account, or of the other side of this one. */
  forget(ref: string): void;
  /** Its answers leave out until when a checkout is open. */
  hideExpiry(): void;
}

type Catalogue = ReadonlyMap<string, CataloguePrice>;

function faultOf(asked: Wire, catalogue: Catalogue): string | undefined {
  const known = [
    ...['mode', 'line_items', 'success_url', 'cancel_url', 'customer_email'],
    ...['client_reference_id', 'locale', 'expires_at', 'metadata'],
  ];
  const strange = Object.keys(asked).find((name) => !known.includes(name));
  if (strange) return `${strange} is not known`;
  if (!asked.line_items?.length) return 'line_items';
  if (!(asked.expires_at > Date.now() / 1_000)) return 'expires_at must be in the future';
  if (asked.mode === 'subscription') return subscriptionFault(asked, catalogue);
  if (asked.mode !== 'payment') return 'mode';
  for (const { price_data: price, quantity } of asked.line_items) {
    const unit = price.unit_amount * (minor[price.currency] ?? Number.NaN);
    if (!Number.isInteger(Math.round(unit * 1e6) / 1e6)) return `unit_amount ${price.unit_amount}`;
    if (!(Number.isInteger(quantity) && quantity > 0)) return 'quantity';
    if (!price.product_data?.name) return 'name';
  }
  return undefined;
}

/** Catalogue prices only, one currency and one period; no fee with a trial. */
function subscriptionFault({ line_items: lines }: Wire, catalogue: Catalogue): string | undefined {
  const prices = lines.map(({ price }: Wire) => catalogue.get(price));
  if (prices.includes(undefined)) return 'price is not in the catalogue';
  if (lines.some((line: Wire) => line.price_data)) return 'price_data';
  if (new Set(prices.map(({ currency }: CataloguePrice) => currency)).size > 1) return 'currency';
  if (!prices.some((price: CataloguePrice) => price.isRecurring)) return 'nothing recurs';
  const hasFee = prices.some((price: CataloguePrice) => !price.isRecurring);
  const hasTrial = prices.some((price: CataloguePrice) => price.hasTrial);
  return hasFee && hasTrial ? 'no setup fee with a trial' : undefined;
}

/** What is due at once, in major units, and its currency. */
function dueOf(
  { line_items: lines }: Wire,
  catalogue: Catalogue,
): { total: number; currency: string } {
  const due = lines.map(({ price, price_data: data, quantity }: Wire) => {
    const known = catalogue.get(price);
    const unit = known ? (known.hasTrial ? 0 : known.amount) : data.unit_amount;
    return { amount: unit * quantity, currency: known?.currency ?? data.currency };
  });
  return {
    total: due.reduce((sum: number, { amount }: { amount: number }) => sum + amount, 0),
    currency: due[0].currency,
  };
}

export async function startYabetoo(): Promise<YabetooFarSide> {
  const sessions = new Map<string, Wire>();
  const catalogue = new Map<string, CataloguePrice>();
  const faults = createFaults();
  let isExpiryHidden = false;
  const app = newApp();
  let count = 0;
  const newId = (prefix: string) => `${prefix}_${String(++count).padStart(8, '0')}`;

  app.use(faults.middleware, async (c, next) =>
    c.req.header('authorization') === `Bearer ${secretKey}` ? next() : c.json({}, 401),
  );
  app.post('/v1/checkout/sessions', async (c) => {
    const asked = await c.req.json();
    const fault = faultOf(asked, catalogue);
    if (fault) return c.json({ message: fault }, 422);
    const id = newId('cs');
    const { total, currency } = dueOf(asked, catalogue);
    if (asked.mode === 'payment' && !(total > 0)) return c.json({ message: 'nothing to pay' }, 422);
    const session = {
      ...{ id, url: `https://buy.yabetoo.test/${id}`, status: 'open', payment_status: 'unpaid' },
      ...{ amount_total: total, currency },
      expires_at: asked.expires_at,
    };
    sessions.set(id, { ...session, asked });
    return c.json(session);
  });
  app.get('/v1/checkout/sessions/:id', (c) => {
    const session = sessions.get(c.req.param('id'));
    if (!session) return c.json({ message: 'not found' }, 404);
    const { asked, ...shown } = session;
    return c.json({ ...shown, ...(isExpiryHidden && { expires_at: null }) });
  });
  const { url, close } = await listen(app);

  function message(type: string, data: object, at = Math.floor(Date.now() / 1_000)): Message {
    const id = newId('evt');
    const body = JSON.stringify({ id, type, created_at: new Date().toISOString(), data });
    const digest = createHmac('sha256', webhookSecret).update(`${at}.${body}`).digest('hex');
    return {
      body,
      headers: {
        'x-yabetoo-webhook-signature': `v1=${digest}`,
        'x-yabetoo-webhook-timestamp': `${at}`,
        'x-yabetoo-webhook-event': type,
        'x-yabetoo-webhook-id': id,
      },
    };
  }

  const about = (ref: string) => {
    const { amount_total: amount, currency } = sessions.get(ref) ?? {};
    return { checkoutSessionId: ref, amount, currency, customerEmail: 'anna@example.com' };
  };
  const completed = (ref: string, at?: number) =>
    message('checkout.session.completed', about(ref), at);
  const failWith = (ref: string, failureReason: string) =>
    message('checkout.session.payment_failed', { ...about(ref), failureReason });

  return {
    provider: createYabetoo({
      ...{ secretKey, webhookSecret, apiUrl: url, timeoutMs: patienceMs },
      now: () => Date.now(),
    }),
    environment: {
      PROVIDER: 'yabetoo',
      YABETOO_SECRET_KEY: secretKey,
      YABETOO_WEBHOOK_SECRET: webhookSecret,
      YABETOO_API_URL: url,
    },
    failUntold(ref) {
      sessions.get(ref).status = 'open';
    },
    forget: (ref) => void sessions.delete(ref),
    ...{ close, failWith, catalogue, tellOf: message },
    ...{ meetAlways: faults.meetAlways, reads: faults.reads },
    hideExpiry() {
      isExpiryHidden = true;
    },
    count: () => sessions.size,
    amountOf(ref) {
      const { amount_total: total, currency } = sessions.get(ref);
      return Math.round(total * (minor[currency] ?? Number.NaN));
    },
    statusOf: (ref) => sessions.get(ref).status,
    expire(ref) {
      sessions.get(ref).status = 'expired';
    },
    askedOf: (ref) => sessions.get(ref).asked,
    pay(ref, { amount, currency, at }: Payment = {}) {
      const session = sessions.get(ref);
      const paidIn = currency ?? session.currency;
      const stands = session.amount_total ? 'paid' : 'no_payment_required';
      Object.assign(session, { status: 'complete', payment_status: stands, currency: paidIn });
      if (amount !== undefined) session.amount_total = amount / (minor[paidIn] ?? Number.NaN);
      return completed(ref, at);
    },
    decline: (ref) => failWith(ref, 'LOW_BALANCE_OR_PAYEE_LIMIT_REACHED_OR_NOT_ALLOWED'),
    delay(ref) {
      Object.assign(sessions.get(ref), { status: 'complete', payment_status: 'unpaid' });
      return completed(ref);
    },
    elsewhere: () => message('checkout.session.completed', about('cs_somebody_elses')),
    unknown: () => message('checkout.session.completed', about('cs_99999999')),
    meetReading: (ref, ...met) => faults.meet(`GET /v1/checkout/sessions/${ref}`, met),
    meet: (...met) => faults.meet('POST /v1/checkout/sessions', met),
  };
}
