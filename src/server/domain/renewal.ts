/**
 * Renewals that are ours to take, each in three steps that survive a crash after them: begun and recorded, taken at
 * the provider, recorded. The sweep goes on where somebody stopped; the attempt's reference keeps it one charge.
 */
import type { Transaction } from 'kysely';
import type { Id } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { newId } from '../new-id.js';
import type { MoneyAnswer } from '../provider/provider.js';
import { step } from '../step.js';
import { findSession } from '../store/checkout-sessions.js';
import { readNow, transaction } from '../store/database.js';
import { upsertPayment } from '../store/payments.js';
import type { Row, Schema } from '../store/schema.js';
import {
  findChargeUnderWay,
  findDueSubscriptions,
  findEndingSubscriptions,
  findRenewalSession,
  lockSubscription,
  makeDue,
  putAway,
  putOff,
  setDue,
} from '../store/subscriptions.js';
import { inLanes } from './lanes.js';
import { failPayment, succeedPayment } from './payment.js';
import { isSoldHere } from './sold-here.js';
import { endSubscription, fallBehind, isOwed, moveOn, settleRenewal } from './subscription.js';

type Tx = Transaction<Schema>;
type Subscription = Row<'subscription'>;
type Payment = Row<'payment'>;

/** A charge that was not answered is asked about again then, by this process or another. */
const askedAgainAfterSeconds = 45;
/** As many as are looked for in one sweep, and as a provider is asked about at once. */
const most = { found: 200, asked: 8 };

export async function renewDueSubscriptions(backend: Backend): Promise<void> {
  const { db, provider, stopping } = backend;
  const due = await findDueSubscriptions(db, provider, most.found);
  const ending = await findEndingSubscriptions(db, most.found);
  const ids = new Set([...due, ...ending].map(({ id }) => id));
  await inLanes(most.asked, [...ids], async (id) => {
    if (stopping.aborted) return;
    // One that fails, for whatever reason, does not come first again at once.
    await renew(backend, id).catch(async (error) => {
      await putOff(db, id, askedAgainAfterSeconds);
      throw error;
    });
  });
}

/** Before its time; the dates of its periods stay. */
export async function renewEarly(backend: Backend, id: Id<'subscription'>): Promise<void> {
  await makeDue(backend.db, id);
  await renew(backend, id, { isEarly: true });
}

interface Options {
  readonly isEarly?: boolean;
}

async function renew(
  backend: Backend,
  id: Id<'subscription'>,
  options: Options = {},
): Promise<void> {
  const charge = await transaction(backend.db, (tx) => begin(backend, tx, id, options));
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
  { isEarly = false }: Options,
): Promise<Payment | undefined> {
  const subscription = await lockSubscription(tx, id);
  const now = await readNow(tx);
  if (!subscription) return undefined;
  const { status, cancelAt, plannedReason, amount, dueAt, nextChargeAt } = subscription;
  const isEnding = status !== 'canceled' && cancelAt !== null && cancelAt <= now;
  if (isEnding) await endSubscription(backend, tx, subscription, plannedReason ?? 'requested');
  if (isEnding || !dueAt || dueAt > now || !isSoldHere(backend, subscription)) return undefined;
  const begun = await findChargeUnderWay(tx, subscription);
  if (begun) {
    await putOff(tx, id, askedAgainAfterSeconds);
    return begun;
  }
  if (status === 'canceled' || !nextChargeAt) await putAway(tx, id);
  else if (nextChargeAt > now && !isEarly && status !== 'past_due')
    await setDue(tx, id, nextChargeAt);
  else if (amount === 0) await moveOn(backend, tx, subscription);
  else if (await findRenewalSession(tx, subscription)) await putOff(tx, id, askedAgainAfterSeconds);
  else if (backend.provider.charge) return attemptOf(tx, subscription);
  // Only the buyer can pay it, on the subscription's own page.
  else await fallBehind(backend, tx, subscription);
  return undefined;
}

async function attemptOf(tx: Tx, subscription: Subscription): Promise<Payment> {
  await putOff(tx, subscription.id, askedAgainAfterSeconds);
  const { id, checkoutSessionId, nextPeriod, failedAttempts } = subscription;
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

async function ask({ provider }: Backend, payment: Payment): Promise<MoneyAnswer> {
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
  answer: MoneyAnswer,
): Promise<void> {
  const subscription = await lockSubscription(tx, subscriptionId as Id<'subscription'>);
  if (!subscription) return;
  if (answer.status === 'failed') {
    const payment = await failPayment(backend, tx, id, answer.failureCode);
    if (payment && isOwed(subscription, payment.renewalPeriod))
      await fallBehind(backend, tx, subscription);
    return;
  }
  const payment = await succeedPayment(backend, tx, id);
  if (payment) await settleRenewal(backend, tx, subscription, payment);
}
