/** The tables as queries see them: camelCase names, bigint as safe integers, times as ISO 8601 text. */
import type { Generated, Insertable, Selectable } from 'kysely';
import type {
  PaymentLinkItemTable,
  PaymentLinkSlugTable,
  PaymentLinkTable,
  PriceTable,
  ProductTable,
  SkuTable,
} from './schema/catalogue.js';
import type {
  AccountTable,
  ApiKeyTable,
  AuditTable,
  BuyerErasureTable,
  DeskSessionTable,
  EventTable,
  IdempotencyKeyTable,
  MailTable,
  SecretCheckTable,
  WebhookAttemptTable,
  WebhookDeliveryTable,
  WebhookEndpointTable,
} from './schema/desk.js';
import type {
  PaymentTable,
  ProviderEventTable,
  RefundTable,
  SubscriptionTable,
} from './schema/money.js';
import type {
  CheckoutSessionTable,
  CouponTable,
  PromotionCodeTable,
  PromotionRedemptionTable,
  RedemptionTable,
  StockReservationTable,
} from './schema/orders.js';
import type { ReleaseTable } from './schema/release.js';
import type {
  SandboxChargeTable,
  SandboxCheckoutTable,
  SandboxEventTable,
  SandboxRefundTable,
} from './schema/sandbox.js';
import type { LinkVisitTable } from './schema/visit.js';

export type { ProductOption } from './schema/catalogue.js';
export type { MailKind, MailRecipient, MailStatus } from './schema/desk.js';
export type { Customer } from './schema/orders.js';

export interface Schema {
  account: AccountTable;
  deskSession: DeskSessionTable;
  audit: AuditTable;
  secretCheck: SecretCheckTable;
  buyerErasure: BuyerErasureTable;
  clock: { onlyRow: Generated<boolean>; ahead: string };
  apiKey: ApiKeyTable;
  product: ProductTable;
  sku: SkuTable;
  price: PriceTable;
  paymentLink: PaymentLinkTable;
  paymentLinkSlug: PaymentLinkSlugTable;
  paymentLinkItem: PaymentLinkItemTable;
  linkVisit: LinkVisitTable;
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
  mail: MailTable;
  idempotencyKey: IdempotencyKeyTable;
  release: ReleaseTable;
  sandboxCheckout: SandboxCheckoutTable;
  sandboxEvent: SandboxEventTable;
  sandboxCharge: SandboxChargeTable;
  sandboxRefund: SandboxRefundTable;
}

export type Row<Table extends keyof Schema> = Selectable<Schema[Table]>;
export type NewRow<Table extends keyof Schema> = Insertable<Schema[Table]>;
