/** Money is an integer of a currency's minor unit beside its code; here it is shown and read. */
import { exponentOf } from './currency.js';

export interface Money {
  /** In the minor unit: 2500 EUR is 25.00 euros, 2500 XAF is 2,500 francs. */
  readonly amount: number;
  readonly currency: string;
}

/** The amount as plain decimal text, exact at any size: `{ 2500, EUR }` → `25.00`. */
export function toDecimal({ amount, currency }: Money): string {
  const exponent = exponentOf(currency);
  const digits = Math.abs(amount)
    .toString()
    .padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = exponent ? `.${digits.slice(-exponent)}` : '';
  return `${amount < 0 ? '-' : ''}${whole}${fraction}`;
}

const formats = new Map<string, Intl.NumberFormat>();

function formatFor(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  let format = formats.get(key);
  if (!format) {
    const digits = exponentOf(currency);
    format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formats.set(key, format);
  }
  return format;
}

/**
 * Money as a person of `locale` writes it. The digits after the point are ours (ISO 4217), not CLDR's,
 * and Intl is handed decimal text, so nothing passes through a float where the engine can help it.
 */
export const formatMoney = (money: Money, locale: string): string =>
  formatFor(locale, money.currency).format(toDecimal(money) as unknown as number);

export type MoneyReading =
  | { readonly state: 'read'; readonly amount: number }
  | { readonly state: 'empty' }
  /** More decimals than the currency has. */
  | { readonly state: 'decimals'; readonly exponent: number }
  /** Only readable with another language's signs: never guessed, but shown. */
  | { readonly state: 'ambiguous'; readonly amount: number }
  | { readonly state: 'unreadable' };

interface Signs {
  readonly group: string;
  readonly decimal: string;
  readonly indian: boolean;
  readonly zero: number;
}

function signsOf(locale: string): Signs {
  const format = new Intl.NumberFormat(locale, { useGrouping: true, minimumFractionDigits: 1 });
  const parts = format.formatToParts(12345678.5);
  const groups = parts.filter(({ type }) => type === 'group');
  const text = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return {
    group: text('group') || ',',
    decimal: text('decimal') || '.',
    indian: groups.length === 3,
    zero: new Intl.NumberFormat(locale, { useGrouping: false }).format(0).codePointAt(0) ?? 48,
  };
}

/** Latin digits for every decimal digit of Unicode a keyboard of our languages types. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10];

function latinDigits(text: string, zero: number): string {
  return Array.from(text, (character) => {
    const point = character.codePointAt(0) as number;
    for (const start of [zero, ...zeros])
      if (point >= start && point < start + 10) return String(point - start);
    return character;
  }).join('');
}

const spaceOrApostrophe = /[\s\u00a0\u2009\u202f'’]/;
const escapeSign = (sign: string) => sign.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The digits of `text` read with these signs, or undefined. One kind of group, only before exactly three digits. */
function digitsOf(
  text: string,
  { group, decimal, indian }: Pick<Signs, 'group' | 'decimal' | 'indian'>,
) {
  const separator = `(${escapeSign(group)}|${spaceOrApostrophe.source})`;
  const thousands = `\\d{1,3}(?:${separator}\\d{3}(?:\\2\\d{3})*)`;
  const lakhs = indian ? `|\\d{1,2}${separator}(?:\\d{2}\\3)*\\d{3}` : '';
  const match = new RegExp(
    `^(${thousands}${lakhs}|\\d+)?(?:${escapeSign(decimal)}(?<fraction>\\d*))?$`,
  ).exec(text);
  const whole = match?.[1] ?? '';
  const fraction = match?.groups?.fraction ?? '';
  return match && (whole || fraction) ? { whole: whole.replace(/\D/g, ''), fraction } : undefined;
}

function toMinor({ whole, fraction }: { whole: string; fraction: string }, exponent: number) {
  const amount = Number(`${whole}${fraction.padEnd(exponent, '0')}` || '0');
  return Number.isSafeInteger(amount) ? amount : undefined;
}

/** Marks of writing direction come with an amount copied from an Arabic or Hebrew page. */
const withoutMarks = (text: string) => text.replace(/[\u061c\u200e\u200f]/g, '').trim();

/** The text without one currency code or sign before or behind the number. */
function withoutCurrency(text: string, currency: string, locale: string): string {
  const signs = new Set([currency]);
  for (const currencyDisplay of ['symbol', 'narrowSymbol'] as const) {
    const parts = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay });
    for (const { type, value } of parts.formatToParts(1))
      if (type === 'currency') signs.add(withoutMarks(value));
  }
  const folded = text.toUpperCase();
  for (const sign of signs) {
    const found = sign.toUpperCase();
    if (folded.startsWith(found)) return text.slice(sign.length).trim();
    if (folded.endsWith(found)) return text.slice(0, -sign.length).trim();
  }
  return text;
}

const otherSigns = [
  ['.', ','],
  [',', '.'],
] as const;

/**
 * What a buyer meant by `text`, in minor units of `currency`. The locale supplies the signs, the grammar
 * is ours: optional currency sign or code; the locale's group sign, any space or apostrophe only before
 * exactly three digits; one decimal sign; no exponent, no sign. What reads only with the other pair of
 * signs is `ambiguous`, never taken.
 */
export function parseMoney(text: string, currency: string, locale: string): MoneyReading {
  const typed = withoutMarks(text);
  if (typed === '') return { state: 'empty' };
  const signs = signsOf(locale);
  const exponent = exponentOf(currency);
  const number = withoutCurrency(latinDigits(typed, signs.zero), currency, locale)
    .replace(/\u066b/g, signs.decimal)
    .replace(/\u066c/g, signs.group);
  const read = digitsOf(number, signs);
  if (read && read.fraction.length <= exponent) return reading('read', toMinor(read, exponent));
  for (const [group, decimal] of otherSigns) {
    const other = digitsOf(number, { group, decimal, indian: signs.indian });
    if (other && other.fraction.length <= exponent)
      return reading('ambiguous', toMinor(other, exponent));
  }
  return read ? { state: 'decimals', exponent } : { state: 'unreadable' };
}

const reading = (state: 'read' | 'ambiguous', amount: number | undefined): MoneyReading =>
  amount === undefined ? { state: 'unreadable' } : { state, amount };
