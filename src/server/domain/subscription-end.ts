/** A subscription ended by its merchant or its buyer, now or when what is paid for is over. */
import { type CancelReason, type CancelRequest, Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { findSession } from '../store/checkout-sessions.js';
import { transaction } from '../store/database.js';
import type { Row } from '../store/schema.js';
import { findSubscription, lockSubscription } from '../store/subscriptions.js';
import { providerTrouble } from './provider-trouble.js';
import { elsewhereInWords, isSoldHere } from './sold-here.js';
import { endSubscription, planEnd } from './subscription.js';

type Subscription = Row<'subscription'>;

/** @throws Problem `not_found` */
export async function readSubscription(
  { db, account }: Backend,
  id: string,
): Promise<Subscription> {
  const subscription = await findSubscription(db, account.id, id);
  if (!subscription) throw new Problem('not_found', 'There is no subscription of this id.');
  return subscription;
}

interface Cancellation extends CancelRequest {
  readonly reason: Extract<CancelReason, 'requested' | 'by_buyer'>;
}

/**
 * To cancel again changes nothing. Of one that is past due no paid period is left: it ends now.
 * @throws Problem `not_found`, `provider_unavailable`, `conflict`
 */
export async function cancelSubscription(
  backend: Backend,
  id: string,
  { at, reason }: Cancellation,
): Promise<Subscription> {
  const asked = await readSubscription(backend, id);
  if (asked.status === 'canceled') return asked;
  const isAbandoned = isAbandonedTest(backend, asked);
  if (asked.renewsItself && !isAbandoned)
    await endElsewhere(backend, asked, asked.status === 'past_due' ? 'now' : at);
  await transaction(backend.db, async (tx) => {
    const subscription = await lockSubscription(tx, asked.id);
    if (!subscription || subscription.status === 'canceled') return;
    // As it is by now: a retry may have succeeded, or failed, in the meantime.
    const isNow = at === 'now' || isAbandoned || subscription.status === 'past_due';
    if (isNow) await endSubscription(backend, tx, subscription, reason);
    else await planEnd(backend, tx, subscription, { at: subscription.nextChargeAt, reason });
  });
  return readSubscription(backend, id);
}

/**
 * Whether a provider renews it on a test side that we do not sell on any more: it cannot be asked there, no money is
 * lost, and nobody would tell that its period is over.
 */
export const isAbandonedTest = (
  { provider }: Pick<Backend, 'provider'>,
  subscription: Pick<Subscription, 'provider' | 'testMode' | 'renewsItself'>,
): boolean =>
  subscription.renewsItself && subscription.testMode && !isSoldHere({ provider }, subscription);

/** Whether it can be ended from here: what its provider renews, only by that provider. */
export const canBeEnded = (
  { provider }: Pick<Backend, 'provider'>,
  subscription: Pick<Subscription, 'provider' | 'testMode' | 'renewsItself'>,
): boolean =>
  !subscription.renewsItself ||
  isAbandonedTest({ provider }, subscription) ||
  (isSoldHere({ provider }, subscription) && provider.endSubscription !== undefined);

const capitalized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Told to the provider first: what it did not hear it would go on charging. */
async function endElsewhere(
  { db, provider }: Backend,
  subscription: Subscription,
  when: 'now' | 'period_end',
): Promise<void> {
  const { provider: name, checkoutSessionId: sessionId } = subscription;
  if (!isSoldHere({ provider }, subscription))
    throw new Problem(
      'conflict',
      `This subscription ${elsewhereInWords({ provider }, subscription)}: cancel it in ${name}’s dashboard.`,
    );
  const session = await findSession(db, sessionId);
  const end = provider.endSubscription?.bind(provider);
  if (!end || !session?.providerRef)
    throw new Problem(
      'conflict',
      `${capitalized(name)} renews this subscription: cancel it in ${name}’s dashboard.`,
    );
  try {
    await end({ sessionId, checkoutRef: session.providerRef }, when);
  } catch (cause) {
    throw providerTrouble(cause);
  }
}

/**
 * Takes a planned end back.
 * @throws Problem `not_found`, `conflict` where it has ended, or somebody else renews it
 */
export async function resumeSubscription(backend: Backend, id: string): Promise<Subscription> {
  const { renewsItself, provider } = await readSubscription(backend, id);
  if (renewsItself)
    throw new Problem(
      'conflict',
      `${capitalized(provider)} renews this subscription: take its planned end back in ${provider}’s dashboard.`,
    );
  await transaction(backend.db, async (tx) => {
    const subscription = await lockSubscription(tx, id as Subscription['id']);
    if (!subscription || subscription.status === 'canceled')
      throw new Problem('conflict', 'The subscription has ended.');
    await planEnd(backend, tx, subscription, null);
  });
  return readSubscription(backend, id);
}
