/** Payments under way at the provider, of which no message may come any more: they are asked about now and then. */
import type { Backend } from '../backend.js';
import { claimProcessing } from '../store/looks.js';
import { readBack } from './hearing.js';
import { inLanes } from './lanes.js';

/** As many as are looked for in one sweep, and as a provider is asked about at once. */
const most = { found: 200, asked: 8 };

export async function readBackProcessing(backend: Backend): Promise<void> {
  const { db, provider, stopping } = backend;
  if (!provider.read) return;
  const ids = await claimProcessing(db, provider.name, most.found);
  await inLanes(most.asked, ids, async (id) => {
    if (!stopping.aborted) await readBack(backend, id);
  });
}
