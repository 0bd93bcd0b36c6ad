/** A merchant's payments as rows of a table, for their accounts. */
import { toDecimal } from '../../contract/index.js';
import type { Backend } from '../backend.js';
import { type ExportFilter, exportPayments } from '../store/payment-export.js';

/** Names are promises: whoever reads the file by machine goes by them. */
export const paymentColumns = [
  'created_at',
  'payment_id',
  'status',
  'amount',
  'amount_minor',
  'currency',
  'refunded',
  'failure_code',
  'payment_link_id',
  'link_name',
  'checkout_session_id',
  'customer_email',
  'customer_name',
  'reference',
  'provider',
  'provider_ref',
  'test_mode',
  'subscription_id',
] as const;

type Cells = Record<(typeof paymentColumns)[number], string>;
type Exported = Awaited<ReturnType<typeof exportPayments>>[number];

const pageSize = 500;

/** Newest first; the next page is read when it is asked for. What is paid meanwhile is not in it. */
export async function* paymentPages(
  { db, account }: Backend,
  filter: ExportFilter,
): AsyncGenerator<Cells[], undefined> {
  let beforeSeq: number | undefined;
  do {
    const rows = await exportPayments(db, account.id, filter, { limit: pageSize, beforeSeq });
    yield rows.map(cellsOf);
    beforeSeq = rows.length === pageSize ? rows.at(-1)?.seq : undefined;
  } while (beforeSeq !== undefined);
}

function cellsOf(payment: Exported): Cells {
  const { amount, currency, refundedAmount, customer } = payment;
  return {
    created_at: payment.createdAt,
    payment_id: payment.id,
    status: payment.status,
    amount: toDecimal({ amount, currency }),
    amount_minor: String(amount),
    currency,
    refunded: toDecimal({ amount: refundedAmount, currency }),
    failure_code: payment.failureCode ?? '',
    payment_link_id: payment.paymentLinkId,
    link_name: payment.linkName,
    checkout_session_id: payment.checkoutSessionId,
    customer_email: customer.email ?? '',
    customer_name: customer.name ?? '',
    reference: payment.reference ?? '',
    provider: payment.provider,
    provider_ref: payment.providerRef,
    test_mode: String(payment.testMode),
    subscription_id: payment.subscriptionId ?? '',
  };
}
