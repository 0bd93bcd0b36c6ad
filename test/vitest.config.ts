import { defineConfig } from 'vitest/config';

/** The same every time: what a run found by chance would be lost with it. `npm run test:long` draws anew. */
const env = {
  SEED: process.env.SEED ?? '1',
  MODEL_SEED: process.env.MODEL_SEED ?? '1',
  FUZZ_SEED: process.env.FUZZ_SEED ?? '1',
};

const root = new URL('..', import.meta.url).pathname;

const test = {
  // Vitest serves empty style sheets otherwise, also where they are read as text: pages are tested as they look.
  css: true,
  env,
  setupFiles: ['test/steady.ts'],
  testTimeout: 30_000,
  // What needs a second try on a machine full of others is told at the end (last-words.ts), and looked into.
  retry: 1,
  hookTimeout: 60_000,
  // A busy machine is no reason to fail.
  expect: { poll: { timeout: 8_000 } },
};

export default defineConfig({
  root,
  test: {
    globalSetup: ['test/server/setup.ts'],
    // One database per file; two cores.
    maxWorkers: 2,
    projects: [
      {
        root,
        test: {
          ...{ ...test, name: 'server' },
          include: ['test/{server,model,crash,journeys}/**/*.test.ts'],
          // The server's modules are read once, not once for each file: half of the time.
          isolate: false,
        },
      },
      {
        root,
        // Here a module is exchanged for another one.
        test: {
          ...test,
          name: 'contract',
          include: ['test/{contract,dashboard,package}/**/*.test.ts', 'test/*.test.ts'],
        },
      },
    ],
  },
});
