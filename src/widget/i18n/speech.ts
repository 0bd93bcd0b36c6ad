/** Messages, money and dates in one buyer's language. */
import { formatMoney, type Interval, type Recurring } from '../../contract/index.js';
import { en, type MessageOverrides, type Messages, type Plural } from './en.js';
import { languageOf, messagesIn, withWords } from './languages.js';

type Values = Readonly<Record<string, string | number>>;

export interface Speech {
  /** Of money and dates: the buyer's whole tag. */
  readonly locale: string;
  /** Of the words, for `lang` and `dir`. */
  readonly language: string;
  readonly dir: 'ltr' | 'rtl';
  readonly messages: Messages;
  say(key: keyof Messages['text'], values?: Values): string;
  count(key: keyof Messages['plurals'], count: number): string;
  fill(message: string, values: Values): string;
  money(amount: number, currency: string): string;
  /** Of a hundred. */
  percent(share: number): string;
  date(iso: string): string;
  /** “every 3 months” */
  every(of: Pick<Recurring, 'interval' | 'intervalCount'>): string;
  /** “Monthly” */
  caption(of: Pick<Recurring, 'interval' | 'intervalCount'>): string;
}

const capital = (interval: Interval) =>
  `${interval[0]?.toUpperCase()}${interval.slice(1)}` as 'Day' | 'Week' | 'Month' | 'Year';

const rightToLeft = /^(?:ar|he)$/;

/** Money and dates follow the whole tag (`fr-CH`); words the language, English where it is not here. */
export function speechFor(locale: string, overrides?: MessageOverrides): Speech {
  const wanted = languageOf(locale);
  const translated = messagesIn(wanted);
  const language = translated ? wanted : 'en';
  if (overrides) return speech(locale, language, withWords(translated ?? en, overrides));
  const key = `${locale} ${language}`;
  const shared = speeches.get(key) ?? speech(locale, language, translated ?? en);
  speeches.set(key, shared);
  return shared;
}

/** Elements of one locale share theirs. */
const speeches = new Map<string, Speech>();

function speech(locale: string, language: string, messages: Messages): Speech {
  const dir = rightToLeft.test(language) ? 'rtl' : 'ltr';
  // Amounts, codes and numbers keep their own order among words that run the other way.
  const [open, close] = dir === 'rtl' ? ['\u2068', '\u2069'] : ['', ''];
  const fill: Speech['fill'] = (message, values) =>
    message.replace(/\{(\w+)\}/g, (whole, name: string) =>
      values[name] === undefined ? whole : `${open}${values[name]}${close}`,
    );
  const numbers = (options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const count: Speech['count'] = (key, amount) => {
    const plural: Plural = messages.plurals[key];
    const exact = amount === 1 ? plural['=1'] : undefined;
    const rule = new Intl.PluralRules(language).select(amount);
    return fill(exact ?? plural[rule] ?? plural.other, { count: numbers().format(amount) });
  };
  return {
    locale,
    language,
    dir,
    messages,
    fill,
    count,
    say: (key, values = {}) => fill(messages.text[key], values),
    money: (amount, currency) => formatMoney({ amount, currency }, locale),
    percent: (share) => numbers({ style: 'percent', maximumFractionDigits: 2 }).format(share / 100),
    date: (iso) => new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(iso)),
    every: ({ interval, intervalCount }) => count(`every${capital(interval)}`, intervalCount),
    caption: ({ interval, intervalCount }) => count(`caption${capital(interval)}`, intervalCount),
  };
}
