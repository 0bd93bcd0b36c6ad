/** Idempotency keys: the first request inserts its row, twins find it. Kept for 24 h. */
import { sql } from 'kysely';
import { newIdText } from '../new-id.js';
import { now, type Queries } from './database.js';

/** A request with a key. */
export interface Wish {
  /** The random part of the id of what it makes. */
  readonly idText: string;
  /** Somebody was at it before and died without an answer: perhaps after it was made. */
  readonly isAgain: boolean;
}

export type KeyState =
  | { readonly state: 'new'; readonly wish: Wish }
  | { readonly state: 'mismatch' }
  | { readonly state: 'in_flight' }
  | { readonly state: 'done'; readonly status: number; readonly body: string };

interface Key {
  readonly scope: string;
  readonly key: string;
}

/** Claims the key, again also after its 24 h, or when whoever claimed it died a minute ago without an answer. */
export async function claimKey(
  db: Queries,
  { scope, key, requestHash }: Key & { requestHash: string },
): Promise<KeyState> {
  const idText = newIdText();
  const claimed = await db
    .insertInto('idempotencyKey')
    .values({ scope, key, requestHash, idText })
    .onConflict((conflict) =>
      conflict
        .columns(['scope', 'key'])
        .doUpdateSet({
          requestHash,
          idText: sql`case
            when idempotency_key.response_status is null
              and idempotency_key.locked_at >= paylink_now() - interval '24 hours'
            then coalesce(idempotency_key.id_text, excluded.id_text)
            else excluded.id_text end`,
          lockedAt: now,
          responseStatus: null,
          responseBody: null,
        })
        .where(sql<boolean>`(
          idempotency_key.locked_at < paylink_now() - interval '24 hours'
          or (idempotency_key.response_status is null
            and idempotency_key.request_hash = ${requestHash}
            and idempotency_key.locked_at < paylink_now() - interval '1 minute'))`),
    )
    .returning(sql<string>`id_text`.as('idText'))
    .executeTakeFirst();
  if (claimed)
    return { state: 'new', wish: { idText: claimed.idText, isAgain: claimed.idText !== idText } };
  const row = await db
    .selectFrom('idempotencyKey')
    .selectAll()
    .where('scope', '=', scope)
    .where('key', '=', key)
    .executeTakeFirst();
  if (!row) return claimKey(db, { scope, key, requestHash });
  if (row.requestHash !== requestHash) return { state: 'mismatch' };
  if (row.responseStatus === null || row.responseBody === null) return { state: 'in_flight' };
  return { state: 'done', status: row.responseStatus, body: row.responseBody };
}

export const keepAnswer = (
  db: Queries,
  { scope, key, status, body }: Key & { status: number; body: string },
) =>
  db
    .updateTable('idempotencyKey')
    .set({ responseStatus: status, responseBody: body })
    .where('scope', '=', scope)
    .where('key', '=', key)
    .execute();

/** Only 2xx answers are replayed: anything else frees the key. */
export const freeKey = (db: Queries, { scope, key }: Key) =>
  db
    .deleteFrom('idempotencyKey')
    .where('scope', '=', scope)
    .where('key', '=', key)
    .where('responseStatus', 'is', null)
    .execute();

export const forgetOldKeys = (db: Queries) =>
  db
    .deleteFrom('idempotencyKey')
    .where('lockedAt', '<', sql<string>`paylink_now() - interval '24 hours'`)
    .execute();
