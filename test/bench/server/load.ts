/** Many callers at once, each with its next call as soon as the last is answered. */
import { Pool } from 'undici';

/** How many calls `callers` together get through in a second. */
export async function rateOf(
  callers: number,
  seconds: number,
  call: () => Promise<void>,
): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1_000;
  let count = 0;
  const caller = async () => {
    while (performance.now() < end) {
      await call();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return (count * 1_000) / (performance.now() - start);
}

/** As behind a proxy, so that callers are limited as in earnest; each asks seldom enough. */
export function from(): Record<string, string> {
  const at = Math.floor(Math.random() * 4_096);
  return { 'x-forwarded-for': `203.0.${at >> 8}.${at & 255}` };
}

export interface Caller {
  /** @throws where the answer has another status. */
  call(path: string, options?: CallOptions): Promise<string>;
  close(): Promise<void>;
}

interface CallOptions {
  readonly method?: 'GET' | 'POST';
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly status?: number;
}

/** Over connections that stay open, one for each caller. */
export function callerOf(origin: string, connections: number): Caller {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  return {
    async call(path, { method = 'GET', body, headers, status = 200 } = {}) {
      const answer = await pool.request({
        path,
        method,
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body }),
      });
      const text = await answer.body.text();
      if (answer.statusCode !== status)
        throw new Error(`${method} ${path} answered ${answer.statusCode}: ${text}`);
      return text;
    },
    close: () => pool.close(),
  };
}
