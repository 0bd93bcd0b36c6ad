import { defineConfig } from 'vitest/config';
import { root } from './stores.js';

/** Applications of every framework, and a WordPress, installed, built and bought from: `npm run test:frameworks`. */
export default defineConfig({
  root,
  test: {
    include: ['test/frameworks/**/*.test.ts'],
    // To install and to build takes a machine of its own.
    ...{ maxWorkers: 1, testTimeout: 5 * 60_000, hookTimeout: 5 * 60_000 },
    expect: { poll: { timeout: 15_000 } },
  },
});
