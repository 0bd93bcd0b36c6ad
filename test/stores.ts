/** Server tests that name no store for their house: on PostgreSQL in `npm test`, on PGlite too in the long run. */
import { readdirSync, readFileSync } from 'node:fs';

export const root = new URL('..', import.meta.url).pathname;

export const ofEitherStore = readdirSync(`${root}test/server`, {
  recursive: true,
  encoding: 'utf8',
})
  .filter((file) => file.endsWith('.test.ts'))
  .filter((file) => {
    const text = readFileSync(`${root}test/server/${file}`, 'utf8');
    return /use(House|Shop|Routes)\(\)/.test(text) && !/storeNames/i.test(text);
  })
  .map((file) => `test/server/${file}`);
