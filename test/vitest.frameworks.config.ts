import { defineConfig } from 'vitest/config';
import { root } from './stores.js';

/** Our elements in other people's houses: `npm run test:frameworks`. */
export default defineConfig({
  root,
  test: {
    globalSetup: ['test/server/setup.ts'],
    include: ['test/frameworks/**/*.test.ts'],
    maxWorkers: 1,
    testTimeout: 5 * 60_000,
    hookTimeout: 5 * 60_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
