/** Kysely on PGlite: one connection, handed from query to query and from transaction to transaction. */
import type { PGlite } from '@electric-sql/pglite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';

class PGliteConnection implements DatabaseConnection {
  constructor(private readonly client: PGlite) {}

  async executeQuery<Result>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Result>> {
    // Several statements in one text (migrations, the queue's own) only pass the simple protocol.
    const results = parameters.length ? undefined : await this.client.exec(sql);
    const result = results
      ? results[results.length - 1]
      : await this.client.query(sql, parameters as unknown[]);
    return {
      rows: (result?.rows ?? []) as Result[],
      numAffectedRows: BigInt(result?.affectedRows ?? 0),
    };
  }

  // biome-ignore lint/correctness/useYield: PGlite has no cursors; nothing here streams.
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('PGlite does not stream results');
  }
}

class PGliteDriver implements Driver {
  private readonly connection: PGliteConnection;
  private turn: Promise<void> = Promise.resolve();
  private release: () => void = () => {};

  constructor(private readonly client: PGlite) {
    this.connection = new PGliteConnection(client);
  }

  async init() {
    await this.client.waitReady;
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.turn;
    let release = () => {};
    this.turn = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    this.release = release;
    return this.connection;
  }

  async releaseConnection() {
    this.release();
  }

  async beginTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('begin'));
  }

  async commitTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async destroy() {
    await this.client.close();
  }
}

export const pgliteDialect = (client: PGlite): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new PGliteDriver(client),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});
