/** What every page of the desk works with, handed to it by the frame around them all. */
import type { Problem } from '../contract/index.js';
import type { Api } from './api.js';
import type { Known } from './known.js';
import type { Place } from './place.js';
import type { SignedIn } from './session.js';
import type { Words } from './words/words.js';

export interface Desk {
  readonly api: Api;
  /** Names of what is only named by its id. */
  readonly known: Known;
  readonly words: Words;
  /** BCP 47; of numbers, dates and words. */
  readonly locale: string;
  readonly place: Place;
  /** No real money moves here. */
  readonly testMode: boolean;
  /** Whose desk it is. */
  readonly name: string;
  /** To another place of the desk. `instead` leaves no way back to this one. */
  go(address: string, how?: { readonly instead?: boolean }): void;
  /** Says in a corner, and to a screen reader, that something is done; with a way to undo it where there is one. */
  say(sentence: string, undo?: () => Promise<unknown>): void;
  /** Says what went wrong, where no field of the page can. */
  sayTrouble(problem: unknown): void;
  /** Leaving the page now would lose what was typed. */
  keep(isUnsaved: boolean): void;
  /** What the frame shows has been settled anew: its name, its language. */
  settle(settled: Pick<SignedIn, 'name' | 'locale'>): void;
  /** What happened on the server: one of the event types. @returns how to stop listening */
  onNews(listener: (news: News) => void): () => void;
}

export interface News {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export const isProblem = (error: unknown): error is Problem<string> =>
  error instanceof Error && error.name === 'Problem';
