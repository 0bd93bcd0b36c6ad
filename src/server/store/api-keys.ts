/** API keys: random, told once, and kept as a digest with the few characters by which their owner knows them. */
import type { Id } from '../../contract/index.js';
import { newToken } from '../new-id.js';
import { now, type Queries } from './database.js';
import { digestOf } from './digest.js';
import { isValidKey } from './merchants.js';
import { listed, type Page } from './paging.js';
import type { NewRow } from './schema.js';

export const newKey = (): string => `sk_${newToken()}`;

const marksOf = (key: string) => ({ hash: digestOf(key), hint: key.slice(-4) });

/** One that nobody has used. */
export const keyRow = (key: string) => ({ ...marksOf(key), lastUsedAt: null, revokedAt: null });

export const insertKey = (db: Queries, row: NewRow<'apiKey'>) =>
  db.insertInto('apiKey').values(row).execute();

const keysOf = (db: Queries, accountId: string) =>
  db.selectFrom('apiKey').selectAll().where('accountId', '=', accountId);

export const findKey = (db: Queries, accountId: string, id: string) =>
  keysOf(db, accountId)
    .where('id', '=', id as Id<'apiKey'>)
    .executeTakeFirst();

export async function listKeys(db: Queries, accountId: string, page: Page) {
  let query = keysOf(db, accountId);
  if (page.before !== undefined) query = query.where('seq', '<', page.before);
  const rows = await query
    .orderBy('seq', 'desc')
    .limit(page.limit + 1)
    .execute();
  return listed(rows, page);
}

const validKey = (db: Queries, accountId: string, id: Id<'apiKey'>) =>
  db
    .updateTable('apiKey')
    .where('accountId', '=', accountId)
    .where('id', '=', id)
    .where(isValidKey);

/** Puts another one in the place of a key that nobody has used. @returns undefined where somebody has */
export const exchangeUnusedKey = (db: Queries, accountId: string, id: Id<'apiKey'>, key: string) =>
  validKey(db, accountId, id)
    .set(marksOf(key))
    .where('lastUsedAt', 'is', null)
    .returningAll()
    .executeTakeFirst();

/** @returns undefined where it is revoked already */
export const revokeKey = (db: Queries, accountId: string, id: Id<'apiKey'>) =>
  validKey(db, accountId, id).set({ revokedAt: now }).returningAll().executeTakeFirst();

/** One that will be revoked does not count, whenever that is; nor does one that was after this transaction began. */
export const hasLastingKeyBeside = async (
  db: Queries,
  accountId: string,
  id: Id<'apiKey'>,
): Promise<boolean> =>
  (await keysOf(db, accountId)
    .where('id', '<>', id)
    .where('revokedAt', 'is', null)
    .limit(1)
    .executeTakeFirst()) !== undefined;
