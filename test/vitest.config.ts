import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/{contract,server,model,crash,journeys}/**/*.test.ts', 'test/*.test.ts'],
    globalSetup: ['test/server/setup.ts'],
    // Vitest serves empty style sheets otherwise, also where they are read as text: pages are tested as they look.
    css: true,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A busy machine is no reason to fail.
    expect: { poll: { timeout: 8_000 } },
    // One database per file; two cores.
    maxWorkers: 2,
  },
});
