import { afterAll, beforeAll, type TestContext } from 'vitest';
import { type App, NoRegistry, openYard } from './apps.js';

/** A yard for a test file. Without the npm registry its tests are skipped, and say so. */
export function useYard(): (name: string, context: TestContext) => Promise<App> {
  let yard: Awaited<ReturnType<typeof openYard>> | undefined;
  beforeAll(async () => {
    yard = await openYard();
  });
  afterAll(() => yard?.close());
  return async (name, { skip }) => {
    try {
      return await (yard as NonNullable<typeof yard>).install(name);
    } catch (error) {
      if (!(error instanceof NoRegistry)) throw error;
      const words = `skipped: ${name} was not tried, for the npm registry cannot be reached.`;
      console.warn(`\n!!! ${words}\n`);
      return skip(words);
    }
  };
}
