/** What a provider that renews subscriptions itself tells of them. Any repetition ends the same way. */
import type { Transaction } from 'kysely';
import { Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { newId } from '../new-id.js';
import type { SubscriptionEvent } from '../provider/provider.js';
import { transaction } from '../store/database.js';
import { findPaymentByRef, movePayment, upsertPayment } from '../store/payments.js';
import { isNewProviderEvent } from '../store/provider-events.js';
import type { Row, Schema } from '../store/schema.js';
import { lockSubscriptionOf } from '../store/subscriptions.js';
import { failPayment, succeedPayment } from './payment.js';
import { endSubscription, fallBehind, moveOn, planEnd, settleRenewal } from './subscription.js';

type Tx = Transaction<Schema>;
type Subscription = Row<'subscription'>;
type Renewal = Extract<SubscriptionEvent, { attempt: string }>;

export const isOfSubscription = (event: { type: string }): event is SubscriptionEvent =>
  /^(?:renewal|subscription)_/.test(event.type);

/** @throws Problem `session_not_found` where it has not begun here yet: the provider will send the event again. */
export async function applySubscriptionEvent(
  backend: Backend,
  event: SubscriptionEvent,
): Promise<void> {
  await transaction(backend.db, async (tx) => {
    const subscription = await lockSubscriptionOf(tx, event.sessionId);
    if (!subscription || subscription.provider !== event.provider)
      throw new Problem(
        'session_not_found',
        `${event.provider} event ${event.id} names no subscription of ours`,
      );
    if (await isNewProviderEvent(tx, subscription.accountId, event))
      await apply(backend, tx, subscription, event);
  });
}

async function apply(
  backend: Backend,
  tx: Tx,
  subscription: Subscription,
  event: SubscriptionEvent,
): Promise<void> {
  const isOver = subscription.status === 'canceled';
  switch (event.type) {
    case 'renewal_succeeded':
      return succeed(backend, tx, subscription, event);
    case 'renewal_failed':
      return fail(backend, tx, subscription, event);
    case 'subscription_ended':
      if (isOver) return;
      return endSubscription(
        backend,
        tx,
        subscription,
        event.hasFailed ? 'payment_failed' : (subscription.plannedReason ?? 'requested'),
      );
    case 'subscription_ends':
      if (isOver) return;
      return planEnd(
        backend,
        tx,
        subscription,
        event.at === null
          ? null
          : { at: event.at, reason: subscription.plannedReason ?? 'requested' },
      );
  }
}

const attemptOf = (tx: Tx, subscription: Subscription, event: Renewal) =>
  upsertPayment(tx, {
    id: newId('payment'),
    accountId: subscription.accountId,
    checkoutSessionId: subscription.checkoutSessionId,
    paymentLinkId: subscription.paymentLinkId,
    amount: event.amount,
    currency: event.currency,
    status: 'processing',
    failureCode: null,
    provider: event.provider,
    providerRef: event.attempt,
    testMode: subscription.testMode,
    subscriptionId: subscription.id,
    renewalPeriod: subscription.nextPeriod,
    unattended: true,
  });

/** What is not as it was agreed is for a person to look at. */
async function succeed(backend: Backend, tx: Tx, subscription: Subscription, event: Renewal) {
  const { amount, currency, status } = subscription;
  const nextChargeAt = laterOf(subscription.nextChargeAt, event.nextChargeAt);
  if (amount === 0 && event.amount === 0)
    return status === 'canceled' ? undefined : moveOn(backend, tx, subscription, nextChargeAt);
  const { id } = await attemptOf(tx, subscription, event);
  if (event.amount !== amount || event.currency !== currency) {
    await movePayment(tx, id, { from: ['processing', 'failed'], to: 'needs_review' });
    return;
  }
  const payment = await succeedPayment(backend, tx, id);
  if (payment) await settleRenewal(backend, tx, subscription, payment, nextChargeAt);
}

/** An older bill may be paid after a newer one. */
const laterOf = (known: string | null, said: string | null): string | null =>
  known && said && known > said ? known : said;

async function fail(backend: Backend, tx: Tx, subscription: Subscription, event: Renewal) {
  const { id } = await attemptOf(tx, subscription, event);
  const payment = await failPayment(backend, tx, id, event.failureCode ?? 'declined');
  // A try in vain may be told after the one that was not.
  const isPaid = (await findPaymentByRef(tx, event.provider, event.bill))?.succeededAt != null;
  if (payment && !isPaid && subscription.status !== 'canceled')
    await fallBehind(backend, tx, subscription);
}
