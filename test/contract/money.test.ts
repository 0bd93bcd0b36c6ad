import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyCodes } from '../../src/contract/currency-table.js';
import { formatMoney, type MoneyReading, parseMoney, toDecimal } from '../../src/contract/index.js';

const nbsp = '\u00a0';
const narrow = '\u202f';

const read = (amount: number): MoneyReading => ({ state: 'read', amount });
const unsure = (amount: number): MoneyReading => ({ state: 'ambiguous', amount });
const decimals = (exponent: number): MoneyReading => ({ state: 'decimals', exponent });
const unreadable: MoneyReading = { state: 'unreadable' };
const empty: MoneyReading = { state: 'empty' };

type Case = readonly [locale: string, currency: string, text: string, reading: MoneyReading];

const corpus: Case[] = [
  // English
  ['en', 'EUR', '25', read(2_500)],
  ['en', 'EUR', '25.5', read(2_550)],
  ['en', 'EUR', '25.50', read(2_550)],
  ['en', 'EUR', '30.49', read(3_049)],
  ['en', 'EUR', ' 25.50 ', read(2_550)],
  ['en', 'EUR', '.50', read(50)],
  ['en', 'EUR', '25.', read(2_500)],
  ['en', 'EUR', '1,000', read(100_000)],
  ['en', 'USD', '$1,000.00', read(100_000)],
  ['en', 'EUR', '1,234,567.89', read(123_456_789)],
  ['en', 'EUR', '€25', read(2_500)],
  ['en', 'EUR', '25 €', read(2_500)],
  ['en', 'EUR', 'EUR 25', read(2_500)],
  ['en', 'EUR', '25 eur', read(2_500)],
  ['en', 'EUR', '1 000.50', read(100_050)],
  ['en-CH', 'CHF', '1’000.50', read(100_050)],
  ['en', 'CHF', "1'000.50", read(100_050)],
  ['en', 'EUR', '0', read(0)],
  ['en', 'EUR', '007', read(700)],
  // French
  ['fr', 'EUR', '40,23', read(4_023)],
  ['fr', 'EUR', '25,5', read(2_550)],
  ['fr', 'EUR', '1 000,50', read(100_050)],
  ['fr', 'EUR', `1${nbsp}000,50`, read(100_050)],
  ['fr', 'EUR', `1${narrow}234${narrow}567,89 €`, read(123_456_789)],
  ['fr', 'EUR', `25,00${nbsp}€`, read(2_500)],
  ['fr', 'XAF', `25${narrow}000${nbsp}FCFA`, read(25_000)],
  ['fr', 'XAF', '25 000 XAF', read(25_000)],
  // Other ways of counting and of writing digits
  ['en-IN', 'INR', '₹1,00,000.50', read(10_000_050)],
  ['en-IN', 'INR', '100,000', read(10_000_000)],
  ['de-CH', 'CHF', '1’000.50', read(100_050)],
  ['de', 'EUR', '1.234,56', read(123_456)],
  ['ar-EG', 'EGP', '١٢٫٥٠', read(1_250)],
  ['ar-EG', 'EGP', '١٬٢٣٤', read(123_400)],
  ['en', 'EUR', '٢٥', read(2_500)],
  ['hi', 'INR', '१२.५', read(1_250)],
  // Zero, three and four decimals
  ['en', 'XAF', '25,000', read(25_000)],
  ['fr', 'XAF', '25000', read(25_000)],
  ['en', 'XAF', '25000.50', decimals(0)],
  ['en', 'JPY', '10.5', decimals(0)],
  ['fr', 'XAF', '25000,5', decimals(0)],
  ['en', 'XAF', '25.', read(25)],
  ['en', 'KWD', '1.234', read(1_234)],
  ['en', 'KWD', '1.5', read(1_500)],
  ['en', 'KWD', '1.2345', decimals(3)],
  ['en', 'CLF', '1.2345', read(12_345)],
  ['en', 'EUR', '25.505', unsure(2_550_500)],
  ['en', 'EUR', '25.5055', decimals(2)],
  // Only the other language's signs fit: shown, never taken
  ['en', 'EUR', '40,23', unsure(4_023)],
  ['en', 'EUR', '1.234,56', unsure(123_456)],
  ['fr', 'EUR', '25.50', unsure(2_550)],
  ['fr', 'EUR', '1,234.56', unsure(123_456)],
  ['de', 'EUR', '1.5', unsure(150)],
  ['fr', 'XAF', '25.000', unsure(25_000)],
  // No money at all
  ['en', 'EUR', '', empty],
  ['en', 'EUR', `  ${nbsp}`, empty],
  ['en', 'EUR', '1e3', unreadable],
  ['en', 'EUR', '-5', unreadable],
  ['en', 'EUR', '+5', unreadable],
  ['en', 'EUR', '5-', unreadable],
  ['en', 'EUR', '(5)', unreadable],
  ['en', 'EUR', 'ten', unreadable],
  ['en', 'EUR', '€', unreadable],
  ['en', 'EUR', '.', unreadable],
  ['en', 'EUR', '1.2.3', unreadable],
  ['en', 'EUR', '12 34', unreadable],
  ['en', 'EUR', '1 000,000', unreadable],
  ['en', 'EUR', '1,0000', unreadable],
  ['en', 'EUR', '$25', unreadable],
  ['en', 'EUR', '25 € €', unreadable],
  ['en', 'EUR', 'Infinity', unreadable],
  ['en', 'EUR', '0x10', unreadable],
  // The bounds of exact counting: 2^53 − 1 minor units
  ['en', 'EUR', '90071992547409.91', read(Number.MAX_SAFE_INTEGER)],
  ['en', 'EUR', '90071992547409.92', unreadable],
  ['en', 'XAF', '9007199254740991', read(Number.MAX_SAFE_INTEGER)],
  ['en', 'XAF', '9007199254740992', unreadable],
  ['en', 'EUR', '9'.repeat(400), unreadable],
];

describe('an amount as it is typed', () => {
  it.each(corpus)('in %s, %s: %j', (locale, currency, text, reading) => {
    expect(parseMoney(text, currency, locale)).toEqual(reading);
  });

  it('is read in linear time, however long it is', () => {
    const started = performance.now();
    for (const text of [
      '1,'.repeat(5_000),
      '1 000'.repeat(5_000),
      '1'.repeat(20_000),
      "1'".repeat(9_000),
    ])
      parseMoney(`${text}x`, 'EUR', 'en');
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('an amount as it is shown', () => {
  it.each([
    ['en', 'EUR', 2_500, '€25.00'],
    ['en', 'USD', 5, '$0.05'],
    ['fr', 'EUR', 123_456, `1${narrow}234,56${nbsp}€`],
    ['en', 'JPY', 25_000, '¥25,000'],
    ['fr', 'XAF', 25_000, `25${narrow}000${nbsp}FCFA`],
    ['en', 'KWD', 1_234, `KWD${nbsp}1.234`],
    // CLDR would drop these decimals; ISO 4217 keeps them.
    ['en', 'HUF', 100_050, `HUF${nbsp}1,000.50`],
    ['en', 'IDR', 150, `IDR${nbsp}1.50`],
    ['en', 'COP', 1, `COP${nbsp}0.01`],
    ['en', 'EUR', -2_500, '-€25.00'],
    ['en', 'EUR', Number.MAX_SAFE_INTEGER, '€90,071,992,547,409.91'],
  ])('in %s: %s %i', (locale, currency, amount, text) => {
    expect(formatMoney({ amount, currency }, locale)).toBe(text);
  });

  it('is exact as decimal text, at any size', () => {
    expect(toDecimal({ amount: 5, currency: 'KWD' })).toBe('0.005');
    expect(toDecimal({ amount: 0, currency: 'EUR' })).toBe('0.00');
    expect(toDecimal({ amount: 7, currency: 'XAF' })).toBe('7');
    expect(toDecimal({ amount: -123, currency: 'EUR' })).toBe('-1.23');
    expect(toDecimal({ amount: Number.MAX_SAFE_INTEGER, currency: 'EUR' })).toBe(
      '90071992547409.91',
    );
  });

  it('reads back as the same amount, in every language and number of decimals', () => {
    const locales = fc.constantFrom('en', 'fr', 'de', 'en-IN', 'ar-EG', 'de-CH', 'hi', 'pt-BR');
    const currencies = fc.constantFrom('EUR', 'XAF', 'JPY', 'KWD', 'HUF', 'USD', 'CLF', 'INR');
    const amounts = fc.oneof(fc.maxSafeNat(), fc.nat(100_000));
    fc.assert(
      fc.property(locales, currencies, amounts, (locale, currency, amount) => {
        const text = formatMoney({ amount, currency }, locale);
        expect([text, parseMoney(text, currency, locale)]).toEqual([text, read(amount)]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads back in each currency there is', () => {
    for (const currency of currencyCodes.split(' '))
      for (const locale of ['en', 'fr', 'de', 'ar-EG', 'he'])
        for (const amount of [0, 7, 1_234_567]) {
          const text = formatMoney({ amount, currency }, locale);
          expect([text, parseMoney(text, currency, locale)]).toEqual([text, read(amount)]);
        }
  });
});
