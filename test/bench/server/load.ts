/** The backend as `npm run serve` starts it, and as many buyers at once as a bench wants. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly etag: string | undefined;
}

export interface Load {
  readonly concurrency: number;
  readonly milliseconds: number;
  readonly method: string;
  readonly path: string | ((index: number) => string);
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** What each answer has to be. */
  readonly status: number;
}

export interface Served {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>;
  /** With the merchant's key. */
  // biome-ignore lint/suspicious/noExplicitAny: a bench reads what it expects to be there.
  make(path: string, body: unknown): Promise<any>;
  /** Requests a second. @throws where an answer was another one */
  rate(load: Load): Promise<number>;
  /** Of the process, in bytes. */
  residentBytes(): number;
  stop(): Promise<void>;
}

const apiKey = `sk_bench_${'0'.repeat(32)}`;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

export async function serveBackend(environment: Record<string, string>): Promise<Served> {
  const port = await freePort();
  const main = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      PORT: String(port),
      API_KEY: apiKey,
      SECRET_KEY: 's'.repeat(32),
      RATE_LIMITS: 'off',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await Promise.race([
    once(child.stdout!, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('The backend did not start.'))),
  ]);
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });

  const call: Served['call'] = (method, path, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const payload = body === undefined ? undefined : JSON.stringify(body);
      const size = payload && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(payload),
      };
      const options = { agent, host: '127.0.0.1', port, method, path };
      const request = httpRequest({ ...options, headers: { ...size, ...headers } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text, etag: response.headers.etag }),
        );
      });
      request.on('error', reject);
      request.end(payload);
    });

  return {
    call,
    async make(path, body) {
      const { text } = await call('POST', path, body, { authorization: `Bearer ${apiKey}` });
      return JSON.parse(text);
    },
    async rate({ method, path, body, headers, status, concurrency, milliseconds }) {
      const end = Date.now() + milliseconds;
      let index = 0;
      let done = 0;
      const buyer = async () => {
        while (Date.now() < end) {
          const address = typeof path === 'string' ? path : path(index++);
          const answered = await call(method, address, body, headers);
          if (answered.status !== status) throw new Error(`${answered.status}: ${answered.text}`);
          done += 1;
        }
      };
      await Promise.all(Array.from({ length: concurrency }, buyer));
      return (done * 1000) / milliseconds;
    },
    residentBytes() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
    },
    async stop() {
      agent.destroy();
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
