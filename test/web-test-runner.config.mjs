/** Elements in a real browser. Each test file is bundled when it is asked for: one request instead of two hundred. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromeLauncher } from '@web/test-runner-chrome';
import { build } from 'esbuild';

const rootDir = fileURLToPath(new URL('..', import.meta.url));
const chromium = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path && existsSync(path));

const bundle = {
  name: 'bundle',
  async serve({ path }) {
    if (!/^\/test\/.*\.test\.ts$/.test(path)) return undefined;
    const { outputFiles } = await build({
      entryPoints: [rootDir + path.slice(1)],
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

export default {
  rootDir,
  files: ['test/widget/**/*.test.ts', 'test/stories/**/*.test.ts'],
  plugins: [bundle],
  concurrency: 2,
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
        ...(chromium && { executablePath: chromium }),
        args: [
          '--headless=new',
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      },
    }),
  ],
  testFramework: { config: { timeout: 5000 } },
  testRunnerHtml: (testFramework) =>
    `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"></head><body><script type="module" src="${testFramework}"></script></body></html>`,
};
