/**
 * Money as Stripe writes it. Mostly that is ISO 4217's minor unit, as with us; where it is not, an amount that Stripe
 * cannot take exactly is refused before anything is opened: a franc more or less is not ours to give.
 * Source: docs.stripe.com/currencies, "Zero-decimal", "Three-decimal" and "Special case" currencies.
 */
import { exponentOf } from '../../../contract/index.js';

const zeroDecimal = new Set(
  'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '),
);

/** Written with two decimals, which must be zero: UGX and ISK have none any more, the others are paid out whole. */
const wholeOnly = new Set(['UGX', 'ISK', 'HUF', 'TWD']);

const decimalsOf = (currency: string): number => {
  if (zeroDecimal.has(currency)) return 0;
  return exponentOf(currency) === 3 ? 3 : 2;
};

/** What every amount is a multiple of, in Stripe's unit. */
const stepOf = (currency: string): number => {
  if (wholeOnly.has(currency)) return 100;
  return exponentOf(currency) === 3 ? 10 : 1;
};

/** How many of Stripe's units one of ours is: 100 for UGX, 1/100 for MGA, 1 for most. */
const scaleOf = (currency: string): number => 10 ** (decimalsOf(currency) - exponentOf(currency));

/** What an amount of ours must be a multiple of: 100 for HUF and MGA, 10 for KWD, 1 for UGX and most. */
export const amountStep = (currency: string): number =>
  Math.max(1, Math.round(stepOf(currency) / scaleOf(currency)));

/** @returns the amount in Stripe's unit; undefined where Stripe cannot take it exactly */
export function toStripe(amount: number, currency: string): number | undefined {
  const scaled = amount * scaleOf(currency);
  return Number.isSafeInteger(scaled) && scaled % stepOf(currency) === 0 ? scaled : undefined;
}

/** @throws Error for what Stripe cannot take exactly */
export function exactly(amount: number, currency: string): number {
  const scaled = toStripe(amount, currency);
  if (scaled === undefined) throw new Error(`Stripe takes no ${amount} ${currency} exactly.`);
  return scaled;
}

/** @param currency as Stripe writes it, in lower case */
export function fromStripe(amount: number, currency: string) {
  const code = currency.toUpperCase();
  return { amount: amount / scaleOf(code), currency: code };
}
