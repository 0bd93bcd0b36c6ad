/**
 * The data folder of the embedded database belongs to one process at a time: two would silently lose rows.
 * Its lock is a listening socket, which the system closes when its process dies, however it dies.
 * The same socket is how `npm run key` asks the running server.
 */

import { createHash, randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  constants,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A sentence for whoever started the process; not a bug. */
export class StartRefused extends Error {}

export interface FolderLock {
  release(): Promise<void>;
}

/** The path of a socket holds some 100 bytes: a folder deep down gets its socket in the temporary folder. */
async function socketPath(folder: string): Promise<string> {
  const path = join(await realpath(folder), 'lock');
  if (process.platform !== 'win32' && Buffer.byteLength(path) < 100) return path;
  const name = `paylink-${createHash('sha256').update(path).digest('hex').slice(0, 24)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name);
}

const listen = (server: Server, path: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(path, () => resolve(true));
  });

const isAnswered = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** @throws StartRefused where this user cannot have a folder there, or cannot write into it */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new StartRefused(`DATA_DIR ${folder} cannot be written by this user (${code}).`, {
      cause,
    });
  }
}

export type Answer = (request: string) => Promise<string>;

/**
 * Takes the folder. `answer` serves the one-line requests of other processes of this folder's owner.
 * @throws StartRefused when a living process has it
 */
export async function lockFolder(folder: string, answer: Answer): Promise<FolderLock> {
  await makeFolder(folder);
  const path = await socketPath(folder);
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let request = '';
    socket.setEncoding('utf8').on('error', () => socket.destroy());
    socket.on('data', (text: string) => {
      request += text;
    });
    socket.on('end', () => {
      if (!request) return socket.end();
      answer(request.trim()).then(
        (reply) => socket.end(reply),
        () => socket.destroy(),
      );
    });
  });
  for (let tries = 0; !(await listen(server, path)); tries += 1) {
    if (tries > 4 || (await isAnswered(path)))
      throw new StartRefused(
        `The data folder ${folder} is in use by another PayLink process: stop that one first, or set DATA_DIR to another folder.`,
      );
    await clearStale(path);
  }
  if (process.platform !== 'win32') await chmod(path, 0o600);
  return {
    release: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Moved away before it is removed: should a living process have bound it in this very moment, it is put back. */
async function clearStale(path: string): Promise<void> {
  const aside = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch {
    return; // Somebody else cleared it.
  }
  if (await isAnswered(aside)) await rename(aside, path);
  else await rm(aside, { force: true });
}

/** Asks the process that has the folder. @returns undefined when there is none. */
export async function askOwner(folder: string, request: string): Promise<string | undefined> {
  const path = await socketPath(folder).catch(() => undefined);
  if (!path) return undefined;
  return new Promise((resolve) => {
    let reply = '';
    const socket = createConnection({ path, allowHalfOpen: true }, () => socket.end(request));
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      reply += text;
    });
    socket.on('end', () => resolve(reply));
    socket.on('error', () => resolve(undefined));
  });
}

/** Reads a secret of this folder, or makes and keeps it, readable by its owner alone. */
export async function keptSecret(
  folder: string,
  name: string,
  make: () => string,
): Promise<string> {
  const path = join(folder, name);
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (kept.trim()) return kept.trim();
  const secret = make();
  await writeFile(path, `${secret}\n`, { mode: 0o600 });
  return secret;
}
