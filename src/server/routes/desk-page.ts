/** The merchant's desk as a page: one for all its addresses, which its script tells apart. */
import { Hono } from 'hono';
import type { Backend } from '../backend.js';
import { deskPage } from '../pages/desk-page.js';
import { pageLocale } from '../pages/words.js';
import type { Env } from './env.js';
import { pageHeaders } from './page-headers.js';

export function deskPageRoutes({ publicUrl }: Backend): Hono<Env> {
  const routes = new Hono<Env>();
  for (const path of ['/dashboard', '/dashboard/*'])
    routes.get(path, (c) => {
      pageHeaders(c, publicUrl, { formTargets: [] });
      return c.html(deskPage(pageLocale(c.req.header('accept-language'))));
    });
  return routes;
}
