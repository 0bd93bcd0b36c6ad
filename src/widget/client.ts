/** The network: the only place that fetches or parses answers. Everything that fails leaves as a `Problem`. */
import ky, { HTTPError, type KyInstance, type Options, TimeoutError } from 'ky';
import {
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
  openSession(
    id: string,
    request: SessionRequest,
    options: Call & { readonly idempotencyKey: string },
  ): Promise<CheckoutSession>;
  session(id: string, options?: Call): Promise<CheckoutSession>;
  confirm(id: string, details: { readonly phone: string }): Promise<CheckoutSession>;
  extend(id: string): Promise<CheckoutSession>;
  cancel(id: string): Promise<CheckoutSession>;
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
  let http: KyInstance | undefined;
  const links = new Map<string, { readonly answer: Promise<PublicLink>; readonly at: number }>();

  /** One expression from wire to value; a ky instance is made when the first call needs it. */
  async function ask<T>(schema: () => Schema<T>, path: string, options: Options): Promise<T> {
    http ??= ky.create({
      prefixUrl: `${origin}/v1/public`,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      timeout: 20_000,
      retry: { limit: 2, backoffLimit: 2000, maxRetryAfter: 3000 },
    });
    let answer: unknown;
    try {
      answer = await http(path, options).json();
    } catch (cause) {
      throw await problemOf(cause, options.signal);
    }
    const read = schema().safeParse(answer);
    if (read.success) return read.data;
    throw new Problem('bad_answer', `The answer of ${path} is not as expected`, {
      cause: read.error,
    });
  }

  const sessionCall = (id: string, action: string, json: unknown = {}) =>
    ask(sessionSchema, `checkout-sessions/${id}/${action}`, { method: 'post', json });
  const session: Client['session'] = (id, { signal } = {}) =>
    ask(sessionSchema, `checkout-sessions/${id}`, withSignal(signal));

  return {
    async paymentLink(id, { signal, fresh } = {}) {
      let known = links.get(id);
      if (!known || fresh || Date.now() - known.at > freshFor) {
        const answer = ask(publicLinkSchema, `payment-links/${encodeURIComponent(id)}`, {});
        known = { answer, at: Date.now() };
        links.set(id, known);
        answer.catch(() => links.delete(id));
      }
      return unlessAborted(known.answer, signal);
    },
    quote: (id, json, { signal } = {}) =>
      ask(totalsSchema, `payment-links/${id}/quote`, {
        method: 'post',
        json,
        ...withSignal(signal),
      }),
    async openSession(id, json, { signal, idempotencyKey }) {
      links.delete(id);
      return ask(sessionSchema, `payment-links/${id}/sessions`, {
        method: 'post',
        json,
        headers: { 'idempotency-key': idempotencyKey },
        // Only what never got an answer, or whose twin still runs, is sent again: the key makes it one.
        retry: {
          limit: 2,
          methods: ['post'],
          shouldRetry: async ({ error }) =>
            error instanceof HTTPError
              ? (await codeOf(error)) === 'idempotency_in_flight'
              : undefined,
        },
        ...withSignal(signal),
      });
    },
    session,
    confirm: (id, details) => sessionCall(id, 'confirm', details),
    extend: (id) => sessionCall(id, 'extend'),
    cancel: (id) => sessionCall(id, 'cancel'),
    watchSession(id, onChange, { signal }) {
      watch({
        events: `${origin}/v1/public/checkout-sessions/${id}/events`,
        ask: () => session(id, { signal }),
        read(text) {
          const read = sessionSchema().safeParse(JSON.parse(text));
          return read.success ? read.data : undefined;
        },
        onChange,
        signal,
      });
    },
  };
}

/** `exactOptionalPropertyTypes`: an option is given or absent, never undefined. */
const withSignal = (signal: AbortSignal | undefined) => (signal ? { signal } : {});

/** The caller leaves at once; the request goes on for the others who share it. */
function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return answer;
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    answer.then(resolve, reject);
  });
}

async function codeOf({ response }: HTTPError): Promise<string | undefined> {
  const body = await response
    .clone()
    .json()
    .catch(() => undefined);
  return (body as { code?: string } | undefined)?.code;
}

/** An abort passes through as it is: nobody waits for it. */
async function problemOf(cause: unknown, signal: unknown): Promise<unknown> {
  if (signal instanceof AbortSignal && signal.aborted) return cause;
  if (cause instanceof TimeoutError) return new Problem('timeout', 'No answer in time', { cause });
  if (!(cause instanceof HTTPError))
    return cause instanceof SyntaxError
      ? new Problem('bad_answer', 'The answer is not JSON', { cause })
      : new Problem('network', 'The backend cannot be reached', { cause });
  const { response } = cause;
  const read = problemSchema().safeParse(await response.json().catch(() => undefined));
  if (!read.success)
    return new Problem('bad_answer', `Status ${response.status} without a problem`, { cause });
  const { code, detail, errors, totals } = read.data;
  const retryAfter = Number(response.headers.get('retry-after')) || undefined;
  return new Problem<string>(code, detail, {
    cause,
    ...(errors && { errors }),
    ...(totals && { totals }),
    ...(retryAfter && { retryAfter }),
  });
}
