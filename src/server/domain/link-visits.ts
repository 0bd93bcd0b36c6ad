/** How many came to a link and how far they went, as its merchant sees it. */
import { type LinkVisits, Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { findLink } from '../store/payment-links.js';
import { countsVisits, readVisitDays, readVisitNames } from '../store/visits.js';

/** @throws Problem `not_found` */
export async function readLinkVisits(
  { db, account, provider, visits }: Backend,
  id: string,
  days: number,
): Promise<LinkVisits> {
  const link = await findLink(db, account.id, id);
  if (!link) throw new Problem('not_found', 'There is no payment link of this id.');
  await visits.flush();
  const { testMode } = provider;
  const window = { testMode, days };
  const hosts = await readVisitNames(db, link.id, { ...window, kind: 'host' });
  const sources = await readVisitNames(db, link.id, { ...window, kind: 'source' });
  return {
    object: 'payment_link_visits',
    paymentLinkId: link.id,
    testMode,
    countsVisits: await countsVisits(db, account.id),
    days: await readVisitDays(db, link.id, window),
    hosts: hosts.map(({ name: host, ...counts }) => ({ host, ...counts })),
    sources: sources.map(({ name: source, ...counts }) => ({ source, ...counts })),
  };
}
