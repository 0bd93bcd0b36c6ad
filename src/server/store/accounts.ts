/** The account and its API keys. Keys are random and long, so a plain SHA-256 keeps them (no slow hash needed). */
import { createHash } from 'node:crypto';
import { newToken } from '../new-id.js';
import { type Database, now, type Queries, transaction } from './database.js';

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

export interface Account {
  readonly id: string;
  readonly name: string;
}

/** The one account, made on the first start under this name. */
export async function theAccount(db: Database, name = 'My shop'): Promise<Account> {
  const read = () =>
    db.selectFrom('account').select(['id', 'name']).orderBy('createdAt').executeTakeFirst();
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
  const row = { id: `key_${newToken(24)}`, accountId, hash: hashOf(key), hint: key.slice(-4) };
  await db
    .insertInto('apiKey')
    .values({ ...row, name: null, lastUsedAt: null, revokedAt: null })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
}

/** A new key, told this once: only its digest is kept. */
export async function createKey(db: Queries, accountId: string): Promise<string> {
  const key = `sk_${newToken()}`;
  await addKey(db, accountId, key);
  return key;
}

/** A generated key where the account has none yet, else undefined. */
export const firstKey = (db: Database, accountId: string): Promise<string | undefined> =>
  transaction(db, async (tx) => {
    await tx.selectFrom('account').select('id').where('id', '=', accountId).forUpdate().execute();
    return (await hasKeys(tx, accountId)) ? undefined : createKey(tx, accountId);
  });

export async function accountOfKey(db: Queries, key: string): Promise<Account | undefined> {
  return db
    .selectFrom('apiKey')
    .innerJoin('account', 'account.id', 'apiKey.accountId')
    .select(['account.id', 'account.name'])
    .where('apiKey.hash', '=', hashOf(key))
    .where((where) => where.or([where('revokedAt', 'is', null), where('revokedAt', '>', now)]))
    .executeTakeFirst();
}
