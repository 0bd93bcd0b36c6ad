/** What buyers ask for, and what is kept for them until they have paid. */
import type { ColumnType, Generated } from 'kysely';
import type { Address, FailureCode, Id, SessionStatus, Totals } from '../../../contract/index.js';
import type { Defaulted, Json, Texts } from './column.js';

export interface Customer {
  email: string | null;
  name: string | null;
  phone: string | null;
  /** Missing where the buyer came before there were any. */
  billingAddress?: Address | null;
  shippingAddress?: Address | null;
}

export interface CheckoutSessionTable {
  id: Id<'checkoutSession'>;
  seq: Generated<number>;
  accountId: string;
  paymentLinkId: Id<'paymentLink'>;
  status: Defaulted<SessionStatus>;
  paymentStatus: Defaulted<'unpaid' | 'paid' | 'no_payment_required'>;
  currency: string;
  total: number;
  totals: ColumnType<Totals, string, never>;
  customer: Json<Customer>;
  customFields: Json<Record<string, string | number | boolean>>;
  metadata: Json<Texts>;
  utm: Json<Texts>;
  reference: string | null;
  locale: string | null;
  returnUrl: string | null;
  successUrl: string | null;
  cancelUrl: string | null;
  embeddable: boolean;
  /** The site it was opened on; null where it is not counted. */
  visitHost: Defaulted<string | null>;
  failureCode: FailureCode | null;
  failedAttempts: Generated<number>;
  provider: string;
  providerRef: string | null;
  url: string | null;
  testMode: boolean;
  lifetimeSeconds: number;
  expiresAt: string;
  extendedAt: string | null;
  approvalUntil: Defaulted<string | null>;
  /** When its provider may be asked about it again; null: as soon as there is a reason. */
  nextLookAt: Defaulted<string | null>;
  /** How often it was asked about since its status changed. */
  looks: Generated<number>;
  /** When what a test had used was given back. */
  usesResetAt: Defaulted<string | null>;
  createdAt: Generated<string>;
  updatedAt: Generated<string>;
  /** Written by the database. */
  completedAt: Generated<string | null>;
  /** Of whoever came and did not pay, nothing is kept any more. */
  isForgotten: Generated<boolean>;
  /** Of a recurring order: the provider takes the payments that follow. */
  renewsItself: Defaulted<boolean>;
  /** Where a period of this subscription is paid by it; such a session uses nothing of its link. */
  renewalOf: Defaulted<Id<'subscription'> | null>;
  renewalPeriod: Defaulted<number | null>;
}

export type ReservationStatus = 'reserved' | 'confirmed' | 'released';

export interface RedemptionTable {
  checkoutSessionId: Id<'checkoutSession'>;
  accountId: string;
  paymentLinkId: Id<'paymentLink'>;
  status: Defaulted<ReservationStatus>;
  createdAt: Generated<string>;
}

export interface StockReservationTable {
  checkoutSessionId: Id<'checkoutSession'>;
  accountId: string;
  skuId: Id<'sku'>;
  quantity: number;
  status: Defaulted<ReservationStatus>;
}

export interface CouponTable {
  id: Id<'coupon'>;
  seq: Generated<number>;
  accountId: string;
  name: string | null;
  percentOff: number | null;
  amountsOff: ColumnType<Record<string, number> | null, string | null, never>;
  currency: string | null;
  duration: 'once' | 'repeating' | 'forever';
  durationInMonths: number | null;
  metadata: Json<Texts>;
  createdAt: Generated<string>;
}

export interface PromotionCodeTable {
  id: Id<'promotionCode'>;
  seq: Generated<number>;
  accountId: string;
  couponId: Id<'coupon'>;
  code: string;
  isActive: boolean;
  minimumAmount: number | null;
  minimumAmountCurrency: string | null;
  firstTimeTransaction: boolean;
  expiresAt: string | null;
  maxRedemptions: number | null;
  used: Generated<number>;
  reserved: Generated<number>;
  metadata: Json<Texts>;
  createdAt: Generated<string>;
}

export interface PromotionRedemptionTable {
  checkoutSessionId: Id<'checkoutSession'>;
  accountId: string;
  promotionCodeId: Id<'promotionCode'>;
  status: Defaulted<ReservationStatus>;
}
