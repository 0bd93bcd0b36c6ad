/** A whole backend for one test file: real app, real database, the sandbox's far side, no port. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { type Assembled, assemble, type Parts } from '../../src/server/assemble.js';
import { createKey } from '../../src/server/store/accounts.js';
import type { DatabasePlace } from '../../src/server/store/database.js';
import { judgeAnswers } from './judged.js';
import { templateName } from './setup.js';

export type StoreName = 'PGlite' | 'PostgreSQL';
export const storeNames: readonly StoreName[] = ['PGlite', 'PostgreSQL'];
/** For proofs that take long: on one store in `npm test`, on both in the long run. */
export const longStoreNames: readonly StoreName[] = process.env.LONG ? storeNames : ['PostgreSQL'];
/** Where a test file names no store: PostgreSQL, which opens in a fraction of the time; PGlite in the long run. */
const usualStore = storeNames.find((name) => name === process.env.STORE) ?? 'PostgreSQL';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there.
  readonly body: any;
  readonly text: string;
}

interface CallOptions {
  readonly key?: string | null;
  readonly headers?: Record<string, string>;
  /** The address the request comes from; none, as far as the server can tell, where it is not said. */
  readonly from?: string;
  /** Sent as it is instead of JSON. */
  readonly raw?: string;
}

export interface House extends Assembled {
  readonly key: string;
  /** An HTTP call with the merchant's key, unless `key` says otherwise (`null`: none). */
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  /** Moves the one clock on (or back). */
  moveClock(seconds: number): Promise<void>;
  /** What went wrong on our side, as the operator would see it. */
  readonly logged: unknown[];
}

export const publicUrl = 'http://127.0.0.1:4242';

/** What a house has otherwise than the others. */
export type Otherwise = Partial<
  Pick<
    Parts,
    | 'publicUrl'
    | 'files'
    | 'onRequest'
    | 'provider'
    | 'random'
    | 'resolve'
    | 'trustProxy'
    | 'isLimited'
    | 'metricsToken'
    | 'retentionDays'
    | 'mail'
    | 'onMail'
  >
>;

/** A database of its own, migrated, or with nothing in it. */
export async function newDatabase({ isEmpty = false } = {}): Promise<{ url: string }> {
  const url = new URL(inject('postgresUrl'));
  const client = new pg.Client({ connectionString: url.href });
  const name = `test_${randomBytes(8).toString('hex')}`;
  await client.connect();
  await client.query(`create database ${name}${isEmpty ? '' : ` template ${templateName}`}`);
  await client.end();
  url.pathname = `/${name}`;
  return { url: url.href };
}

export async function openHouse(
  store: StoreName = usualStore,
  place?: DatabasePlace,
  otherwise?: Otherwise,
): Promise<House> {
  const logged: unknown[] = [];
  const assembled = await assemble({
    place: place ?? (store === 'PGlite' ? 'memory' : await newDatabase()),
    publicUrl,
    secretKey: 'a secret of thirty-two characters, or more',
    files: { script: '/* the widget */', locales: { 'de.json': '{"text":{}}' } },
    log: (error) => logged.push(error),
    ...otherwise,
  });
  const { app, backend } = assembled;
  judgeAnswers(app);
  const key = await createKey(backend.db, backend.account.id);
  return {
    ...assembled,
    key,
    logged,
    async call(method, path, body, options = {}) {
      const authorization = options.key === null ? undefined : `Bearer ${options.key ?? key}`;
      const init = {
        method,
        headers: {
          ...(authorization && { authorization }),
          ...((body !== undefined || options.raw !== undefined) && {
            'content-type': 'application/json',
          }),
          ...options.headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(options.raw !== undefined && { body: options.raw }),
      };
      const socket = { remoteAddress: options.from };
      const response = await app.request(path, init, { incoming: { socket } });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      const { status, headers } = response;
      return { status, headers, text, body: isJson ? JSON.parse(text) : undefined };
    },
    async moveClock(seconds) {
      await sql`update clock set ahead = ahead + make_interval(secs => ${seconds})`.execute(
        backend.db,
      );
      // No second passes on the clock of the machine.
      backend.shownLinks.forgetAll();
    },
  };
}

/** Opens a house before the tests of a file or block and closes it after them. */
export function useHouse(store: StoreName = usualStore, otherwise?: Otherwise): () => House {
  let house: House | undefined;
  beforeAll(async () => {
    house = await openHouse(store, undefined, otherwise);
  });
  afterAll(() => house?.close());
  return () => house as House;
}
