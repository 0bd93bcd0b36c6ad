/** A buyer pays a period of their subscription themselves, by a session that uses nothing of the link. */
import type { Transaction } from 'kysely';
import { type Id, Problem, type Totals } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { newId } from '../new-id.js';
import { findSession, insertSession, type SessionRecord } from '../store/checkout-sessions.js';
import { readNow, transaction } from '../store/database.js';
import { findPublicLink } from '../store/payment-links.js';
import type { Row, Schema } from '../store/schema.js';
import {
  findChargeUnderWay,
  findRenewalSession,
  lockSubscription,
} from '../store/subscriptions.js';
import { daysBefore } from './billing-dates.js';
import { tell } from './event.js';
import { startAtProvider } from './opening.js';
import { merchantSession, noCustomer } from './session-view.js';
import { isSoldHere } from './sold-here.js';

type Subscription = Row<'subscription'>;

/** Whoever has to pay by hand may do so a little before it is due. */
const daysAhead = 3;

/** Whether its buyer can pay the next period now. */
export function isPayable(
  { provider }: Pick<Backend, 'provider'>,
  subscription: Subscription,
  now: string,
): boolean {
  const { status, cancelAt, renewsItself, nextChargeAt } = subscription;
  if (status === 'canceled' || cancelAt || renewsItself || !nextChargeAt) return false;
  if (!isSoldHere({ provider }, subscription)) return false;
  if (status === 'past_due') return true;
  return !provider.charge && daysBefore(nextChargeAt, daysAhead) <= now;
}

/**
 * The session by which the next period is paid: the one that is open already, else a new one; undefined where there is
 * nothing to pay now.
 * @throws Problem `conflict` while it is being charged, `provider_unavailable`
 */
export async function payRenewal(
  backend: Backend,
  id: Id<'subscription'>,
  locale: string,
): Promise<SessionRecord | undefined> {
  const opened = await transaction(backend.db, (tx) => openOnce(backend, tx, id, locale));
  if (!opened) return undefined;
  const { sessionId, isNew } = opened;
  const session = (await findSession(backend.db, sessionId)) as SessionRecord;
  // Whoever asks again is not to be given another page there: both could be paid.
  return isNew ? startAtProvider(backend, session) : session;
}

interface Opened {
  readonly sessionId: Id<'checkoutSession'>;
  readonly isNew: boolean;
}

async function openOnce(
  backend: Backend,
  tx: Transaction<Schema>,
  id: Id<'subscription'>,
  locale: string,
): Promise<Opened | undefined> {
  const subscription = await lockSubscription(tx, id);
  const now = await readNow(tx);
  if (!subscription || !isPayable(backend, subscription, now)) return undefined;
  if (await findChargeUnderWay(tx, subscription))
    throw new Problem('conflict', 'The subscription is being charged just now.');
  const open = await findRenewalSession(tx, subscription);
  if (open) return { sessionId: open.id, isNew: false };
  const link = await findPublicLink(tx, subscription.paymentLinkId);
  const name = link?.name ?? '';
  const sessionId = newId('checkoutSession');
  await insertSession(tx, rowOf(backend, subscription, { id: sessionId, name, locale, now }));
  const session = (await findSession(tx, sessionId)) as SessionRecord;
  const view = merchantSession(backend, session);
  await tell(backend, tx, session.accountId, 'checkout_session.opened', view);
  return { sessionId, isNew: true };
}

interface NewRenewal {
  readonly id: Id<'checkoutSession'>;
  readonly name: string;
  readonly locale: string;
  readonly now: string;
}

function rowOf(
  { provider }: Backend,
  subscription: Subscription,
  { id, name, locale, now }: NewRenewal,
): Parameters<typeof insertSession>[1] {
  const { amount, currency, customer } = subscription;
  const { sessionLifetimeSeconds: lifetimeSeconds } = provider;
  const totals: Totals = {
    currency,
    lines: [
      { itemId: null, skuId: null, priceId: null, name, quantity: 1, unitAmount: amount, amount },
    ],
    subtotal: amount,
    discounts: [],
    discount: 0,
    total: amount,
    recurring: null,
  };
  return {
    id,
    accountId: subscription.accountId,
    paymentLinkId: subscription.paymentLinkId,
    currency,
    total: amount,
    totals,
    customer: { ...noCustomer, ...customer },
    locale,
    provider: provider.name,
    providerRef: provider.chooseRef?.(id) ?? null,
    testMode: provider.testMode,
    lifetimeSeconds,
    expiresAt: new Date(Date.parse(now) + lifetimeSeconds * 1_000).toISOString(),
    renewalOf: subscription.id,
    renewalPeriod: subscription.nextPeriod,
  };
}
