/**
 * Yabetoo: buyers pay on its page, by mobile money or card. Its messages only say where to look; what counts is the
 * checkout as it is read back.
 */
import type * as z from 'zod/mini';
import { Problem } from '../../../contract/index.js';
import type {
  Checkout as AskedCheckout,
  CheckoutToOpen,
  Notice,
  Provider,
  ProviderEvent,
  ProviderMessage,
  Times,
} from '../provider.js';
import { isRenewedThere, paramsOf } from './checkout.js';
import { isSigned } from './signature.js';
import { type Checkout, checkoutSchema, failureOf, fromMajor, messageSchema } from './wire.js';

interface YabetooOptions {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** The API's origin, for a stand-in. */
  readonly apiUrl?: string | undefined;
  /** Milliseconds that one call is waited for; fewer where tests wait for it. */
  readonly timeoutMs?: number;
  /** Milliseconds since 1970, as messages are dated. */
  readonly now: () => number;
}

const sessionLifetimeSeconds = 15 * 60;
/** Its page may close a little later than it said. */
const graceMs = 5 * 60_000;
/** What is read and not answered is asked again; a provider that hangs is to hold nobody up. */
const readingTimeoutMs = 8_000;

export function createYabetoo(options: YabetooOptions): Provider {
  const { secretKey, webhookSecret, now } = options;
  const { apiUrl = 'https://buy.api.yabetoopay.com', timeoutMs = 20_000 } = options;

  /** @throws Refusal; anything else where there is no answer, or none that can be read */
  async function call(path: string, body?: object): Promise<Checkout> {
    const answer = await fetch(`${apiUrl}/v1/checkout/sessions${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${secretKey}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(body ? timeoutMs : Math.min(timeoutMs, readingTimeoutMs)),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Refusal(answer.status, text);
    return parsed(checkoutSchema, text);
  }

  /** Null for one of another account, or of the other side of this one. */
  const readCheckout = (ref: string): Promise<Checkout | null> =>
    call(`/${encodeURIComponent(ref)}`).catch((error) => {
      if (error instanceof Refusal && error.status === 404) return null;
      throw error;
    });

  async function open(checkout: CheckoutToOpen) {
    const renewsItself = isRenewedThere(checkout);
    // A checkout of nothing is none: a trial that it would not renew, or an order that a code has paid.
    if (checkout.amount === 0 && !renewsItself) return null;
    const { id, url } = await call('', paramsOf(checkout));
    if (!url) throw new Error('Yabetoo has opened a checkout without a page.');
    return { ref: id, url, renewsItself };
  }

  /** It takes no order to end one. Where it does not say how long its page is open, it keeps to what it was told. */
  async function expire(ref: string, times: Times): Promise<'dead' | 'alive'> {
    const checkout = await readCheckout(ref);
    if (!checkout) return 'dead';
    const { status, expires_at: seconds } = checkout;
    const endMs = seconds ? seconds * 1_000 : Date.parse(times.expiresAt);
    const isOver = status === 'open' && endMs + graceMs < Date.parse(times.now);
    return status === 'expired' || isOver ? 'dead' : 'alive';
  }

  async function read({ ref, sessionId, currency, isUnderWay }: AskedCheckout) {
    const checkout = await readCheckout(ref);
    // One that nobody there knows is for a person with the right key, not for a guess.
    if (!checkout) return undefined;
    const type = standsOf(checkout);
    if (type === 'failed' && !isUnderWay) return undefined;
    const theirs = checkout.currency?.toUpperCase() ?? currency;
    return {
      provider: 'yabetoo',
      id: `${ref}/${type === 'failed' ? 'failed' : checkout.payment_status}`,
      sessionId,
      attempt: ref,
      type,
      amount: fromMajor(checkout.amount_total, theirs),
      currency: theirs,
      failureCode: type === 'failed' ? 'timed_out' : null,
    } satisfies ProviderEvent;
  }

  function receive({ body, header }: ProviderMessage): Notice | undefined {
    const signature = header('x-yabetoo-webhook-signature') ?? '';
    const timestamp = header('x-yabetoo-webhook-timestamp');
    if (!isSigned({ body, signature, timestamp }, webhookSecret, now()))
      throw new Problem('unauthorized', 'The signature does not fit, or is too old.');
    const { id, type, data } = messageOf(body);
    const ref = data.checkoutSessionId;
    if (!ref) return undefined;
    if (type === 'checkout.session.completed') return { ref };
    // `subscription.created` says nothing that the checkout has not said. Of renewals it documents no event, and no call
    // that would read or end one: a subscription it renews stays here as it began, and its merchant follows and ends it
    // in Yabetoo's own desk.
    if (type !== 'checkout.session.payment_failed') return undefined;
    const failureCode = failureOf(data.failureReason);
    return failureCode && { ref, failed: { id, failureCode } };
  }

  return {
    name: 'yabetoo',
    testMode: !secretKey.startsWith('sk_live_'),
    sessionLifetimeSeconds,
    paysOnOurPage: false,
    methods: ['page'],
    canExpire: false,
    open,
    expire,
    read,
    receive,
    // Its API documents none: the merchant gives the money back in Yabetoo's own desk.
    refund: async () => ({ status: 'failed', failureCode: 'not_allowed' }),
  };
}

/** Complete and not paid yet is a slow payer, whose attempt has failed where the checkout is not complete any more. */
function standsOf({ status, payment_status }: Checkout): 'processing' | 'succeeded' | 'failed' {
  if (status !== 'complete') return 'failed';
  return payment_status === 'unpaid' ? 'processing' : 'succeeded';
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    body: string,
  ) {
    super(`Yabetoo answered ${status}: ${body.slice(0, 200)}`);
  }
}

/** @throws Error for what is not as it is documented */
function parsed<Schema extends z.ZodMiniType>(schema: Schema, text: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error('This is not as Yabetoo documents it.', { cause });
  }
}

/** @throws Problem `validation_failed` */
function messageOf(body: string) {
  try {
    return parsed(messageSchema, body);
  } catch (cause) {
    throw new Problem('validation_failed', 'A message of yabetoo is not as it documents them.', {
      cause,
    });
  }
}
