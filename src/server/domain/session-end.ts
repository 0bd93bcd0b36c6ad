/** Sessions that end unpaid because somebody wants it: canceled by the buyer, or replaced. What they held is given back. */
import type { Transaction } from 'kysely';
import { type FailureCode, type Id, Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { step } from '../step.js';
import { lockForReplacement, type Need } from '../store/capacity.js';
import {
  extendSession,
  findSession,
  lockSession,
  moveSession,
  noteApproval,
  type SessionRecord,
} from '../store/checkout-sessions.js';
import { transaction } from '../store/database.js';
import type { Schema } from '../store/schema.js';
import { afterEnd } from './after-end.js';
import { expireSession } from './expiry.js';
import { answered, readBack } from './hearing.js';
import { isOurs } from './session-view.js';
import { isSoldHere } from './sold-here.js';

/** @throws Problem `session_not_found` */
export async function readSession(backend: Backend, id: string): Promise<SessionRecord> {
  const session = await findSession(backend.db, id);
  if (!session) throw new Problem('session_not_found', 'There is no checkout session of this id.');
  if (!session.isDue) return session;
  await expireSession(backend, session);
  return (await findSession(backend.db, id)) as SessionRecord;
}

interface Cancellation {
  readonly failureCode?: FailureCode;
  /** What another try has opened at the provider meanwhile stays. */
  readonly isUnopened?: boolean;
}

/** Open → canceled. */
export async function cancelWithoutPayment(
  backend: Backend,
  id: Id<'checkoutSession'>,
  { isUnopened = false, ...why }: Cancellation = {},
): Promise<void> {
  const mayBePaid = backend.provider.canExpire === false;
  const change = { from: ['open'], to: 'canceled', mayBePaid, ...why } as const;
  await transaction(backend.db, async (tx) => {
    if (await moveSession(tx, id, change, { isUnopened }))
      await afterEnd(backend, tx, [id], 'canceled');
  });
  step('end committed');
}

interface Replacement {
  readonly replaces: Id<'checkoutSession'>;
  readonly linkId: Id<'paymentLink'>;
  /** Of the session that takes its place. */
  readonly needs: readonly Need[];
}

/**
 * In the transaction that opens the session which takes its place.
 * @throws Problem `conflict` where it is being paid, or was: its buyer is not to pay twice
 */
export async function cancelForReplacement(
  backend: Backend,
  tx: Transaction<Schema>,
  { replaces: id, linkId, needs }: Replacement,
): Promise<boolean> {
  const session = await lockSession(tx, id);
  if (session?.paymentLinkId !== linkId) return false;
  await lockForReplacement(tx, { sessionId: id, linkId, needs });
  const mayBePaid = backend.provider.canExpire === false;
  const moved = await moveSession(tx, id, { from: ['open'], to: 'canceled', mayBePaid });
  if (moved) await afterEnd(backend, tx, [id], 'canceled');
  else if (session.status === 'processing' || session.status === 'complete')
    throw new Problem('conflict', `The session to be replaced is ${session.status}.`);
  return moved;
}

/** Tells the provider that nobody will pay this one. If somebody does, its money is late money. */
export async function abandonAtProvider(
  backend: Backend,
  id: Id<'checkoutSession'>,
  linkId: Id<'paymentLink'>,
): Promise<void> {
  const { db, provider } = backend;
  const session = await findSession(db, id);
  const isReplaced = session?.status === 'canceled' && session.paymentLinkId === linkId;
  if (isReplaced && session.providerRef && isSoldHere(backend, session))
    await provider.expire(session.providerRef, session).catch(() => undefined);
}

/**
 * The buyer gives the place back. A session that is past that answers as it is.
 * @throws Problem `provider_unavailable`
 */
export async function cancelSession(backend: Backend, id: string): Promise<SessionRecord> {
  const session = await readSession(backend, id);
  if (session.status !== 'open') return session;
  if (await isLeftUnpaid(backend, session)) await cancelWithoutPayment(backend, session.id);
  return readSession(backend, id);
}

/** Ends it at the provider, too. Where that takes no such order, what is paid there afterwards is late money. */
async function isLeftUnpaid(backend: Backend, session: SessionRecord): Promise<boolean> {
  const { provider } = backend;
  if (!session.providerRef || !isSoldHere(backend, session)) return true;
  const isOver =
    provider.canExpire !== false &&
    (await answered(provider.expire(session.providerRef, session))) === 'dead';
  if (isOver) return true;
  const stands = await readBack(backend, session.id);
  return provider.canExpire === false && (stands === undefined || stands === 'failed');
}

/** @throws Problem `conflict` when the session was extended before, or is not open any more */
export async function extend(backend: Backend, id: string): Promise<SessionRecord> {
  const session = await readSession(backend, id);
  if (!isOurs(backend, session) || !(await extendSession(backend.db, session.id)))
    throw new Problem('conflict', 'An open session can be extended once.');
  return readSession(backend, id);
}

interface Confirmation {
  readonly phone: string;
  readonly caller: string | undefined;
}

/**
 * Asks a phone to approve.
 * @throws Problem for a session that is not open, a number nobody has, or who has asked too often
 */
export async function confirm(
  backend: Backend,
  id: string,
  { phone, caller }: Confirmation,
): Promise<SessionRecord> {
  const session = await readSession(backend, id);
  const { provider, limits } = backend;
  const { providerRef } = session;
  const askApproval = provider.askApproval?.bind(provider);
  const isHere = isSoldHere(backend, session);
  if (session.status !== 'open' || !isHere || !providerRef || !askApproval)
    throw new Problem('conflict', `The session is ${session.status}.`);
  provider.checkPhone?.(phone);
  const approval = await attemptPayment(backend, session, caller, async () => {
    const takeBack = provider.isTestNumber?.(phone) ? undefined : await limits.prompt(phone);
    const answer = await askApproval(providerRef, phone);
    if (answer === false) await takeBack?.();
    return answer;
  });
  if (approval) await noteApproval(backend.db, session.id, approval.until);
  return readSession(backend, id);
}

/**
 * Lets an attempt reach the provider, if its caller and its link have not failed too often.
 * @param attempt answers false where there was nothing to attempt any more: that counts for nobody, as what it throws
 * @throws Problem `rate_limited`
 */
export async function attemptPayment<Answer>(
  { limits }: Backend,
  { id, paymentLinkId }: SessionRecord,
  caller: string | undefined,
  attempt: () => Promise<Answer>,
): Promise<Answer> {
  const takeBack = await limits.attempt({ sessionId: id, linkId: paymentLinkId, caller });
  let isMade = false;
  try {
    const answer = await attempt();
    isMade = answer !== false;
    return answer;
  } finally {
    if (!isMade) await takeBack();
  }
}
