/**
 * Renewals that are ours to take, each in three steps that survive a crash after them: begun and recorded, taken at
 * the provider, recorded. The sweep goes on where somebody stopped; the attempt's reference keeps it one charge.
 */
import type { Transaction } from 'kysely';
import type { Id } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { newId } from '../new-id.js';
import type { ChargeAnswer } from '../provider/provider.js';
import { step } from '../step.js';
import { findSession } from '../store/checkout-sessions.js';
import { readNow, transaction } from '../store/database.js';
import { upsertPayment } from '../store/payments.js';
import type { Row, Schema } from '../store/schema.js';
import {
  findChargeUnderWay,
  findDueSubscriptions,
  findRenewalSession,
  lockSubscription,
  makeDue,
  putAway,
  putOff,
} from '../store/subscriptions.js';
import {
  endSubscription,
  failPayment,
  fallBehind,
  moveOn,
  settleRenewal,
  succeedPayment,
} from './subscription.js';

type Tx = Transaction<Schema>;
type Subscription = Row<'subscription'>;
type Payment = Row<'payment'>;

/** A charge that was not answered is asked about again then, by this process or another. */
const askedAgainAfterSeconds = 45;
const mostAtOnce = 20;

export async function renewDueSubscriptions(backend: Backend): Promise<void> {
  const due = await findDueSubscriptions(backend.db, backend.provider, mostAtOnce);
  await Promise.all(due.map(({ id }) => renew(backend, id)));
}

/** Before its time; the dates of its periods stay. */
export async function renewEarly(backend: Backend, id: Id<'subscription'>): Promise<void> {
  await makeDue(backend.db, id);
  await renew(backend, id);
}

async function renew(backend: Backend, id: Id<'subscription'>): Promise<void> {
  const charge = await transaction(backend.db, (tx) => begin(backend, tx, id));
  step('renewal begun');
  if (!charge) return;
  const answer = await ask(backend, charge);
  step('charge answered');
  if (answer.status === 'pending') return;
  await transaction(backend.db, (tx) => settle(backend, tx, charge, answer));
  step('renewal committed');
}

/** @returns the attempt that is to be made now, if there is one */
async function begin(
  backend: Backend,
  tx: Tx,
  id: Id<'subscription'>,
): Promise<Payment | undefined> {
  const subscription = await lockSubscription(tx, id);
  const now = await readNow(tx);
  if (!subscription?.dueAt || subscription.dueAt > now) return undefined;
  const { status, cancelAt, plannedReason, amount } = subscription;
  if (status === 'canceled') return lastAttemptOf(tx, subscription);
  if (cancelAt && cancelAt <= now)
    await endSubscription(backend, tx, subscription, plannedReason ?? 'requested');
  else if (amount === 0) await moveOn(backend, tx, subscription);
  else if (await findRenewalSession(tx, subscription)) await putOff(tx, id, askedAgainAfterSeconds);
  else if (backend.provider.charge) return attemptOf(tx, subscription);
  // Only the buyer can pay it, on the subscription's own page.
  else await fallBehind(backend, tx, subscription);
  return undefined;
}

/** It has ended while it was charged: what became of that is still to be heard. */
async function lastAttemptOf(tx: Tx, subscription: Subscription): Promise<Payment | undefined> {
  const begun = await findChargeUnderWay(tx, subscription);
  if (begun) await putOff(tx, subscription.id, askedAgainAfterSeconds);
  else await putAway(tx, subscription.id);
  return begun;
}

async function attemptOf(tx: Tx, subscription: Subscription): Promise<Payment> {
  await putOff(tx, subscription.id, askedAgainAfterSeconds);
  const { id, checkoutSessionId, nextPeriod, failedAttempts } = subscription;
  const begun = await findChargeUnderWay(tx, subscription);
  if (begun) return begun;
  const session = await findSession(tx, checkoutSessionId);
  return upsertPayment(tx, {
    id: newId('payment'),
    accountId: subscription.accountId,
    checkoutSessionId,
    paymentLinkId: subscription.paymentLinkId,
    amount: subscription.amount,
    currency: subscription.currency,
    status: 'processing',
    failureCode: null,
    provider: subscription.provider,
    providerRef: `${session?.providerRef}/renewal-${nextPeriod}/${failedAttempts + 1}`,
    testMode: subscription.testMode,
    subscriptionId: id,
    renewalPeriod: nextPeriod,
    unattended: true,
  });
}

async function ask({ provider }: Backend, payment: Payment): Promise<ChargeAnswer> {
  const { providerRef: ref, checkoutSessionId: sessionId, amount, currency } = payment;
  try {
    const answer = await provider.charge?.({ ref, sessionId, amount, currency });
    return answer ?? { status: 'pending' };
  } catch {
    return { status: 'pending' };
  }
}

async function settle(
  backend: Backend,
  tx: Tx,
  { id, subscriptionId }: Payment,
  answer: ChargeAnswer,
): Promise<void> {
  const subscription = await lockSubscription(tx, subscriptionId as Id<'subscription'>);
  if (!subscription) return;
  if (answer.status === 'failed') {
    const payment = await failPayment(backend, tx, id, answer.failureCode);
    const isOwed =
      subscription.status !== 'canceled' && payment?.renewalPeriod === subscription.nextPeriod;
    if (isOwed) await fallBehind(backend, tx, subscription);
    return;
  }
  const payment = await succeedPayment(backend, tx, id);
  if (payment) await settleRenewal(backend, tx, subscription, payment);
}
