/** Who asks in a merchant's name: with a key, or at a desk that was opened with one. */
import { sql } from 'kysely';
import type { Id } from '../../contract/index.js';
import { now, type Queries } from './database.js';
import { digestOf } from './digest.js';

export interface Merchant {
  readonly accountId: string;
  readonly apiKeyId: Id<'apiKey'>;
  /** Nobody has noted for a minute that the key is in use. */
  readonly isUseToNote: boolean;
}

/** Revoked for a later time, a key is valid until then. */
export const isValidKey = sql<boolean>`
  (api_key.revoked_at is null or api_key.revoked_at > paylink_now())`;

const isUseToNote = sql<boolean>`
  (api_key.last_used_at is null or api_key.last_used_at < paylink_now() - interval '1 minute')`;

export const merchantOfKey = (db: Queries, key: string): Promise<Merchant | undefined> =>
  db
    .selectFrom('apiKey')
    .select(['apiKey.accountId', 'apiKey.id as apiKeyId', isUseToNote.as('isUseToNote')])
    .where('hash', '=', digestOf(key))
    .where(isValidKey)
    .executeTakeFirst();

/** Guarded, so that of all who come in the same minute one writes. */
export const noteKeyUse = (db: Queries, apiKeyId: Id<'apiKey'>) =>
  db
    .updateTable('apiKey')
    .set({ lastUsedAt: now })
    .where('id', '=', apiKeyId)
    .where(isUseToNote)
    .execute();

export interface MerchantAtDesk extends Merchant {
  readonly expiresAt: string;
  /** So much of its time has passed that it is worth a write to give it all of it again. */
  readonly isToExtend: boolean;
}

/** How long a desk is left open that nobody works at. */
const lifetime = sql<string>`paylink_now() + interval '12 hours'`;
const isToExtend = sql<boolean>`
  (desk_session.expires_at < paylink_now() + interval '12 hours' - interval '10 minutes')`;

/** A desk ends with the key it was opened with. */
export const merchantAtDesk = (db: Queries, token: string): Promise<MerchantAtDesk | undefined> =>
  db
    .selectFrom('deskSession')
    .innerJoin('apiKey', 'apiKey.id', 'deskSession.apiKeyId')
    .select(['deskSession.accountId', 'apiKeyId', 'expiresAt'])
    .select([isUseToNote.as('isUseToNote'), isToExtend.as('isToExtend')])
    .where('deskSession.hash', '=', digestOf(token))
    .where('expiresAt', '>', now)
    .where(isValidKey)
    .executeTakeFirst();

/** @returns when it will be over */
export async function openDeskSession(
  db: Queries,
  token: string,
  { accountId, apiKeyId }: Merchant,
): Promise<string> {
  const { expiresAt } = await db
    .insertInto('deskSession')
    .values({ hash: digestOf(token), accountId, apiKeyId, expiresAt: lifetime })
    .returning('expiresAt')
    .executeTakeFirstOrThrow();
  return expiresAt;
}

/** @returns when it will be over; undefined where it is */
export async function extendDeskSession(db: Queries, token: string): Promise<string | undefined> {
  const extended = await db
    .updateTable('deskSession')
    .set({ expiresAt: lifetime })
    .where('hash', '=', digestOf(token))
    .where('expiresAt', '>', now)
    .returning('expiresAt')
    .executeTakeFirst();
  return extended?.expiresAt;
}

export const endDeskSession = (db: Queries, token: string) =>
  db.deleteFrom('deskSession').where('hash', '=', digestOf(token)).execute();

export const endDesksOfKey = (db: Queries, apiKeyId: Id<'apiKey'>) =>
  db.deleteFrom('deskSession').where('apiKeyId', '=', apiKeyId).execute();

export const forgetEndedDesks = (db: Queries) =>
  db.deleteFrom('deskSession').where('expiresAt', '<=', now).execute();
