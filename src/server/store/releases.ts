/** The scripts that were served, each kept once and for ever. */
import type { Queries } from './database.js';
import type { NewRow } from './schema.js';

export const keepRelease = (db: Queries, release: NewRow<'release'>) =>
  db
    .insertInto('release')
    .values(release)
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();

export const findRelease = (db: Queries, hash: string) =>
  db.selectFrom('release').select(['version', 'bytes']).where('hash', '=', hash).executeTakeFirst();
