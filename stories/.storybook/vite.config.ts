import { defineConfig, type Plugin } from 'vite';
import { locales } from '../../src/build/locales.ts';
import { readManifest } from '../../src/package/manifest.ts';

const name = 'virtual:custom-elements-manifest';
const root = new URL('../../', import.meta.url).pathname;

/** What the tables of attributes, events, parts and properties are made of: the source, as it is now. */
const manifest: Plugin = {
  name: 'custom-elements-manifest',
  resolveId: (id) => (id === name ? `\0${name}` : undefined),
  load: (id) =>
    id === `\0${name}` ? `export default ${JSON.stringify(readManifest(root))}` : undefined,
};

export default defineConfig({
  define: { __PAY_LINK_VERSION__: '"stories"' },
  plugins: [locales, manifest],
});
