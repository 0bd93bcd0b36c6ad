/** Promotion codes as buyers redeem them: whether a code may be had, and what it takes off. */
import type { Transaction } from 'kysely';
import {
  type Discount,
  normalizeCode,
  Problem,
  type ProblemCode,
  type Selection,
  type Totals,
} from '../../contract/index.js';
import type { Queries } from '../store/database.js';
import type { LinkRecord } from '../store/payment-links.js';
import { findGrant, type Grant, hasBought, takeCode } from '../store/promotion-codes.js';
import type { Schema } from '../store/schema.js';

type Reason = Extract<ProblemCode, `promotion_code_${string}`>;

const sentences: Record<Reason, string> = {
  promotion_code_invalid: 'There is no such code.',
  promotion_code_expired: 'The code has expired.',
  promotion_code_used_up: 'The code has been used as often as it can be.',
  promotion_code_minimum_not_met: 'The order is below what the code asks for.',
  promotion_code_not_first_purchase: 'The code is for a first purchase.',
  promotion_code_not_eligible: 'This link takes no codes.',
  promotion_code_currency_mismatch: 'The code is for another currency.',
};

const refusal = (code: Reason) =>
  new Problem(code, sentences[code], {
    errors: [{ path: 'promotionCode', code, message: sentences[code] }],
  });

export interface Promotion {
  readonly grant: Grant;
  readonly discount: Discount;
}

/** @throws Problem `promotion_code_…`; undefined where the selection names no code */
export async function findPromotion(
  db: Queries,
  link: LinkRecord,
  { promotionCode }: Selection,
  { isReplacing = false } = {},
): Promise<Promotion | undefined> {
  const code = normalizeCode(promotionCode ?? '');
  if (!code) return undefined;
  if (!link.allowPromotionCodes) throw refusal('promotion_code_not_eligible');
  const grant = await findGrant(db, link.accountId, code);
  if (!grant?.isActive) throw refusal('promotion_code_invalid');
  if (grant.isExpired) throw refusal('promotion_code_expired');
  const { maxRedemptions, used, reserved, minimumAmountCurrency } = grant;
  // The session that is replaced may hold the last use: then taking it decides.
  const taken = isReplacing ? used : used + reserved;
  if (maxRedemptions !== null && taken >= maxRedemptions) throw refusal('promotion_code_used_up');
  const amountOff = grant.amountsOff?.[link.currency];
  const isElsewhere = grant.minimumAmount !== null && minimumAmountCurrency !== link.currency;
  if (isElsewhere || (grant.percentOff === null && amountOff === undefined))
    throw refusal('promotion_code_currency_mismatch');
  return { grant, discount: discountOf(grant, amountOff) };
}

function discountOf(grant: Grant, amountOff: number | undefined): Discount {
  const { code, percentOff, duration, durationInMonths, minimumAmount } = grant;
  return {
    code,
    ...(percentOff === null ? { amountOff: amountOff ?? 0 } : { percentOff: percentOff / 100 }),
    duration,
    ...(durationInMonths !== null && { durationInMonths }),
    ...(minimumAmount !== null && { minimumAmount }),
  };
}

/** @throws Problem `promotion_code_minimum_not_met` */
export function checkMinimum({ discounts }: Totals): void {
  // The one rule is where prices are made.
  if (!discounts.length) throw refusal('promotion_code_minimum_not_met');
}

/** For a quote, where the address may still be missing. @throws Problem `promotion_code_not_first_purchase` */
export async function checkFirstPurchase(
  db: Queries,
  { grant }: Promotion,
  { customer }: Selection,
): Promise<void> {
  const email = customer?.email?.trim();
  if (!grant.firstTimeTransaction || !email) return;
  if (await hasBought(db, grant.accountId, email))
    throw refusal('promotion_code_not_first_purchase');
}

/**
 * Reserves one use, in the transaction that opens the session. Buyers of a code pass here one by one,
 * so each sees what those before took.
 * @throws Problem `promotion_code_used_up`, `promotion_code_not_first_purchase`
 */
export async function takePromotion(
  tx: Transaction<Schema>,
  { grant }: Promotion,
  { customer }: Selection,
): Promise<void> {
  if (!(await takeCode(tx, grant.id))) throw refusal('promotion_code_used_up');
  if (!grant.firstTimeTransaction) return;
  const email = customer?.email?.trim();
  if (!email || (await hasBought(tx, grant.accountId, email, grant.id)))
    throw refusal('promotion_code_not_first_purchase');
}
