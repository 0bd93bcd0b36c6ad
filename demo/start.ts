/** `npm start`: backend, sandbox and a demo shop on one address, with the cast of links to try. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { Assembled } from '../src/server/assemble.js';
import { keptSecret, StartRefused } from '../src/server/data-folder.js';
import { newToken } from '../src/server/new-id.js';
import { command, logError, stopOnSignal } from '../src/server/process.js';
import { paymentsIn } from '../src/server/provider-settings.js';
import { pageHeaders } from '../src/server/routes/page-headers.js';
import { safeHeaders } from '../src/server/routes/safe-headers.js';
import { run } from '../src/server/run.js';
import { readSettings } from '../src/server/settings.js';
import { addKey } from '../src/server/store/accounts.js';
import { castNames, merchantName } from './cast.js';
import { type ApiCall, type CastLinks, seedCast } from './seed.js';
import { shopPage } from './shop.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Calls the merchant API of this very process. */
const caller =
  ({ app }: Assembled, key: string): ApiCall =>
  async (method, path, body) => {
    const response = await app.request(path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.json();
  };

/** The cast is made once; where it is noted, it is only looked up. */
async function castLinks(call: ApiCall, notePath: string, origin: string): Promise<CastLinks> {
  const note = await readFile(notePath, 'utf8').catch(() => undefined);
  if (note) {
    const ids = JSON.parse(note) as Record<string, string>;
    const links = await Promise.all(
      castNames.map(async (name) => {
        const { id, url } = await call('GET', `/v1/payment-links/${ids[name]}`);
        return [name, { id, url }] as const;
      }),
    ).catch(() => undefined);
    if (links) return Object.fromEntries(links) as CastLinks;
  }
  const links = await seedCast(call, origin);
  const ids = Object.fromEntries(castNames.map((name) => [name, links[name].id]));
  await writeFile(notePath, `${JSON.stringify(ids, null, 2)}\n`);
  return links;
}

command(async () => {
  const settings = readSettings(process.env);
  const { name } = settings.provider;
  if (name !== 'sandbox')
    throw new StartRefused(
      `PROVIDER is ${name}: the demo shop sells by the sandbox alone, npm run serve sells by ${name}.`,
    );
  let links: CastLinks | undefined;
  let demoKey = '';
  const running = await run({
    settings,
    scriptPath: join(root, 'dist/pay-link.js'),
    log: logError,
    accountName: merchantName,
    async front(assembled) {
      const { backend, app } = assembled;
      demoKey = await keptSecret(settings.dataDir, 'demo-key', () => `sk_demo_${newToken()}`);
      await addKey(backend.db, backend.account.id, demoKey);
      const notePath = join(settings.dataDir, 'demo-links.json');
      links = await castLinks(caller(assembled, demoKey), notePath, settings.publicUrl);
      const page = shopPage({ api: settings.publicUrl, links, shopOrigin: settings.publicUrl });
      const shop = new Hono();
      shop.use(safeHeaders(settings.publicUrl));
      shop.get('/', (c) => {
        pageHeaders(c, settings.publicUrl, {});
        return c.html(page);
      });
      shop.use(
        '/shop/*',
        serveStatic({
          root: join(root, 'demo/assets'),
          rewriteRequestPath: (path) => path.replace(/^\/shop/, ''),
        }),
      );
      shop.all('*', (c) => app.fetch(c.req.raw, c.env));
      return shop;
    },
  });
  stopOnSignal(running.stop);
  console.log(`
PayLink is ready.

  Demo shop   ${running.url}/
  API         ${running.url}/v1   (described at ${running.url}/reference)
  Desk        ${running.url}/dashboard   (sign in with the demo key)
  Demo key    ${demoKey}

  ${paymentsIn(settings.provider)}
`);
  for (const name of castNames) console.log(`  ${name.padEnd(15)}${links?.[name].url}`);
  console.log('\nCtrl-C stops it; what was sold is kept.');
});
