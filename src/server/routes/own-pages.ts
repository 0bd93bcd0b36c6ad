/**
 * A cookie comes along whoever has made the browser ask, so a request that has one must come from a page of ours.
 * Browsers say so themselves (Fetch Metadata); those that do not yet, by `Origin`.
 */
import type { Context } from 'hono';
import { Problem } from '../../contract/index.js';

const changesNothing = (method: string) => method === 'GET' || method === 'HEAD';

function isOurs({ req }: Context, publicUrl: string): boolean {
  const site = req.header('sec-fetch-site');
  if (changesNothing(req.method)) return site !== 'cross-site';
  // Not `same-site` either: another host of the same domain may be anybody's.
  return site === undefined ? req.header('origin') === publicUrl : site === 'same-origin';
}

/** @throws Problem `cross_site`, `not_json` where a body is what a form could have sent as well */
export async function onlyFromOwnPages(c: Context, publicUrl: string): Promise<void> {
  if (!isOurs(c, publicUrl))
    throw new Problem('cross_site', 'With the desk’s cookie only the desk itself may ask this.');
  if (changesNothing(c.req.method)) return;
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json' && (await c.req.text()) !== '')
    throw new Problem('not_json', 'The body must be sent as application/json.');
}
