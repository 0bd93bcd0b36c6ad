/** The life of a subscription: begun by a first payment, moved on by each renewal, ended once. */
import type { Transaction } from 'kysely';
import type { CancelReason } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { newId } from '../new-id.js';
import { step } from '../step.js';
import { moveSession } from '../store/checkout-sessions.js';
import { onCommit, readNow } from '../store/database.js';
import type { Row, Schema } from '../store/schema.js';
import {
  adoptPayment,
  changeSubscription,
  findChargeUnderWay,
  findOpenRenewalSession,
  insertSubscription,
} from '../store/subscriptions.js';
import { afterEnd } from './after-end.js';
import { periodAfter, retryAt } from './billing-dates.js';
import { tell } from './event.js';
import { queueMail } from './mail.js';
import { attempt, decideReturn } from './refund.js';
import { subscriptionView } from './session-view.js';

type Tx = Transaction<Schema>;
type Session = Row<'checkoutSession'>;
type Subscription = Row<'subscription'>;
type Payment = Row<'payment'>;

/** In the transaction that completes the session. */
export async function startSubscription(backend: Backend, tx: Tx, session: Session): Promise<void> {
  const { recurring, currency } = session.totals;
  if (!recurring) return;
  const { trialEndsAt, nextChargeAt } = recurring;
  const { renewsItself } = session;
  const subscription = await insertSubscription(tx, {
    id: newId('subscription'),
    accountId: session.accountId,
    checkoutSessionId: session.id,
    paymentLinkId: session.paymentLinkId,
    status: trialEndsAt ? 'trialing' : 'active',
    amount: recurring.amount,
    currency,
    interval: recurring.interval,
    intervalCount: recurring.intervalCount,
    trialEndsAt,
    nextChargeAt,
    fullAmount: recurring.fullAmount ?? null,
    discountEndsAt: recurring.discountEndsAt ?? null,
    customer: JSON.stringify(session.customer),
    testMode: session.testMode,
    provider: session.provider,
    renewsItself,
    // Where it was priced at: the dates the buyer was shown are counted from there.
    anchorAt: trialEndsAt ?? session.createdAt,
    nextPeriod: trialEndsAt ? 0 : 1,
    dueAt: renewsItself ? null : nextChargeAt,
  });
  await adoptPayment(tx, subscription);
  const view = subscriptionView(backend, subscription);
  await tell(backend, tx, session.accountId, 'subscription.created', view);
}

/** Whether this period is still to be paid: not paid yet, and not ended. */
export const isOwed = ({ status, nextPeriod }: Subscription, renewalPeriod: number | null) =>
  status !== 'canceled' && renewalPeriod === nextPeriod;

/**
 * A renewal that was paid. What nobody owes any more goes back.
 * @param nextChargeAt as the provider says, where it renews itself
 */
export async function settleRenewal(
  backend: Backend,
  tx: Tx,
  subscription: Subscription,
  payment: Payment,
  nextChargeAt?: string | null,
): Promise<void> {
  const { id: objectId, checkoutSessionId: sessionId } = payment;
  if (isOwed(subscription, payment.renewalPeriod))
    await moveOn(backend, tx, subscription, nextChargeAt);
  else if (!subscription.renewsItself) return giveBack(backend, tx, payment);
  await queueMail(backend, tx, { kind: 'renewal', objectId, sessionId });
}

/** At once; if that fails, the sweep does it. */
async function giveBack(backend: Backend, tx: Tx, payment: Payment): Promise<void> {
  const refund = await decideReturn(tx, payment);
  onCommit(tx, () => void attempt(backend, refund).catch(() => undefined));
}

/** The period is paid, or costs nothing. */
export async function moveOn(
  backend: Backend,
  tx: Tx,
  subscription: Subscription,
  saidNext?: string | null,
): Promise<void> {
  const { fullAmount, discountEndsAt, renewsItself, cancelAt, dueAt } = subscription;
  const next = periodAfter(subscription, subscription.nextPeriod, await readNow(tx));
  const nextChargeAt = saidNext ?? next.nextChargeAt;
  // By the second, which is as finely as a provider dates.
  const isDiscountOver =
    discountEndsAt !== null && nextChargeAt.slice(0, 19) >= discountEndsAt.slice(0, 19);
  // Paid in another way: what became of the charge that was under way is still to be heard.
  const isBeingCharged = await findChargeUnderWay(tx, subscription);
  const renewed = await changeSubscription(tx, subscription.id, {
    status: 'active',
    nextPeriod: next.nextPeriod,
    nextChargeAt,
    dueAt: renewsItself ? null : isBeingCharged ? dueAt : nextChargeAt,
    // A planned end comes when what is paid for is over.
    ...(cancelAt && !renewsItself && { cancelAt: nextChargeAt }),
    failedAttempts: 0,
    pastDueSince: null,
    ...(isDiscountOver &&
      fullAmount !== null && { amount: fullAmount, fullAmount: null, discountEndsAt: null }),
  });
  step('subscription moved on');
  const view = subscriptionView(backend, renewed);
  await tell(backend, tx, renewed.accountId, 'subscription.renewed', view);
}

/** One attempt more that failed; after the last one it ends. Where the provider renews itself, that ends it. */
export async function fallBehind(
  backend: Backend,
  tx: Tx,
  subscription: Subscription,
): Promise<void> {
  const failedAttempts = subscription.failedAttempts + 1;
  const now = await readNow(tx);
  const pastDueSince = subscription.pastDueSince ?? now;
  const again = retryAt(pastDueSince, now);
  if (!again && !subscription.renewsItself)
    return endSubscription(backend, tx, subscription, 'payment_failed');
  const behind = await changeSubscription(tx, subscription.id, {
    status: 'past_due',
    failedAttempts,
    pastDueSince,
    dueAt: subscription.renewsItself ? null : (again as string),
  });
  step('subscription moved on');
  if (subscription.status === 'past_due') return;
  const view = subscriptionView(backend, behind);
  await tell(backend, tx, behind.accountId, 'subscription.past_due', view);
}

/** Nothing is charged any more. What is being taken just now goes back when it is known. */
export async function endSubscription(
  backend: Backend,
  tx: Tx,
  subscription: Subscription,
  cancelReason: CancelReason,
): Promise<void> {
  const { id, dueAt } = subscription;
  const isBeingCharged = await findChargeUnderWay(tx, subscription);
  const ended = await changeSubscription(tx, id, {
    status: 'canceled',
    canceledAt: await readNow(tx),
    cancelReason,
    cancelAt: null,
    nextChargeAt: null,
    dueAt: isBeingCharged ? dueAt : null,
  });
  step('subscription ended');
  await closeRenewalSessions(backend, tx, subscription);
  const view = subscriptionView(backend, ended);
  await tell(backend, tx, ended.accountId, 'subscription.canceled', view);
}

export interface PlannedEnd {
  readonly at: string | null;
  readonly reason: CancelReason;
}

/** Nothing is to be paid any more by a page that its buyer has opened. Where it cannot be closed, that money goes back. */
async function closeRenewalSessions(
  backend: Backend,
  tx: Tx,
  subscription: Subscription,
): Promise<void> {
  const { provider } = backend;
  const open = await findOpenRenewalSession(tx, subscription);
  if (!open) return;
  const mayBePaid = provider.canExpire === false;
  if (!(await moveSession(tx, open.id, { from: ['open'], to: 'canceled', mayBePaid }))) return;
  await afterEnd(backend, tx, [open.id], 'canceled');
  const { providerRef: ref, expiresAt, now } = open;
  if (ref && open.provider === provider.name)
    onCommit(tx, () => void provider.expire(ref, { expiresAt, now }).catch(() => undefined));
}

/** It will end then; null: it goes on after all. */
export async function planEnd(
  backend: Backend,
  tx: Tx,
  subscription: Subscription,
  plan: PlannedEnd | null,
): Promise<void> {
  const { id, cancelAt } = subscription;
  const at = plan?.at ?? null;
  if (cancelAt === at) return;
  if (plan) await closeRenewalSessions(backend, tx, subscription);
  const planned = await changeSubscription(tx, id, {
    cancelAt: at,
    plannedReason: plan?.reason ?? null,
  });
  const view = subscriptionView(backend, planned);
  await tell(backend, tx, planned.accountId, 'subscription.updated', view);
}
