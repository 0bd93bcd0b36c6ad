/** Payments with what they were for and who made them, newest first, a page at a time: no transaction stays open. */
import type { Id, PaymentStatus } from '../../contract/index.js';
import type { Queries } from './database.js';
import type { Span } from './paging.js';

export interface ExportFilter {
  readonly status?: PaymentStatus | undefined;
  readonly paymentLinkId?: Id<'paymentLink'> | undefined;
  /** When they were made; all of them hold. */
  readonly created: Span;
}

interface ExportPage {
  readonly limit: number;
  /** Of the last payment of the page before. */
  readonly beforeSeq: number | undefined;
}

export function exportPayments(
  db: Queries,
  accountId: string,
  { status, paymentLinkId, created }: ExportFilter,
  { limit, beforeSeq }: ExportPage,
) {
  let query = db
    .selectFrom('payment')
    .innerJoin('paymentLink', 'paymentLink.id', 'payment.paymentLinkId')
    .innerJoin('checkoutSession', 'checkoutSession.id', 'payment.checkoutSessionId')
    .selectAll('payment')
    .select([
      'paymentLink.name as linkName',
      'checkoutSession.customer',
      'checkoutSession.reference',
    ])
    .where('payment.accountId', '=', accountId);
  if (status) query = query.where('payment.status', '=', status);
  if (paymentLinkId) query = query.where('payment.paymentLinkId', '=', paymentLinkId);
  const { from, before } = created;
  if (from !== undefined) query = query.where('payment.createdAt', '>=', from);
  if (before !== undefined) query = query.where('payment.createdAt', '<', before);
  if (beforeSeq !== undefined) query = query.where('payment.seq', '<', beforeSeq);
  return query.orderBy('payment.seq', 'desc').limit(limit).execute();
}
