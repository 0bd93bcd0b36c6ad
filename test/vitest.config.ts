import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;

/** Files that name no store for their house: run once on PGlite, and once more on PostgreSQL. */
const ofEitherStore = readdirSync(`${root}test/server`, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .filter((file) => {
    const text = readFileSync(`${root}test/server/${file}`, 'utf8');
    return /use(House|Shop|Routes)\(\)/.test(text) && !text.includes('storeNames');
  })
  .map((file) => `test/server/${file}`);

const test = {
  // Vitest serves empty style sheets otherwise, also where they are read as text: pages are tested as they look.
  css: true,
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // A busy machine is no reason to fail.
  expect: { poll: { timeout: 8_000 } },
};

export default defineConfig({
  root,
  test: {
    globalSetup: ['test/server/postgres.ts'],
    // One database per file; two cores.
    maxWorkers: 2,
    projects: [
      {
        root,
        test: {
          ...{ ...test, name: 'PGlite' },
          include: ['test/{contract,server,model,crash,journeys}/**/*.test.ts', 'test/*.test.ts'],
        },
      },
      {
        root,
        test: {
          ...{ ...test, name: 'PostgreSQL', env: { STORE: 'PostgreSQL' } },
          include: ofEitherStore,
        },
      },
    ],
  },
});
