/** The port: where requests come in, how long they may take to do so, and how it is closed. */
import type { AddressInfo } from 'node:net';
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
        EADDRNOTAVAIL: `HOST ${host} is no address of this machine.`,
      };
      const sentence = sentences[error.code ?? ''];
      reject(sentence ? new StartRefused(sentence) : error);
    });
  });

/** Requests under way are answered; connections that only wait (keep-alive, event streams) are cut after a while. */
export const closed = (server: ServerType): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    setTimeout(() => {
      if ('closeAllConnections' in server) server.closeAllConnections();
    }, 1_500).unref();
  });
