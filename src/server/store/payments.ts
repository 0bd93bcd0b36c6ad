/** Payments (one attempt to take money each), and lists of subscriptions beside them. */
import type { FailureCode, Id, PaymentStatus } from '../../contract/index.js';
import { now, type Queries } from './database.js';
import { listed, type Page, type Span } from './paging.js';
import type { NewRow, Row } from './schema.js';

/** Whether any payment here was of real money. */
export const hasRealPayments = async (db: Queries): Promise<boolean> =>
  (await db
    .selectFrom('payment')
    .select('id')
    .where('testMode', '=', false)
    .where('succeededAt', 'is not', null)
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** Adds the attempt, or returns the one that is known by its provider's reference. */
export async function upsertPayment(db: Queries, payment: NewRow<'payment'>) {
  await db
    .insertInto('payment')
    .values(payment)
    .onConflict((conflict) => conflict.columns(['provider', 'providerRef']).doNothing())
    .execute();
  return db
    .selectFrom('payment')
    .selectAll()
    .where('provider', '=', payment.provider)
    .where('providerRef', '=', payment.providerRef)
    .executeTakeFirstOrThrow();
}

/** The attempt that its provider knows by this reference. */
export const findPaymentByRef = (db: Queries, provider: string, providerRef: string) =>
  db
    .selectFrom('payment')
    .selectAll()
    .where('provider', '=', provider)
    .where('providerRef', '=', providerRef)
    .executeTakeFirst();

interface Change {
  readonly from: readonly PaymentStatus[];
  readonly to: PaymentStatus;
  readonly failureCode?: FailureCode | null;
}

/** One edge of the payment's state machine; undefined when it was elsewhere. */
export const movePayment = (db: Queries, id: Id<'payment'>, { from, to, ...rest }: Change) =>
  db
    .updateTable('payment')
    .set({ status: to, ...rest, updatedAt: now })
    .where('id', '=', id)
    .where('status', 'in', from)
    .returningAll()
    .executeTakeFirst();

/** Whether another attempt is under way: the end of an older one must not reopen the session then. */
export async function isAttemptUnderWay(
  db: Queries,
  sessionId: Id<'checkoutSession'>,
  providerRef?: string,
): Promise<boolean> {
  let attempts = db
    .selectFrom('payment')
    .select('id')
    .where('checkoutSessionId', '=', sessionId)
    .where('unattended', '=', false)
    .where('status', '=', 'processing');
  if (providerRef !== undefined) attempts = attempts.where('providerRef', '=', providerRef);
  return (await attempts.limit(1).executeTakeFirst()) !== undefined;
}

/** Whether money of the session was kept once, also where it has gone back since. */
export const wasPaid = async (db: Queries, sessionId: Id<'checkoutSession'>) =>
  (await db
    .selectFrom('payment')
    .select('id')
    .where('checkoutSessionId', '=', sessionId)
    .where('unattended', '=', false)
    .where('status', 'in', ['succeeded', 'refunded', 'partially_refunded', 'disputed'])
    .limit(1)
    .executeTakeFirst()) !== undefined;

interface Filter {
  readonly status?: string | undefined;
  readonly paymentLinkId?: string | undefined;
  /** When they were made. */
  readonly created: Span;
}

interface PaymentFilter extends Filter {
  readonly checkoutSessionId?: string | undefined;
  readonly subscriptionId?: string | undefined;
}

function filtered<Table extends 'payment' | 'subscription'>(
  db: Queries,
  table: Table,
  accountId: string,
  { status, paymentLinkId, checkoutSessionId, subscriptionId, created }: PaymentFilter,
  page: Page,
): Promise<Row<Table>[]> {
  // Both tables have these columns; Kysely cannot see that for a table named by a variable.
  let query = db
    .selectFrom(table as 'payment')
    .selectAll()
    .where('accountId', '=', accountId);
  if (status) query = query.where('status', '=', status as PaymentStatus);
  if (paymentLinkId) query = query.where('paymentLinkId', '=', paymentLinkId as Id<'paymentLink'>);
  if (checkoutSessionId)
    query = query.where('checkoutSessionId', '=', checkoutSessionId as Id<'checkoutSession'>);
  if (subscriptionId)
    query = query.where('subscriptionId', '=', subscriptionId as Id<'subscription'>);
  if (created.from !== undefined) query = query.where('createdAt', '>=', created.from);
  if (created.before !== undefined) query = query.where('createdAt', '<', created.before);
  if (page.before !== undefined) query = query.where('seq', '<', page.before);
  const rows = query.orderBy('seq', 'desc').limit(page.limit + 1);
  return rows.execute() as unknown as Promise<Row<Table>[]>;
}

export const listPayments = async (
  db: Queries,
  accountId: string,
  filter: PaymentFilter,
  page: Page,
) => listed(await filtered(db, 'payment', accountId, filter, page), page);

export const listSubscriptions = async (
  db: Queries,
  accountId: string,
  filter: Filter,
  page: Page,
) => listed(await filtered(db, 'subscription', accountId, filter, page), page);

export const findPayment = (db: Queries, accountId: string, id: string) =>
  db
    .selectFrom('payment')
    .selectAll()
    .where('accountId', '=', accountId)
    .where('id', '=', id as Id<'payment'>)
    .executeTakeFirst();

/** The payment with its row locked: whoever decides on it next waits. */
export const lockPayment = (db: Queries, accountId: string, id: string) =>
  db
    .selectFrom('payment')
    .selectAll()
    .where('accountId', '=', accountId)
    .where('id', '=', id as Id<'payment'>)
    .forUpdate()
    .executeTakeFirst();
