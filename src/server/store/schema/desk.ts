/** Who may ask, what they are told, and what was done. */
import type { ColumnType, Generated } from 'kysely';
import type {
  Branding,
  DeliveryStatus,
  DeskLocale,
  DisabledReason,
  EventType,
  Id,
} from '../../../contract/index.js';
import type { Defaulted, Json } from './column.js';

export interface AccountTable {
  id: string;
  name: string;
  branding: ColumnType<Branding | null, string | null | undefined, string | null>;
  allowedOrigins: ColumnType<string[] | null, string | null | undefined, string | null>;
  locale: Defaulted<DeskLocale>;
  email: string | null;
  countsVisits: Defaulted<boolean>;
  createdAt: Generated<string>;
  updatedAt: Generated<string>;
}

export interface ApiKeyTable {
  id: Id<'apiKey'>;
  seq: Generated<number>;
  accountId: string;
  hash: string;
  hint: string;
  name: string | null;
  createdAt: Generated<string>;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export interface DeskSessionTable {
  hash: string;
  accountId: string;
  apiKeyId: Id<'apiKey'>;
  createdAt: Generated<string>;
  expiresAt: string;
}

export interface EventTable {
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

export interface WebhookEndpointTable {
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

export interface WebhookDeliveryTable {
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

export interface WebhookAttemptTable {
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

export type MailKind = 'purchase' | 'renewal' | 'refund';
export type MailRecipient = 'buyer' | 'merchant';
export type MailStatus = 'pending' | 'sent' | 'refused' | 'given_up';

export interface MailTable {
  id: Generated<number>;
  accountId: string;
  kind: MailKind;
  objectId: string;
  recipient: MailRecipient;
  checkoutSessionId: Id<'checkoutSession'>;
  status: Defaulted<MailStatus>;
  attempts: Generated<number>;
  nextAttemptAt: Generated<string>;
  error: Defaulted<string | null>;
  createdAt: Generated<string>;
  updatedAt: Generated<string>;
}

export interface IdempotencyKeyTable {
  scope: string;
  key: string;
  requestHash: string;
  idText: string | null;
  lockedAt: Generated<string>;
  responseStatus: number | null;
  responseBody: string | null;
}

export interface AuditTable {
  onlyRow: Generated<boolean>;
  soundUntil: Generated<string>;
  startedAt: string | null;
  finishedAt: string | null;
  broken: number | null;
  milliseconds: number | null;
}

export interface SecretCheckTable {
  onlyRow: Generated<boolean>;
  digest: string;
}

export interface BuyerErasureTable {
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
