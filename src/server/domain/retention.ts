/** By itself the backend forgets who came and did not pay. Payments and the accounts stay. */
import type { Backend } from '../backend.js';
import {
  eraseFromEvents,
  eraseFromSandbox,
  eraseFromSessions,
  stopDeliveries,
} from '../store/buyers.js';
import { transaction } from '../store/database.js';
import { forgetOldEvents, takeOldSessions } from '../store/retention.js';

/** So few that nobody waits for it; a backlog is gone after a while of sweeps. */
const atOnce = 200;

/** Forgets a batch of what ended, or was told, so many days ago. Several processes may do so at once. */
export async function forgetOld({ db }: Backend, days: number): Promise<void> {
  const batch = { days, limit: atOnce };
  await transaction(db, async (tx) => {
    const sessions = await takeOldSessions(tx, batch);
    if (!sessions.length) return;
    const traces = { sessions, subscriptions: [], underWay: [] };
    await eraseFromSessions(tx, traces);
    await stopDeliveries(tx, traces);
    await eraseFromEvents(tx, traces);
    await eraseFromSandbox(tx, traces);
  });
  await transaction(db, (tx) => forgetOldEvents(tx, batch));
}
