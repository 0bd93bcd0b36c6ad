/** What stands in fields of text, read in the merchant's language; and what of it cannot be read. */
import { type MoneyReading, parseMoney } from '../../contract/index.js';
import { amountText } from '../link-form/draft.js';
import type { Words } from '../words/words.js';

/** Sentences by the path of what they are about: `prices.0.unitAmount`. */
export type Mistakes = Readonly<Record<string, string>>;

export interface Said<Body> {
  readonly body: Body;
  readonly mistakes: Mistakes;
}

export interface Language {
  readonly words: Words;
  readonly locale: string;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** Reads field after field, and keeps what was wrong. */
export class Reader {
  readonly mistakes: Record<string, string> = {};

  constructor(private readonly language: Language) {}

  /** The first thing that is wrong with a field is the one to say. */
  refuse(path: string, sentence: string): null {
    this.mistakes[path] ??= sentence;
    return null;
  }

  text(typed: string): string | null {
    return typed.trim() || null;
  }

  required(path: string, typed: string): string {
    if (!typed.trim()) this.refuse(path, this.language.words.problems.required);
    return typed.trim();
  }

  /** In minor units; null where nothing stands there, or nothing that can be read. */
  amount(path: string, typed: string, currency: string): number | null {
    const { locale } = this.language;
    const reading = parseMoney(typed, currency, locale);
    if (reading.state === 'read') return reading.amount;
    if (reading.state === 'empty') return null;
    return this.refuse(path, amountSentence(this.language, reading, currency));
  }

  requiredAmount(path: string, typed: string, currency: string): number {
    const amount = this.amount(path, typed, currency);
    if (amount === null) this.refuse(path, this.language.words.problems.required);
    return amount ?? 0;
  }

  integer(path: string, typed: string, { least, most }: Bounds): number | null {
    const text = typed.replace(/[\s\u00a0\u202f]/g, '');
    if (!text) return null;
    const number = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    const { problems, products } = this.language.words;
    return this.refuse(
      path,
      Number.isNaN(number) ? problems.integer : products.problems.between(least, most),
    );
  }
}

export function amountSentence(
  { words: { problems }, locale }: Language,
  reading: Exclude<MoneyReading, { state: 'read' | 'empty' }>,
  currency: string,
): string {
  if (reading.state === 'decimals') return problems.decimals(reading.exponent);
  if (reading.state === 'ambiguous')
    return problems.ambiguous(amountText(reading.amount, currency, locale));
  return problems.amount;
}
