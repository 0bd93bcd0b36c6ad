/** What stands in the fields, said to the server; and what of it cannot be said. */
import { linkUpdateSchema, newLinkSchema, parseMoney } from '../../contract/index.js';
import { brandingOf } from '../parts/branding.js';
import { amountSentence } from '../parts/typed.js';
import { ruleIn } from '../trouble.js';
import type { Words } from '../words/words.js';
import type { Draft, DraftItem, DraftQuestion } from './draft.js';

/** Sentences by the path of what they are about: `items.0.unitAmount`. */
export type Mistakes = Readonly<Record<string, string>>;

export interface Said {
  readonly body: Readonly<Record<string, unknown>>;
  readonly mistakes: Mistakes;
}

interface Reading {
  readonly words: Words;
  readonly locale: string;
  /** Of a saved link neither kind nor currency can change. */
  readonly isNew: boolean;
}

/** All of the link, every time: what is empty is cleared. */
export function bodyOf(draft: Draft, { words, locale, isNew }: Reading): Said {
  const mistakes: Record<string, string> = {};
  const says = words.problems;
  const { currency } = draft;

  const amount = (path: string, text: string): number | null => {
    const reading = parseMoney(text, currency, locale);
    if (reading.state === 'read') return reading.amount;
    if (reading.state !== 'empty')
      mistakes[path] = amountSentence({ words, locale }, reading, currency);
    return null;
  };
  const integer = (path: string, text: string): number | null => {
    const digits = text.replace(/[\s\u00a0\u202f]/g, '');
    if (!digits) return null;
    if (/^\d{1,10}$/.test(digits)) return Number(digits);
    mistakes[path] = says.integer;
    return null;
  };
  const text = (typed: string): string | null => typed.trim() || null;
  const lines = (typed: string): string[] =>
    typed
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);

  const metadata: Record<string, string> = {};
  for (const line of lines(draft.metadata)) {
    const [, name, value] = /^([^=]+?)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name && value !== undefined) metadata[name] = value;
    else mistakes.metadata = says.metadata;
  }

  const expiresAt = draft.expiresAt && new Date(draft.expiresAt);
  if (expiresAt && Number.isNaN(expiresAt.getTime())) mistakes.expiresAt = says.date;

  const billing = (one: DraftItem, path: (name: string) => string) => {
    const trialPeriodDays = integer(path('trialPeriodDays'), one.trialPeriodDays);
    return {
      interval: one.interval,
      intervalCount: integer(path('intervalCount'), one.intervalCount) ?? 1,
      ...(trialPeriodDays && { trialPeriodDays }),
    };
  };

  const item = (one: DraftItem, index: number) => {
    const path = (name: string) => `items.${index}.${name}`;
    const shared = {
      quantity: integer(path('quantity'), one.quantity) ?? 1,
      adjustableQuantity: one.adjustableQuantity,
      ...(one.adjustableQuantity && {
        minQuantity: integer(path('minQuantity'), one.minQuantity) ?? 1,
        maxQuantity: integer(path('maxQuantity'), one.maxQuantity),
      }),
      isOptional: one.isOptional,
      sortOrder: index,
    };
    if (one.productId)
      return {
        ...(one.id && { id: one.id }),
        ...{ productId: one.productId, priceId: one.priceId || null, ...shared },
      };
    // What a link sells alone is called as the link is.
    // Where that has no name yet, one mistake is told, and not two.
    const isAlone = draft.items.length === 1;
    const name = one.name.trim() || (isAlone ? draft.name.trim() || '–' : '');
    if (!name) mistakes[path('name')] = says.required;
    const unitAmount = amount(path('unitAmount'), one.unitAmount);
    if (unitAmount === null) mistakes[path('unitAmount')] ??= says.required;
    return {
      ...{ name, unitAmount: unitAmount ?? 0 },
      ...(draft.type === 'subscription' && one.interval && billing(one, path)),
      stockQuantity: integer(path('stockQuantity'), one.stockQuantity),
      ...shared,
    };
  };

  const question = (field: DraftQuestion, index: number) => ({
    ...{ key: field.key, label: field.label.trim(), type: field.type, required: field.required },
    ...(field.type === 'dropdown' && { options: lines(field.options) }),
    ...(field.type === 'text' && {
      pattern: text(field.pattern),
      maxLength: integer(`customFields.${index}.maxLength`, field.maxLength),
    }),
  });

  // What was written for another kind of link has no field any more that could be mended.
  const isBuyers = draft.type === 'amount' && draft.whoDecides === 'buyer';
  const fixed = draft.type === 'amount' && !isBuyers ? amount('amount', draft.amount) : null;
  if (draft.type === 'amount' && !isBuyers && fixed === null) mistakes.amount ??= says.required;
  const suggested = isBuyers
    ? draft.suggestedAmounts
        .split(';')
        .filter((one) => one.trim())
        .map((one) => amount('suggestedAmounts', one))
    : [];
  const amounts = {
    amount: fixed,
    minAmount: isBuyers ? amount('minAmount', draft.minAmount) : null,
    maxAmount: isBuyers ? amount('maxAmount', draft.maxAmount) : null,
    suggestedAmounts: suggested.length ? suggested : null,
  };
  if (draft.type !== 'amount' && !draft.items.length) mistakes.items = says.oneItem;

  const countries = draft.countries
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  const look = brandingOf(draft.branding, { words, locale });
  Object.assign(mistakes, look.mistakes);
  const origins = lines(draft.allowedOrigins);
  const body = {
    ...(isNew && { type: draft.type, currency }),
    name: draft.name.trim(),
    description: text(draft.description),
    imageUrl: text(draft.imageUrl),
    slug: text(draft.slug),
    ...(draft.type === 'amount' ? amounts : { items: draft.items.map(item) }),
    expiresAt: expiresAt && !mistakes.expiresAt ? expiresAt.toISOString() : null,
    maxRedemptions: integer('maxRedemptions', draft.maxRedemptions),
    collectEmail: draft.collectEmail,
    collectName: draft.collectName,
    collectPhone: draft.collectPhone,
    collectBillingAddress: draft.collectBillingAddress,
    collectShippingAddress: !draft.collectShippingAddress
      ? false
      : countries.length
        ? { countries }
        : true,
    customFields: draft.customFields.length ? draft.customFields.map(question) : null,
    termsUrl: text(draft.termsUrl),
    allowPromotionCodes: draft.allowPromotionCodes,
    submitType: draft.submitType,
    submitMessage: text(draft.submitMessage),
    inactiveMessage: text(draft.inactiveMessage),
    fallbackUrl: text(draft.fallbackUrl),
    successUrl: text(draft.successUrl),
    cancelUrl: text(draft.cancelUrl),
    allowedOrigins: origins.length ? origins : null,
    branding: look.body,
    metadata: Object.keys(metadata).length ? metadata : null,
  };
  const schema = isNew ? newLinkSchema() : linkUpdateSchema();
  const checked = schema.safeParse(body);
  for (const { path, code, message } of checked.error?.issues ?? []) {
    const field = fieldOf(path.join('.'));
    mistakes[field] ??= sentenceOf(words, { path: field, code, message });
  }
  return { body, mistakes };
}

/**
 * Of a saved link, what is to be changed: what was left as it was is not asked for again. Else a link that is over, or
 * sells what is archived, could not even get another name; and seconds that no field shows would be lost.
 */
export const changesOf = (before: Said['body'], after: Said['body']): Said['body'] =>
  Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
    ),
  );

/** One field holds several: its lines, its suggestions. */
const fieldOf = (path: string): string =>
  path
    .replace(/^(allowedOrigins|suggestedAmounts)\..*$/, '$1')
    .replace(/^metadata\..*$/, 'metadata')
    .replace(/^collectShippingAddress\..*$/, 'countries')
    .replace(/^(customFields\.\d+\.options)\..*$/, '$1');

interface Issue {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** A mistake that a rule of the contract or the server found, in the merchant's words. */
export function sentenceOf(words: Words, { path, code, message }: Issue): string {
  const { problems } = words;
  if (/(Url|imageUrl)$/.test(path)) return problems.url;
  if (path === 'maxRedemptions') return problems.uses;
  if (/^too_/.test(code) && /(uantity|intervalCount|trialPeriodDays|maxLength)$/.test(path))
    return problems.size;
  if (path === 'items' && code === 'required') return problems.oneRecurring;
  if (code === 'invalid' && /^items\.\d+\.\w*[qQ]uantity$/.test(path)) return problems.quantities;
  if (path === 'slug') return code === 'taken' ? problems.slugTaken : problems.slug;
  if (path === 'allowedOrigins') return problems.origin;
  if (path === 'countries') return problems.countries;
  if (path === 'expiresAt') return problems.date;
  if (path === 'minAmount' && code === 'too_large') return problems.minMax;
  if (code === 'too_small' && /(name|label)$/.test(path)) return problems.required;
  if (code === 'too_big') return problems.tooLong;
  return ruleIn(words, { code, message });
}

/** What the server found wrong, by the field that says it. */
export const refusedIn = (words: Words, errors: readonly Issue[] = []): Mistakes =>
  Object.fromEntries(
    errors.map((one) => {
      const path = fieldOf(one.path);
      return [path, sentenceOf(words, { ...one, path })];
    }),
  );
