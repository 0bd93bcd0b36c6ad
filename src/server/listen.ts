/** The port: where requests come in, how long they may take to do so, and how it is closed. */
import { type AddressInfo, Server as NetServer } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { StartRefused } from './data-folder.js';
import type { Settings } from './settings.js';

/** In milliseconds. A buyer on a bad line needs a few seconds for a body of ours; who takes longer holds a place. */
const patience = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  /** Longer than balancers keep a line open: they must not send a request into one that is being closed. */
  keepAliveTimeout: 75_000,
};

type Place = Pick<Settings, 'port' | 'host'>;

/** @throws StartRefused with one sentence for the operator */
export const listen = (
  app: Pick<Hono, 'fetch'>,
  { port, host }: Place,
  times: typeof patience = patience,
): Promise<ServerType> =>
  new Promise((resolve, reject) => {
    const server = serve(
      { fetch: app.fetch, port, hostname: host, serverOptions: times },
      (_: AddressInfo) => resolve(server),
    );
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentences: Record<string, string> = {
        EADDRINUSE: `PORT ${port} on ${host} is taken: stop what listens there, or set PORT to another one.`,
        EACCES: `PORT ${port} may not be used by this user: set PORT to one above 1023.`,
        ENOTFOUND: `HOST ${host} is no name of this machine.`,
        EADDRNOTAVAIL: `HOST ${host} is no address of this machine.`,
      };
      const sentence = sentences[error.code ?? ''];
      reject(sentence ? new StartRefused(sentence) : error);
    });
  });

/** Where it listens, in words; PUBLIC_URL is the address for the outside. */
export function listensOn(server: ServerType): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Supervisors kill after thirty seconds. */
const mostMs = 25_000;
/** What somebody has just sent may not have been read yet. */
const graceMs = 1_000;

/**
 * No new connection is taken, and what is under way is answered, however long it takes up to the bound. Event streams
 * end by the signal of the stop; a line without a request is cut after a moment.
 */
export const closed = (server: ServerType): Promise<void> =>
  new Promise((resolve) => {
    const timers: NodeJS.Timeout[] = [];
    const cutIdle = () => {
      if ('closeIdleConnections' in server) server.closeIdleConnections();
      timers.push(setTimeout(cutIdle, 50));
    };
    const cutAll = () => {
      if ('closeAllConnections' in server) server.closeAllConnections();
    };
    timers.push(setTimeout(cutIdle, graceMs), setTimeout(cutAll, mostMs));
    // The port alone: an HTTP server's own `close` cuts idle lines at once, also those whose request is on its way.
    NetServer.prototype.close.call(server, () => {
      for (const timer of timers) clearTimeout(timer);
      resolve();
    });
  });
