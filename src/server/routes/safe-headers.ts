/** Headers of every answer, whatever it is; a page puts a policy of its own in the place of this one. */
import type { MiddlewareHandler } from 'hono';

export const safeHeadersOf = (publicUrl: string): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  ...(publicUrl.startsWith('https:') && { 'Strict-Transport-Security': 'max-age=31536000' }),
});

/** Beforehand: Hono's own sets them on the answer that stands, which makes another answer of it. */
export const safeHeaders = (publicUrl: string): MiddlewareHandler => {
  const headers = Object.entries(safeHeadersOf(publicUrl));
  return async (c, next) => {
    for (const [name, value] of headers) c.header(name, value);
    await next();
  };
};
