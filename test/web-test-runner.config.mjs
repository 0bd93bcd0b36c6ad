/**
 * Elements in a real browser. Each test file is bundled when it is asked for: one request instead of two hundred.
 * A file of stories is a test file as well: every story in it is played and looked at.
 */
import { fileURLToPath } from 'node:url';
import { chromeLauncher } from '@web/test-runner-chrome';
import { build } from 'esbuild';
import { createBuilder } from 'vite';
import { browserArgs, findBrowser } from './browser.mjs';
import { scriptedApi } from './widget/scripted-api.mjs';

const rootDir = fileURLToPath(new URL('..', import.meta.url));
const bundle = {
  name: 'bundle',
  async serve({ path }) {
    if (!/^\/(?:test\/.*\.test|stories\/.*\.stories)\.ts$/.test(path)) return undefined;
    const contents = path.endsWith('.stories.ts')
      ? `import * as stories from '.${path}'; import { proveStories } from './test/stories/prove.ts'; proveStories(stories);`
      : `import '.${path}';`;
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: rootDir },
      bundle: true,
      write: false,
      format: 'esm',
      target: 'chrome109',
      sourcemap: 'inline',
      tsconfig: `${rootDir}.tsconfig.base.json`,
    });
    return { body: outputFiles[0].text, type: 'js' };
  },
};

/** The script and its languages exactly as they are built for merchants, without writing them. */
let output;
const built = {
  name: 'built',
  async serve({ path }) {
    const [, name] = /^\/(?:built\/)?(pay-link\.js|locales\/\w+\.json)$/.exec(path) ?? [];
    if (!name) return undefined;
    output ??= createBuilder({
      root: rootDir,
      logLevel: 'error',
      environments: { script: { build: { write: false } } },
    }).then((builder) => builder.build(builder.environments.script));
    const file = [await output].flat()[0].output.find(({ fileName }) => fileName === name);
    return file && { body: file.code ?? file.source, type: name.split('.')[1] };
  },
};

export default {
  rootDir,
  files: ['test/{widget,stories}/**/*.test.ts', 'stories/*.stories.ts'],
  plugins: [bundle, built],
  middleware: [scriptedApi],
  concurrency: 2,
  // What the widget tells a merchant's console is part of what is tested; the log is for the rest.
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('PayLink:'),
  browsers: [
    chromeLauncher({
      // A window each: a tab behind another draws no frames, so nothing would ever come into view there.
      createBrowserContext: ({ browser }) => browser.createBrowserContext(),
      createPage: async ({ context }) => {
        const page = await context.newPage();
        const session = await page.createCDPSession();
        await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
        return page;
      },
      launchOptions: {
        executablePath: findBrowser(),
        args: browserArgs,
      },
    }),
  ],
  // The first to ask for the script waits for its build, on a machine that may be busy.
  testFramework: { config: { timeout: 20_000 } },
  testRunnerHtml: (testFramework) =>
    `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"></head><body><script type="module" src="${testFramework}"></script></body></html>`,
};
