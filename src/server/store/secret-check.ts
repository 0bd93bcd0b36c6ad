/** By which key this database is kept. */
import type { Queries } from './database.js';

export const readSecretCheck = async (db: Queries): Promise<string | undefined> =>
  (await db.selectFrom('secretCheck').select('digest').executeTakeFirst())?.digest;

/** Where two processes are the first at once, one of them. */
export const keepSecretCheck = (db: Queries, digest: string) =>
  db
    .insertInto('secretCheck')
    .values({ digest })
    .onConflict((conflict) => conflict.doNothing())
    .execute();

export const replaceSecretCheck = (db: Queries, digest: string) =>
  db
    .insertInto('secretCheck')
    .values({ digest })
    .onConflict((conflict) => conflict.column('onlyRow').doUpdateSet({ digest }))
    .execute();
