/** From draft to selection: what was meant, and what is wrong, by field of the form. */
import {
  type CatalogueLink,
  checkSelection,
  type LinkItem,
  type OpenLink,
  type ProblemCode,
  parseMoney,
  type Selection,
  type SelectionLine,
  type SelectionProblemCode,
  type Totals,
  totals,
} from '../../contract/index.js';
import {
  type Draft,
  type Field,
  type ItemDraft,
  priceChosen,
  typedIn,
  variantChosen,
} from './draft.js';
import { type AddressForms, type AddressName, readBuyer, rulesFor } from './reading-buyer.js';

export type ReadingCode =
  | 'amount_decimals'
  | 'amount_ambiguous'
  | 'amount_unreadable'
  | 'quantity_unreadable'
  | 'nothing_chosen'
  | 'unavailable'
  | 'sold_out';

export interface DraftProblem {
  readonly field: Field;
  readonly code: SelectionProblemCode | ReadingCode | ProblemCode;
  /** The amount that was understood, in minor units. */
  readonly understood?: number | undefined;
  /** The bound that was passed: minor units for the amount, pieces for a quantity. */
  readonly limit?: number | undefined;
  readonly typed?: string;
  /** How it could look. */
  readonly example?: string | undefined;
}

export interface Reading {
  readonly selection: Selection;
  readonly problems: readonly DraftProblem[];
  /** Null while the order cannot be priced. */
  readonly totals: Totals | null;
}

export type Extras = Pick<Selection, 'reference' | 'metadata' | 'utm' | 'locale'>;

export function readDraft(
  link: OpenLink,
  draft: Draft,
  locale: string,
  extras: Extras,
  forms: AddressForms = new Map(),
): Reading {
  const order = link.type === 'amount' ? readAmount(link, draft, locale) : readItems(link, draft);
  const { discount } = draft;
  const isRead = order.problems.every(({ code }) => code === 'sold_out');
  const priced = isRead ? totals(link, order.selection, link.now, discount) : null;
  // An order that fell below what the code asks for goes on without it, until it grows again.
  const promotionCode = priced && !priced.discounts.length ? undefined : discount?.code;
  const selection: Selection = {
    ...order.selection,
    ...(promotionCode && { promotionCode }),
    ...readBuyer(link.collect, draft, forms),
    ...extras,
  };
  const problems = [...order.problems];
  for (const { path, ...problem } of checkSelection(
    link,
    selection,
    rulesFor(link.collect, forms),
  )) {
    const field = fieldOf(path, selection);
    const isTold = ({ field: told }: DraftProblem) =>
      field === 'items' ? told.includes('.') : told.split('.')[0] === field.split('.')[0];
    if (order.problems.some(isTold)) continue;
    problems.push(explained(link, selection, forms, { field, ...problem }));
  }
  if (link.collect.terms && !typedIn(draft, 'terms'))
    problems.push({ field: 'terms', code: 'required' });
  return { selection, problems, totals: priced };
}

function readAmount(link: OpenLink & { type: 'amount' }, draft: Draft, locale: string) {
  const problems: DraftProblem[] = [];
  if (link.amount !== null) return { selection: {}, problems };
  if (draft.suggestion !== null) return { selection: { amount: draft.suggestion }, problems };
  const typed = typedIn(draft, 'amount');
  const read = parseMoney(typed, link.currency, locale);
  if (read.state === 'read') return { selection: { amount: read.amount }, problems };
  if (read.state !== 'empty')
    problems.push({
      field: 'amount',
      code: `amount_${read.state}`,
      typed,
      ...(read.state === 'ambiguous' && { understood: read.amount }),
    });
  return { selection: {}, problems };
}

/** A count as people type it: digits of any keyboard, nothing else. Empty is none. */
export function readQuantity(text: string): number | undefined {
  const latin = text
    .trim()
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15));
  if (latin === '') return 0;
  return /^\d{1,6}$/.test(latin) ? Number(latin) : undefined;
}

function readItems(link: CatalogueLink, draft: Draft) {
  const problems: DraftProblem[] = [];
  const items: SelectionLine[] = [];
  for (const item of link.items) {
    const chosen = draft.items[item.id];
    if (!chosen?.isIncluded) continue;
    const quantity = readQuantity(chosen.quantity);
    if (quantity === undefined) {
      const field = `${item.id}.quantity`;
      problems.push({ field, code: 'quantity_unreadable', typed: chosen.quantity });
    } else if (quantity > 0) {
      const line = toLine(item, chosen, draft, quantity);
      items.push(line);
      problems.push(...variantProblems(item, chosen));
    } else if (item.minQuantity > 0 || item.isOptional) {
      problems.push({
        field: `${item.id}.quantity`,
        code: 'too_few',
        limit: Math.max(1, item.minQuantity),
      });
    }
  }
  return { selection: { items }, problems };
}

function toLine(item: LinkItem, chosen: ItemDraft, draft: Draft, quantity: number): SelectionLine {
  const sku = item.variants.length > 1 ? variantChosen(item, chosen.attributes) : undefined;
  const price = item.prices.length > 1 ? priceChosen(item, draft) : undefined;
  return {
    itemId: item.id,
    ...(sku && { skuId: sku.id }),
    ...(price && { priceId: price.id }),
    quantity,
  };
}

function variantProblems(item: LinkItem, { attributes }: ItemDraft): DraftProblem[] {
  const variant = variantChosen(item, attributes);
  const field = item.variants.length > 1 ? `${item.id}.variant` : `${item.id}.quantity`;
  if (variant?.stock === 0) return [{ field, code: 'sold_out' }];
  const isComplete = item.options.every(({ name }) => attributes[name] !== undefined);
  return variant || !isComplete ? [] : [{ field, code: 'unavailable' }];
}

const parts: Record<string, string> = { quantity: 'quantity', skuId: 'variant', priceId: 'price' };

/** The contract names lines by index, the form by item. */
export function fieldOf(path: string, { items = [] }: Selection): Field {
  const [root = '', key = '', part = 'quantity'] = path.split('.');
  if (root === 'customer') return path.slice(9);
  if (root === 'customFields') return path;
  const line = root === 'items' && key ? items[Number(key)] : undefined;
  return line ? `${line.itemId}.${parts[part] ?? 'variant'}` : root;
}

/** The same problem with what a sentence about it needs. */
function explained(
  { type }: OpenLink,
  selection: Selection,
  forms: AddressForms,
  problem: DraftProblem,
): DraftProblem {
  const { field, code } = problem;
  if (code === 'invalid_postal_code') {
    const { country } = selection.customer?.[field.split('.')[0] as AddressName] ?? {};
    const parts = forms.get(country ?? '')?.lines.flat();
    return { ...problem, example: parts?.find(({ name }) => name === 'postalCode')?.example ?? '' };
  }
  if (field === 'amount') return { ...problem, understood: selection.amount };
  if (type !== 'amount' && field === 'items' && code === 'required')
    return { ...problem, code: 'nothing_chosen' };
  return problem;
}
