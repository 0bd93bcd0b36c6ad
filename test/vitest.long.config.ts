import { defineConfig } from 'vitest/config';

/** Proofs that take minutes, or more of them than `npm test` has time for: `npm run test:long`. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/{long,model}/**/*.test.ts', 'test/server/{capacity,idempotency}-http.test.ts'],
    env: { LONG: '1', MODEL_RUNS: process.env.MODEL_RUNS ?? '5000' },
    globalSetup: ['test/server/postgres.ts'],
    testTimeout: 30 * 60_000,
    hookTimeout: 5 * 60_000,
    maxWorkers: 1,
  },
});
