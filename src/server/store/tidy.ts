/** What autovacuum does on a server: the embedded database has none. */
import { sql } from 'kysely';
import type { Database } from './database.js';

/**
 * Makes room of dead rows and counts what there is, so that the planner knows. One table after the other: on the one
 * connection there is, buyers come between.
 */
export async function tidyTables(db: Database, { signal }: { signal: AbortSignal }): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1`.execute(db);
  for (const { name } of rows)
    if (!signal.aborted) await sql.raw(`vacuum (analyze) ${name}`).execute(db);
}
