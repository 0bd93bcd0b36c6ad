/** Files browsers fetch from us: the script, and the style and script of our own pages. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import { type Context, Hono } from 'hono';
import { LRUCache } from 'lru-cache';
import type { ScriptRelease } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { recall, releaseOf } from '../domain/release.js';
import { namesVersion } from '../etag.js';
import favicon from '../pages/favicon.svg?raw';
import { pageScript } from '../pages/script.js';
import { pageCss, referenceCss } from '../pages/styles.js';
import type { Env } from './env.js';
import { limitRequests } from './limits.js';

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

const javascript = 'text/javascript; charset=utf-8';
const json = 'application/json; charset=utf-8';

const smallest = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
const etagOf = (plain: string) =>
  `"${createHash('sha256').update(plain).digest('base64url').slice(0, 27)}"`;

/** Compressed once: buyers on slow phones get the smallest bytes there are. */
const prepare = (plain: string, type: string): ServedFile => ({
  plain,
  br: brotliCompressSync(plain, smallest),
  gzip: gzipSync(plain, { level: 9 }),
  etag: etagOf(plain),
  type,
});

/** The same beside requests that are under way. */
async function prepareBeside(plain: string, type: string): Promise<ServedFile> {
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(plain, smallest),
    promisify(gzip)(plain, { level: 9 }),
  ]);
  return { plain, br, gzip: gz, etag: etagOf(plain), type };
}

const aWhile = 'public, max-age=300';
const forEver = 'public, max-age=31536000, immutable';

function serve(c: Context, file: ServedFile, lifetime = aWhile): Response {
  c.header('ETag', file.etag);
  c.header('Cache-Control', lifetime);
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

/** So many old scripts are kept ready; the others are read again. */
const mostReady = 8;

export function fileRoutes(backend: Backend, { script, locales, desk }: Files): Hono<Env> {
  const routes = new Hono<Env>();
  const { version, integrity, path: pinned } = releaseOf(script);
  const release: ScriptRelease = { version, src: `${backend.publicUrl}${pinned}`, integrity };
  const newest = prepare(script, javascript);
  const files: Record<string, ServedFile> = {
    '/pay-link.js': newest,
    '/pay-link.json': prepare(JSON.stringify(release), json),
    '/assets/pages.css': prepare(pageCss, 'text/css; charset=utf-8'),
    '/assets/reference.css': prepare(referenceCss, 'text/css; charset=utf-8'),
    '/assets/pages.js': prepare(pageScript, javascript),
    '/favicon.ico': prepare(favicon, 'image/svg+xml'),
  };
  if (desk) {
    files['/dashboard/desk.js'] = prepare(desk.script, javascript);
    files['/dashboard/desk.css'] = prepare(desk.style, 'text/css; charset=utf-8');
  }
  for (const [name, texts] of Object.entries(locales))
    files[`/locales/${name}`] = prepare(texts, json);
  for (const [path, file] of Object.entries(files)) routes.get(path, (c) => serve(c, file));

  const ready = new LRUCache<string, Promise<ServedFile | undefined>>({ max: mostReady });
  const readOld = async (path: string) => {
    const old = await recall(backend, path);
    return old === undefined ? undefined : prepareBeside(old, javascript);
  };
  routes.get('/:release{pay-link-[^/]+-[0-9a-f]+\\.js}', limitRequests(backend), async (c) => {
    const { path } = c.req;
    if (path === pinned) return serve(c, newest, forEver);
    const reading = ready.get(path) ?? readOld(path);
    ready.set(path, reading);
    const old = await reading.catch((error) => {
      ready.delete(path);
      throw error;
    });
    if (old) return serve(c, old, forEver);
    ready.delete(path);
    return c.notFound();
  });
  return routes;
}
