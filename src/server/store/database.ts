/** Opens the database: PGlite in a folder (or in memory), or PostgreSQL by URL. The same SQL runs on both. */
import { PGlite } from '@electric-sql/pglite';
import {
  CamelCasePlugin,
  CompiledQuery,
  type Dialect,
  Kysely,
  Migrator,
  PostgresDialect,
  sql,
  type Transaction,
} from 'kysely';
import pg from 'pg';
import { pgliteDialect } from './pglite-dialect.js';
import type { Schema } from './schema.js';

export type Database = Kysely<Schema>;
/** A database or a transaction on it: what every query takes. */
export type Queries = Kysely<Schema> | Transaction<Schema>;

const int8 = 20;
const timestamptz = 1184;

const toSafeInteger = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond 2^53`);
  return value;
};
const toIso = (text: string): string => new Date(text).toISOString();

/** Not a fault of a statement: the database cannot be reached, or is just starting or stopping. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway';
}

const awayCodes =
  /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|08...|57P0[1-4]|53300)$/;
const awayWords =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/;

function orAway(error: NodeJS.ErrnoException): never {
  const { code = '', message } = error;
  if (!awayCodes.test(code) && !awayWords.test(message)) throw error;
  throw new DatabaseAway(message || code, { cause: error });
}

const openPostgres = (connectionString: string): Dialect => {
  const types = new pg.TypeOverrides();
  types.setTypeParser(int8, toSafeInteger);
  types.setTypeParser(timestamptz, toIso);
  const pool = new pg.Pool({
    connectionString,
    types,
    max: 20,
    statement_timeout: 30_000,
    // Where the line is dead without a sound; the database's own time-out comes first.
    query_timeout: 40_000,
    connectionTimeoutMillis: 30_000,
    keepAlive: true,
  });
  // A connection that breaks is replaced by the pool, and whoever uses it hears of it from their own statement;
  // without a listener it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
    Object.assign(client, { query: (...given: unknown[]) => query(...given).catch(orAway) });
  });
  return new PostgresDialect({
    pool: { connect: () => pool.connect().catch(orAway), end: () => pool.end() },
  });
};

const openPGlite = (dataDir: string | undefined): Dialect =>
  pgliteDialect(
    new PGlite({
      ...(dataDir && { dataDir }),
      parsers: { [int8]: toSafeInteger, [timestamptz]: toIso },
    }),
  );

export type DatabasePlace = { readonly url: string } | { readonly folder: string } | 'memory';

/** Opens and migrates. @throws what the driver throws when the place cannot be reached. */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  const dialect =
    place === 'memory'
      ? openPGlite(undefined)
      : 'url' in place
        ? openPostgres(place.url)
        : openPGlite(place.folder);
  const db = new Kysely<Schema>({
    dialect,
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  await migrate(db);
  return db;
}

/** Whether a PostgreSQL has been ours before: opened, it would be from then on. */
export async function holdsTables(url: string): Promise<boolean> {
  const db = new Kysely<unknown>({ dialect: openPostgres(url) });
  try {
    const { rows } = await sql<{ is: boolean }>`
      select to_regclass('webhook_endpoint') is not null as is`.execute(db);
    return rows[0]?.is ?? false;
  } finally {
    await db.destroy();
  }
}

const files = import.meta.glob<string>('./migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Forward only, in file order; the migrator's lock lets several processes start at once. */
async function migrate(db: Database): Promise<void> {
  const migrations = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path.replace(/^.*\/|\.sql$/g, ''),
      { up: async (on: Kysely<unknown>) => void (await on.executeQuery(CompiledQuery.raw(text))) },
    ]),
  );
  const migrator = new Migrator({
    // Migrations carry their own SQL: no plugin may rename what the migrator writes.
    db: db.withoutPlugins(),
    provider: { getMigrations: async () => migrations },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** Both SQLSTATEs mean: nothing happened, try again. */
const isRetryable = (error: unknown): boolean =>
  ['40001', '40P01'].includes((error as { code?: string } | undefined)?.code ?? '');

/** Does `work` again after a deadlock or a serialization failure. */
export async function retried<T>(work: () => Promise<T>, triesLeft = 5): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (triesLeft > 0 && isRetryable(error)) return retried(work, triesLeft - 1);
    throw error;
  }
}

/**
 * Runs `work` in one transaction, again where that may help.
 * Only database work belongs inside: PGlite has one connection, and a query beside the transaction waits for its end.
 */
export const transaction = <T>(
  db: Database,
  work: (tx: Transaction<Schema>) => Promise<T>,
): Promise<T> => (db.isTransaction ? work(db as Transaction<Schema>) : begun(db, work));

const begun = <T>(db: Database, work: (tx: Transaction<Schema>) => Promise<T>): Promise<T> =>
  retried(async () => {
    const effects: (() => void)[] = [];
    const done = await db.transaction().execute((tx) => {
      afterCommit.set(tx, effects);
      return work(tx);
    });
    for (const effect of effects) effect();
    return done;
  });

/** Thrown to take everything back. */
class OnlyTried extends Error {}

/** What `work` would come to: it is done in a transaction that is taken back, with all that would follow it. */
export async function tried<T>(
  db: Database,
  work: (tx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  let outcome: T | undefined;
  try {
    await begun(db, async (tx) => {
      outcome = await work(tx);
      throw new OnlyTried();
    });
  } catch (error) {
    if (!(error instanceof OnlyTried)) throw error;
  }
  return outcome as T;
}

const afterCommit = new WeakMap<Transaction<Schema>, (() => void)[]>();

/** Done once the transaction is committed, and not at all if it never is. */
export function onCommit(tx: Transaction<Schema>, effect: () => void): void {
  afterCommit.get(tx)?.push(effect);
}

/** The database's clock (with the offset only tests set), as every decision sees it. */
export const now = sql<string>`paylink_now()`;

export const readNow = async (db: Queries): Promise<string> => {
  const { rows } = await sql<{ now: string }>`select paylink_now() as now`.execute(db);
  return (rows[0] as { now: string }).now;
};
