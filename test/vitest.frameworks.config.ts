import { defineConfig } from 'vitest/config';

/** Applications of every framework, installed, checked, built and bought from: `npm run test:frameworks`. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/frameworks/**/*.test.ts'],
    // To install and to build takes a machine of its own.
    ...{ maxWorkers: 1, testTimeout: 5 * 60_000, hookTimeout: 5 * 60_000 },
    expect: { poll: { timeout: 15_000 } },
  },
});
