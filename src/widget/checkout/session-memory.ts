/** Remembers, across page loads, which session an element opened and what was typed into it. */
import type { Draft } from './draft.js';

/** Where there is no storage: as long as the page lives. */
const memory = new Map<string, string>();
const prefix = 'pay-link:';
const draftPrefix = 'draft ';

/** Storage throws where a browser blocks it, by property access alone. */
function stored<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(sessionStorage);
  } catch {
    return undefined;
  }
}

export function recall(key: string): string | undefined {
  const kept = stored((storage) => storage.getItem(prefix + key));
  return (kept === undefined ? memory.get(key) : kept) ?? undefined;
}

/** A draft is no payment. */
const isOfSession = (start: string) => (key: string) =>
  key.startsWith(start) && !key.startsWith(start + draftPrefix);

let isStorageBlank: boolean | undefined;

/** No payment was ever remembered: on most pages there is no key to be worked out. */
export function isBlank(): boolean {
  isStorageBlank ??= !stored((storage) => Object.keys(storage).some(isOfSession(prefix)));
  return isStorageBlank && ![...memory.keys()].some(isOfSession(''));
}

export function remember(key: string, value: string): void {
  memory.set(key, value);
  stored((storage) => storage.setItem(prefix + key, value));
}

export function forget(key: string): void {
  memory.delete(key);
  stored((storage) => storage.removeItem(prefix + key));
}

/** Only the tab knows it, and only until the payment is complete. */
export const rememberDraft = (key: string, draft: Draft): void =>
  remember(draftPrefix + key, JSON.stringify(draft));

export function recallDraft(key: string): Draft | null {
  try {
    const draft = JSON.parse(recall(draftPrefix + key) ?? 'null');
    return draft?.typed && draft.items ? draft : null;
  } catch {
    // Other scripts of the page write here too.
    return null;
  }
}

export const forgetDraft = (key: string): void => forget(draftPrefix + key);
