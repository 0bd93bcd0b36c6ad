/** Sessions that end unpaid: canceled by the buyer, replaced, or expired. What they held is given back. */
import type { Transaction } from 'kysely';
import { type FailureCode, type Id, Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { releaseReservation } from '../store/capacity.js';
import {
  expireIfDue,
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
import { tell } from './event.js';
import { merchantSession } from './session-view.js';

/** @throws Problem `session_not_found` */
export async function readSession(backend: Backend, id: string): Promise<SessionRecord> {
  const session = await findSession(backend.db, id);
  if (!session) throw new Problem('session_not_found', 'There is no checkout session of this id.');
  if (!session.isDue) return session;
  await expireSession(backend, session.id);
  return (await findSession(backend.db, id)) as SessionRecord;
}

interface End {
  readonly to: 'canceled' | 'expired';
  readonly failureCode?: FailureCode;
}

/** Gives back what the session held and tells of its end. The caller has just moved it there. */
export async function afterEnd(
  backend: Backend,
  tx: Transaction<Schema>,
  id: Id<'checkoutSession'>,
  to: End['to'],
): Promise<void> {
  await releaseReservation(tx, id);
  const session = (await findSession(tx, id)) as SessionRecord;
  const type = to === 'expired' ? 'checkout_session.expired' : 'checkout_session.canceled';
  await tell(backend, tx, session.accountId, type, merchantSession(backend, session));
}

/** Open → canceled or expired. @returns false when the session was not open any more. */
export const endWithoutPayment = (
  backend: Backend,
  id: Id<'checkoutSession'>,
  { to, ...rest }: End,
): Promise<boolean> =>
  transaction(backend.db, async (tx) => {
    const moved =
      to === 'expired'
        ? await expireIfDue(tx, id)
        : await moveSession(tx, id, { from: ['open'], to, ...rest });
    if (moved) await afterEnd(backend, tx, id, to);
    return moved;
  });

/**
 * In the transaction that opens the session which takes its place.
 * @throws Problem `conflict` where it is being paid, or was: its buyer is not to pay twice
 */
export async function cancelForReplacement(
  backend: Backend,
  tx: Transaction<Schema>,
  id: Id<'checkoutSession'>,
  linkId: Id<'paymentLink'>,
): Promise<boolean> {
  const session = await lockSession(tx, id);
  if (session?.paymentLinkId !== linkId) return false;
  const moved = await moveSession(tx, id, { from: ['open'], to: 'canceled' });
  if (moved) await afterEnd(backend, tx, id, 'canceled');
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
export async function expireSession(backend: Backend, id: Id<'checkoutSession'>): Promise<boolean> {
  const session = await findSession(backend.db, id);
  if (!session?.isDue) return false;
  const side = session.providerRef
    ? await backend.provider.expire(session.providerRef).catch(() => 'alive')
    : 'dead';
  return side === 'dead' && endWithoutPayment(backend, id, { to: 'expired' });
}

export async function expireDueSessions(backend: Backend): Promise<void> {
  for (const { id } of await findDueSessions(backend.db)) await expireSession(backend, id);
}

/** The buyer gives the place back. A session that is past that answers as it is. */
export async function cancelSession(backend: Backend, id: string): Promise<SessionRecord> {
  const session = await readSession(backend, id);
  if (session.status !== 'open') return session;
  const side = session.providerRef ? await backend.provider.expire(session.providerRef) : 'dead';
  if (side === 'dead') await endWithoutPayment(backend, session.id, { to: 'canceled' });
  return readSession(backend, id);
}

/** @throws Problem `conflict` when the session was extended before, or is not open any more */
export async function extend(backend: Backend, id: string): Promise<SessionRecord> {
  const session = await readSession(backend, id);
  if (!(await extendSession(backend.db, session.id)))
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
  if (!provider.isTestNumber?.(phone)) await limits.prompt(phone);
  const approval = await attemptPayment(backend, session, caller, () =>
    askApproval(providerRef, phone),
  );
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
  const of = { sessionId: id, linkId: paymentLinkId };
  await limits.attempt({ ...of, caller });
  let isMade = false;
  try {
    const answer = await attempt();
    isMade = answer !== false;
    return answer;
  } finally {
    if (!isMade) await limits.outcome(of, 'none');
  }
}
