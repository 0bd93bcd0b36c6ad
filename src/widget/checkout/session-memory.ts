/** Remembers which session an element opened, so that the page can ask for it when it is shown again. */

const memory = new Map<string, string>();
const prefix = 'pay-link:';

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

export function remember(key: string, sessionId: string): void {
  memory.set(key, sessionId);
  stored((storage) => storage.setItem(prefix + key, sessionId));
}

export function forget(key: string): void {
  memory.delete(key);
  stored((storage) => storage.removeItem(prefix + key));
}
