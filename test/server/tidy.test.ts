import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { tidyTables } from '../../src/server/store/tidy.js';
import { useHouse } from './house.js';
import { invoice, type Json, open } from './offers.js';

const house = useHouse('PGlite');
const { signal } = new AbortController();

async function sizeOf(table: string): Promise<number> {
  const { rows } = await sql<Json>`select pg_relation_size(${table}) as size`.execute(
    house().backend.db,
  );
  return rows[0].size;
}

it('the embedded database takes no more room for what is written again and again', async () => {
  const { db } = house().backend;
  const link = await invoice(house());
  const write = async () => {
    await sql`insert into link_change (payment_link_id, test_mode, day, open)
      select ${link.id}, true, date '2026-01-01', 1 from generate_series(1, 3000)`.execute(db);
    await sql`delete from link_change`.execute(db);
  };
  await write();
  await tidyTables(db, { signal });
  await write();
  const before = await sizeOf('link_change');
  for (let turn = 0; turn < 3; turn++) {
    await tidyTables(db, { signal });
    await write();
  }
  expect(before).toBeGreaterThan(0);
  expect(await sizeOf('link_change')).toBe(before);
});

it('the embedded database knows how much there is a moment after the start', async () => {
  const link = await invoice(house());
  for (let count = 0; count < 3; count++) await open(house(), link);
  const counted = async () =>
    (
      await sql<Json>`select reltuples as rows from pg_class
        where relname = 'checkout_session'`.execute(house().backend.db)
    ).rows[0].rows;
  await house().worker.start();
  await expect.poll(counted).toBeGreaterThanOrEqual(3);
  await house().worker.stop();
});
