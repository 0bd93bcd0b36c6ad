/** Kassa, which does not exist: buyers pay once, on its page; its messages only say where to look. */
import { Problem } from '../../../src/contract/index.js';
import type {
  Checkout,
  CheckoutToOpen,
  MoneyAnswer,
  Notice,
  OpenedCheckout,
  Provider,
  ProviderEvent,
  ProviderMessage,
  RefundToMake,
} from '../../../src/server/provider/provider.js';

interface KassaOptions {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** The API's origin, for a stand-in. */
  readonly apiUrl?: string | undefined;
  /** Milliseconds that one call is waited for; fewer where tests wait for it. */
  readonly timeoutMs?: number;
}

/** As Kassa writes it. `failed`: it was under way, and the money did not come; its page is closed then. */
interface Payment {
  readonly id: string;
  readonly page: string;
  readonly status: 'open' | 'pending' | 'paid' | 'failed' | 'expired';
  readonly amount: number;
  readonly currency: string;
}

interface Order {
  readonly body?: object;
  /** Asked for again with it, it is done once. */
  readonly key?: string;
}

/** Either side of now: what is older was heard before, or is played again. */
const windowSeconds = 5 * 60;

export function createKassa(options: KassaOptions): Provider {
  const { secretKey, webhookSecret } = options;
  const { apiUrl = 'https://api.kassa.example', timeoutMs = 8_000 } = options;

  /** @throws where there is no answer, or none that can be read: it may have been done all the same */
  async function call(path: string, order?: Order): Promise<unknown> {
    const answer = await fetch(`${apiUrl}/v1/payments${path}`, {
      method: order ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${secretKey}`,
        'content-type': 'application/json',
        ...(order?.key && { 'idempotency-key': order.key }),
      },
      ...(order && { body: JSON.stringify(order.body ?? {}) }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`Kassa answered ${answer.status}: ${text.slice(0, 200)}`);
    return JSON.parse(text);
  }

  async function open(checkout: CheckoutToOpen): Promise<OpenedCheckout | null> {
    const { sessionId, amount, currency, customerEmail, pageUrl, expiresAt } = checkout;
    if (amount === 0) return null;
    const body = {
      ...{ amount, currency, reference: sessionId, expires_at: expiresAt },
      ...{ return_url: pageUrl, email: customerEmail },
    };
    const { id, page } = paymentOf(await call('', { body, key: sessionId }));
    return { ref: id, url: page };
  }

  /** Kassa answers how it stands by then, also where there was nothing to end any more. */
  async function expire(ref: string): Promise<'dead' | 'alive'> {
    const { status } = paymentOf(await call(`/${encodeURIComponent(ref)}/expire`, {}));
    return status === 'expired' || status === 'failed' ? 'dead' : 'alive';
  }

  async function read({ ref, sessionId }: Checkout): Promise<ProviderEvent | undefined> {
    const { status, amount, currency } = paymentOf(await call(`/${encodeURIComponent(ref)}`));
    const type = typeOf[status];
    return (
      type && {
        ...{ provider: 'kassa', id: `${ref}/${status}`, sessionId, attempt: ref },
        ...{ type, amount, currency, failureCode: type === 'failed' ? 'declined' : null },
      }
    );
  }

  async function refund({ refundId, ref, amount }: RefundToMake): Promise<MoneyAnswer> {
    const path = `/${encodeURIComponent(ref)}/refunds`;
    const { status } = fieldsOf(await call(path, { body: { amount }, key: refundId }));
    if (status === 'done') return { status: 'succeeded' };
    if (status === 'refused') return { status: 'failed', failureCode: 'not_allowed' };
    return { status: 'pending' };
  }

  async function receive(message: ProviderMessage): Promise<Notice | undefined> {
    if (!(await isSigned(message, webhookSecret)))
      throw new Problem('unauthorized', 'The signature does not fit, or is too old.');
    const { id, type, payment: ref, reason } = fieldsOf(JSON.parse(message.body));
    if (typeof id !== 'string' || typeof ref !== 'string') return undefined;
    if (type === 'payment.changed') return { ref };
    if (type !== 'payment.declined') return undefined;
    const failureCode = reason === 'no_money' ? 'insufficient_funds' : 'declined';
    return { ref, failed: { id, failureCode } };
  }

  return {
    name: 'kassa',
    testMode: !secretKey.startsWith('live_'),
    sessionLifetimeSeconds: 15 * 60,
    paysOnOurPage: false,
    methods: ['page'],
    ...{ open, expire, read, refund, receive },
  };
}

/** Of what is open, and of what ended unpaid, there is nothing to tell. */
const typeOf: Readonly<Record<Payment['status'], ProviderEvent['type'] | undefined>> = {
  open: undefined,
  pending: 'processing',
  paid: 'succeeded',
  failed: 'failed',
  expired: undefined,
};

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** @throws Error for what is not as Kassa documents it */
function paymentOf(answer: unknown): Payment {
  const { id, page, status, amount, currency } = fieldsOf(answer);
  const isNamed = typeof id === 'string' && id !== '' && typeof page === 'string';
  const isPriced = Number.isSafeInteger(amount) && typeof currency === 'string';
  if (!isNamed || !isPriced || !Object.hasOwn(typeOf, String(status)))
    throw new Error('This is no payment as Kassa documents it.');
  return { id, page, status: status as Payment['status'], amount: amount as number, currency };
}

/** `Kassa-Signature: <seconds>.<hex>`: HMAC-SHA256 of `<seconds>.<body>`, compared in constant time. */
async function isSigned({ body, header }: ProviderMessage, secret: string): Promise<boolean> {
  const [, seconds, hex = ''] =
    /^(\d+)\.([0-9a-f]{64})$/.exec(header('kassa-signature') ?? '') ?? [];
  if (Math.abs(Number(seconds) - Date.now() / 1_000) > windowSeconds) return false;
  const bytesOf = (text: string) => new TextEncoder().encode(text);
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytesOf(secret), hmac, false, ['verify']);
  return crypto.subtle.verify(hmac, key, Buffer.from(hex, 'hex'), bytesOf(`${seconds}.${body}`));
}
