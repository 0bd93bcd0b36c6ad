/** What has become of a sale since it was paid: its page is kept, and looked at again. */
import type { Backend } from '../backend.js';
import type { SessionRecord } from '../store/checkout-sessions.js';
import { findPayment } from '../store/payments.js';
import type { Row } from '../store/schema.js';
import { findSubscription } from '../store/subscriptions.js';

export interface AfterSale {
  /** The one it began, or paid a period of, as it runs by now. */
  readonly subscription: Row<'subscription'> | undefined;
  /** Of the payment; 0 where nothing was. */
  readonly givenBack: number;
}

const nothing: AfterSale = { subscription: undefined, givenBack: 0 };

export async function readAfterSale(
  { db }: Pick<Backend, 'db'>,
  { status, accountId, subscriptionId, paymentId }: SessionRecord,
): Promise<AfterSale> {
  if (status !== 'complete') return nothing;
  const payment = paymentId && (await findPayment(db, accountId, paymentId));
  return {
    subscription: subscriptionId
      ? await findSubscription(db, accountId, subscriptionId)
      : undefined,
    givenBack: payment ? payment.refundedAmount : 0,
  };
}

/** Without its buyer nobody takes the next payment. */
export const isByHand = (
  { provider }: Pick<Backend, 'provider'>,
  { renewsItself }: Pick<Row<'subscription'>, 'renewsItself'>,
): boolean => !renewsItself && !provider.charge;
