/** How a merchant signs in to the desk, and out of it. The key is shown once; then a cookie stands for it. */
import { Hono } from 'hono';
import { Problem, signInSchema } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { readDesk, signIn, workAtDesk } from '../domain/desk.js';
import { endDeskSession } from '../store/merchants.js';
import { isKey } from './access.js';
import { readJson } from './body.js';
import { clearDeskToken, deskToken, setDeskToken } from './desk-cookie.js';
import type { Env } from './env.js';
import { onlyFromOwnPages } from './own-pages.js';

const path = '/dashboard/session';

export function deskRoutes(backend: Backend): Hono<Env> {
  const routes = new Hono<Env>();
  const { publicUrl, limits } = backend;

  routes.use(path, async (c, next) => {
    c.header('Cache-Control', 'no-store');
    // Nobody is to be signed in from elsewhere either: what they then enter would be another one's.
    await onlyFromOwnPages(c, publicUrl);
    await next();
  });

  routes.post(path, async (c) => {
    const { key } = await readJson(c, signInSchema());
    const before = deskToken(c, publicUrl);
    const opened = isKey(key) ? await signIn(backend, { key, before }) : undefined;
    if (!opened) {
      await limits.wrongKey(c.get('caller'));
      throw new Problem('unauthorized', 'This key is unknown, or was revoked.');
    }
    setDeskToken(c, publicUrl, opened.token);
    return c.json(opened.desk);
  });

  /** Nobody is an answer too: a refusal would stand red in the console of whoever comes to sign in. */
  routes.get(path, async (c) => {
    const token = deskToken(c, publicUrl);
    const merchant = token && (await workAtDesk(backend, token));
    if (!merchant) return c.body(null, 204);
    if (merchant.isExtended) setDeskToken(c, publicUrl, token);
    return c.json(await readDesk(backend, merchant.accountId, merchant.expiresAt));
  });

  routes.delete(path, async (c) => {
    const token = deskToken(c, publicUrl);
    if (token) await endDeskSession(backend.db, token);
    clearDeskToken(c, publicUrl);
    return c.body(null, 204);
  });

  return routes;
}
