import { defineConfig } from 'vitest/config';
import { ofEitherStore, root } from './stores.js';

const test = {
  css: true,
  testTimeout: 30 * 60_000,
  hookTimeout: 5 * 60_000,
  expect: { poll: { timeout: 8_000 } },
};

/** Proofs that take minutes, or more of them than `npm test` has time for: `npm run test:long`. */
export default defineConfig({
  root,
  test: {
    globalSetup: ['test/server/setup.ts'],
    maxWorkers: 1,
    projects: [
      {
        root,
        test: {
          ...{ ...test, name: 'long' },
          include: [
            'test/{long,model}/**/*.test.ts',
            'test/server/{capacity,idempotency}-http.test.ts',
            'test/server/{event-orders,limits,webhook-load}.test.ts',
          ],
          env: { LONG: '1', MODEL_RUNS: process.env.MODEL_RUNS ?? '5000' },
        },
      },
      {
        root,
        test: {
          ...{ ...test, name: 'PGlite', env: { STORE: 'PGlite' } },
          include: ofEitherStore,
        },
      },
    ],
  },
});
