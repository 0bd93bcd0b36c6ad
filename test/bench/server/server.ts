/** The server's benches, on either store: each has a backend of its own process and the plain way beside it. */
import { startPostgres } from '../../server/postgres.js';
import type { Finding } from '../figures.js';
import { type RunningBackend, startBackend } from './backend.js';
import { opening } from './opening.js';
import { type PlainWay, plainPGlite, plainPostgres } from './plain-way.js';

type Tell = (finding: Finding) => void;

export async function onPGlite(tell: Tell): Promise<void> {
  await bench('PGlite', await startBackend(), await plainPGlite(), tell);
}

export async function onPostgreSQL(tell: Tell): Promise<void> {
  const postgres = await startPostgres();
  const backend = await startBackend(postgres.url);
  await bench('PostgreSQL', backend, await plainPostgres(postgres.url), tell);
  await postgres.stop();
}

async function bench(
  store: string,
  backend: RunningBackend,
  plain: PlainWay,
  tell: Tell,
): Promise<void> {
  try {
    for (const finding of await opening(store, backend, plain)) tell(finding);
  } finally {
    await plain.close();
    await backend.stop();
  }
}
