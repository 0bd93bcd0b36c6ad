/** Where the backend lives and which link is meant, from what a merchant wrote on the page. */

export interface PayLinkGlobal {
  /** Of the script that registered the elements. */
  readonly version?: string;
  /** Origin of the backend for elements that name none; may be set at any time. */
  api?: string | undefined;
}

declare global {
  var PayLink: PayLinkGlobal | undefined;
}

let configured: string | undefined;

/** Sets the backend for every element that does not name its own: `configure({ api: 'https://pay.example.com' })`. */
export function configure({ api }: { api?: string }): void {
  configured = api;
}

const origins = new Map<string, string | undefined>();

/** The origin of an http(s) address, or undefined; never throws. */
export function originOf(address: string | null | undefined): string | undefined {
  if (!address) return undefined;
  if (!origins.has(address)) origins.set(address, readOrigin(address));
  return origins.get(address);
}

function readOrigin(address: string): string | undefined {
  try {
    const { origin, protocol } = new URL(address);
    return /^https?:$/.test(protocol) ? origin : undefined;
  } catch {
    return undefined;
  }
}

/** Known only while the script runs for the first time; null in module scripts. */
const ownTag = typeof document === 'undefined' ? null : document.currentScript;

/** Module scripts name themselves in the stack of an error. To write one takes as long as to read the script. */
const stackOrigin = () =>
  originOf(/https?:\/\/[^\s()]+pay-link[-.\w]*\.js/.exec(new Error().stack ?? '')?.[0]);

let loadedFrom: string | undefined;

const tagOrigin = () =>
  originOf(
    [...document.scripts].find(({ src }) => /\/pay-link[-.\w]*\.js(?:[?#]|$)/.test(src))?.src ??
      null,
  );

/** The backend of an element, in the order the manual promises; undefined where nothing names one. */
export const apiFor = (named: readonly (string | null | undefined)[]): string | undefined => {
  for (const address of [...named, globalThis.PayLink?.api, configured])
    if (originOf(address)) return originOf(address);
  loadedFrom ??= originOf((ownTag as HTMLScriptElement | null)?.src) ?? stackOrigin() ?? '';
  return loadedFrom || tagOrigin();
};

/** A link as merchants write it: `plink_…`, a slug, or its address with either. */
export interface LinkName {
  readonly id: string;
  readonly origin: string | undefined;
}

const idOrSlug = /^(?:plink_[A-Za-z0-9]{24}|(?!plink_)[A-Za-z0-9][A-Za-z0-9_-]{0,99})$/;

export function parseLink(text: string): LinkName | undefined {
  const origin = originOf(text);
  const id = origin ? /\/p\/([^/]+)\/?$/.exec(new URL(text).pathname)?.[1] : text;
  return id && idOrSlug.test(id) ? { id, origin } : undefined;
}
