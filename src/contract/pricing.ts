/** The one place where an order gets its price, for the form and for the server alike. */
import { addInterval } from './calendar.js';
import type { AmountLink, CatalogueLink, LinkItem, OpenLink } from './payment-link.js';
import { amountOff, type Discount, discountedRecurring, worthOf } from './promotion.js';
import { checkOrder, priceOf, type Selection, type SelectionLine, variantOf } from './selection.js';
import type { Recurring, Totals, TotalsLine } from './totals.js';

/**
 * What the selection costs at `now` (ISO 8601 UTC), or null while it cannot be priced. Whether a discount may
 * be had is the server's to say; here it is taken off, unless the order falls below its minimum.
 * The server's answer counts; the widget shows the same because it asks the same function.
 */
export function totals(
  link: OpenLink,
  selection: Selection,
  now: string,
  discount: Discount | null = null,
): Totals | null {
  if (checkOrder(link, selection).some(({ code }) => code !== 'out_of_stock')) return null;
  const lines = link.type === 'amount' ? [amountLine(link, selection)] : itemLines(link, selection);
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0);
  const full = link.type === 'amount' ? null : recurringOf(link, selection, now);
  if (!Number.isSafeInteger(subtotal) || !Number.isSafeInteger(full?.amount ?? 0)) return null;
  const worth = worthOf({ subtotal, recurring: full });
  if (discount && worth < (discount.minimumAmount ?? 0)) discount = null;
  const off = discount ? amountOff(discount, subtotal) : 0;
  const isDueToday = subtotal > 0;
  const recurring =
    discount && full ? discountedRecurring(full, discount, { now, isDueToday }) : full;
  return {
    currency: link.currency,
    lines,
    subtotal,
    discounts: discount ? [{ ...discount, amount: off }] : [],
    discount: off,
    total: subtotal - off,
    recurring,
  };
}

function amountLine(link: AmountLink, selection: Selection): TotalsLine {
  const amount = link.amount ?? selection.amount ?? 0;
  const { name } = link;
  return {
    itemId: null,
    skuId: null,
    priceId: null,
    name,
    quantity: 1,
    unitAmount: amount,
    amount,
  };
}

/** An item of the link with a line that chose it; `checkOrder` has seen that the parts fit. */
function chosen(link: CatalogueLink, { items = [] }: Selection) {
  return items.flatMap((line) => {
    const item = link.items.find(({ id }) => id === line.itemId);
    const variant = item && variantOf(item, line);
    const price = item && priceOf(item, line);
    return item && variant && price ? [{ line, item, variant, price }] : [];
  });
}

/** In the order of the link, whatever order the lines came in. */
function itemLines(link: CatalogueLink, selection: Selection): TotalsLine[] {
  return chosen(link, selection)
    .sort((one, other) => link.items.indexOf(one.item) - link.items.indexOf(other.item))
    .map(({ line, item, variant, price }) => {
      const unitAmount = unitAmountOf(item, line);
      const isInTrial = price.interval !== null && Boolean(price.trialPeriodDays);
      return {
        itemId: item.id,
        skuId: variant.id,
        priceId: price.id,
        name: [item.name, ...Object.values(variant.attributes)].join(' · '),
        quantity: line.quantity,
        unitAmount,
        amount: isInTrial ? 0 : unitAmount * line.quantity,
      };
    });
}

/** A SKU's own amount wins over the price. */
export function unitAmountOf(item: LinkItem, line: SelectionLine): number {
  return variantOf(item, line)?.unitAmount ?? priceOf(item, line)?.unitAmount ?? item.unitAmount;
}

function recurringOf(link: CatalogueLink, selection: Selection, now: string): Recurring | null {
  const repeated = chosen(link, selection).filter(({ price }) => price.interval !== null);
  const price = repeated[0]?.price;
  if (!price?.interval) return null;
  const amount = repeated.reduce(
    (sum, { item, line }) => sum + unitAmountOf(item, line) * line.quantity,
    0,
  );
  const intervalCount = price.intervalCount ?? 1;
  const trialDays = Math.max(0, ...repeated.map(({ price }) => price.trialPeriodDays ?? 0));
  const trialEndsAt = trialDays ? addInterval(now, 'day', trialDays) : null;
  const nextChargeAt = trialEndsAt ?? addInterval(now, price.interval, intervalCount);
  return { amount, interval: price.interval, intervalCount, trialEndsAt, nextChargeAt };
}
