/**
 * Writes src/contract/currency-table.ts from the ISO 4217 list of the registry package `currency-codes`:
 * `npm run currencies`. Intl is no source: CLDR and ISO differ for some sixteen currencies, and browsers
 * differ from one another.
 */
import { writeFileSync } from 'node:fs';
import currencyCodes from 'currency-codes';

/** Metals, bond units, drawing rights, test and "no currency" codes: nothing a buyer can pay in. */
const notMoney = /^(XAG|XAU|XPD|XPT|XBA|XBB|XBC|XBD|XDR|XSU|XUA|XTS|XXX)$/;

export function currencyTable(): string {
  const money = currencyCodes.data.filter(({ code }) => !notMoney.test(code));
  const withDigits = (digits: number) =>
    money.filter((currency) => currency.digits === digits).map(({ code }) => code);
  const lines = [0, 3, 4].map((digits) => `  ${digits}: '${withDigits(digits).join(' ')}',`);
  const all = money.map(({ code }) => code);
  const rows: string[] = [];
  for (let start = 0; start < all.length; start += 20)
    rows.push(`  '${all.slice(start, start + 20).join(' ')}',`);
  return `// Generated from ISO 4217 as of ${currencyCodes.publishDate}: npm run currencies

/** Currencies whose minor unit is not a hundredth, by their number of decimals. */
export const exponentExceptions = {
${lines.join('\n')}
} as const;

/** Every code a link can be priced in. */
export const currencyCodes = /* @__PURE__ */ [
${rows.join('\n')}
].join(' ');
`;
}

if (process.argv.includes('--write'))
  writeFileSync(new URL('../../src/contract/currency-table.ts', import.meta.url), currencyTable());
