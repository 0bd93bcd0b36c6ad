/** Sessions that end unpaid: canceled by the buyer, replaced, or expired. What they held is given back. */
import type { Transaction } from 'kysely';
import { type FailureCode, type Id, Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { step } from '../step.js';
import { lockForReplacement, type Need } from '../store/capacity.js';
import {
  type DueSession,
  expireAllDue,
  extendSession,
  findDueSessions,
  findSession,
  lockSession,
  moveSession,
  noteApproval,
  type SessionRecord,
} from '../store/checkout-sessions.js';
import { transaction } from '../store/database.js';
import type { Schema } from '../store/schema.js';
import { afterEnd } from './after-end.js';
import { readBack } from './hearing.js';

/** @throws Problem `session_not_found` */
export async function readSession(backend: Backend, id: string): Promise<SessionRecord> {
  const session = await findSession(backend.db, id);
  if (!session) throw new Problem('session_not_found', 'There is no checkout session of this id.');
  if (!session.isDue) return session;
  await expireTogether(backend, [session]);
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
  const change = { from: ['open'], to: 'canceled', ...why } as const;
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
  const moved = await moveSession(tx, id, { from: ['open'], to: 'canceled' });
  if (moved) await afterEnd(backend, tx, [id], 'canceled');
  else if (session.status === 'processing' || session.status === 'complete')
    throw new Problem('conflict', `The session to be replaced is ${session.status}.`);
  return moved;
}

/** Tells the provider that nobody will pay this one. If somebody does, its money is late money. */
export async function abandonAtProvider(
  { db, provider }: Backend,
  id: Id<'checkoutSession'>,
  linkId: Id<'paymentLink'>,
): Promise<void> {
  const session = await findSession(db, id);
  const isReplaced = session?.status === 'canceled' && session.paymentLinkId === linkId;
  if (isReplaced && session.providerRef)
    await provider.expire(session.providerRef).catch(() => undefined);
}

/**
 * Released only once the provider's side is known to be dead: alive means that an attempt is under way,
 * unreachable means that we do not know; both keep the reservation until the next sweep.
 */
type Ending = Omit<DueSession, 'seq'>;

async function isDeadAtProvider(
  backend: Backend,
  { id, provider, providerRef }: Ending,
): Promise<boolean> {
  // Of one we do not sell by any more we hear nothing, and could ask nothing.
  if (!providerRef || provider !== backend.provider.name) return true;
  const side = await backend.provider.expire(providerRef).catch(() => 'alive');
  // What no message has told is read, and applied as if it had been told: nobody can pay there once more.
  return side === 'dead' || readBack(backend, id).catch(() => false);
}

/** Sessions of one link whose time has come: the rows they all want are locked and committed once. */
async function expireTogether(backend: Backend, due: readonly Ending[]): Promise<void> {
  const areDead = await Promise.all(due.map((session) => isDeadAtProvider(backend, session)));
  const dead = due.filter((_, index) => areDead[index]).map(({ id }) => id);
  if (!dead.length) return;
  await transaction(backend.db, async (tx) => {
    const ended = await expireAllDue(tx, dead);
    if (ended.length) await afterEnd(backend, tx, ended, 'expired');
  });
  step('end committed');
}

/** As many as are looked for at a time, and as many as end together: a provider is not asked more at once. */
const most = { found: 500, together: 25 };

function* groupsOf(due: readonly DueSession[]): Generator<DueSession[]> {
  const byLink = new Map<string, DueSession[]>();
  for (const session of due) {
    const group = byLink.get(session.paymentLinkId) ?? [];
    group.push(session);
    byLink.set(session.paymentLinkId, group);
  }
  for (const group of byLink.values())
    for (let at = 0; at < group.length; at += most.together)
      yield group.slice(at, at + most.together);
}

/** All of them in one sweep: neither many before it nor one that cannot end yet lets another wait. */
export async function expireDueSessions(backend: Backend): Promise<void> {
  const { db, stopping } = backend;
  const faults: unknown[] = [];
  let last: DueSession | undefined;
  do {
    const due = await findDueSessions(db, last?.seq ?? 0, most.found);
    for (const group of groupsOf(due))
      if (!stopping.aborted)
        await expireTogether(backend, group).catch((error) => faults.push(error));
    last = due[most.found - 1];
  } while (last && !stopping.aborted);
  if (faults.length) throw faults[0];
}

/** The buyer gives the place back. A session that is past that answers as it is. */
export async function cancelSession(backend: Backend, id: string): Promise<SessionRecord> {
  const session = await readSession(backend, id);
  if (session.status !== 'open') return session;
  const side = session.providerRef ? await backend.provider.expire(session.providerRef) : 'dead';
  if (side === 'dead') await cancelWithoutPayment(backend, session.id);
  return readSession(backend, id);
}

/** @throws Problem `conflict` when the session was extended before, or is not open any more */
export async function extend(backend: Backend, id: string): Promise<SessionRecord> {
  const session = await readSession(backend, id);
  // The provider's own page closes when it was said to.
  if (!backend.provider.paysOnOurPage || !(await extendSession(backend.db, session.id)))
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
  if (session.status !== 'open' || !providerRef || !askApproval)
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
