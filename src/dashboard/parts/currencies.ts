/** Currencies to choose from, and the one a merchant mostly means. */
import { currencyCodes } from '../../contract/currency-table.js';
import type { Choice } from './field.js';

/** The currency of what was made last: a merchant mostly has one. */
const lastCurrency = 'paylink-desk-currency';

export const usualCurrency = (locale: string): string =>
  localStorage.getItem(lastCurrency) ?? currencyOf(locale);

export const rememberCurrency = (currency: string): void =>
  localStorage.setItem(lastCurrency, currency);

/** Where nothing has said it yet: the money of the merchant's region, as far as it is plain. */
export function currencyOf(locale: string): string {
  const region = new Intl.Locale(locale).maximize().region ?? '';
  const regions: Readonly<Record<string, string>> = {
    ...{ CG: 'XAF', CM: 'XAF', GA: 'XAF', TD: 'XAF', CF: 'XAF', GQ: 'XAF' },
    ...{ SN: 'XOF', CI: 'XOF', ML: 'XOF', BJ: 'XOF', BF: 'XOF', TG: 'XOF', NE: 'XOF' },
    ...{ US: 'USD', GB: 'GBP', CH: 'CHF', CA: 'CAD', NG: 'NGN', KE: 'KES', GH: 'GHS', CD: 'CDF' },
  };
  return regions[region] ?? 'EUR';
}

const known = new Map<string, Choice[]>();

/** Kept: a form of several prices is drawn anew with every letter. */
export function currencyChoices(locale: string): Choice[] {
  let choices = known.get(locale);
  if (!choices) {
    const names = new Intl.DisplayNames(locale, { type: 'currency' });
    choices = currencyCodes
      .split(' ')
      .map((code) => ({ value: code, label: `${code} – ${names.of(code)}` }));
    known.set(locale, choices);
  }
  return choices;
}
