/** The built server in a process of its own, as `npm run serve` starts it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startChild } from '../../server/child.js';

export interface RunningBackend {
  readonly origin: string;
  readonly key: string;
  readonly pid: number;
  /** With what it has stored, where that is not to be kept. */
  stop(options?: { readonly isKept?: boolean }): Promise<void>;
}

const key = 'sk_bench_of_paylink_0000000000000000';

/** Where somebody wants to see what the time is spent on: `BENCH_NODE_ARGS=--cpu-prof`. */
const nodeArgs = process.env.BENCH_NODE_ARGS?.split(' ') ?? [];

export const newFolder = () => mkdtempSync(join(tmpdir(), 'paylink-bench-'));

/** @param databaseUrl of PostgreSQL; without it on PGlite in the folder */
export async function startBackend(
  databaseUrl?: string,
  folder = newFolder(),
): Promise<RunningBackend> {
  const place = databaseUrl && {
    DATABASE_URL: databaseUrl,
    SECRET_KEY: 'a secret of thirty-two characters, or more',
  };
  const environment = {
    API_KEY: key,
    DATA_DIR: folder,
    TRUST_PROXY: '1',
    RATE_LIMITS: 'on',
    ...place,
  };
  const {
    url: origin,
    pid,
    stop,
  } = await startChild(environment, {
    nodeOptions: nodeArgs,
    isLogDropped: true,
  });
  return {
    ...{ origin, key, pid },
    async stop({ isKept = false } = {}) {
      await stop();
      if (!isKept) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server that has nothing to look up. */
export async function startConstant(
  body: string,
): Promise<Pick<RunningBackend, 'origin' | 'stop'>> {
  const port = await freePort();
  const child = spawn(process.execPath, ['test/bench/server/constant.mjs'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, PORT: String(port), BODY: body },
  });
  await once(child.stdout, 'data');
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
