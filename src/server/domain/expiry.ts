/** Open sessions whose time has come: what they held is given back once nobody can pay them any more. */
import type { Backend } from '../backend.js';
import { step } from '../step.js';
import {
  type DueSession,
  expireAllDue,
  findDueSessions,
  type SessionRecord,
} from '../store/checkout-sessions.js';
import { transaction } from '../store/database.js';
import { claimDue } from '../store/looks.js';
import { afterEnd } from './after-end.js';
import { readBack } from './hearing.js';
import { inLanes } from './lanes.js';
import { isSoldHere } from './sold-here.js';

type Ending = Omit<DueSession, 'seq'>;

/** Whether the provider is another house, which is asked over a network. */
const isAfar = ({ provider }: Backend, session: Ending): boolean =>
  provider.read !== undefined && session.providerRef !== null && isSoldHere({ provider }, session);

/**
 * Released only once the provider's side is known to be dead: alive means that an attempt is under way,
 * unreachable means that we do not know; both keep the reservation until it is asked again.
 */
async function isDeadAtProvider(backend: Backend, session: Ending): Promise<boolean> {
  const { id, providerRef, expiresAt, now } = session;
  if (!providerRef || !isSoldHere(backend, session)) return true;
  const side = await backend.provider.expire(providerRef, { expiresAt, now }).catch(() => 'alive');
  // What no message has told is read, and applied as if it had been told: nobody can pay there once more.
  if (side === 'dead') return true;
  return (await readBack(backend, id).catch(() => undefined)) !== undefined;
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

/** One that somebody looks at. Another house is not asked at every look. */
export async function expireSession(backend: Backend, session: SessionRecord): Promise<void> {
  if (isAfar(backend, session) && !(await claimDue(backend.db, [session.id])).length) return;
  await expireTogether(backend, [session]);
}

/** As many as are looked for at a time, as end together, and as a provider is asked about at once. */
const most = { found: 500, together: 25, asked: 8 };

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
    for (const group of groupsOf(due.filter((session) => !isAfar(backend, session))))
      if (!stopping.aborted)
        await expireTogether(backend, group).catch((error) => faults.push(error));
    await askAfar(
      backend,
      due.filter((session) => isAfar(backend, session)),
    ).catch((error) => faults.push(error));
    last = due[most.found - 1];
  } while (last && !stopping.aborted);
  if (faults.length) throw faults[0];
}

/** Each ends as soon as it is known to be dead, whatever the others wait for. */
async function askAfar(backend: Backend, due: readonly DueSession[]): Promise<void> {
  const claimed = new Set(
    await claimDue(
      backend.db,
      due.map(({ id }) => id),
    ),
  );
  const ours = due.filter(({ id }) => claimed.has(id));
  await inLanes(most.asked, ours, async (session) => {
    if (!backend.stopping.aborted) await expireTogether(backend, [session]);
  });
}
