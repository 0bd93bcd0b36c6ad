/**
 * `fetch` with a deadline and, where a request may be sent twice, two more tries. By hand and not by a library:
 * ky does the same in an eighth of the script's bytes.
 */
import { Problem } from '../contract/index.js';

export interface Answer {
  readonly status: number;
  /** Seconds, where the server names them. */
  readonly retryAfter: number | undefined;
  /** JSON; undefined where it is none. */
  readonly body: unknown;
}

export interface Sending {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal | undefined;
  readonly cache?: RequestCache;
  /** Whether the same may be sent again after this answer, or after none at all. */
  readonly mayRepeat?: (answer: Answer | undefined) => boolean;
}

/** Nothing goes along that tells who the buyer is, or where. */
const unseen: RequestInit = { credentials: 'omit', referrerPolicy: 'no-referrer' };

/** For all tries together, in milliseconds. */
const deadline = 20_000;
const pauses = [500, 1500];
/** Who is asked to wait longer says so to the buyer instead, in seconds. */
const longestWait = 3;

/** Reading changes nothing: it is tried again wherever the server may recover. */
const readsAgain = (answer: Answer | undefined): boolean =>
  !answer || (answer.status > 499 && answer.status < 505);

/** POSTs where there is a body, else GETs. Throws the caller's abort reason, or a `network` or `timeout` Problem. */
export async function send(
  url: string,
  {
    body,
    headers,
    signal,
    cache = 'default',
    mayRepeat = body === undefined ? readsAgain : () => false,
  }: Sending,
): Promise<Answer> {
  const ending = new AbortController();
  const leave = () => ending.abort(signal?.reason);
  const timer = setTimeout(
    () => ending.abort(new Problem<string>('timeout', `${url}: no answer in ${deadline / 1000} s`)),
    deadline,
  );
  signal?.addEventListener('abort', leave);
  if (signal?.aborted) leave();
  const request: RequestInit = {
    cache,
    ...unseen,
    signal: ending.signal,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  };
  try {
    for (let attempt = 0; ; attempt++) {
      let answer: Answer | undefined;
      let cause: unknown;
      try {
        answer = await read(await fetch(url, request));
      } catch (error) {
        cause = error;
      }
      // Safari before 16 rejects with an error of its own and not with the reason.
      if (ending.signal.aborted) throw ending.signal.reason;
      const pause = pauses[attempt];
      const wait = answer?.retryAfter ?? 0;
      if (!pause || wait > longestWait || !mayRepeat(answer)) {
        if (answer) return answer;
        throw new Problem<string>('network', `${url}: no connection`, { cause });
      }
      await new Promise((resolve) => setTimeout(resolve, wait * 1000 || pause));
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
  }
}

/** POSTs nothing but the address: nobody waits for an answer, and nobody misses it. */
export function tell(url: string): void {
  fetch(url, { method: 'POST', ...unseen }).catch(() => {});
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  return {
    status: response.status,
    retryAfter: Number(response.headers.get('retry-after')) || undefined,
    body: parsed(text),
  };
}

/** JSON; undefined where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
