/** Which addresses we send to: the open internet, and this very machine only while we are on loopback ourselves. */
import ipaddr from 'ipaddr.js';

/** Where webhooks may go; the same at the naming of an address and at every connection. */
export interface Reach {
  /** Where we are on loopback ourselves: to try it out, a receiver may stand beside us. */
  readonly loopback: boolean;
  /** Ports of the open internet. */
  readonly ports: readonly number[];
}

export const webhookPorts = [443, 8443] as const;

/**
 * What ipaddr.js takes for ordinary and is not: `2001::/23` of the IETF's protocols with its ORCHIDs, the newer
 * range for documentation, and the address under which Azure answers its machines.
 */
const special = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '168.63.129.16/32'].map(
  (range) => ipaddr.parseCIDR(range),
);

/** Only this part of IPv6 is given out for the open internet. */
const globalUnicast = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

const read = (address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined =>
  ipaddr.isValid(address) ? ipaddr.process(address) : undefined;

/** Whether an IP address is one of the open internet; what wraps an IPv4 address in IPv6 never is. */
export function isPublicAddress(address: string): boolean {
  const ip = read(address);
  if (ip?.range() !== 'unicast') return false;
  if (ip.kind() === 'ipv6' && !(ip as ipaddr.IPv6).match(globalUnicast)) return false;
  return !special.some(
    ([range, bits]) => range.kind() === ip.kind() && ip.match([range, bits] as never),
  );
}

export const isLoopbackAddress = (address: string): boolean =>
  read(address)?.range() === 'loopback';

/** The host of a URL without what surrounds it: `[::1]` is `::1`, `localhost.` is `localhost`. */
const bare = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');

/** Names that mean this machine or its neighbourhood, whatever a resolver says. */
const isLocalName = (name: string): boolean =>
  !name.includes('.') || /(?:^|\.)(?:localhost|local|internal|localdomain|home\.arpa)$/.test(name);

const isIp = (name: string): boolean => ipaddr.isValid(name);

/** Whether a host names this very machine, by itself and without asking anybody. */
export const isLoopbackHost = (hostname: string): boolean => {
  const name = bare(hostname);
  return isIp(name) ? isLoopbackAddress(name) : name === 'localhost';
};

/** Whether we may connect to this IP address, which is what stands behind `hostname`. */
export const mayConnect = (reach: Reach, hostname: string, address: string): boolean =>
  isPublicAddress(address) ||
  (reach.loopback && isLoopbackHost(hostname) && isLoopbackAddress(address));

/** What speaks against an address a merchant names, or undefined. What its name leads to shows at each connection. */
export function faultOfAddress(reach: Reach, text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return 'an https address';
  if (url.username || url.password) return 'no user name or password in the address';
  const name = bare(url.hostname);
  if (reach.loopback && isLoopbackHost(name)) return undefined;
  if (url.protocol !== 'https:') return 'https on a public address';
  if (isIp(name) ? !isPublicAddress(name) : isLocalName(name)) return 'https on a public address';
  if (!reach.ports.includes(Number(url.port || 443))) return `port ${reach.ports.join(' or ')}`;
  return undefined;
}
