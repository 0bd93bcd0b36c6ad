/** A street with two houses: a merchant's shop on one origin, the backend on another, and a buyer's browser. */

import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type ServerType, serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type CastLinks, seedCast } from '../../demo/seed.js';
import { shopPage } from '../../demo/shop.js';
import { type Assembled, assemble } from '../../src/server/assemble.js';
import { readBuiltFiles } from '../../src/server/built-files.js';
import type { Provider } from '../../src/server/provider/provider.js';
import { createKey } from '../../src/server/store/accounts.js';
import { browserArgs, needBrowser } from '../browser.mjs';

export interface Street extends Assembled {
  readonly api: string;
  readonly shop: string;
  readonly links: CastLinks;
  readonly browser: Browser;
  /** A call of the merchant API. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there.
  call(method: string, path: string, body?: unknown): Promise<any>;
  /** A page of the shop written by the test: what stands in its body. */
  page(body: string, options?: PageOptions): string;
}

export interface PageOptions {
  /** In `<head>`, in place of the script's tag. */
  readonly head?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The whole document, in place of ours around the body. */
  readonly isWhole?: boolean;
}

interface ShopPage extends PageOptions {
  readonly body: string;
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const listen = (fetch: Hono['fetch'], port: number): Promise<ServerType> =>
  new Promise((resolve) => {
    const server = serve({ fetch, port, hostname: '127.0.0.1' }, () => resolve(server));
  });

export interface StreetOptions {
  /** Opens what stands before the backend, given where that is. @returns the origin everybody knows */
  readonly front?: (backend: string) => Promise<string>;
  /** By whom buyers pay; the sandbox where it is not said. */
  readonly provider?: () => Provider;
  /** Whoever buys here brings a browser along: none is started. */
  readonly bringsBrowser?: boolean;
}

export async function openStreet({
  front,
  provider,
  bringsBrowser,
}: StreetOptions = {}): Promise<Street & { close(): Promise<void> }> {
  const [apiPort, shopPort] = [await freePort(), await freePort()];
  const behind = `http://127.0.0.1:${apiPort}`;
  const api = (await front?.(behind)) ?? behind;
  // Another port is another origin, another host another site.
  const shop = `http://localhost:${shopPort}`;
  const files = await readBuiltFiles(
    fileURLToPath(new URL('../../dist/pay-link.js', import.meta.url)),
  );
  const errors: unknown[] = [];
  const assembled = await assemble({
    place: 'memory',
    publicUrl: api,
    secretKey: 'a secret of thirty-two characters, or more',
    files,
    provider: provider?.(),
    log: (error) => errors.push(error),
  });
  const { app, backend, worker } = assembled;
  await worker.start();
  const key = await createKey(backend.db, backend.account.id);
  const call: Street['call'] = async (method, path, body) => {
    const response = await app.request(path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  };
  // The demo's cast has bought from it by the sandbox.
  const links = provider ? ({} as CastLinks) : await seedCast(call, shop);
  const pages = new Map<string, ShopPage>();
  const shopApp = shopOf({ api, shop, links, pages });
  const servers = [await listen(app.fetch, apiPort), await listen(shopApp.fetch, shopPort)];
  const browser = bringsBrowser
    ? undefined
    : await chromium.launch({ executablePath: needBrowser(), args: browserArgs });
  return {
    ...assembled,
    api,
    shop,
    links,
    get browser() {
      if (!browser) throw new Error('There is no browser on this street');
      return browser;
    },
    call,
    page(body, options = {}) {
      const path = `/page-${pages.size + 1}`;
      pages.set(path, { body, ...options });
      return `${shop}${path}`;
    },
    async close() {
      await browser?.close();
      for (const server of servers) {
        server.close();
        if ('closeAllConnections' in server) server.closeAllConnections();
      }
      await assembled.close();
      expect(errors).toEqual([]);
    },
  };
}

interface Shop {
  readonly api: string;
  readonly shop: string;
  readonly links: CastLinks;
  readonly pages: Map<string, ShopPage>;
}

function shopOf({ api, shop, links, pages }: Shop): Hono {
  const app = new Hono();
  app.get('/', (c) => c.html(shopPage({ api, links, shopOrigin: shop })));
  app.use(
    '/shop/*',
    serveStatic({
      root: 'demo/assets',
      rewriteRequestPath: (path) => path.replace(/^\/shop/, ''),
    }),
  );
  app.get('/:page', (c) => {
    const page = pages.get(`/${c.req.param('page')}`);
    if (!page) return c.notFound();
    const { body, head = `<script async src="${api}/pay-link.js"></script>`, isWhole } = page;
    for (const [name, value] of Object.entries(page.headers ?? {})) c.header(name, value);
    return c.html(
      isWhole
        ? body
        : `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>${head}${body}`,
    );
  });
  return app;
}

/** One street for a test file; every test gets a browser of its own, and fails when the page threw. */
export function useStreet(options?: StreetOptions): {
  street(): Street;
  newPage(options?: Parameters<Browser['newContext']>[0]): Promise<Page>;
} {
  let street: Awaited<ReturnType<typeof openStreet>> | undefined;
  let pages: Page[] = [];
  let thrown: string[] = [];
  beforeAll(async () => {
    street = await openStreet(options);
  });
  afterEach(async () => {
    for (const page of pages) await page.context().close();
    const seen = thrown;
    pages = [];
    thrown = [];
    expect(seen).toEqual([]);
  });
  afterAll(() => street?.close());
  return {
    street: () => street as Street,
    async newPage(options = {}) {
      const context = await (street as Street).browser.newContext({ locale: 'en-GB', ...options });
      context.setDefaultTimeout(10_000);
      const page = await context.newPage();
      page.on('pageerror', (error) => thrown.push(String(error)));
      pages.push(page);
      return page;
    },
  };
}
