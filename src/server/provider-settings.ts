/** Which provider moves the money, as the environment says it; the sandbox where it says nothing. */
import { isLoopbackUrl } from '../contract/index.js';
import { StartRefused } from './data-folder.js';
import type { Provider } from './provider/provider.js';
import {
  type ProviderEntry,
  type ProviderKeys,
  providers,
  type Variable,
  variablesOf,
} from './provider/registry.js';

export interface ProviderSettings {
  readonly name: string;
  /** Real money moves. */
  readonly isLive: boolean;
  /** The sandbox has none. */
  readonly keys: ProviderKeys | undefined;
}

type Value = (name: string) => string | undefined;

const refuse = (sentence: string): never => {
  throw new StartRefused(sentence);
};

/** @throws StartRefused */
export function readProvider(value: Value): ProviderSettings {
  const name = value('PROVIDER') ?? 'sandbox';
  const entry = providers.find((known) => known.name === name);
  const names = ['sandbox', ...providers.map((known) => known.name)];
  if (!names.includes(name)) refuse(`PROVIDER is "${name}": it must be ${inWords(names)}.`);
  for (const other of providers) if (other !== entry) refuseKeysOf(other, name, value);
  if (!entry) return { name, isLive: false, keys: undefined };
  refuseMissing(entry, value);
  const keys = {
    secretKey: readKey(entry.secretKey, value),
    webhookSecret: readKey(entry.webhookSecret, value),
    apiUrl: readApiUrl(entry.apiUrl, value(entry.apiUrl)),
  };
  return { name, isLive: entry.isLive(keys.secretKey), keys };
}

const inWords = (names: readonly string[]) =>
  `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;

/** Somebody may believe to sell by it. */
function refuseKeysOf(other: ProviderEntry, chosen: string, value: Value): void {
  const given = variablesOf(other).find((name) => value(name) !== undefined);
  if (given)
    refuse(
      `${given} is set and PROVIDER is ${chosen}: set PROVIDER to ${other.name} to sell by it, or take ${given} away.`,
    );
}

/** All that is missing at once: who sets up a server would hear of the second one at the next start. */
function refuseMissing({ name, secretKey, webhookSecret }: ProviderEntry, value: Value): void {
  const missing = [secretKey, webhookSecret]
    .map((variable) => variable.name)
    .filter((variable) => value(variable) === undefined);
  if (missing.length)
    refuse(
      `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing: with PROVIDER ${name} ${missing.length > 1 ? 'both' : 'it'} must be set.`,
    );
}

function readKey(variable: Variable, value: Value): string {
  const key = value(variable.name) ?? '';
  if (!variable.pattern.test(key)) refuse(`${variable.name} must be ${variable.form}.`);
  return key;
}

function readApiUrl(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackUrl(text));
  const isOrigin = url && url.pathname === '/' && !url.search && !url.hash && !url.username;
  if (!isSafe || !isOrigin)
    return refuse(`${name} must be an origin without a path: https, or http on a loopback host.`);
  return url.origin;
}

/** What must not be beside a provider of real money. @throws StartRefused */
export function checkBeside(
  { name, isLive, keys }: ProviderSettings,
  { isLimited, publicUrl }: { readonly isLimited: boolean; readonly publicUrl: string },
): void {
  if (keys && !isLimited)
    refuse(
      `RATE_LIMITS is "off": that is for load tests with the sandbox, and PROVIDER is ${name}.`,
    );
  const isStandIn = keys?.apiUrl !== undefined && isLoopbackUrl(keys.apiUrl);
  if (isLive && !isStandIn && publicUrl.startsWith('http:'))
    refuse(`PUBLIC_URL is "${publicUrl}": with a live key of ${name} it must be https.`);
}

/** @returns undefined for the sandbox, which stands on our own database */
export const makeProvider = ({ name, keys }: ProviderSettings): Provider | undefined =>
  keys && providers.find((entry) => entry.name === name)?.make(keys);

/** For the log of a start. */
export function paymentsIn({ name, isLive, keys }: ProviderSettings): string {
  if (name === 'sandbox') return 'Payments: the sandbox, no money moves.';
  const variable = providers.find((entry) => entry.name === name)?.apiUrl;
  if (keys?.apiUrl)
    return `Payments: ${name}, by a stand-in: ${variable} is ${keys.apiUrl}. Take it away to sell by ${name} itself.`;
  return isLive
    ? `Payments: ${name}, its live side: real money moves.`
    : `Payments: ${name}, its test side: no money moves.`;
}
