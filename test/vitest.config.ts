import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;

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
          include: ['test/contract/**/*.test.ts', 'test/*.test.ts'],
        },
      },
    ],
  },
});
