import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { exponentOf, isCurrency } from '../../src/contract/index.js';
import { currencyTable } from './generate-currencies.js';

it('is the table the registry’s ISO 4217 list makes', () => {
  const path = new URL('../../src/contract/currency-table.ts', import.meta.url);
  expect(readFileSync(path, 'utf8')).toBe(currencyTable());
});

// By hand from ISO 4217, list one. CLDR shows several of these with other decimals.
it.each([
  [0, 'XAF XOF XPF JPY KRW VND CLP PYG RWF UGX GNF KMF DJF BIF ISK VUV'],
  [2, 'EUR USD GBP NGN GHS KES ZAR MAD CDF CHF INR HUF IDR COP PKR AFN ALL MGA MRU SYP YER LBP'],
  [3, 'KWD BHD OMR JOD TND LYD IQD'],
  [4, 'CLF UYW'],
])('gives %i decimals to %s', (decimals, codes) => {
  for (const code of codes.split(' '))
    expect([code, isCurrency(code), exponentOf(code)]).toEqual([code, true, decimals]);
});

it.each(['eur', 'Eur', '', 'EURO', 'XXX', 'XTS', 'XAU', 'ZZZ', ' EUR', 'EUR XAF', 'constructor'])(
  'takes no money in %j',
  (code) => expect(isCurrency(code)).toBe(false),
);
