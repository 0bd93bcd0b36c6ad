/** Files browsers fetch from us: the script, and the style and script of our own pages. */

import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { type Context, Hono } from 'hono';
import { namesVersion } from '../etag.js';
import favicon from '../pages/favicon.svg?raw';
import { pageScript } from '../pages/script.js';
import { pageCss, referenceCss } from '../pages/styles.js';

export interface Files {
  /** The built widget, `dist/pay-link.js`. */
  readonly script: string;
  /** The languages beside it: JSON by file name. */
  readonly locales: Readonly<Record<string, string>>;
  /** The merchant's desk, `dist/dashboard`; none where a house serves buyers alone. */
  readonly desk?: { readonly script: string; readonly style: string };
}

interface ServedFile {
  readonly plain: string;
  readonly br: Buffer;
  readonly gzip: Buffer;
  readonly etag: string;
  readonly type: string;
}

/** Compressed once: buyers on slow phones get the smallest bytes there are. */
const prepare = (plain: string, type: string): ServedFile => ({
  plain,
  br: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  gzip: gzipSync(plain, { level: 9 }),
  etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 27)}"`,
  type,
});

function serve(c: Context, file: ServedFile): Response {
  c.header('ETag', file.etag);
  c.header('Cache-Control', 'public, max-age=300');
  c.header('Vary', 'Accept-Encoding');
  c.header('Access-Control-Allow-Origin', '*');
  c.header('Cross-Origin-Resource-Policy', 'cross-origin');
  if (namesVersion(c.req.header('if-none-match'), file.etag)) return c.body(null, 304);
  c.header('Content-Type', file.type);
  const accepted = c.req.header('accept-encoding') ?? '';
  for (const encoding of ['br', 'gzip'] as const)
    if (accepted.includes(encoding)) {
      c.header('Content-Encoding', encoding);
      return c.body(new Uint8Array(file[encoding]));
    }
  return c.body(file.plain);
}

export function fileRoutes({ script, locales, desk }: Files): Hono {
  const routes = new Hono();
  const javascript = 'text/javascript; charset=utf-8';
  const files: Record<string, ServedFile> = {
    '/pay-link.js': prepare(script, javascript),
    '/assets/pages.css': prepare(pageCss, 'text/css; charset=utf-8'),
    '/assets/reference.css': prepare(referenceCss, 'text/css; charset=utf-8'),
    '/assets/pages.js': prepare(pageScript, javascript),
    '/favicon.ico': prepare(favicon, 'image/svg+xml'),
  };
  if (desk) {
    files['/dashboard/desk.js'] = prepare(desk.script, javascript);
    files['/dashboard/desk.css'] = prepare(desk.style, 'text/css; charset=utf-8');
  }
  for (const [name, json] of Object.entries(locales))
    files[`/locales/${name}`] = prepare(json, 'application/json; charset=utf-8');
  for (const [path, file] of Object.entries(files)) routes.get(path, (c) => serve(c, file));
  return routes;
}
