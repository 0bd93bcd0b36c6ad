/** Whose turn it is to ask a provider about a session: whoever claims it here, and nobody else for some time. */
import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../../contract/index.js';
import type { Provider } from '../provider/provider.js';
import { now, type Queries } from './database.js';

type SessionId = Id<'checkoutSession'>;

/** Of those whose time has come, the ones nobody has asked about lately. */
export const claimDue = (db: Queries, ids: readonly SessionId[]): Promise<SessionId[]> =>
  claim(db, {
    which: sql`id in (${sql.join(ids)}) and status = 'open' and expires_at <= ${now}
      and coalesce(next_look_at, '-infinity') <= ${now}`,
    again: sql`interval '30 seconds'`,
    limit: ids.length,
  });

/** One whose buyer may have paid, where nobody has asked in the last seconds. */
export const claimReturn = (db: Queries, id: SessionId): Promise<SessionId[]> =>
  claim(db, {
    which: sql`id = ${id} and status = 'open' and coalesce(next_look_at, '-infinity') <= ${now}`,
    again: sql`interval '10 seconds'`,
    limit: 1,
  });

/** Of this provider's, the ones that may wait for a message that was lost: looked at less and less often. */
export const claimProcessing = (
  db: Queries,
  { name, testMode }: Pick<Provider, 'name' | 'testMode'>,
  limit: number,
): Promise<SessionId[]> =>
  claim(db, {
    which: sql`status = 'processing' and provider = ${name} and test_mode = ${testMode}
      and coalesce(next_look_at, updated_at + interval '1 minute') <= ${now}`,
    again: sql`least(interval '2 minutes' * power(2, least(looks, 9)), interval '1 hour')`,
    limit,
  });

/** Of this provider's, the ones that ended here while they might be paid there: some times, an hour apart. */
export const claimEnded = (
  db: Queries,
  { name, testMode }: Pick<Provider, 'name' | 'testMode'>,
  limit: number,
): Promise<SessionId[]> =>
  claim(db, {
    which: sql`status = 'canceled' and next_look_at <= ${now}
      and provider = ${name} and test_mode = ${testMode}`,
    again: sql`case when looks < 2 then interval '1 hour' end`,
    limit,
  });

interface Claim {
  readonly which: RawBuilder<unknown>;
  readonly again: RawBuilder<unknown>;
  readonly limit: number;
}

/** What somebody else holds just now is theirs. The row's own time stays: nothing of the session has changed. */
async function claim(db: Queries, { which, again, limit }: Claim): Promise<SessionId[]> {
  if (!limit) return [];
  const { rows } = await sql<{ id: SessionId }>`
    with mine as (
      select id from checkout_session where ${which}
      order by next_look_at nulls first limit ${limit} for update skip locked)
    update checkout_session set looks = looks + 1, next_look_at = ${now} + ${again}
    where id in (select id from mine) returning id`.execute(db);
  return rows.map(({ id }) => id);
}
