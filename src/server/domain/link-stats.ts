/** How a payment link does, as its merchant sees it. */
import { type LinkStats, Problem } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { transaction } from '../store/database.js';
import { foldChanges, type LinkTotal, readDays, readTotals } from '../store/link-stats.js';
import { findLink, type UseCounts } from '../store/payment-links.js';

/** Open and processing sessions hold a use; completed ones have used it, unless a refund gave it back. */
const usesOf = (total: LinkTotal): UseCounts => ({
  used: total.complete - total.released,
  reserved: total.open + total.processing,
});

const money = ({ gross, refunded }: { gross: number; refunded: number }) => ({
  gross,
  refunded,
  net: gross - refunded,
});

/** @throws Problem `not_found` */
export async function readLinkStats(
  { db, account, provider }: Backend,
  id: string,
  dayCount: number,
): Promise<LinkStats> {
  const link = await findLink(db, account.id, id);
  if (!link) throw new Problem('not_found', 'There is no payment link of this id.');
  const { testMode } = provider;
  const total = (await readTotals(db, [link.id], { testMode })).get(link.id) as LinkTotal;
  const days = await readDays(db, link.id, dayCount, { testMode });
  // Uses are of both, until those of tests are given back.
  const all = (await readTotals(db, [link.id])).get(link.id) as LinkTotal;
  const { used, reserved } = usesOf(all);
  const { maxRedemptions } = link;
  return {
    object: 'payment_link_stats',
    paymentLinkId: link.id,
    testMode,
    status: link.status,
    redemptionCount: used,
    reservedCount: reserved,
    remaining: maxRedemptions === null ? null : Math.max(0, maxRedemptions - used - reserved),
    sessions: {
      open: total.open,
      processing: total.processing,
      complete: total.complete,
      expired: total.expired,
      canceled: total.canceled,
    },
    payments: {
      processing: total.paymentsProcessing,
      succeeded: total.paymentsSucceeded,
      failed: total.paymentsFailed,
      refunded: total.paymentsRefunded,
      partiallyRefunded: total.paymentsPartiallyRefunded,
      disputed: total.paymentsDisputed,
      needsReview: total.paymentsNeedsReview,
    },
    collected: { currency: link.currency, ...money(total) },
    lastPaymentAt: total.lastPaymentAt,
    days: days.map(({ date, opened, completed, paid, ...sums }) => ({
      date,
      sessionsOpened: opened,
      sessionsCompleted: completed,
      paymentsSucceeded: paid,
      ...money(sums),
    })),
  };
}

const atOnce = 5_000;

/** Folds what was counted since the last time, so that readers have little to add up. */
export async function foldLinkStats({ db, tally }: Backend): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    const folded = await transaction(db, (tx) => foldChanges(tx, atOnce));
    tally('sessions_opened', folded.opened);
    tally('sessions_completed', folded.completed);
    tally('sessions_expired', folded.expired);
    tally('sessions_canceled', folded.canceled);
    tally('payments_succeeded', folded.succeeded);
    tally('payments_failed', folded.failed);
    tally('payments_needs_review', folded.needsReview);
    tally('payments_late', folded.late);
    if (folded.taken < atOnce) return;
  }
}
