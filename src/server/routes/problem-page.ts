/** A refusal or a fault, for a person who looks at a page of ours. */
import type { Context } from 'hono';
import type { Problem } from '../../contract/index.js';
import { problemStatus } from '../../contract/index.js';
import { busyPage, errorPage, notFoundPage } from '../pages/simple-page.js';
import { pageLocale } from '../pages/words.js';
import type { Env } from './env.js';
import { pageHeaders } from './page-headers.js';

const isForPerson = (c: Context): boolean =>
  !c.req.path.startsWith('/v1/') && (c.req.header('accept') ?? '').includes('text/html');

/** @returns undefined where a program asked, or the problem is one that a page has its own way to tell. */
export function problemPage(
  c: Context<Env>,
  { code, retryAfter }: Problem,
  publicUrl: string,
): Response | Promise<Response> | undefined {
  if (!isForPerson(c)) return undefined;
  const locale = pageLocale(c.req.query('locale') ?? c.req.header('accept-language'));
  const status = problemStatus[code];
  if (status !== 404 && status !== 429 && status < 500) return undefined;
  pageHeaders(c, publicUrl, {});
  if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter));
  if (status === 404) return c.html(notFoundPage(locale, ''), 404);
  if (status === 429) return c.html(busyPage(locale), 429);
  return c.html(
    errorPage(locale, { requestId: c.get('requestId'), isOnlyRead: c.req.method === 'GET' }),
    status,
  );
}
