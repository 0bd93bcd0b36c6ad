/** What stands in the refund's dialog, said to the server; and what of it cannot be said. */
import { parseMoney } from '../../contract/index.js';
import { amountSentence } from '../parts/typed.js';
import type { Words } from '../words/words.js';

export interface Draft {
  readonly isPart: boolean;
  readonly amount: string;
  readonly release: boolean;
}

export const emptyDraft: Draft = { isPart: false, amount: '', release: false };

interface Reading {
  readonly left: number;
  readonly currency: string;
  readonly locale: string;
  readonly words: Words;
  /** Money as it is shown. */
  readonly shown: (amount: number) => string;
}

/** In minor units, or the sentence that says what is wrong. */
export type Wish = { readonly amount: number } | { readonly mistake: string };

export function wishOf(
  { isPart, amount: text }: Draft,
  { left, currency, locale, words, shown }: Reading,
): Wish {
  if (!isPart) return { amount: left };
  const reading = parseMoney(text, currency, locale);
  if (reading.state === 'empty') return { mistake: words.problems.required };
  if (reading.state !== 'read')
    return { mistake: amountSentence({ words, locale }, reading, currency) };
  if (reading.amount === 0) return { mistake: words.sales.refund.zero };
  if (reading.amount > left) return { mistake: words.sales.refund.tooMuch(shown(left)) };
  return { amount: reading.amount };
}
