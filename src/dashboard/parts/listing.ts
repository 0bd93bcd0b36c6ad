/** A list that is read page by page, and is kept true while things happen. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Page } from '../api.js';
import { Soon } from './soon.js';

export interface Listed {
  readonly id: string;
  readonly createdAt: string;
}

interface Options<T> {
  readonly ask: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;
  /** After each reading, before it is shown. */
  readonly learn?: (rows: readonly T[]) => Promise<unknown>;
  readonly fail: (error: unknown) => void;
}

/** Several things happen with one payment: read once for all of them. */
const staleAfterMs = 300;

export class Listing<T extends Listed> implements ReactiveController {
  /** Undefined until they are known. */
  rows: readonly T[] | undefined;
  nextCursor: string | null = null;
  isBusy = false;
  /** It could not be read: what was shown before is no answer to what is asked now. */
  hasFailed = false;

  #asking: AbortController | undefined;
  #isRefreshing = false;
  readonly #stale = new Soon(() => this.#refresh());

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly options: Options<T>,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#stale.cancel();
    this.#asking?.abort();
  }

  /** From the newest on. */
  async read(): Promise<void> {
    await this.#ask(undefined, (page) => page);
  }

  /** @returns those that have come */
  async more(): Promise<readonly T[]> {
    const { nextCursor, rows = [] } = this;
    if (!nextCursor || this.isBusy) return [];
    let come: readonly T[] = [];
    await this.#ask(nextCursor, (page) => {
      const known = new Set(rows.map(({ id }) => id));
      come = page.data.filter(({ id }) => !known.has(id));
      return { data: [...rows, ...come], nextCursor: page.nextCursor };
    });
    return come;
  }

  /** The newest anew, soon; what was read on to stays under them. */
  refreshSoon(): void {
    this.#stale.in(staleAfterMs);
  }

  /** One row as it has become; null: it belongs here no longer. */
  replace(id: string, row: T | null): void {
    if (!this.rows?.some((one) => one.id === id)) return;
    this.rows = this.rows.flatMap((one) => (one.id === id ? (row ?? []) : one));
    this.host.requestUpdate();
  }

  async #refresh(): Promise<void> {
    // What is being read just now is as new, or the first reading is to be repeated by hand.
    if (!this.rows) return;
    if (this.isBusy) return this.refreshSoon();
    const { signal } = this.#begin();
    this.#isRefreshing = true;
    try {
      const page = await this.options.ask(undefined, signal);
      await this.options.learn?.(page.data);
      if (signal.aborted || !this.rows) return;
      this.#isRefreshing = false;
      Object.assign(this, refreshed({ data: this.rows, nextCursor: this.nextCursor }, page));
      this.host.requestUpdate();
    } catch {
      // Nobody has asked for it; the next news tries again.
    }
  }

  #begin(): AbortController {
    this.#asking?.abort();
    this.#asking = new AbortController();
    return this.#asking;
  }

  async #ask(cursor: string | undefined, take: (page: Page<T>) => Page<T>): Promise<void> {
    // What had happened is still to be shown after what was asked for instead.
    const isOwed = this.#isRefreshing && cursor !== undefined;
    this.#isRefreshing = false;
    const { signal } = this.#begin();
    this.isBusy = true;
    this.host.requestUpdate();
    try {
      const page = await this.options.ask(cursor, signal);
      await this.options.learn?.(page.data);
      if (signal.aborted) return;
      const { data, nextCursor } = take(page);
      Object.assign(this, { rows: data, nextCursor, hasFailed: false });
    } catch (error) {
      if (signal.aborted) return;
      if (cursor === undefined)
        Object.assign(this, { rows: undefined, nextCursor: null, hasFailed: true });
      this.options.fail(error);
    }
    this.isBusy = false;
    if (isOwed) this.refreshSoon();
    this.host.requestUpdate();
  }
}

/**
 * What is shown, with its first page read anew. Where so much has come that the two do not meet, the older rows go:
 * between them there would be some that nobody sees.
 */
export function refreshed<T extends Listed>(
  shown: Page<T>,
  fresh: Page<T>,
): { rows: readonly T[]; nextCursor: string | null } {
  const { data, nextCursor } = fresh;
  const last = data.at(-1);
  const ids = new Set(data.map(({ id }) => id));
  const doMeet = shown.data.some(({ id }) => ids.has(id));
  if (!last || nextCursor === null || !doMeet) return { rows: data, nextCursor };
  const older = shown.data.filter(
    ({ id, createdAt }) => !ids.has(id) && createdAt <= last.createdAt,
  );
  if (!older.length) return { rows: data, nextCursor };
  return { rows: [...data, ...older], nextCursor: shown.nextCursor };
}
