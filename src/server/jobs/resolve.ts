/**
 * Which addresses stand behind a name. Not by the system's own way: that one keeps a thread for each name, four at
 * once in a process, and a few endpoints whose name server never answers would hold up everything that needs one.
 */
import { Resolver } from 'node:dns/promises';
import { isLoopbackHost } from '../domain/webhook-address.js';

export interface Found {
  readonly address: string;
  readonly family: number;
}

/** All addresses behind a name. @throws what the name server says, where there are none */
export type Resolve = (hostname: string) => Promise<readonly Found[]>;

/** Nobody is asked for this machine's own name. */
const loopback: readonly Found[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/** `servers` in place of the system's name servers. */
export function createResolve(servers?: readonly string[]): Resolve {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  if (servers) resolver.setServers(servers);
  return async (hostname) => {
    if (isLoopbackHost(hostname)) return loopback;
    const [four, six] = await Promise.allSettled([
      resolver.resolve4(hostname),
      resolver.resolve6(hostname),
    ]);
    if (four.status === 'rejected' && six.status === 'rejected') throw four.reason;
    const of = (one: PromiseSettledResult<string[]>, family: number): Found[] =>
      one.status === 'fulfilled' ? one.value.map((address) => ({ address, family })) : [];
    return [...of(four, 4), ...of(six, 6)];
  };
}
