/** The network: the only place that fetches or parses answers. Everything that fails leaves as a `Problem`. */
import {
  type AddressForm,
  addressFormSchema,
  type CheckoutSession,
  Problem,
  type ProblemCode,
  type PublicLink,
  problemSchema,
  publicLinkSchema,
  type Selection,
  type SessionRequest,
  sessionSchema,
  type Totals,
  totalsSchema,
} from '../contract/index.js';
import { type Answer, parsed, type Sending, send, tell } from './http.js';
import { watch } from './session-watch.js';

/** What the API refuses with, and the three ways a call ends without its answer. */
export type ClientProblemCode = ProblemCode | 'network' | 'timeout' | 'bad_answer';

export interface Call {
  readonly signal?: AbortSignal | undefined;
}

/** The widget's whole view of the backend; `element.client` takes another one. */
export interface Client {
  /** `fresh` asks the server even where an answer of a moment ago is at hand. */
  paymentLink(id: string, options?: Call & { readonly fresh?: boolean }): Promise<PublicLink>;
  quote(id: string, selection: Selection, options?: Call): Promise<Totals>;
  /** How a country writes its addresses, in a language; asked only where a link collects one. */
  addressForm?(country: string, locale: string, options?: Call): Promise<AddressForm>;
  openSession(
    id: string,
    request: SessionRequest,
    options: Call & { readonly idempotencyKey: string },
  ): Promise<CheckoutSession>;
  session(id: string, options?: Call): Promise<CheckoutSession>;
  confirm(id: string, details: { readonly phone: string }): Promise<CheckoutSession>;
  extend(id: string): Promise<CheckoutSession>;
  cancel(id: string): Promise<CheckoutSession>;
  /** The form of this link was opened, or gone into. */
  opened?(id: string): void;
  /** Tells every change until the session is final or the signal aborts. */
  watchSession(id: string, onChange: (session: CheckoutSession) => void, options: Call): void;
}

/** How long a link read by one element serves the others, and the press after a hover. */
const freshFor = 5000;

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: unknown };
}

const clients = new Map<string, Client>();

/** The client all elements of one backend share. */
export function clientOf(origin: string): Client {
  const client = clients.get(origin) ?? createClient(origin);
  clients.set(origin, client);
  return client;
}

export function createClient(origin: string): Client {
  const links = new Map<string, { readonly answer: Promise<PublicLink>; readonly at: number }>();
  const opened = new Set<string>();

  /** One expression from wire to value. */
  async function ask<T>(schema: () => Schema<T>, path: string, sending: Sending): Promise<T> {
    const url = `${origin}/v1/public/${path}`;
    const answer = await send(url, sending);
    if (answer.status > 299) throw problemOf(answer, url);
    const read = schema().safeParse(answer.body);
    if (read.success) return read.data;
    throw new Problem<string>('bad_answer', `${url}: not the answer expected`, {
      cause: read.error,
    });
  }

  const sessionCall = (id: string, action: string, body: unknown = {}) =>
    ask(sessionSchema, `checkout-sessions/${id}/${action}`, { body });
  const session: Client['session'] = (id, { signal } = {}) =>
    ask(sessionSchema, `checkout-sessions/${id}`, { signal });

  return {
    async paymentLink(id, { signal, fresh } = {}) {
      let known = links.get(id);
      if (!known || fresh || Date.now() - known.at > freshFor) {
        // What a browser keeps may be broken, and says what time it was: asked whether that is still right, a
        // server would say yes.
        const answer = ask(publicLinkSchema, pathOf(id), {
          cache: 'no-store',
        });
        known = { answer, at: Date.now() };
        links.set(id, known);
        answer.catch(() => links.delete(id));
      }
      return unlessAborted(known.answer, signal);
    },
    quote: (id, body, { signal } = {}) =>
      ask(totalsSchema, `payment-links/${id}/quote`, { body, signal }),
    addressForm: (country, locale, { signal } = {}) =>
      ask(addressFormSchema, `address-form?${new URLSearchParams({ country, locale })}`, {
        signal,
      }),
    async openSession(id, body, { signal, idempotencyKey }) {
      links.delete(id);
      return ask(sessionSchema, `payment-links/${id}/sessions`, {
        body,
        headers: { 'idempotency-key': idempotencyKey },
        // Only what never got an answer, or whose twin still runs, is sent again: the key makes it one.
        mayRepeat: (answer) => !answer || problemOf(answer).code === 'idempotency_in_flight',
        signal,
      });
    },
    session,
    confirm: (id, details) => sessionCall(id, 'confirm', details),
    extend: (id) => sessionCall(id, 'extend'),
    cancel: (id) => sessionCall(id, 'cancel'),
    opened(id) {
      if (opened.has(id)) return;
      opened.add(id);
      tell(`${origin}/v1/public/${pathOf(id, '/opened')}`);
    },
    watchSession(id, onChange, { signal }) {
      watch({
        events: `${origin}/v1/public/checkout-sessions/${id}/events`,
        ask: () => session(id, { signal }),
        read(text) {
          const read = sessionSchema().safeParse(parsed(text));
          return read.success ? read.data : undefined;
        },
        onChange,
        signal,
      });
    },
  };
}

/** With the campaign that brought the buyer to this page, where its address names one. */
function pathOf(id: string, action = ''): string {
  const source = /[?&](utm_source=[^&]+)/.exec(location.search);
  return `payment-links/${encodeURIComponent(id)}${action}${source ? `?${source[1]}` : ''}`;
}

/** The caller leaves at once; the request goes on for the others who share it. */
function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return answer;
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    answer.then(resolve, reject);
  });
}

function problemOf({ status, body, retryAfter }: Answer, url = ''): Problem<string> {
  const read = problemSchema().safeParse(body);
  if (!read.success)
    return new Problem<string>('bad_answer', `${url}: ${status} without a problem`);
  const { code, detail, errors, totals } = read.data;
  return new Problem<string>(code, `${url}: ${detail}`, {
    ...(errors && { errors }),
    ...(totals && { totals }),
    ...(retryAfter && { retryAfter }),
  });
}
