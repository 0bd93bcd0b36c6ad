/** What follows the end of sessions that were not paid. */
import type { Transaction } from 'kysely';
import type { Id } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { step } from '../step.js';
import { releaseReservations } from '../store/capacity.js';
import { findSessions, type SessionRecord } from '../store/checkout-sessions.js';
import type { Schema } from '../store/schema.js';
import { tellAll } from './event.js';
import { merchantSession } from './session-view.js';

/** Gives back what sessions of one link held and tells of their end. The caller has just moved them there. */
export async function afterEnd(
  backend: Backend,
  tx: Transaction<Schema>,
  ids: readonly Id<'checkoutSession'>[],
  to: 'canceled' | 'expired',
): Promise<void> {
  step('session ended');
  await releaseReservations(tx, ids);
  step('reservation released');
  const sessions = await findSessions(tx, ids);
  const { accountId } = sessions[0] as SessionRecord;
  const type = to === 'expired' ? 'checkout_session.expired' : 'checkout_session.canceled';
  const told = sessions.map((session) => merchantSession(backend, session));
  await tellAll(backend, tx, accountId, type, told);
}
