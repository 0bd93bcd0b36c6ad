/** What no message has told (yet) is asked for: when a buyer comes back, and now and then of payments under way. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Backend } from '../backend.js';
import { findSession, type SessionRecord } from '../store/checkout-sessions.js';
import { claimEnded, claimProcessing, claimReturn } from '../store/looks.js';
import { readBack } from './hearing.js';
import { inLanes } from './lanes.js';
import { isSoldHere } from './sold-here.js';

/** As many as are looked for in one sweep, and as a provider is asked about at once. */
const most = { found: 200, asked: 8 };

export async function readBackProcessing(backend: Backend): Promise<void> {
  const { db, provider, stopping } = backend;
  if (!provider.read) return;
  const ids = [
    ...(await claimProcessing(db, provider, most.found)),
    ...(provider.canExpire === false ? await claimEnded(db, provider, most.found) : []),
  ];
  await inLanes(most.asked, ids, async (id) => {
    if (!stopping.aborted) await readBack(backend, id);
  });
}

/** As long as a buyer waits for a page. What the answer says later is applied all the same. */
const patienceMs = 3_000;

/** The session of a buyer who may come back from the provider's page, which is quicker than its message. */
export async function readOnReturn(
  backend: Backend,
  session: SessionRecord,
): Promise<SessionRecord> {
  const { db, provider } = backend;
  const isElsewhere = provider.read && session.providerRef && isSoldHere(backend, session);
  if (session.status !== 'open' || !isElsewhere) return session;
  if (!(await claimReturn(db, session.id)).length) return session;
  // A provider that does not answer changes nothing: the page shows what is known.
  const answer = readBack(backend, session.id).catch(() => undefined);
  await Promise.race([answer, pause(patienceMs, undefined, { ref: false })]);
  return (await findSession(db, session.id)) as SessionRecord;
}
