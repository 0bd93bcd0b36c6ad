/** Idempotency keys: the first request inserts its row, twins find it. Kept for 24 h. */
import { sql } from 'kysely';
import { createBatches, fulfilled, type Settled } from '../batch.js';
import { newIdText } from '../new-id.js';
import { type Database, type Queries, retried } from './database.js';

/** A request with a key, that goes to work. */
export interface Wish {
  /** The random part of the id of what it makes. */
  readonly idText: string;
  /** Whoever claimed the key before may have made it, and died before it was answered. */
  readonly isAgain: boolean;
}

export type KeyState =
  | (Wish & { readonly state: 'new' })
  | { readonly state: 'mismatch' }
  | { readonly state: 'in_flight' }
  | { readonly state: 'done'; readonly status: number; readonly body: string };

interface Key {
  readonly scope: string;
  readonly key: string;
}

interface Asked extends Key {
  readonly requestHash: string;
}

interface NewClaim extends Asked {
  /** For the key's first request; a repeated one gets that one's again. */
  readonly idText: string;
}

interface Answer extends Key {
  readonly status: number;
  readonly body: string;
}

/** Requests that come at the same time are claimed, and answered, in one statement for all of them. */
export interface IdempotencyKeys {
  /** Claims the key, again also after its 24 h, or when whoever claimed it died a minute ago without an answer. */
  claim(asked: Asked): Promise<KeyState>;
  keep(answer: Answer): Promise<void>;
  /** Only 2xx answers are replayed: anything else frees the key. */
  free(key: Key): Promise<void>;
}

export function createIdempotencyKeys(db: Database): IdempotencyKeys {
  const claims = createBatches((_, asked: readonly NewClaim[]) =>
    retried(() => claimAll(db, asked)),
  );
  const answers = createBatches(async (_, given: readonly Answer[]) => {
    await retried(() => keepAll(db, given));
    return given.map(() => fulfilled(undefined));
  });
  return {
    claim: (asked) => claims('', { ...asked, idText: newIdText() }),
    keep: (answer) => answers('', answer),
    free: (key) => freeKey(db, key),
  };
}

const nameOf = ({ scope, key }: Key) => `${scope}\n${key}`;

interface KeyRow extends Key {
  readonly requestHash: string;
  readonly responseStatus: number | null;
  readonly responseBody: string | null;
}

/** Of twins in one batch the first claims the key, the others find it claimed. */
async function claimAll(db: Queries, asked: readonly NewClaim[]): Promise<Settled<KeyState>[]> {
  const first = new Map<string, NewClaim>();
  for (const claim of asked) if (!first.has(nameOf(claim))) first.set(nameOf(claim), claim);
  const claimed = await insertClaims(db, [...first.values()]);
  const others = [...first].flatMap(([name, claim]) => (claimed.has(name) ? [] : [claim]));
  const known = others.length ? await findKeys(db, others) : new Map<string, KeyRow>();
  return asked.map((claim) => {
    const name = nameOf(claim);
    const idText = claimed.get(name);
    if (idText !== undefined && first.get(name) === claim)
      return fulfilled({ state: 'new', idText, isAgain: idText !== claim.idText });
    return fulfilled(stateOf(claim, known.get(name) ?? first.get(name)));
  });
}

function stateOf({ requestHash }: NewClaim, row: Partial<KeyRow> | undefined): KeyState {
  if (row?.requestHash !== requestHash) return { state: 'mismatch' };
  const { responseStatus: status = null, responseBody: body = null } = row;
  return status === null || body === null
    ? { state: 'in_flight' }
    : { state: 'done', status, body };
}

/** @returns the idTexts of those that were claimed, by name */
async function insertClaims(
  db: Queries,
  claims: readonly NewClaim[],
): Promise<Map<string, string>> {
  const rows = claims.map(({ requestHash, idText, ...claim }) => ({
    ...claim,
    request_hash: requestHash,
    id_text: idText,
  }));
  const claimed = await sql<Key & { idText: string }>`
    insert into idempotency_key as known (scope, key, request_hash, id_text)
    select scope, key, request_hash, id_text
    from jsonb_populate_recordset(null::idempotency_key, ${JSON.stringify(rows)}::jsonb)
    order by scope, key
    on conflict (scope, key) do update set
      request_hash = excluded.request_hash, locked_at = paylink_now(),
      response_status = null, response_body = null,
      id_text = case when known.locked_at < paylink_now() - interval '24 hours'
        then excluded.id_text else coalesce(known.id_text, excluded.id_text) end
    where known.locked_at < paylink_now() - interval '24 hours'
      or (known.response_status is null and known.request_hash = excluded.request_hash
        and known.locked_at < paylink_now() - interval '1 minute')
    returning scope, key, id_text`.execute(db);
  return new Map(claimed.rows.map((row) => [nameOf(row), row.idText]));
}

async function findKeys(db: Queries, keys: readonly Key[]): Promise<Map<string, KeyRow>> {
  const rows = await db
    .selectFrom('idempotencyKey')
    .select(['scope', 'key', 'requestHash', 'responseStatus', 'responseBody'])
    .where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('scope', 'key'),
        'in',
        keys.map(({ scope, key }) => tuple(scope, key)),
      ),
    )
    .execute();
  return new Map(rows.map((row) => [nameOf(row), row]));
}

const keepAll = (db: Queries, answers: readonly Answer[]) =>
  sql`update idempotency_key known set response_status = given.status, response_body = given.body
    from jsonb_to_recordset(${JSON.stringify(answers)}::jsonb)
      given (scope text, key text, status int, body text)
    where known.scope = given.scope and known.key = given.key`.execute(db);

const freeKey = async (db: Queries, { scope, key }: Key) =>
  void (await db
    .deleteFrom('idempotencyKey')
    .where('scope', '=', scope)
    .where('key', '=', key)
    .where('responseStatus', 'is', null)
    .execute());

export const forgetOldKeys = (db: Queries) =>
  db
    .deleteFrom('idempotencyKey')
    .where('lockedAt', '<', sql<string>`paylink_now() - interval '24 hours'`)
    .execute();
