/**
 * Applications as strangers write them: copied out of the repository, with the packed `pay-link` where each expects
 * it, and the backend of the test in place of the one of `npm start`.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

const root = new URL('../../', import.meta.url).pathname;

/** Of this process, without what Vitest tells the tools it starts itself. */
const env = {
  ...process.env,
  ...{ NODE_ENV: undefined, VITEST: undefined, MODE: undefined, DEV: undefined, PROD: undefined },
  ...{ CI: '1', NO_COLOR: '1', FORCE_COLOR: undefined, NEXT_TELEMETRY_DISABLED: '1' },
};

export interface App {
  readonly folder: string;
  /** Runs a command in it. @returns what it said; throws with that where it fails */
  run(command: string, ...args: string[]): Promise<string>;
  /** Writes one of its files anew. */
  change(file: string, change: (text: string) => string): void;
}

/** The npm registry is out of reach, and the cache does not have it all. */
export class NoRegistry extends Error {}

const unreachable =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ENOTCACHED|ERR_SOCKET_TIMEOUT/;

const run = async (cwd: string, command: string, args: readonly string[]): Promise<string> => {
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args, {
      ...{ cwd, env, encoding: 'utf8', maxBuffer: 1e8 },
    });
    return stdout + stderr;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`, { cause: error });
  }
};

/** A copy of `dist/` as npm would publish it, and beside it, one after the other, the applications. */
export async function openYard(): Promise<{
  install(name: string): Promise<App>;
  close(): void;
}> {
  const yard = mkdtempSync(join(tmpdir(), 'pay-link-frameworks-'));
  const packed = await run(`${root}dist`, 'npm', ['pack', '--silent', '--pack-destination', yard]);
  mkdirSync(join(yard, 'dist'));
  const unpack = ['-xzf', packed.trim(), '-C', 'dist', '--strip-components', '1'];
  await run(yard, 'tar', unpack);
  return {
    install: (name) => install(yard, name),
    close: () => rmSync(yard, { recursive: true, force: true }),
  };
}

async function install(yard: string, name: string): Promise<App> {
  // As deep as in the repository: `file:../../../dist` leads to the copy.
  const folder = join(yard, 'demo/frameworks', name);
  cpSync(`${root}demo/frameworks/${name}`, folder, {
    recursive: true,
    // What somebody has who tried it in place.
    filter: (file) => !/\/(?:node_modules|dist|\.next|\.angular)$/.test(file),
  });
  const patience = ['--fetch-retries', '1', '--fetch-retry-mintimeout', '2000'];
  try {
    await run(folder, 'npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline', ...patience]);
  } catch (error) {
    if (unreachable.test(String(error))) throw new NoRegistry(name, { cause: error });
    throw error;
  }
  return {
    folder,
    run: (command, ...args) => run(folder, command, args),
    change(file, change) {
      const path = join(folder, file);
      writeFileSync(path, change(readFileSync(path, 'utf8')));
    },
  };
}

export interface Served {
  readonly origin: string;
  close(): Promise<void>;
}

/** Files, as any host of static sites has them. */
export function serveFolder(folder: string): Promise<Served> {
  const app = new Hono();
  app.get('/favicon.ico', (c) => c.body(null, 204));
  app.use('*', serveStatic({ root: folder }));
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve({
        origin: `http://127.0.0.1:${port}`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      }),
    );
  });
}

/** A server of the application's own. @param args of its command, given the port */
export async function serveByItself(
  { folder }: App,
  command: string,
  args: (port: string) => string[],
): Promise<Served> {
  const port = String(await freePort());
  // Not by npm, which would stay between us and the process to be ended.
  const child = spawn(join(folder, 'node_modules/.bin', command), args(port), {
    ...{ cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] },
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => said.push(String(text)));
  const origin = `http://127.0.0.1:${port}`;
  await untilAnswered(origin, child).catch((error) => {
    throw new Error(`${command} does not answer.\n${said.join('')}`, { cause: error });
  });
  return { origin, close: () => end(child) };
}

async function untilAnswered(origin: string, child: ChildProcess): Promise<void> {
  const last = Date.now() + 60_000;
  while (Date.now() < last && child.exitCode === null) {
    const answer = await fetch(origin).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await end(child);
  throw new Error('It was given up.');
}

const end = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill();
  });

const freePort = async (): Promise<number> => {
  const server = serve({ fetch: () => new Response(), port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};
