/** What a link costs, in one line a buyer can read before any script has run. */
import { formatMoney, type LinkItem, lowestPrice, type OpenLink } from '../../contract/index.js';
import { type PageLocale, wordsIn } from './words.js';

export function priceLine(link: OpenLink, locale: PageLocale): string {
  const words = wordsIn(locale);
  const money = (amount: number) => formatMoney({ amount, currency: link.currency }, locale);
  if (link.type === 'amount') {
    if (link.amount !== null) return money(link.amount);
    if (link.minAmount !== null && link.maxAmount !== null)
      return words.amountBetween(money(link.minAmount), money(link.maxAmount));
    return link.minAmount === null ? words.amountChosen : words.amountFrom(money(link.minAmount));
  }
  const [only, ...others] = link.items;
  if (only && !others.length) return itemPrice(only, link.currency, locale);
  const lowest = lowestPrice(link);
  if (!lowest) return '';
  return lowest.isOnly ? money(lowest.amount) : words.from(money(lowest.amount));
}

/** "€29.00", "From €29.00", "€9.00 every month" or both intervals. */
export function itemPrice(item: LinkItem, currency: string, locale: PageLocale): string {
  const words = wordsIn(locale);
  const money = (amount: number) => formatMoney({ amount, currency }, locale);
  const recurring = item.prices.flatMap(({ unitAmount, interval, intervalCount }) =>
    interval ? [`${money(unitAmount)} ${words.perInterval(interval, intervalCount ?? 1)}`] : [],
  );
  if (recurring.length) return recurring.join(' · ');
  const amounts = new Set([
    ...item.prices.map(({ unitAmount }) => unitAmount),
    ...item.variants.flatMap(({ unitAmount }) => (unitAmount === null ? [] : [unitAmount])),
  ]);
  return amounts.size > 1 ? words.from(money(item.unitAmount)) : money(item.unitAmount);
}

/** The longest trial on offer, in days. */
export const trialDaysOf = (link: OpenLink): number =>
  link.type === 'amount'
    ? 0
    : Math.max(
        0,
        ...link.items.flatMap(({ prices }) =>
          prices.map(({ trialPeriodDays }) => trialPeriodDays ?? 0),
        ),
      );
