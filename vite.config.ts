/** Every build of the project, one environment each: `vite build --app`. */
import { readFileSync } from 'node:fs';
import { defineConfig, type EnvironmentOptions } from 'vite';
import { billOfMaterials } from './src/build/bill-of-materials.ts';
import { frenchInOrder } from './src/build/french-in-order.ts';
import { leanLibraries } from './src/build/lean-libraries.ts';
import { locales } from './src/build/locales.ts';
import { minifyAgain } from './src/build/minify-again.ts';
import { plainSchemas } from './src/build/plain-schemas.ts';
import { smallTemplates } from './src/build/small-templates.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/**
 * Chrome 109, Safari 15.4, Firefox 115. Safari is written as 16 because oxc turns every private field into a
 * WeakMap for the sake of one initialiser bug of Safari 15 (webkit 236843) that our assignments cannot meet.
 */
const browsers = ['chrome109', 'safari16', 'firefox115'];

/** Before Lit runs: where the tags exist the script does nothing at all. */
const loadOnce = `
var taken = ['pay-link-form', 'pay-link-modal', 'pay-link-button'].some(function (tag) {
  return customElements.get(tag);
});
if (taken) {
  var other = window.PayLink && window.PayLink.version;
  if (other !== '${version}') console.warn('PayLink ${version} is not used: version ' + other + ' is already on this page.');
  return;
}`;

/** Before Lit runs on a server: what it is built on where there is no DOM. There nothing is ever drawn. */
const withoutDom = `
const { HTMLElement = class {}, document = { createTreeWalker() {} } } = globalThis;`;

const widget = (entry: string, options: EnvironmentOptions['build']): EnvironmentOptions => ({
  consumer: 'client',
  define: { __PAY_LINK_VERSION__: JSON.stringify(version) },
  build: {
    target: browsers,
    minify: true,
    sourcemap: false,
    modulePreload: false,
    copyPublicDir: false,
    emptyOutDir: false,
    reportCompressedSize: false,
    ...options,
    rolldownOptions: {
      input: entry,
      // To make it small takes its time.
      checks: { pluginTimings: false },
      ...options?.rolldownOptions,
    },
  },
});

/** Whatever surrounds the command: a build for `test` or `development` would carry the libraries' warnings to buyers. */
process.env.NODE_ENV = 'production';

export default defineConfig({
  appType: 'custom',
  publicDir: false,
  plugins: [
    leanLibraries,
    plainSchemas,
    frenchInOrder,
    smallTemplates,
    minifyAgain,
    locales,
    billOfMaterials,
  ],
  environments: {
    /** The one script of a merchant's page. */
    script: widget('src/widget/script.ts', {
      outDir: 'dist',
      rolldownOptions: {
        output: { format: 'iife', entryFileNames: 'pay-link.js', intro: loadOnce },
      },
    }),
    /** The same elements for bundlers. */
    module: widget('src/widget/index.ts', {
      outDir: 'dist/module',
      rolldownOptions: {
        preserveEntrySignatures: 'strict',
        output: { format: 'es', entryFileNames: 'pay-link.js', intro: withoutDom },
      },
    }),
    /** The merchant's desk: one script and one style sheet, which the backend serves. */
    desk: {
      consumer: 'client',
      build: {
        target: browsers,
        outDir: 'dist/dashboard',
        emptyOutDir: true,
        minify: true,
        modulePreload: false,
        copyPublicDir: false,
        reportCompressedSize: false,
        cssCodeSplit: false,
        rolldownOptions: {
          input: { desk: 'src/dashboard/main.ts' },
          output: { format: 'es', entryFileNames: 'desk.js', assetFileNames: 'desk[extname]' },
        },
      },
    },
    /** The backend's commands; what npm installs for the server stays where it is. */
    server: {
      consumer: 'server',
      resolve: { external: true, noExternal: [] },
      build: {
        target: 'node20',
        outDir: 'dist/server',
        emptyOutDir: true,
        minify: false,
        rolldownOptions: {
          input: {
            main: 'src/server/main.ts',
            key: 'src/server/key.ts',
            'reset-test-counts': 'src/server/reset-test-counts.ts',
            'new-secret-key': 'src/server/new-secret-key.ts',
            start: 'demo/start.ts',
          },
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const [name, environment] of Object.entries(builder.environments))
        if (name !== 'client' && name !== 'ssr') await builder.build(environment);
    },
  },
});
