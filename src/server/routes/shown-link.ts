/**
 * How a link is shown to buyers' pages, which ask for it more often than for all else together: one that is known is
 * answered before the router, with what the route would answer.
 */
import type { Hono } from 'hono';
import { LRUCache } from 'lru-cache';
import type { Backend } from '../backend.js';
import type { CallerOf } from '../caller.js';
import { namesVersion } from '../etag.js';
import type { ShownLink } from '../shown-links.js';
import { newRequestId, publicHeaders } from './access.js';
import type { Env } from './env.js';
import { addressOf, forwardedFor } from './limits.js';
import type { RequestLine } from './observe.js';
import { safeHeadersOf } from './safe-headers.js';

interface ShownAnswer {
  readonly status: 200 | 304;
  readonly body: string | null;
  readonly headers: Record<string, string>;
}

/** @param condition `If-None-Match` */
export function shownAnswer({ text, etag }: ShownLink, condition: string | undefined): ShownAnswer {
  const headers = { ETag: etag, 'Cache-Control': 'no-cache' };
  if (condition && namesVersion(condition, etag)) return { status: 304, body: null, headers };
  return { status: 200, body: text, headers: { ...headers, 'Content-Type': 'application/json' } };
}

/** Most addresses have no query, and need not be taken apart. */
const sourceIn = (url: string): string | undefined =>
  url.includes('?') ? (new URL(url).searchParams.get('utm_source') ?? undefined) : undefined;

interface QuickOptions {
  readonly backend: Backend;
  readonly callerOf: CallerOf;
  readonly tell: (line: RequestLine) => void;
}

/** Counting costs more than answering: this many reads of a caller are counted together. */
const countedTogether = 10;

const route = '/v1/public/payment-links/:id';
const address = /^https?:\/\/[^/]+\/v1\/public\/payment-links\/(plink_\w+)(?:\?|$)/;

/** Whatever is not known goes the whole way, and so does who has asked too often. */
export function answerQuickly(app: Hono<Env>, { backend, callerOf, tell }: QuickOptions): void {
  const { limits, publicUrl, shownLinks, visits, stopping } = backend;
  const always = { ...safeHeadersOf(publicUrl), ...publicHeaders };
  const answerWholly = app.fetch;
  const uncounted = new LRUCache<string, number>({ max: 10_000, ttl: 60_000 });

  /** Undefined while there is nothing to wait for. @throws Problem `rate_limited`, also at the next read then */
  function count(caller: string): Promise<void> | undefined {
    const reads = (uncounted.get(caller) ?? 0) + 1;
    if (reads < countedTogether) {
      uncounted.set(caller, reads);
      return undefined;
    }
    return limits.request(caller, reads).then(() => void uncounted.delete(caller));
  }

  function answer(shown: ShownLink, { headers: asked, url }: Request): Response {
    const requestId = newRequestId();
    const { status, body, headers } = shownAnswer(shown, asked.get('if-none-match') ?? undefined);
    tell({ requestId, method: 'GET', route, status, ms: 0 });
    visits.told('seen', shown.id, asked.get('origin'), sourceIn(url));
    return new Response(body, {
      status,
      headers: { 'X-Request-Id': requestId, ...always, ...headers },
    });
  }

  app.fetch = (request, env, context) => {
    const id = request.method === 'GET' ? address.exec(request.url)?.[1] : undefined;
    const shown = id && !stopping.aborted ? shownLinks.known(id) : undefined;
    if (!shown) return answerWholly(request, env, context);
    const forwarded = request.headers.get(forwardedFor) ?? undefined;
    const caller = callerOf({ address: addressOf(env), forwarded });
    const counting = caller === undefined ? undefined : count(caller);
    if (!counting) return answer(shown, request);
    return counting.then(
      () => answer(shown, request),
      () => answerWholly(request, env, context),
    );
  };
}
