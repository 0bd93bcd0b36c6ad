/** What a link costs at least: for a button that shows its price, and for whoever is sent the link. */
import { type LinkItem, mayBeLeftOut, type OpenLink } from './payment-link.js';

interface LowestPrice {
  /** In minor units. */
  readonly amount: number;
  /** Nothing the buyer chooses makes it dearer. */
  readonly isOnly: boolean;
}

/** `undefined` where the buyer names any amount. An extra counts only where there is nothing else. */
export function lowestPrice(link: OpenLink): LowestPrice | undefined {
  if (link.type === 'amount') {
    const amount = link.amount ?? link.minAmount;
    return amount === null ? undefined : { amount, isOnly: link.amount !== null };
  }
  const needed = link.items.filter((item) => !mayBeLeftOut(item));
  if (!needed.length) {
    const main = link.items.filter(({ isOptional }) => !isOptional);
    const amounts = (main.length ? main : link.items).map(({ unitAmount }) => unitAmount);
    return amounts.length ? { amount: Math.min(...amounts), isOnly: false } : undefined;
  }
  const amount = needed.reduce(
    (sum, { unitAmount, minQuantity, quantity, adjustableQuantity }) =>
      sum + unitAmount * (adjustableQuantity ? Math.max(1, minQuantity) : quantity),
    0,
  );
  return { amount, isOnly: needed.length === link.items.length && needed.every(isFixed) };
}

const isFixed = ({ variants, prices, adjustableQuantity }: LinkItem): boolean =>
  !adjustableQuantity &&
  prices.length === 1 &&
  new Set(variants.map(({ unitAmount }) => unitAmount)).size <= 1;
