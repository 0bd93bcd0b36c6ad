/** Subscriptions with real money that were sold by a provider which is not in use any more. */
import type { Backend } from '../backend.js';
import { countStranded } from '../store/subscriptions.js';

/** For the log of a start; undefined where there are none. */
export async function tellOfStranded({ db, provider }: Backend): Promise<string | undefined> {
  const found = await countStranded(db, provider.name);
  if (!found.length) return undefined;
  const of = found.map(({ provider: name, count }) => `${count} by ${name}`).join(', ');
  return `Subscriptions that were sold by another provider go on without PayLink: nothing is charged or heard of them here (${of}).`;
}
