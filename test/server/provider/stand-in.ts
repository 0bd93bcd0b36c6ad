/** What every stand-in of a provider has: a port, and calls that go wrong as they were told. */
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Fault } from './far-side.js';

interface Env {
  Bindings: { incoming: { socket: { destroy(): void } } };
}

const errors: Readonly<Record<number, object>> = {
  429: { error: { type: 'rate_limit_error', message: 'slow down' } },
  500: { error: { type: 'api_error', message: 'broken' } },
};

/** How long a provider waits for its stand-in. */
export const patienceMs = 2_000;

export interface Faults {
  /** @param call `POST /v1/things` */
  meet(call: string, faults: readonly Fault[]): void;
  /** Every call meets this, until it is said otherwise. */
  meetAlways(fault: Fault | 'hanging' | null): void;
  /** How many calls have come to read something. */
  reads(): number;
  readonly middleware: MiddlewareHandler<Env>;
}

export function createFaults(): Faults {
  const met = new Map<string, Fault[]>();
  let always: Fault | 'hanging' | null = null;
  let reads = 0;
  return {
    meet: (call, faults) => void met.set(call, [...faults]),
    meetAlways(fault) {
      always = fault;
    },
    reads: () => reads,
    middleware: async (c, next) => {
      if (c.req.method === 'GET') reads += 1;
      const fault = always ?? met.get(`${c.req.method} ${c.req.path}`)?.shift();
      while (always === 'hanging') await new Promise((resolve) => setTimeout(resolve, 20));
      if (fault === 429 || fault === 500) return c.json(errors[fault] as object, fault);
      if (fault === 'before') return hangUp(c);
      // Whoever asked hangs up in the end.
      if (fault === 'never') return new Promise<never>(() => {});
      await next();
      if (fault === 'after') c.res = hangUp(c);
      if (fault === 'malformed') c.res = new Response('<html>', { status: 200 });
    },
  };
}

function hangUp(c: Context<Env>): Response {
  c.env.incoming.socket.destroy();
  return c.body(null);
}

export const newApp = () => new Hono<Env>();

export async function listen(app: Hono<Env>) {
  const server: ServerType = await new Promise((resolve) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () =>
      resolve(started),
    );
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
