/** The built server as a process of its own, as an operator runs it: `dist/server/main.js`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface Child {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<unknown>;
  /** What it wrote for its operator. */
  readonly complaints: () => string;
  /** All it wrote, to both outputs. */
  readonly written: () => string;
  /** Asks it to stop. @returns its exit code */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Ends it as a crash would: in the middle of whatever it does. */
  kill(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const started = new Set<ChildProcess>();

interface ChildOptions {
  readonly nodeOptions?: readonly string[];
  /** A line for each request is much where many are sent, and nobody reads them. */
  readonly isLogDropped?: boolean;
}

/** @throws when it ends before it serves */
export async function startChild(
  environment: Record<string, string>,
  { nodeOptions = [], isLogDropped = false }: ChildOptions = {},
): Promise<Child> {
  const port = await freePort();
  const child = spawn(process.execPath, [...nodeOptions, 'dist/server/main.js'], {
    env: { PATH: process.env.PATH, PORT: String(port), RATE_LIMITS: 'off', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  let complaints = '';
  let written = '';
  for (const output of [child.stdout, child.stderr])
    output.setEncoding('utf8').on('data', (text: string) => {
      written += text;
      if (output === child.stderr) complaints += text;
    });
  const ended = once(child, 'exit').finally(() => started.delete(child));
  await Promise.race([once(child.stdout, 'data'), ended]);
  if (isLogDropped) child.stdout.removeAllListeners('data').resume();
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    pid: child.pid as number,
    ended,
    complaints: () => complaints,
    written: () => written,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const [code] = await ended;
      return code as number | null;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** For the end of a test file: no process outlives it. */
export const killChildren = () => {
  for (const child of started) child.kill('SIGKILL');
};
