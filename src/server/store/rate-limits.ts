/** Where counters are kept that hold over processes and restarts, and for whom an attempt counts. */
import { CompiledQuery, sql } from 'kysely';
import type { Id } from '../../contract/index.js';
import type { Database, Queries } from './database.js';

interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** Our database as `rate-limiter-flexible` calls one; where it fails, the library counts in memory without a word. */
export const limiterClient = (db: Database, onError: (error: unknown) => void) => ({
  async query({ text, values = [] }: Statement) {
    try {
      const plain = db.withoutPlugins();
      const { rows } = await plain.executeQuery(CompiledQuery.raw(text, [...values]));
      return { rows, rowCount: rows.length };
    } catch (error) {
      onError(error);
      throw error;
    }
  },
});

export const limiterTable = 'rate_limit';

/** Counters that have expired say nothing any more; an attempt is forgotten after a day. */
export async function forgetOldLimits(db: Queries, nowMs: number): Promise<void> {
  await sql`delete from rate_limit where expire < ${nowMs}`.execute(db);
  await sql`delete from limited_attempt where noted_at < paylink_now() - interval '1 day'`.execute(
    db,
  );
}

export interface LimitedAttempt {
  readonly caller: string | undefined;
  readonly isCounted: boolean;
}

export const noteLimitedAttempt = (
  db: Queries,
  id: Id<'checkoutSession'>,
  { caller, isCounted }: LimitedAttempt,
) =>
  sql`insert into limited_attempt (checkout_session_id, caller, is_counted)
    values (${id}, ${caller ?? null}, ${isCounted})
    on conflict (checkout_session_id) do update set
      caller = excluded.caller, is_counted = excluded.is_counted, noted_at = excluded.noted_at`.execute(
    db,
  );

/** Each attempt is taken once, so its outcome counts once. */
export async function takeLimitedAttempt(
  db: Queries,
  id: Id<'checkoutSession'>,
): Promise<LimitedAttempt> {
  const { rows } = await sql<{ caller: string | null; isCounted: boolean }>`
    delete from limited_attempt where checkout_session_id = ${id}
    returning caller, is_counted`.execute(db);
  return { caller: rows[0]?.caller ?? undefined, isCounted: rows[0]?.isCounted ?? false };
}
