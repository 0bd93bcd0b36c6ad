/** Messages, money and dates in one buyer's language. */
import { formatMoney, type Interval, type Recurring } from '../../contract/index.js';
import type { Messages, Plural } from './en.js';

type Values = Readonly<Record<string, string | number>>;

export interface Speech {
  /** Of money and dates: the buyer's whole tag. */
  readonly locale: string;
  /** Of the words, for `lang` and `dir`. */
  readonly language: string;
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

const fill = (message: string, values: Values) =>
  message.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

export function speech(of: Pick<Speech, 'locale' | 'language' | 'messages'>): Speech {
  const { locale, language, messages } = of;
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(locale);
  const count: Speech['count'] = (key, amount) => {
    const plural: Plural = messages.plurals[key];
    return fill(plural[rules.select(amount)] ?? plural.other, { count: numbers.format(amount) });
  };
  return {
    ...of,
    fill,
    count,
    say: (key, values = {}) => fill(messages.text[key], values),
    money: (amount, currency) => formatMoney({ amount, currency }, locale),
    percent: (share) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(
        share / 100,
      ),
    date: (iso) => new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(iso)),
    every: ({ interval, intervalCount }) => count(`every${capital(interval)}`, intervalCount),
    caption: ({ interval, intervalCount }) => count(`caption${capital(interval)}`, intervalCount),
  };
}
