/** Where a server's data lies, as its settings say it. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { keptSecret, StartRefused } from './data-folder.js';
import type { Settings } from './settings.js';
import type { DatabasePlace } from './store/database.js';

export const placeOf = ({ databaseUrl, dataDir }: Settings): DatabasePlace =>
  databaseUrl ? { url: databaseUrl } : { folder: join(dataDir, 'database') };

export const secretOf = async ({ secretKey, dataDir }: Settings): Promise<string> =>
  secretKey ?? keptSecret(dataDir, 'secret-key', () => randomBytes(32).toString('base64url'));

/** Without a password. */
export function databaseInWords({ databaseUrl, dataDir }: Settings): string {
  if (!databaseUrl) return `the database in ${dataDir}`;
  if (!URL.canParse(databaseUrl)) return 'the database of DATABASE_URL';
  const { pathname, host } = new URL(databaseUrl);
  return `the database ${pathname.slice(1)}${host && ` at ${host}`}`;
}

/** @throws StartRefused, which it says to the types as well */
export function refuseDatabase({ databaseUrl, dataDir }: Settings, cause: unknown): never {
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  const place = databaseUrl ? 'The database of DATABASE_URL' : `The database in ${dataDir}`;
  throw new StartRefused(`${place} cannot be opened: ${reason}.`, { cause });
}
