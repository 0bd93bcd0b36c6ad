/** What bundlers make of an import of `pay-link`: however little of it is used, the tags are registered. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { useStreet } from '../journeys/street.js';
import { serveFolder } from './apps.js';
import { useYard } from './use-yard.js';

const { newPage } = useStreet();
const installApp = useYard();

const tags = ['pay-link-button', 'pay-link-modal', 'pay-link-form'];

it('registers the tags, whichever bundler was used and however little was imported', async (context) => {
  const app = await installApp('bundlers', context);
  await app.run('npm', 'run', 'build');
  const { origin, close } = await serveFolder(join(app.folder, 'dist'));
  try {
    for (const bundler of ['vite', 'webpack', 'esbuild'])
      for (const entry of ['bare', 'configured']) {
        const script = `${bundler}/${entry}.js`;
        writeFileSync(
          join(app.folder, 'dist', `${bundler}-${entry}.html`),
          `<!doctype html><title>A page</title><script type="module" src="/${script}"></script>`,
        );
        const page = await newPage();
        await page.goto(`${origin}/${bundler}-${entry}.html`);
        const defined = await page.evaluate(
          (all) => all.filter((tag) => customElements.get(tag)),
          tags,
        );
        expect(defined, script).toEqual(tags);
      }
  } finally {
    await close();
  }
});
