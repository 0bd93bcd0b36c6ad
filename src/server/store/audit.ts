/** When the books were looked through last, and what was found. */
import { sql } from 'kysely';
import { now, type Queries } from './database.js';

/**
 * Claims the audit, if the last one began an hour ago or `isAnyway`: one process does it for all.
 * @returns since when changes have to be looked at (as text: it may be `-infinity`)
 */
export async function claimAudit(
  db: Queries,
  { isAnyway }: { isAnyway: boolean },
): Promise<string | undefined> {
  const row = await db
    .updateTable('audit')
    .set({ startedAt: now })
    .where((where) =>
      where.or([
        where.val(isAnyway),
        where('startedAt', 'is', null),
        where('startedAt', '<=', sql<string>`paylink_now() - interval '1 hour'`),
      ]),
    )
    .returning(sql<string>`sound_until::text`.as('since'))
    .executeTakeFirst();
  return row?.since;
}

/**
 * Only sound books move on where the next audit begins: what is broken is found, and said, until it is mended.
 * Ten minutes are looked at twice, for transactions that had begun before this audit and ended after it.
 */
export const noteAudit = (
  db: Queries,
  { broken, milliseconds }: { broken: number; milliseconds: number },
) =>
  db
    .updateTable('audit')
    .set({
      finishedAt: now,
      broken,
      milliseconds,
      ...(broken === 0 && { soundUntil: sql<string>`started_at - interval '10 minutes'` }),
    })
    .execute();

export const readAudit = (db: Queries) =>
  db
    .selectFrom('audit')
    .select(['startedAt', 'finishedAt', 'broken', 'milliseconds'])
    .executeTakeFirstOrThrow();
