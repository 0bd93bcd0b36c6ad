/** What must hold of the books whatever has happened. */
import { sql } from 'kysely';
import { expect } from 'vitest';
import { findAllBroken } from '../../src/server/store/promises.js';
import type { House } from './house.js';

export async function expectSoundBooks({ backend, logged }: House): Promise<void> {
  expect(await findAllBroken(backend.db)).toEqual([]);
  expect(logged).toEqual([]);
}

/** How many rows each table of ours has, but for what only counts callers: equal before and after whatever must store nothing. */
export async function rowCounts({ backend }: House): Promise<Record<string, number>> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_name not in ('rate_limit', 'link_visit')
    order by table_name`.execute(backend.db);
  const counts = tables.rows.map(
    ({ name }) => sql`select ${name}::text as name, count(*) as rows from ${sql.table(name)}`,
  );
  const { rows } = await sql<{
    name: string;
    rows: number;
  }>`${sql.join(counts, sql` union all `)}`.execute(backend.db);
  return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]));
}
