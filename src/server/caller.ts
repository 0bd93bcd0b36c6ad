/** From where a request comes. The address itself is kept nowhere: behind this it is a digest under SECRET_KEY. */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';

export interface CallerOptions {
  /** How many proxies of the operator's stand before us; each adds one entry to `X-Forwarded-For`. */
  readonly trustProxy: number;
  readonly digest: (text: string) => string;
  /** Called once, when a proxy shows itself that nobody told us of. */
  readonly onUnknownProxy: () => void;
  /** Called once, when a proxy has written what is no address. */
  readonly onNoAddress: () => void;
}

export interface From {
  /** Of the other end of the socket. */
  readonly address: string | undefined;
  /** `X-Forwarded-For`. */
  readonly forwarded: string | undefined;
}

export type CallerOf = (from: From) => string | undefined;

/** Of callers that come again; forgotten within a minute, and never written anywhere. */
const remembered = { max: 10_000, ttl: 60_000 };

/** Undefined where it is not known: without a socket, or behind a proxy on this machine that we were not told of. */
export function createCallerOf({ trustProxy, digest, ...tell }: CallerOptions): CallerOf {
  const onUnknownProxy = once(tell.onUnknownProxy);
  const onNoAddress = once(tell.onNoAddress);
  const digests = new LRUCache<string, string>(remembered);

  function find(address: string | undefined, entry: string | undefined): string | undefined {
    const claimed = networkOf(entry && withoutPort(entry.trim()));
    if (entry !== undefined && claimed === undefined) onNoAddress();
    const network = claimed ?? networkOf(address);
    if (network === undefined || (trustProxy === 0 && network === 'loopback')) return undefined;
    return digest(`caller\n${network}`);
  }

  /** An entry that is longer than any address, with its port, is not worth a place. */
  const remember = (from: string, caller: string) => {
    if (from.length < 128) digests.set(from, caller);
  };

  return ({ address, forwarded }) => {
    if (trustProxy === 0 && forwarded !== undefined) onUnknownProxy();
    const entry = trustProxy > 0 ? forwarded?.split(',').at(-trustProxy) : undefined;
    const from = `${address} ${entry}`;
    const known = digests.get(from);
    if (known) return known;
    const caller = find(address, entry);
    if (caller) remember(from, caller);
    return caller;
  };
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

/** Some proxies write `192.0.2.1:4711` and `[2001:db8::1]:443`. */
const withoutPort = (entry: string): string =>
  entry.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');

/** An IPv4 address, or the /64 of an IPv6 one: that much is one household's. */
export function networkOf(text: string | undefined): string | undefined {
  if (!text || !isIP(text)) return undefined;
  const address = ipaddr.process(text);
  if (address.range() === 'loopback') return 'loopback';
  if (address.kind() === 'ipv4') return address.toString();
  return (address as ipaddr.IPv6).parts.slice(0, 4).join(':');
}
