/** What stands in the fields of a code, said to the server in two wishes: the coupon, and the code that grants it. */
import {
  type Coupon,
  type FieldProblem,
  formatMoney,
  type NewCoupon,
  type NewPromotionCode,
  newPromotionCodeSchema,
  type PromotionCodeUpdate,
} from '../../contract/index.js';
import { type Language, type Mistakes, Reader, type Said } from '../parts/typed.js';
import { ruleIn } from '../trouble.js';
import type { CodeDraft, DraftAmount, DraftLimits } from './draft.js';

const uses = { least: 1, most: 1_000_000_000 };
const months = { least: 1, most: 120 };

export type NewCode = Omit<NewPromotionCode, 'couponId'>;

export interface SaidCode {
  /** Null where one is taken that is there already. */
  readonly coupon: NewCoupon | null;
  readonly code: NewCode;
  readonly mistakes: Mistakes;
}

/** `12.5`, `12,5 %` → 12.5; null where it is no share. */
export function percentOf(typed: string): number | null {
  const [, whole, fraction] = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(typed.trim()) ?? [];
  if (whole === undefined) return null;
  const percent = Number(`${whole}.${fraction ?? '0'}`);
  return percent > 0 && percent <= 100 ? percent : null;
}

interface Around {
  /** In milliseconds. */
  readonly now: number;
  /** Those that are there already. */
  readonly coupons: readonly Coupon[];
}

export function codeBody(draft: CodeDraft, language: Language, { now, coupons }: Around): SaidCode {
  const reader = new Reader(language);
  const coupon = draft.couponId ? null : couponOf(reader, draft, language);
  const typed = draft.code.trim();
  const minimum = reader.amount('minimumAmount', draft.minimumAmount, draft.minimumCurrency);
  const taken = coupon ?? coupons.find(({ id }) => id === draft.couponId);
  if (minimum && taken && !isOffIn(taken, draft.minimumCurrency))
    reader.refuse('minimumAmount', language.words.codes.problems.otherCurrency);
  const code: NewCode = {
    ...(typed && { code: typed }),
    ...limitsOf(reader, draft, { language, now }),
    ...(minimum && { minimumAmount: minimum, minimumAmountCurrency: draft.minimumCurrency }),
    ...(draft.firstTime && { firstTimeTransaction: true }),
  };
  const schema = newPromotionCodeSchema();
  const checked = schema.safeParse({ ...code, couponId: `coupon_${'0'.repeat(24)}` });
  for (const { path, code: kind, message } of checked.error?.issues ?? []) {
    const field = path.join('.');
    reader.refuse(field, codeSentence(language, { path: field, code: kind, message }));
  }
  return { coupon, code, mistakes: reader.mistakes };
}

/** A share is one in every currency. */
const isOffIn = (coupon: NewCoupon | Coupon, currency: string): boolean =>
  !coupon.currency || coupon.currency === currency || currency in (coupon.currencyOptions ?? {});

function couponOf(reader: Reader, draft: CodeDraft, { words }: Language): NewCoupon {
  const { problems: says } = words.codes;
  const name = reader.text(draft.name);
  const isRepeating = draft.duration === 'repeating';
  const durationInMonths = isRepeating ? reader.integer('months', draft.months, months) : null;
  if (isRepeating && durationInMonths === null) reader.refuse('months', words.problems.required);
  const shared = {
    ...(name && { name }),
    duration: draft.duration,
    ...(durationInMonths !== null && { durationInMonths }),
  };
  if (draft.kind === 'percent') {
    const percentOff = percentOf(draft.percent);
    if (percentOff === null) reader.refuse('percent', says.percent);
    return { percentOff: percentOff ?? 0, ...shared };
  }
  const seen = new Set<string>();
  const [first, ...others] = draft.amounts.map((one, index) => {
    if (seen.has(one.currency)) reader.refuse(`amounts.${index}.currency`, says.sameCurrency);
    seen.add(one.currency);
    return {
      currency: one.currency,
      amountOff: offOf(reader, one, `amounts.${index}`, says.nothing),
    };
  });
  return {
    ...{ amountOff: first?.amountOff ?? 0, currency: first?.currency ?? '' },
    ...(others.length && {
      currencyOptions: Object.fromEntries(
        others.map(({ currency, amountOff }) => [currency, { amountOff }]),
      ),
    }),
    ...shared,
  };
}

function offOf(reader: Reader, one: DraftAmount, path: string, nothing: string): number {
  const off = reader.requiredAmount(`${path}.amount`, one.amount, one.currency);
  if (off === 0) reader.refuse(`${path}.amount`, nothing);
  return off;
}

interface When {
  readonly language: Language;
  readonly now: number;
}

function limitsOf(
  reader: Reader,
  limits: DraftLimits,
  { language: { words }, now }: When,
): { readonly maxRedemptions?: number; readonly expiresAt?: string } {
  const max = reader.integer('maxRedemptions', limits.maxRedemptions, uses);
  const expires = limits.expiresAt ? new Date(limits.expiresAt) : null;
  const isDate = expires && !Number.isNaN(expires.getTime());
  if (expires && !isDate) reader.refuse('expiresAt', words.problems.date);
  if (isDate && expires.getTime() <= now) reader.refuse('expiresAt', words.codes.problems.past);
  return {
    ...(max !== null && { maxRedemptions: max }),
    ...(isDate && { expiresAt: expires.toISOString() }),
  };
}

interface Known {
  /** As it is kept: an end that was not touched may be over. */
  readonly before: DraftLimits;
  readonly now: number;
}

/** What can be changed of a code once it is there; what is empty is cleared, what was not touched is not sent. */
export function limitsBody(
  limits: DraftLimits,
  language: Language,
  { before, now }: Known,
): Said<PromotionCodeUpdate> {
  const reader = new Reader(language);
  const isSameEnd = limits.expiresAt === before.expiresAt;
  const asked = isSameEnd ? { ...limits, expiresAt: '' } : limits;
  const { maxRedemptions = null, expiresAt = null } = limitsOf(reader, asked, { language, now });
  const body = {
    ...(limits.maxRedemptions !== before.maxRedemptions && { maxRedemptions }),
    ...(!isSameEnd && { expiresAt }),
  };
  return { body, mistakes: reader.mistakes };
}

/** The field that the server speaks of. */
export function codeField(path: string, draft: Pick<CodeDraft, 'amounts'>): string {
  if (path === 'percentOff') return 'percent';
  if (path === 'durationInMonths') return 'months';
  if (path === 'amountOff' || path === 'currency') return 'amounts.0.amount';
  const [, currency] = /^currencyOptions\.(\w+)/.exec(path) ?? [];
  if (currency) {
    const index = draft.amounts.findIndex((one, at) => at > 0 && one.currency === currency);
    return `amounts.${index}.amount`;
  }
  return path;
}

type Issue = Pick<FieldProblem, 'path' | 'code' | 'message' | 'limit'>;

/** A mistake that a rule of the contract or the server found, in the merchant's words. */
export function codeSentence(
  { words, locale }: Language,
  { path, code, message, limit }: Issue,
  currency?: string,
): string {
  const { problems: says } = words.codes;
  if (code === 'not_payable' && limit && currency)
    return words.products.problems.step(formatMoney({ amount: limit, currency }, locale));
  if (path === 'code') return code === 'taken' ? says.taken : says.code;
  if (path === 'maxRedemptions') return says.fewer;
  if (path === 'expiresAt') return says.past;
  if (path === 'percent') return says.percent;
  if (path === 'name') return words.problems.tooLong;
  return ruleIn(words, { code, message });
}
