/** Remembers, across page loads, which session an element opened and what was typed into it. */
import type { Draft } from './draft.js';

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
  return stored((storage) => storage.getItem(prefix + key)) ?? memory.get(key);
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

export const recallDraft = (key: string): Draft | null =>
  JSON.parse(recall(draftPrefix + key) ?? 'null');

export const forgetDraft = (key: string): void => forget(draftPrefix + key);
