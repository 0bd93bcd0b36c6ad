/** What ISO 4217 says of a currency, from our own pinned table: Intl differs from it and between browsers. */
import { currencyCodes, exponentExceptions } from './currency-table.js';

const exponents = new Map<string, number>();
for (const [digits, codes] of Object.entries(exponentExceptions))
  for (const code of codes.split(' ')) exponents.set(code, Number(digits));

/** Decimals of a currency: 0 for XAF and JPY, 3 for KWD, 2 for most. */
export const exponentOf = (currency: string): number => exponents.get(currency) ?? 2;

/** Whether `code` is an upper-case ISO 4217 code money can be taken in. */
export const isCurrency = (code: string): boolean =>
  /^[A-Z]{3}$/.test(code) && currencyCodes.split(' ').includes(code);
