/** The server's benches, on either store: each has a backend of its own process and the plain way beside it. */
import pg from 'pg';
import { startPostgres } from '../../server/postgres.js';
import type { Finding } from '../figures.js';
import { type RunningBackend, startBackend } from './backend.js';
import { growthOnPGlite, growthOnPostgreSQL } from './growth.js';
import { opening } from './opening.js';
import { type PlainWay, plainPGlite, plainPostgres } from './plain-way.js';
import { reading } from './reading.js';

type Tell = (finding: Finding) => void;

export async function onPGlite(tell: Tell): Promise<void> {
  await bench('PGlite', await startBackend(), await plainPGlite(), tell);
}

export async function onPostgreSQL(tell: Tell): Promise<void> {
  await withPostgres(async (newDatabase) => {
    const url = await newDatabase('bench');
    await bench('PostgreSQL', await startBackend(url), await plainPostgres(url), tell);
  });
}

export async function onGrowth(tell: Tell): Promise<void> {
  await withPostgres(async (newDatabase) => {
    for (const finding of await growthOnPostgreSQL(newDatabase)) tell(finding);
  });
  for (const finding of await growthOnPGlite()) tell(finding);
}

async function bench(
  store: string,
  backend: RunningBackend,
  plain: PlainWay,
  tell: Tell,
): Promise<void> {
  try {
    for (const finding of await opening(store, backend, plain)) tell(finding);
    for (const finding of await reading(store, backend)) tell(finding);
  } finally {
    await plain.close();
    await backend.stop();
  }
}

async function withPostgres(
  work: (newDatabase: (name: string) => Promise<string>) => Promise<void>,
): Promise<void> {
  const { url, stop } = await startPostgres();
  try {
    await work(async (name) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return new URL(name, url).href;
    });
  } finally {
    await stop();
  }
}
