/** Keys of the API as a merchant makes and ends them. A key is told once, in the answer that makes it. */
import { type ApiKey, type Id, Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { lockAccount } from '../store/accounts.js';
import {
  exchangeUnusedKey,
  findKey,
  hasLastingKeyBeside,
  insertKey,
  keyRow,
  listKeys,
  newKey,
  revokeKey,
} from '../store/api-keys.js';
import { transaction } from '../store/database.js';
import { endDesksOfKey } from '../store/merchants.js';
import type { Page } from '../store/paging.js';
import type { Row } from '../store/schema.js';

const notFound = () => new Problem('not_found', 'There is no API key of this id.');

const view = (key: Row<'apiKey'>): ApiKey => ({
  id: key.id,
  object: 'api_key',
  name: key.name,
  hint: key.hint,
  createdAt: key.createdAt,
  lastUsedAt: key.lastUsedAt,
  revokedAt: key.revokedAt,
});

/** @throws Problem `not_found` */
async function readKey({ db, account }: Backend, id: string): Promise<ApiKey> {
  const found = await findKey(db, account.id, id);
  if (!found) throw notFound();
  return view(found);
}

export async function createApiKey(
  backend: Backend,
  id: Id<'apiKey'>,
  { name }: { readonly name: string },
): Promise<ApiKey> {
  const key = newKey();
  await insertKey(backend.db, { ...keyRow(key), id, accountId: backend.account.id, name });
  return { ...(await readKey(backend, id)), key };
}

/**
 * For whoever made it and got no answer. What it was nobody knows any more, so another key takes its place, unless the
 * first is in use: then somebody did get it. @throws Problem `not_found`
 */
export async function makeKeyAgain(backend: Backend, id: Id<'apiKey'>): Promise<ApiKey> {
  const key = newKey();
  const exchanged = await exchangeUnusedKey(backend.db, backend.account.id, id, key);
  return exchanged ? { ...view(exchanged), key } : readKey(backend, id);
}

export async function readKeys({ db, account }: Backend, page: Page) {
  const { data, nextCursor } = await listKeys(db, account.id, page);
  return { data: data.map(view), nextCursor };
}

/** Also the desks that were opened with it. Again, it changes nothing. @throws Problem `not_found`, `conflict` */
export const revokeApiKey = (backend: Backend, id: string): Promise<ApiKey> =>
  transaction(backend.db, async (tx) => {
    const accountId = backend.account.id;
    // Of two who end the last two keys at the same time, one must see what the other has done.
    await lockAccount(tx, accountId);
    const key = await findKey(tx, accountId, id);
    if (!key) throw notFound();
    if (!(await hasLastingKeyBeside(tx, accountId, key.id)))
      throw new Problem(
        'conflict',
        'This is the last valid key: make another one first, or nobody can call the API any more.',
      );
    const revoked = await revokeKey(tx, accountId, key.id);
    await endDesksOfKey(tx, key.id);
    return view(revoked ?? key);
  });
