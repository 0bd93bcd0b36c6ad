/** The tables as queries see them: camelCase names, bigint as safe integers, times as ISO 8601 text. */
import type { ColumnType, Generated, Insertable, Selectable } from 'kysely';
import type {
  Address,
  Branding,
  CancelReason,
  Collect,
  DeliveryStatus,
  DisabledReason,
  EventType,
  FailureCode,
  Id,
  Interval,
  LinkType,
  PaymentStatus,
  RefundReason,
  RefundStatus,
  SessionStatus,
  SubmitType,
  Totals,
} from '../../contract/index.js';
import type { Outcome } from '../provider/sandbox.js';

/** Read as the parsed value, written as JSON text. */
type Json<T> = ColumnType<T, string, string>;
type Defaulted<T> = ColumnType<T, T | undefined, T>;
type Texts = Record<string, string>;

export interface Customer {
  email: string | null;
  name: string | null;
  phone: string | null;
  /** Missing where the buyer came before there were any. */
  billingAddress?: Address | null;
  shippingAddress?: Address | null;
}

export interface ProductOption {
  name: string;
  values: string[];
  swatches?: Record<string, string>;
}

interface ApiKeyTable {
  id: string;
  accountId: string;
  hash: string;
  hint: string;
  createdAt: Generated<string>;
  revokedAt: string | null;
}

interface ProductTable {
  id: Id<'product'>;
  seq: Generated<number>;
  accountId: string;
  name: string;
  description: string | null;
  imageUrl: string | null;
  type: 'physical' | 'digital' | 'service';
  options: Json<ProductOption[]>;
  /** False for what an inline item of a link stands on: it is not in the catalogue. */
  isListed: boolean;
  archivedAt: string | null;
  createdAt: Generated<string>;
  updatedAt: Generated<string>;
}

interface SkuTable {
  id: Id<'sku'>;
  accountId: string;
  productId: Id<'product'>;
  position: number;
  name: string | null;
  skuCode: string | null;
  attributes: Json<Texts>;
  unitAmount: number | null;
  currency: string;
  stockQuantity: number | null;
  reserved: Generated<number>;
  imageUrl: string | null;
}

interface PriceTable {
  id: Id<'price'>;
  accountId: string;
  productId: Id<'product'>;
  position: number;
  unitAmount: number;
  currency: string;
  interval: Interval | null;
  intervalCount: number | null;
  trialPeriodDays: number | null;
  /** The same price by its name at the provider, where that renews by it. */
  providerPriceId: Defaulted<string | null>;
  archivedAt: string | null;
}

interface PaymentLinkTable {
  id: Id<'paymentLink'>;
  seq: Generated<number>;
  accountId: string;
  type: LinkType;
  isActive: Defaulted<boolean>;
  name: string;
  description: string | null;
  imageUrl: string | null;
  currency: string;
  amount: number | null;
  minAmount: number | null;
  maxAmount: number | null;
  suggestedAmounts: ColumnType<number[] | null, string | null, string | null>;
  expiresAt: string | null;
  expiryToldAt: string | null;
  maxRedemptions: number | null;
  used: Generated<number>;
  reserved: Generated<number>;
  /** Of links from before a question was known, that question is missing. */
  collect: Json<Pick<Collect, 'email' | 'name' | 'phone'> & Partial<Collect>>;
  allowPromotionCodes: Defaulted<boolean>;
  submitType: SubmitType;
  submitMessage: string | null;
  inactiveMessage: string | null;
  fallbackUrl: string | null;
  successUrl: string | null;
  cancelUrl: string | null;
  allowedOrigins: ColumnType<string[] | null, string | null, string | null>;
  branding: ColumnType<Branding | null, string | null, string | null>;
  metadata: Json<Texts>;
  createdAt: Generated<string>;
  updatedAt: Generated<string>;
}

interface PaymentLinkSlugTable {
  slug: string;
  accountId: string;
  paymentLinkId: Id<'paymentLink'>;
  isCurrent: boolean;
}

interface PaymentLinkItemTable {
  id: Id<'paymentLinkItem'>;
  accountId: string;
  paymentLinkId: Id<'paymentLink'>;
  productId: Id<'product'>;
  priceId: Id<'price'> | null;
  quantity: number;
  adjustableQuantity: boolean;
  minQuantity: number;
  maxQuantity: number | null;
  isOptional: boolean;
  sortOrder: number;
}

interface CheckoutSessionTable {
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

type ReservationStatus = 'reserved' | 'confirmed' | 'released';

interface RedemptionTable {
  checkoutSessionId: Id<'checkoutSession'>;
  accountId: string;
  paymentLinkId: Id<'paymentLink'>;
  status: Defaulted<ReservationStatus>;
  createdAt: Generated<string>;
}

interface StockReservationTable {
  checkoutSessionId: Id<'checkoutSession'>;
  accountId: string;
  skuId: Id<'sku'>;
  quantity: number;
  status: Defaulted<ReservationStatus>;
}

interface CouponTable {
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

interface PromotionCodeTable {
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

interface PromotionRedemptionTable {
  checkoutSessionId: Id<'checkoutSession'>;
  accountId: string;
  promotionCodeId: Id<'promotionCode'>;
  status: Defaulted<ReservationStatus>;
}

interface PaymentTable {
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

interface RefundTable {
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

interface SubscriptionTable {
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

interface EventTable {
  id: Id<'event'>;
  seq: Generated<number>;
  accountId: string;
  type: EventType;
  /** Null only of a test. */
  paymentLinkId: Id<'paymentLink'> | null;
  body: string;
  /** Of what it is about. */
  objectId: string;
  isTest: Defaulted<boolean>;
  /** Its place in the stream, given after the commit. */
  position: Generated<number | null>;
  createdAt: Generated<string>;
  isForgotten: Generated<boolean>;
}

interface WebhookEndpointTable {
  id: Id<'webhookEndpoint'>;
  seq: Generated<number>;
  accountId: string;
  url: string;
  eventTypes: Json<EventType[]>;
  secret: string;
  previousSecret: Defaulted<string | null>;
  previousSecretUntil: Defaulted<string | null>;
  isEnabled: Defaulted<boolean>;
  disabledReason: Defaulted<DisabledReason | null>;
  disabledAt: Defaulted<string | null>;
  judgedSince: Generated<string>;
  deletedAt: string | null;
  createdAt: Generated<string>;
}

interface WebhookDeliveryTable {
  id: Generated<number>;
  accountId: string;
  eventId: Id<'event'>;
  endpointId: Id<'webhookEndpoint'>;
  status: Defaulted<DeliveryStatus>;
  /** Since it was last asked for. */
  attempts: Generated<number>;
  nextAttemptAt: Generated<string>;
  responseStatus: number | null;
  error: string | null;
  createdAt: Generated<string>;
  updatedAt: Generated<string>;
}

interface WebhookAttemptTable {
  id: Generated<number>;
  accountId: string;
  deliveryId: number;
  endpointId: Id<'webhookEndpoint'>;
  isTest: boolean;
  startedAt: string;
  durationMs: number;
  responseStatus: number | null;
  error: string | null;
}

interface ProviderEventTable {
  provider: string;
  id: string;
  accountId: string;
  checkoutSessionId: string;
  body: Json<unknown>;
  receivedAt: Generated<string>;
}

interface IdempotencyKeyTable {
  scope: string;
  key: string;
  requestHash: string;
  idText: string | null;
  lockedAt: Generated<string>;
  responseStatus: number | null;
  responseBody: string | null;
}

interface SandboxCheckoutTable {
  checkoutSessionId: Id<'checkoutSession'>;
  amount: number;
  currency: string;
  status: Defaulted<'open' | 'pending' | 'paid' | 'canceled' | 'expired'>;
  attempts: Generated<number>;
  phone: string | null;
  approvalUntil: string | null;
  refundOutcome: Defaulted<Outcome>;
  refundFailureCode: FailureCode | null;
  chargeOutcome: Defaulted<Outcome>;
  chargeFailureCode: Defaulted<FailureCode | null>;
}

interface SandboxRefundTable {
  key: string;
  checkoutSessionId: Id<'checkoutSession'>;
  amount: number;
  currency: string;
  failureCode: FailureCode | null;
  /** Of a renewal; otherwise of the checkout. */
  chargeRef: Defaulted<string | null>;
}

interface SandboxChargeTable {
  ref: string;
  checkoutSessionId: Id<'checkoutSession'>;
  amount: number;
  currency: string;
  failureCode: FailureCode | null;
}

interface SandboxEventTable {
  id: string;
  checkoutSessionId: Id<'checkoutSession'>;
  attempt: number;
  type: 'succeeded' | 'failed' | 'canceled';
  failureCode: FailureCode | null;
  amount: number;
  currency: string;
  deliverAt: string;
  copiesLeft: number;
}

interface AuditTable {
  onlyRow: Generated<boolean>;
  soundUntil: Generated<string>;
  startedAt: string | null;
  finishedAt: string | null;
  broken: number | null;
  milliseconds: number | null;
}

interface BuyerErasureTable {
  id: Generated<number>;
  accountId: string;
  emailDigest: string;
  sessions: number;
  subscriptions: number;
  events: number;
  deliveriesStopped: number;
  answers: number;
  erasedAt: Generated<string>;
}

export interface Schema {
  account: { id: string; name: string; createdAt: Generated<string> };
  audit: AuditTable;
  buyerErasure: BuyerErasureTable;
  clock: { onlyRow: Generated<boolean>; ahead: string };
  apiKey: ApiKeyTable;
  product: ProductTable;
  sku: SkuTable;
  price: PriceTable;
  paymentLink: PaymentLinkTable;
  paymentLinkSlug: PaymentLinkSlugTable;
  paymentLinkItem: PaymentLinkItemTable;
  checkoutSession: CheckoutSessionTable;
  redemption: RedemptionTable;
  stockReservation: StockReservationTable;
  coupon: CouponTable;
  promotionCode: PromotionCodeTable;
  promotionRedemption: PromotionRedemptionTable;
  payment: PaymentTable;
  refund: RefundTable;
  subscription: SubscriptionTable;
  event: EventTable;
  webhookEndpoint: WebhookEndpointTable;
  webhookDelivery: WebhookDeliveryTable;
  webhookAttempt: WebhookAttemptTable;
  providerEvent: ProviderEventTable;
  idempotencyKey: IdempotencyKeyTable;
  sandboxCheckout: SandboxCheckoutTable;
  sandboxEvent: SandboxEventTable;
  sandboxCharge: SandboxChargeTable;
  sandboxRefund: SandboxRefundTable;
}

export type Row<Table extends keyof Schema> = Selectable<Schema[Table]>;
export type NewRow<Table extends keyof Schema> = Insertable<Schema[Table]>;
