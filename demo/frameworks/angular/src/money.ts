import type { Totals } from 'pay-link';

/** Amounts are in the currency's minor unit: `2500` is €25.00. */
export function money({ total, currency }: Totals): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  return format.format(total / 10 ** digits);
}
