/** Vitest's global set-up: one PostgreSQL for all test files. */
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { createQueue } from '../../src/server/jobs/queue.js';
import { openDatabase } from '../../src/server/store/database.js';
import { startPostgres } from './postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/** Every database of a test is a copy of this one, which is migrated once: a copy takes a fraction of the time. */
export const templateName = 'paylink_template';

async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${templateName}`);
  await client.end();
  const db = await openDatabase({ url: url.replace(/postgres$/, templateName) });
  const fail = (error: unknown) => {
    throw error;
  };
  const queue = await createQueue({ db, onError: fail });
  await queue.stop();
  await db.destroy();
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startPostgres();
  await makeTemplate(url);
  project.provide('postgresUrl', url);
  return stop;
}
