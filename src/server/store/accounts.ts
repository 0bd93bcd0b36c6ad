/** The account and its first keys. */
import { sql } from 'kysely';
import { newId } from '../new-id.js';
import { keyRow, newKey } from './api-keys.js';
import { type Database, type Queries, transaction } from './database.js';
import type { NewRow } from './schema.js';

/** Whose everything is. What it is called is read where it is shown, for it may change. */
export interface Account {
  readonly id: string;
}

/** The one account, made on the first start under this name. */
export async function theAccount(db: Database, name = 'My shop'): Promise<Account> {
  const read = () => db.selectFrom('account').select('id').orderBy('createdAt').executeTakeFirst();
  const account = await read();
  if (account) return account;
  await db
    .insertInto('account')
    .values({ id: 'acct_main', name, email: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await read()) as Account;
}

export const hasKeys = async (db: Queries, accountId: string): Promise<boolean> =>
  (await db
    .selectFrom('apiKey')
    .select('id')
    .where('accountId', '=', accountId)
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** Makes this key valid; one that is known already stays as it is. */
export async function addKey(db: Queries, accountId: string, key: string): Promise<void> {
  await db
    .insertInto('apiKey')
    .values({ ...keyRow(key), id: newId('apiKey'), accountId, name: null })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
}

/** A new key, told this once: only its digest is kept. */
export async function createKey(db: Queries, accountId: string): Promise<string> {
  const key = newKey();
  await addKey(db, accountId, key);
  return key;
}

/** A generated key where the account has none yet, else undefined. */
export const firstKey = (db: Database, accountId: string): Promise<string | undefined> =>
  transaction(db, async (tx) => {
    await tx.selectFrom('account').select('id').where('id', '=', accountId).forUpdate().execute();
    return (await hasKeys(tx, accountId)) ? undefined : createKey(tx, accountId);
  });

export const readAccount = (db: Queries, id: string) =>
  db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

/** Keeps whoever else changes settings, or ends keys, out until the transaction ends. */
export const lockAccount = (db: Queries, id: string) =>
  db.selectFrom('account').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();

export type AccountChanges = Partial<
  Pick<
    NewRow<'account'>,
    'name' | 'branding' | 'allowedOrigins' | 'locale' | 'email' | 'countsVisits'
  >
>;

/** Two changes within a millisecond, which is as fine as a time is told, are two versions all the same. */
const nextVersion = sql<string>`greatest(paylink_now(), updated_at + interval '1 millisecond')`;

export const updateAccount = (db: Queries, id: string, changes: AccountChanges) =>
  db
    .updateTable('account')
    .set({ ...changes, updatedAt: nextVersion })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
