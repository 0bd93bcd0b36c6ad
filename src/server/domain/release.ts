/** A script under a name of its own: a page that pins it, with its digest, runs these bytes or none. */
import { createHash } from 'node:crypto';
import type { Backend } from '../backend.js';
import { findRelease, keepRelease } from '../store/releases.js';

export interface Release {
  readonly version: string;
  readonly hash: string;
  /** As browsers check it. */
  readonly integrity: string;
  readonly path: string;
}

const digest = (algorithm: string, script: string) => createHash(algorithm).update(script);

/** What the script calls itself, on a page where another one was first. */
const versionOf = (script: string): string =>
  /PayLink (\d[\w.+-]*) is not used/.exec(script)?.[1] ?? '0.0.0';

const pathOf = (version: string, hash: string) => `/pay-link-${version}-${hash}.js`;

export function releaseOf(script: string): Release {
  const version = versionOf(script);
  const hash = digest('sha256', script).digest('hex').slice(0, 20);
  const integrity = `sha384-${digest('sha384', script).digest('base64')}`;
  return { version, hash, integrity, path: pathOf(version, hash) };
}

/** Before it is served for the first time. */
export async function remember({ db }: Pick<Backend, 'db'>, script: string): Promise<void> {
  const { version, hash } = releaseOf(script);
  await keepRelease(db, { version, hash, bytes: Buffer.from(script) });
}

/** The script that was once served at this path, by whichever version of the server. */
export async function recall(
  { db }: Pick<Backend, 'db'>,
  path: string,
): Promise<string | undefined> {
  const hash = /-([0-9a-f]{20})\.js$/.exec(path)?.[1];
  const release = hash && (await findRelease(db, hash));
  if (!release || path !== pathOf(release.version, hash)) return undefined;
  return Buffer.from(release.bytes).toString();
}
