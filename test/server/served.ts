/** A built server and how it is called, and a line to its database that can be cut. */
import { once } from 'node:events';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { type Child, startChild } from './child.js';
import type { Json } from './offers.js';

export const apiKey = `sk_${'served'.repeat(6)}`;
export const secretKey = 'a secret of thirty-two characters, or more';

export interface Served extends Child {
  /** The lines of its log. */
  lines(): Json[];
  call(method: string, path: string, body?: unknown, headers?: object): Promise<ServedAnswer>;
}

interface ServedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Json;
}

export async function serveBuilt(environment: Record<string, string>): Promise<Served> {
  const child = await startChild({ API_KEY: apiKey, RATE_LIMITS: 'on', ...environment });
  return {
    ...child,
    lines: () =>
      child
        .written()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    async call(method, path, body, headers = {}) {
      const response = await fetch(child.url + path, {
        method,
        redirect: 'manual',
        headers: {
          authorization: `Bearer ${apiKey}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      const { status, headers: given } = response;
      return { status, headers: given, text, body: isJson ? JSON.parse(text) : undefined };
    },
  };
}

export interface Line {
  readonly url: string;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Stands between a server and its PostgreSQL. */
export async function openLine(databaseUrl: string): Promise<Line> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server: Server = createServer((near) => {
    if (isCut) return near.destroy();
    const far = createConnection(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.port = String((server.address() as { port: number }).port);
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cut,
    mend() {
      isCut = false;
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
