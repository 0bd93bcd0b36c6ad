/** How a payment came about and what became of it, in the order in which it happened. */
import type {
  FailureCode,
  MerchantSession,
  Payment,
  Refund,
  WebhookEvent,
} from '../../contract/index.js';

export type Moment = { readonly at: string } & (
  | { readonly what: 'opened'; readonly isRenewal: boolean }
  | { readonly what: 'begun' | 'paid' | 'doesNotFit'; readonly payment: Payment }
  | { readonly what: 'failed'; readonly payment: Payment; readonly code: FailureCode | undefined }
  | { readonly what: 'expired' | 'canceled' | 'disputed' | 'won' }
  | { readonly what: 'refundAsked' | 'refunded' | 'refundFailed'; readonly refund: Refund }
);

export interface Known {
  readonly payment: Payment;
  readonly session: MerchantSession;
  /** Every attempt of the session. */
  readonly attempts: readonly Payment[];
  readonly refunds: readonly Refund[];
  /** Of the payment and of the session. */
  readonly events: readonly WebhookEvent[];
}

/** Charged by itself, without the buyer: its session is the one that once began the subscription. */
export const isAutomatic = (payment: Payment, session: MerchantSession): boolean =>
  session.renewalOf === null && payment.subscriptionId !== null && session.paymentId !== payment.id;

/** A later period of a subscription, whoever set it going. */
export const isRenewal = (payment: Payment, session: MerchantSession): boolean =>
  session.renewalOf !== null || isAutomatic(payment, session);

const order: Readonly<Record<Moment['what'], number>> = {
  opened: 0,
  begun: 1,
  failed: 2,
  paid: 3,
  doesNotFit: 3,
  expired: 4,
  canceled: 4,
  refundAsked: 5,
  refunded: 6,
  refundFailed: 6,
  disputed: 7,
  won: 8,
};

export function timelineOf({ payment, session, attempts, refunds, events }: Known): Moment[] {
  const alone = isAutomatic(payment, session);
  const others = alone
    ? []
    : attempts.filter((one) => one.id !== payment.id && !isAutomatic(one, session));
  const moments: Moment[] = [
    ...(alone ? [] : ofSession(session, events)),
    ...others.map(attemptOf),
    ...ofPayment(payment, events),
    ...refunds.map(refundOf),
  ];
  return moments.sort(
    (one, other) =>
      Date.parse(one.at) - Date.parse(other.at) || order[one.what] - order[other.what],
  );
}

function ofSession(session: MerchantSession, events: readonly WebhookEvent[]): Moment[] {
  const { createdAt, expiresAt, status, renewalOf } = session;
  const ends = events.flatMap(({ type, createdAt: at }): Moment[] => {
    if (type === 'checkout_session.expired') return [{ at, what: 'expired' }];
    return type === 'checkout_session.canceled' ? [{ at, what: 'canceled' }] : [];
  });
  // Told a moment after it is over.
  if (!ends.length && status === 'expired') ends.push({ at: expiresAt, what: 'expired' });
  return [{ at: createdAt, what: 'opened', isRenewal: renewalOf !== null }, ...ends];
}

/** Of an attempt beside it no more is known than how it ended. */
function attemptOf(payment: Payment): Moment {
  const { createdAt: at, status, failure } = payment;
  if (status === 'failed') return { at, what: 'failed', payment, code: failure?.code };
  if (status === 'processing') return { at, what: 'begun', payment };
  return { at, what: status === 'needs_review' ? 'doesNotFit' : 'paid', payment };
}

function ofPayment(payment: Payment, events: readonly WebhookEvent[]): Moment[] {
  const told = events
    .filter(({ data }) => data.id === payment.id)
    .flatMap(({ type, createdAt: at, data }): Moment[] => {
      switch (type) {
        case 'payment.succeeded':
          return [{ at, what: 'paid', payment }];
        case 'payment.failed':
          return [{ at, what: 'failed', payment, code: (data as Partial<Payment>).failure?.code }];
        case 'payment.disputed':
          return [{ at, what: 'disputed' }];
        case 'payment.dispute_won':
          return [{ at, what: 'won' }];
        default:
          return [];
      }
    });
  const hasEnd = told.some(({ what }) => what === 'paid' || what === 'failed');
  return hasEnd ? told : [attemptOf(payment), ...told];
}

function refundOf(refund: Refund): Moment {
  const { createdAt, settledAt, status } = refund;
  const at = settledAt ?? createdAt;
  if (status === 'pending') return { at: createdAt, what: 'refundAsked', refund };
  return { at, what: status === 'succeeded' ? 'refunded' : 'refundFailed', refund };
}

/** Why a person has to look at it, as far as can be told from here. */
export type Doubt = 'not_returned' | 'renewal' | 'other_amount' | 'paid_twice' | 'elsewhere';

export function doubtOf({
  payment,
  session,
  attempts,
  refunds,
}: Omit<Known, 'events'>): Doubt | null {
  if (payment.status !== 'needs_review') return null;
  if (refunds.some(({ reason, status }) => reason === 'late_payment' && status === 'failed'))
    return 'not_returned';
  if (isAutomatic(payment, session)) return 'renewal';
  if (payment.amount !== session.total || payment.currency !== session.currency)
    return 'other_amount';
  const wasPaid = attempts.some(
    ({ id, status }) =>
      id !== payment.id && !['processing', 'failed', 'needs_review'].includes(status),
  );
  return wasPaid ? 'paid_twice' : 'elsewhere';
}

/** What can still be given back: less what is gone, and what is on its way. */
export function leftOf(payment: Payment, refunds: readonly Refund[]): number {
  const pending = refunds
    .filter(({ status }) => status === 'pending')
    .reduce((sum, { amount }) => sum + amount, 0);
  return payment.amount - payment.refundedAmount - pending;
}

export const mayBeRefunded = ({ status }: Payment): boolean =>
  status === 'succeeded' || status === 'partially_refunded';
