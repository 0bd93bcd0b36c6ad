/** What a session costs a database at the least: the guarded `UPDATE` and the `INSERT`, in a transaction. */
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';

const tables = `
  drop table if exists bench_row, bench_counter;
  create table bench_counter (id text primary key, taken int not null, most int not null);
  create table bench_row (id bigint generated always as identity primary key, body jsonb not null);
  insert into bench_counter values ('hot', 0, 1000000000)`;
const take = `update bench_counter set taken = taken + 1 where id = $1 and taken < most`;
const note = `insert into bench_row (body) values ($1::jsonb)`;
const body = JSON.stringify({ customer: 'ada@example.com', total: 2500 });

export interface Bare {
  /** Such transactions a second, by so many at once. */
  rate(concurrency: number, milliseconds: number): Promise<number>;
  close(): Promise<void>;
}

const rated =
  (transaction: () => Promise<unknown>): Bare['rate'] =>
  async (concurrency, milliseconds) => {
    const end = Date.now() + milliseconds;
    let done = 0;
    const one = async () => {
      while (Date.now() < end) {
        await transaction();
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: concurrency }, one));
    return (done * 1000) / milliseconds;
  };

export async function barePostgres(connectionString: string): Promise<Bare> {
  const pool = new pg.Pool({ connectionString, max: 20 });
  await pool.query(tables);
  return {
    rate: rated(async () => {
      const client = await pool.connect();
      await client.query('begin');
      await client.query(take, ['hot']);
      await client.query(note, [body]);
      await client.query('commit');
      client.release();
    }),
    close: () => pool.end(),
  };
}

export async function barePGlite(folder: string): Promise<Bare> {
  const client = new PGlite(folder);
  await client.exec(tables);
  return {
    rate: rated(() =>
      client.transaction(async (tx) => {
        await tx.query(take, ['hot']);
        await tx.query(note, [body]);
      }),
    ),
    close: () => client.close(),
  };
}
