/** A browser and a backend that answers at once: what is measured is the page, not a database. */
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { build } from 'esbuild';
import { Hono } from 'hono';
import { type CDPSession, chromium, type Page } from 'playwright-core';
import type { PublicLink } from '../../src/contract/index.js';
import { browserArgs, needBrowser } from '../browser.mjs';

export interface Stage {
  readonly origin: string;
  /** The script as merchants load it. */
  readonly script: string;
  /** Lit's core, minified, with one button of one text: the least any of our elements could be. */
  readonly bare: string;
  /** What the backend was asked since this was last emptied. */
  readonly asked: string[];
  readonly links: Map<string, PublicLink>;
  /** A fresh page with this body, throttled to a fraction of the processor. */
  open(body: string, options?: { slower?: number }): Promise<Opened>;
  close(): Promise<void>;
}

export interface Opened {
  readonly page: Page;
  readonly devtools: CDPSession;
  close(): Promise<void>;
}

const root = new URL('../../', import.meta.url);

const bareElement = `
  import { html, LitElement } from 'lit';
  globalThis.bareLit = { html, LitElement };
  customElements.define('bare-button', class extends LitElement {
    static properties = { label: {} };
    render() { return html\`<button type="button">\${this.label}</button>\`; }
  });`;

export async function openStage(): Promise<Stage> {
  const script = await readFile(new URL('dist/pay-link.js', root), 'utf8');
  const { outputFiles } = await build({
    stdin: { contents: bareElement, resolveDir: new URL('.', root).pathname },
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'chrome109',
    conditions: ['production'],
  });
  const bare = outputFiles[0]?.text ?? '';
  const asked: string[] = [];
  const links = new Map<string, PublicLink>();
  const pages = new Map<string, string>();
  const app = new Hono();
  app.get('/pay-link.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript' }));
  app.get('/bare.js', (c) => c.body(bare, 200, { 'content-type': 'text/javascript' }));
  app.get('/page/:name', (c) => c.html(pages.get(c.req.param('name')) ?? ''));
  app.all('/v1/*', (c) => {
    asked.push(`${c.req.method} ${c.req.path}`);
    const link = links.get(c.req.path.split('/').at(-1) ?? '');
    return link ? c.json(link) : c.json({}, 404);
  });
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({
    executablePath: needBrowser(),
    args: [...browserArgs, '--js-flags=--expose-gc', '--enable-precise-memory-info'],
  });
  return {
    ...{ origin, script, bare, asked, links },
    async open(body, { slower = 1 } = {}) {
      const name = String(pages.size);
      pages.set(name, `<!doctype html><html lang="en"><meta charset="utf-8">${body}`);
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      // What runs in the page was compiled with names kept by this helper.
      await context.addInitScript('globalThis.__name = (value) => value');
      const page = await context.newPage();
      const devtools = await context.newCDPSession(page);
      if (slower > 1) await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
      await page.goto(`${origin}/page/${name}`);
      return { page, devtools, close: () => context.close() };
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}
