/** The plain way of not overselling, without anything around it: what our own way is measured by. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { customAlphabet } from 'nanoid';
import pg from 'pg';
import { rateOf } from './load.js';

export interface PlainWay {
  /** Buyers in a second. */
  rate(callers: number, seconds: number): Promise<number>;
  close(): Promise<void>;
}

type Query = (text: string, values?: unknown[]) => Promise<unknown>;

const tables = `
  create table plain_link (id text primary key, used int not null, reserved int not null, most int not null,
    check (used + reserved <= most));
  create table plain_session (id text primary key, link_id text not null references plain_link (id),
    status text not null default 'open', total bigint not null, totals jsonb not null, customer jsonb not null,
    expires_at timestamptz not null, created_at timestamptz not null default now());
  create index on plain_session (link_id);
  create index on plain_session (expires_at) where status = 'open';
  insert into plain_link values ('hot', 0, 0, 1000000000)`;

const totals = JSON.stringify({ currency: 'EUR', lines: [], subtotal: 5_000, total: 5_000 });
const customer = JSON.stringify({ email: 'buyer@example.com', name: null, phone: null });
const newId = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 24);

async function buy(query: Query): Promise<void> {
  await query('begin');
  await query(
    `update plain_link set reserved = reserved + 1 where id = 'hot' and used + reserved < most`,
  );
  await query(
    `insert into plain_session (id, link_id, total, totals, customer, expires_at)
      values ($1, 'hot', 5000, $2, $3, now() + interval '15 minutes')`,
    [newId(), totals, customer],
  );
  await query('commit');
}

export async function plainPostgres(url: string): Promise<PlainWay> {
  const pool = new pg.Pool({ connectionString: url, max: 64 });
  await pool.query(tables);
  return {
    rate: (callers, seconds) =>
      rateOf(callers, seconds, async () => {
        const client = await pool.connect();
        await buy((text, values) => client.query(text, values)).finally(() => client.release());
      }),
    close: () => pool.end(),
  };
}

/** One connection: buyers wait for each other's turn. */
export async function plainPGlite(): Promise<PlainWay> {
  const folder = mkdtempSync(join(tmpdir(), 'paylink-plain-'));
  const db = new PGlite({ dataDir: folder });
  await db.exec(tables);
  return {
    rate: (callers, seconds) =>
      rateOf(callers, seconds, () =>
        db.transaction(async (tx) => {
          await tx.query(
            `update plain_link set reserved = reserved + 1 where id = 'hot' and used + reserved < most`,
          );
          await tx.query(
            `insert into plain_session (id, link_id, total, totals, customer, expires_at)
              values ($1, 'hot', 5000, $2, $3, now() + interval '15 minutes')`,
            [newId(), totals, customer],
          );
        }),
      ),
    async close() {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
