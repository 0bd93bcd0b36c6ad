/** What was paid, given back and is paid again. */
import type { Generated } from 'kysely';
import type {
  CancelReason,
  FailureCode,
  Id,
  Interval,
  PaymentStatus,
  RefundReason,
  RefundStatus,
} from '../../../contract/index.js';
import type { Defaulted, Json } from './column.js';
import type { Customer } from './orders.js';

export interface PaymentTable {
  id: Id<'payment'>;
  seq: Generated<number>;
  accountId: string;
  checkoutSessionId: Id<'checkoutSession'>;
  paymentLinkId: Id<'paymentLink'>;
  amount: number;
  currency: string;
  refundedAmount: Generated<number>;
  /** Decided, and not yet known to be done. */
  pendingRefund: Generated<number>;
  status: PaymentStatus;
  failureCode: FailureCode | null;
  provider: string;
  providerRef: string;
  testMode: boolean;
  subscriptionId: Defaulted<Id<'subscription'> | null>;
  renewalPeriod: Defaulted<number | null>;
  /** A renewal taken without the buyer: its session is the one that began the subscription. */
  unattended: Defaulted<boolean>;
  succeededAt: Defaulted<string | null>;
  createdAt: Generated<string>;
  updatedAt: Generated<string>;
}

export interface RefundTable {
  id: Id<'refund'>;
  seq: Generated<number>;
  accountId: string;
  paymentId: Id<'payment'>;
  paymentLinkId: Id<'paymentLink'>;
  amount: number;
  currency: string;
  status: Defaulted<RefundStatus>;
  reason: RefundReason;
  failureCode: Defaulted<FailureCode | null>;
  releaseRedemption: Defaulted<boolean>;
  requestKey: Defaulted<string | null>;
  testMode: boolean;
  attempts: Defaulted<number>;
  nextAttemptAt: Generated<string>;
  createdAt: Generated<string>;
  settledAt: Defaulted<string | null>;
}

export interface SubscriptionTable {
  id: Id<'subscription'>;
  seq: Generated<number>;
  accountId: string;
  checkoutSessionId: Id<'checkoutSession'>;
  paymentLinkId: Id<'paymentLink'>;
  status: 'trialing' | 'active' | 'past_due' | 'canceled';
  amount: number;
  currency: string;
  interval: Interval;
  intervalCount: number;
  trialEndsAt: string | null;
  nextChargeAt: string | null;
  /** Charged from `discountEndsAt` on; both null where no discount ends. */
  fullAmount: number | null;
  discountEndsAt: string | null;
  customer: Json<Customer>;
  testMode: boolean;
  provider: string;
  renewsItself: Defaulted<boolean>;
  /** Periods are counted from here. */
  anchorAt: string;
  /** The number of the period that is charged at `nextChargeAt`; 0 begins at the anchor. */
  nextPeriod: number;
  /** Of the renewal that is due. */
  failedAttempts: Generated<number>;
  pastDueSince: Defaulted<string | null>;
  /** When there is something for us to do. */
  dueAt: Defaulted<string | null>;
  cancelAt: Defaulted<string | null>;
  /** Of an end that is planned. */
  plannedReason: Defaulted<CancelReason | null>;
  canceledAt: Defaulted<string | null>;
  cancelReason: Defaulted<CancelReason | null>;
  createdAt: Generated<string>;
  updatedAt: Generated<string>;
}

export interface ProviderEventTable {
  provider: string;
  id: string;
  accountId: string;
  checkoutSessionId: string;
  body: Json<unknown>;
  receivedAt: Generated<string>;
}
