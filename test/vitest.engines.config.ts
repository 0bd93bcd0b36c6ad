import { defineConfig } from 'vitest/config';

/** Purchases in the engine that `ENGINE` names: `npm run test:engines`. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/engines/**/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    maxWorkers: 1,
    expect: { poll: { timeout: 8_000 } },
  },
});
