import { defineConfig } from 'vitest/config';

/** A hundred kills instead of the six of `npm test`: `npm run test:crash`. `SEED` repeats a run. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/crash/**/*.test.ts'],
    globalSetup: ['test/server/setup.ts'],
    env: { KILLS: process.env.KILLS ?? '100' },
    maxWorkers: 1,
  },
});
