/** Coupons and promotion codes as merchants make and change them. */
import {
  type Coupon,
  type FieldProblem,
  type Id,
  type NewCoupon,
  type NewPromotionCode,
  normalizeCode,
  Problem,
  type PromotionCode,
  type PromotionCodeUpdate,
} from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { newCode } from '../new-id.js';
import { readNow } from '../store/database.js';
import type { Page } from '../store/paging.js';
import {
  findCoupon,
  findPromotionCode,
  insertCoupon,
  insertPromotionCode,
  listCoupons,
  listPromotionCodes,
  updateCoupon,
  updatePromotionCode,
} from '../store/promotion-codes.js';
import type { Row } from '../store/schema.js';
import { checkAmounts } from './amounts.js';

const refuse = (errors: readonly FieldProblem[]) => {
  if (errors.length) throw new Problem('validation_failed', 'This is not valid.', { errors });
};

const fault = (path: string, code: string, message: string): FieldProblem => ({
  path,
  code,
  message,
});

const notFound = (what: string) => new Problem('not_found', `There is no ${what} of this id.`);

function couponView(coupon: Row<'coupon'>): Coupon {
  const { currency, amountsOff } = coupon;
  const others = Object.entries(amountsOff ?? {}).filter(([other]) => other !== currency);
  return {
    id: coupon.id,
    object: 'coupon',
    name: coupon.name,
    percentOff: coupon.percentOff === null ? null : coupon.percentOff / 100,
    amountOff: amountsOff?.[currency ?? ''] ?? null,
    currency,
    currencyOptions: others.length
      ? Object.fromEntries(others.map(([other, amountOff]) => [other, { amountOff }]))
      : null,
    duration: coupon.duration,
    durationInMonths: coupon.durationInMonths,
    metadata: coupon.metadata,
    createdAt: coupon.createdAt,
  };
}

function checkCoupon(coupon: NewCoupon): FieldProblem[] {
  const { percentOff, amountOff, currency, currencyOptions, duration, durationInMonths } = coupon;
  const problems: FieldProblem[] = [];
  if ((percentOff === undefined) === (amountOff === undefined))
    problems.push(fault('percentOff', 'required', 'either percentOff or amountOff'));
  if ((amountOff === undefined) !== (currency === undefined))
    problems.push(fault('currency', 'required', 'with amountOff, and only with it'));
  if (amountOff === undefined && currencyOptions)
    problems.push(fault('currencyOptions', 'not_expected', 'only with amountOff'));
  if ((duration === 'repeating') !== (durationInMonths !== undefined))
    problems.push(
      fault('durationInMonths', 'required', 'with a repeating coupon, and only with it'),
    );
  return problems;
}

function checkOff(backend: Backend, coupon: NewCoupon): FieldProblem[] {
  const { amountOff, currency = '', currencyOptions = {} } = coupon;
  const others = Object.entries(currencyOptions);
  return [
    ...checkAmounts(backend, currency, [['amountOff', amountOff]]),
    ...others.flatMap(([other, { amountOff: off }]) =>
      checkAmounts(backend, other, [[`currencyOptions.${other}.amountOff`, off]]),
    ),
  ];
}

export async function createCoupon(
  backend: Backend,
  id: Id<'coupon'>,
  coupon: NewCoupon,
): Promise<Coupon> {
  const { db, account } = backend;
  refuse([...checkCoupon(coupon), ...checkOff(backend, coupon)]);
  const { percentOff, amountOff, currency = null, currencyOptions = {} } = coupon;
  const others = Object.entries(currencyOptions).map(([other, option]) => [
    other,
    option.amountOff,
  ]);
  const row = await insertCoupon(db, {
    id,
    accountId: account.id,
    name: coupon.name ?? null,
    percentOff: percentOff === undefined ? null : Math.round(percentOff * 100),
    amountsOff:
      currency === null
        ? null
        : JSON.stringify({ ...Object.fromEntries(others), [currency]: amountOff }),
    currency,
    duration: coupon.duration ?? 'once',
    durationInMonths: coupon.durationInMonths ?? null,
    metadata: JSON.stringify(coupon.metadata ?? {}),
  });
  return couponView(row);
}

/** @throws Problem `not_found` */
export async function readCoupon({ db, account }: Backend, id: string): Promise<Coupon> {
  const coupon = await findCoupon(db, account.id, id);
  if (!coupon) throw notFound('coupon');
  return couponView(coupon);
}

export async function readCoupons({ db, account }: Backend, page: Page) {
  const { data, nextCursor } = await listCoupons(db, account.id, page);
  return { data: data.map(couponView), nextCursor };
}

/** @throws Problem `not_found` */
export async function changeCoupon(
  { db, account }: Backend,
  id: string,
  { name, metadata }: Pick<NewCoupon, 'name' | 'metadata'>,
): Promise<Coupon> {
  const coupon = await updateCoupon(db, account.id, id, {
    ...(name !== undefined && { name }),
    ...(metadata !== undefined && { metadata: JSON.stringify(metadata ?? {}) }),
  });
  if (!coupon) throw notFound('coupon');
  return couponView(coupon);
}

const codeView = (code: Row<'promotionCode'>): PromotionCode => ({
  id: code.id,
  object: 'promotion_code',
  couponId: code.couponId,
  code: code.code,
  isActive: code.isActive,
  minimumAmount: code.minimumAmount,
  minimumAmountCurrency: code.minimumAmountCurrency,
  firstTimeTransaction: code.firstTimeTransaction,
  expiresAt: code.expiresAt,
  maxRedemptions: code.maxRedemptions,
  redemptionCount: code.used,
  reservedCount: code.reserved,
  metadata: code.metadata,
  createdAt: code.createdAt,
});

async function checkExpiry({ db }: Backend, expiresAt: string | null | undefined) {
  if (expiresAt && Date.parse(expiresAt) <= Date.parse(await readNow(db)))
    refuse([fault('expiresAt', 'in_the_past', 'any future instant')]);
}

export async function createPromotionCode(
  backend: Backend,
  id: Id<'promotionCode'>,
  { couponId, code, minimumAmount = null, ...given }: NewPromotionCode,
): Promise<PromotionCode> {
  const { db, account } = backend;
  const coupon = await findCoupon(db, account.id, couponId);
  if (!coupon) refuse([fault('couponId', 'not_found', 'no such coupon')]);
  const currency = given.minimumAmountCurrency ?? coupon?.currency ?? null;
  if (minimumAmount !== null && currency === null)
    refuse([fault('minimumAmountCurrency', 'required', 'the currency of minimumAmount')]);
  await checkExpiry(backend, given.expiresAt);
  const row = await insertPromotionCode(db, {
    id,
    accountId: account.id,
    couponId,
    code: normalizeCode(code ?? newCode()),
    isActive: given.isActive ?? true,
    minimumAmount,
    minimumAmountCurrency: minimumAmount === null ? null : currency,
    firstTimeTransaction: given.firstTimeTransaction ?? false,
    expiresAt: given.expiresAt ?? null,
    maxRedemptions: given.maxRedemptions ?? null,
    metadata: JSON.stringify(given.metadata ?? {}),
  });
  if (!row) throw refuseTaken();
  return codeView(row);
}

const refuseTaken = () =>
  new Problem('validation_failed', 'This is not valid.', {
    errors: [fault('code', 'taken', 'another code is spelt the same')],
  });

/** @throws Problem `not_found` */
export async function readPromotionCode({ db, account }: Backend, id: string) {
  const code = await findPromotionCode(db, account.id, id);
  if (!code) throw notFound('promotion code');
  return codeView(code);
}

export async function readPromotionCodes({ db, account }: Backend, page: Page) {
  const { data, nextCursor } = await listPromotionCodes(db, account.id, page);
  return { data: data.map(codeView), nextCursor };
}

/** Absent keeps, null clears. @throws Problem `not_found`, `validation_failed` */
export async function changePromotionCode(
  backend: Backend,
  id: string,
  { isActive, expiresAt, maxRedemptions, metadata }: PromotionCodeUpdate,
): Promise<PromotionCode> {
  const { db, account } = backend;
  await readPromotionCode(backend, id);
  await checkExpiry(backend, expiresAt);
  const changed = await updatePromotionCode(db, account.id, id, {
    ...(isActive !== undefined && { isActive }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(maxRedemptions !== undefined && { maxRedemptions }),
    ...(metadata !== undefined && { metadata: JSON.stringify(metadata ?? {}) }),
  });
  if (changed) return codeView(changed);
  const errors = [fault('maxRedemptions', 'too_small', 'more are used or reserved already')];
  throw new Problem('validation_failed', 'This is not valid.', { errors });
}
