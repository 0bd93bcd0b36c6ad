/**
 * The one way out to addresses that merchants name. A name is looked up once for each connection, everything it
 * leads to is checked, and only what was checked is connected to: a resolver that answers otherwise the second
 * time gains nothing. No redirect is followed, and nothing of an answer but its status leaves this file.
 */
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, request } from 'undici';
import { faultOfAddress, mayConnect, type Reach } from '../domain/webhook-address.js';
import { createResolve, type Resolve } from './resolve.js';

export interface Outbound {
  /** @returns the status of the answer. @throws Refused, or what the network says */
  post(url: string, letter: Letter): Promise<number>;
  close(): Promise<void>;
}

interface Letter {
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** We do not send there; nothing was connected to. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const refusal = () => new Refused('not a public address');

/** An answer is read this far, so that who writes a short one is not cut off; a longer one is. */
const mostBytes = 4 * 1024;
const mostBodyMs = 5_000;
const connectTimeoutMs = 10_000;

interface OutboundDeps {
  readonly reach: Reach;
  readonly resolve?: Resolve | undefined;
}

export function createOutbound({ reach, resolve = createResolve() }: OutboundDeps): Outbound {
  // No connection serves twice: one that the receiver closes meanwhile would cost a delivery its first attempt,
  // and every delivery goes where its name leads now.
  const agent = new Agent({ connect: guarded(reach, resolve), pipelining: 0 });
  return {
    async post(url, { headers, body, signal }) {
      const fault = faultOfAddress(reach, url);
      if (fault) throw new Refused(fault);
      const sent = request(url, { dispatcher: agent, method: 'POST', headers, body, signal });
      const answer = await orAborted(sent, signal);
      // How it goes on is of no interest, and nobody waits for it.
      answer.body
        .dump({ limit: mostBytes, signal: AbortSignal.timeout(mostBodyMs) })
        .catch(() => {});
      return answer.statusCode;
    },
    close: () => agent.destroy(),
  };
}

/** undici notices an abort only once it is connected: whoever stops should not wait for a dead address. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

/** Three looks: at an address written out (no lookup is made for one), at what was looked up, at who answered. */
function guarded(reach: Reach, resolve: Resolve): buildConnector.connector {
  const dial = buildConnector({
    timeout: connectTimeoutMs,
    lookup: checkedLookup(reach, resolve),
  } as buildConnector.BuildOptions);
  return (options, callback) => {
    const { hostname } = options;
    if (isIP(hostname) && !mayConnect(reach, hostname, hostname)) return callback(refusal(), null);
    dial(options, (error, socket) => {
      if (error) return callback(error, null);
      if (mayConnect(reach, hostname, socket.remoteAddress ?? '')) return callback(null, socket);
      socket.destroy();
      callback(refusal(), null);
    });
  };
}

const checkedLookup =
  (reach: Reach, resolve: Resolve): LookupFunction =>
  (hostname, { all }, callback) => {
    const fail = (error: Error) => callback(error, '', 0);
    resolve(hostname).then((found) => {
      const [first] = found;
      // One that is not public among others is refused whole: which of them is tried is not ours to say.
      if (!first || !found.every(({ address }) => mayConnect(reach, hostname, address)))
        return fail(refusal());
      if (all) callback(null, [...found]);
      else callback(null, first.address, first.family);
    }, fail);
  };
