/** Rules over several fields of a payment link, for making and for changing one. */
import type { FieldProblem, LinkType, LinkUpdate } from '../../contract/index.js';

interface LinkToCheck {
  readonly type: LinkType;
  readonly amount: number | null;
  readonly minAmount: number | null;
  readonly maxAmount: number | null;
  readonly suggestedAmounts: readonly number[] | null;
  readonly items?: readonly ItemToCheck[];
  readonly expiresAt?: string | null;
  readonly maxRedemptions?: number | null;
  readonly now: string;
  readonly uses?: { readonly used: number; readonly reserved: number };
  /** On update: what is being changed. */
  readonly changes?: LinkUpdate;
}

interface ItemToCheck {
  readonly quantity?: number | undefined;
  readonly minQuantity?: number | undefined;
  readonly maxQuantity?: number | null | undefined;
}

type Loose<T> = { [Key in keyof T]: T[Key] | undefined };

export function checkLink(
  link: Loose<LinkToCheck> & Pick<LinkToCheck, 'type' | 'now'>,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const add = (path: string, code: string, message: string) =>
    problems.push({ path, code, message });
  const { amount, minAmount, maxAmount, suggestedAmounts, items = [], uses } = link;
  const asked = link.changes ?? link;
  const asksRange =
    typeof asked.minAmount === 'number' ||
    typeof asked.maxAmount === 'number' ||
    asked.suggestedAmounts?.length;

  if (link.type === 'amount') {
    if (items.length) add('items', 'not_expected', 'an amount link has no items');
    if (typeof amount === 'number' && asksRange)
      add('amount', 'not_expected', 'fixed, or chosen between bounds: not both');
    if (typeof minAmount === 'number' && typeof maxAmount === 'number' && minAmount > maxAmount)
      add('minAmount', 'too_large', 'more than maxAmount');
    suggestedAmounts?.forEach((suggested, index) => {
      if (suggested < (minAmount ?? 0) || suggested > (maxAmount ?? Number.MAX_SAFE_INTEGER))
        add(`suggestedAmounts.${index}`, 'out_of_range', 'outside minAmount and maxAmount');
    });
  } else {
    if (!items.length) add('items', 'required', `a ${link.type} link has items`);
    if (typeof amount === 'number' || asksRange)
      add('amount', 'not_expected', 'the items decide the amount');
    items.forEach((item, index) => {
      for (const problem of checkQuantities(item))
        add(`items.${index}.${problem}`, 'invalid', 'min ≤ quantity ≤ max');
    });
  }

  const expiresAt = link.changes ? link.changes.expiresAt : link.expiresAt;
  if (expiresAt && Date.parse(expiresAt) <= Date.parse(link.now))
    add('expiresAt', 'in_the_past', 'any future instant');
  if (uses && typeof link.maxRedemptions === 'number') {
    const taken = uses.used + uses.reserved;
    if (link.maxRedemptions < taken)
      add('maxRedemptions', 'too_small', `${taken} are used or reserved already`);
  }
  return problems;
}

function checkQuantities({ quantity, minQuantity = 1, maxQuantity }: ItemToCheck): string[] {
  if (typeof maxQuantity === 'number' && minQuantity > maxQuantity) return ['maxQuantity'];
  const most = maxQuantity ?? Number.MAX_SAFE_INTEGER;
  const isOutside = quantity !== undefined && (quantity < minQuantity || quantity > most);
  return isOutside ? ['quantity'] : [];
}
