/** What is typed and chosen so far, as the buyer left it. Text stays text until it is read. */
import {
  type CatalogueLink,
  type Discount,
  exponentOf,
  type Interval,
  type LinkItem,
  type LinkPrice,
  type OpenLink,
  toDecimal,
  type Variant,
} from '../../contract/index.js';

export interface ItemDraft {
  /** Only an optional item can be left out by its switch. */
  readonly isIncluded: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  /** Where an item has several prices that are billed alike. */
  readonly priceId: LinkPrice['id'] | null;
  readonly quantity: string;
}

export interface Draft {
  readonly items: Readonly<Record<string, ItemDraft>>;
  /** One billing interval for the whole order, as `1 month`. */
  readonly billing: string | null;
  /** One of the suggestions, or null for what is typed. */
  readonly suggestion: number | null;
  /** Text as it stands in the other fields, by field. */
  readonly typed: Readonly<Record<Field, string>>;
  /** What an accepted promotion code takes off. */
  readonly discount: Discount | null;
}

/** A text field, or the part of an item: `amount`, `email`, `promotionCode`, `plitem_….quantity`. */
export type Field = string;

export const typedIn = ({ typed }: Draft, field: Field): string => typed[field] ?? '';

export const typeIn = (draft: Draft, field: Field, text: string): Draft => ({
  ...draft,
  typed: { ...draft.typed, [field]: text },
});

/** What a page filled in beforehand; amounts in minor units. */
export interface Prefill {
  readonly email?: string;
  readonly name?: string;
  readonly phone?: string;
  readonly promotionCode?: string;
  /** Where the buyer seems to be, as ISO 3166-1 alpha-2. */
  readonly region?: string;
  readonly amount?: number;
  readonly quantity?: number;
}

export interface Billing {
  readonly interval: Interval;
  readonly intervalCount: number;
}

export const billingKey = ({ interval, intervalCount }: LinkPrice | Billing): string =>
  `${intervalCount ?? 1} ${interval}`;

/** The intervals a link can be billed in, each once, in the merchant's order. */
export function billings(link: OpenLink): Billing[] {
  const found = new Map<string, Billing>();
  for (const price of link.type === 'amount' ? [] : link.items.flatMap(({ prices }) => prices)) {
    const { interval, intervalCount } = price;
    if (interval) found.set(billingKey(price), { interval, intervalCount: intervalCount ?? 1 });
  }
  return [...found.values()];
}

/** Prices of an item under one billing; a one-time price fits any. */
export const pricesUnder = ({ prices }: LinkItem, billing: string | null): LinkPrice[] =>
  prices.filter((price) => price.interval === null || billingKey(price) === billing);

export function priceChosen(item: LinkItem, draft: Draft): LinkPrice | undefined {
  const prices = pricesUnder(item, draft.billing);
  const wanted = draft.items[item.id]?.priceId;
  return prices.find(({ id }) => id === wanted) ?? prices[0];
}

export const variantChosen = (
  { variants }: LinkItem,
  attributes: ItemDraft['attributes'],
): Variant | undefined =>
  variants.length === 1 ? variants[0] : variants.find((variant) => isVariant(variant, attributes));

const isVariant = (variant: Variant, attributes: ItemDraft['attributes']) =>
  Object.entries(variant.attributes).every(([name, value]) => attributes[name] === value);

/**
 * The attributes once a value is chosen. Where no variant has it beside the others, the others follow: to the
 * variant with the most of them in common, one that can be had if there is one.
 */
export function chooseValue(
  { variants }: LinkItem,
  attributes: ItemDraft['attributes'],
  name: string,
  value: string,
): ItemDraft['attributes'] {
  const wanted = { ...attributes, [name]: value };
  const closeness = (variant: Variant) =>
    Object.entries(variant.attributes).filter(([axis, own]) => wanted[axis] === own).length * 2 +
    Number(variant.stock !== 0);
  if (variants.some((variant) => isVariant(variant, wanted))) return wanted;
  const [closest] = variants
    .filter(({ attributes }) => attributes[name] === value)
    .sort((one, other) => closeness(other) - closeness(one));
  return closest?.attributes ?? wanted;
}

/** The most that can be bought: the merchant's limit or what is left, whichever is lower. */
export function mostOf({ maxQuantity }: LinkItem, variant: Variant | undefined): number | null {
  const stock = variant?.stock ?? null;
  if (stock === null || maxQuantity === null) return stock ?? maxQuantity;
  return Math.min(stock, maxQuantity);
}

/** Decimal text as it can be typed back: in the signs of the locale, without groups. */
export function typedAmount(amount: number, currency: string, locale: string): string {
  const digits = amount % 10 ** exponentOf(currency) ? exponentOf(currency) : 0;
  return new Intl.NumberFormat(locale, {
    useGrouping: false,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(toDecimal({ amount, currency }) as unknown as number);
}

/** A form that nobody touched yet: what the merchant set, then what the page filled in. */
export function startDraft(link: OpenLink, prefill: Prefill, locale: string): Draft {
  const { amount, quantity, promotionCode, region = '', ...customer } = prefill;
  const served = link.collect.shippingAddress?.countries;
  const typed = {
    ...customer,
    phoneCountry: region,
    'billingAddress.country': region,
    'shippingAddress.country': served?.includes(region) === false ? (served[0] ?? '') : region,
    ...(link.allowPromotionCodes && promotionCode && { promotionCode }),
  };
  const empty = { items: {}, billing: null, suggestion: null, typed, discount: null };
  if (link.type === 'amount') return startAmount(link, empty, amount, locale);
  const items: Record<string, ItemDraft> = {};
  link.items.forEach((item, index) => {
    items[item.id] = startItem(item, index === 0 ? quantity : undefined);
  });
  const first = billings(link)[0];
  return { ...empty, items, billing: first ? billingKey(first) : null };
}

function startAmount(
  link: OpenLink & { type: 'amount' },
  draft: Draft,
  amount: number | undefined,
  locale: string,
): Draft {
  const suggestions = link.amount === null ? (link.suggestedAmounts ?? []) : [];
  if (amount === undefined || link.amount !== null)
    return { ...draft, suggestion: suggestions[0] ?? null };
  return suggestions.includes(amount)
    ? { ...draft, suggestion: amount }
    : typeIn(draft, 'amount', typedAmount(amount, link.currency, locale));
}

/** The first variant that can be had, as shops do; sold out ones stay within reach. */
function startItem(item: LinkItem, quantity: number | undefined): ItemDraft {
  const variant = item.variants.find(({ stock }) => stock !== 0) ?? item.variants[0];
  const isAsked = item.adjustableQuantity && quantity !== undefined;
  return {
    isIncluded: !item.isOptional,
    attributes: variant?.attributes ?? {},
    priceId: null,
    quantity: String(isAsked ? quantity : item.quantity),
  };
}

/** The draft on a link that was read again: kept wherever what it speaks of is still there. */
export function carryOver(link: OpenLink, draft: Draft, prefill: Prefill, locale: string): Draft {
  const fresh = startDraft(link, prefill, locale);
  const items = Object.entries(fresh.items).map(([id, item]) => {
    const kept = draft.items[id];
    const { isOptional, adjustableQuantity } = itemOf(link as CatalogueLink, id)!;
    return [
      id,
      kept && {
        ...kept,
        // What can no longer be chosen is as the link has it.
        ...(!isOptional && { isIncluded: true }),
        ...(!adjustableQuantity && { quantity: item.quantity }),
      },
    ];
  });
  const isOffered =
    link.type === 'amount' &&
    draft.suggestion !== null &&
    link.suggestedAmounts?.includes(draft.suggestion);
  const keys = billings(link).map(billingKey);
  const place = 'shippingAddress.country';
  const isServed = link.collect.shippingAddress?.countries?.includes(typedIn(draft, place)) ?? true;
  return {
    ...draft,
    items: { ...fresh.items, ...Object.fromEntries(items.filter(([, kept]) => kept)) },
    typed: {
      ...fresh.typed,
      ...draft.typed,
      ...(!isServed && { [place]: fresh.typed[place] ?? '' }),
    },
    billing: draft.billing && keys.includes(draft.billing) ? draft.billing : fresh.billing,
    suggestion: isOffered ? draft.suggestion : null,
  };
}

export const editItem = (
  draft: Draft,
  id: string,
  change: (item: ItemDraft) => Partial<ItemDraft>,
): Draft => {
  const item = draft.items[id];
  if (!item) return draft;
  return { ...draft, items: { ...draft.items, [id]: { ...item, ...change(item) } } };
};

/** Tickets start from none; everything else that may be left out has a switch. */
export const startsFromNone = (item: LinkItem): boolean =>
  !item.isOptional && item.minQuantity === 0 && item.adjustableQuantity;

export const itemOf = (link: CatalogueLink, id: string): LinkItem | undefined =>
  link.items.find((item) => item.id === id);
