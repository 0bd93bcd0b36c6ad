/** The built server in a process of its own, as `npm run serve` starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RunningBackend {
  readonly origin: string;
  readonly key: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const key = 'sk_bench_of_paylink_0000000000000000';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

const ended = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => child.once('exit', resolve));

/** @param databaseUrl of PostgreSQL; without it on PGlite in a new folder */
export async function startBackend(databaseUrl?: string): Promise<RunningBackend> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'paylink-bench-'));
  const child = spawn(process.execPath, [...nodeArgs(), 'dist/server/main.js'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      API_KEY: key,
      DATA_DIR: folder,
      RATE_LIMITS: 'off',
      ...(databaseUrl && {
        DATABASE_URL: databaseUrl,
        SECRET_KEY: 'a secret of thirty-two characters, or more',
      }),
    },
  });
  const origin = `http://127.0.0.1:${port}`;
  await ready(`${origin}/readyz`, child);
  return {
    origin,
    key,
    pid: child.pid as number,
    async stop() {
      child.kill('SIGTERM');
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server that has nothing to look up. */
export async function startConstant(
  body: string,
): Promise<Pick<RunningBackend, 'origin' | 'stop'>> {
  const port = await freePort();
  const child = spawn(process.execPath, ['test/bench/server/constant.mjs'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: process.env.PATH, PORT: String(port), BODY: body },
  });
  const origin = `http://127.0.0.1:${port}`;
  await ready(`${origin}/constant`, child);
  return {
    origin,
    async stop() {
      child.kill('SIGTERM');
      await ended(child);
    },
  };
}

/** Where somebody wants to see what the time is spent on: `BENCH_NODE_ARGS=--cpu-prof`. */
const nodeArgs = (): string[] => process.env.BENCH_NODE_ARGS?.split(' ') ?? [];

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600 && child.exitCode === null; tries++) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The server did not start.');
}
