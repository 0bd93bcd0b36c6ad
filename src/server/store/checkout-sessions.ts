/** Checkout sessions. Every change of status is one compare-and-set; undefined means somebody was faster. */
import { sql } from 'kysely';
import type { FailureCode, Id, SessionStatus } from '../../contract/index.js';
import { now, type Queries } from './database.js';
import { listed, type Page, type Span } from './paging.js';
import type { NewRow, Row } from './schema.js';

/** A session as every view of it needs it. */
export interface SessionRecord extends Omit<Row<'checkoutSession'>, 'seq'> {
  paymentId: Id<'payment'> | null;
  subscriptionId: Id<'subscription'> | null;
  /** Open on paper, but its time has passed at the database's clock. */
  isDue: boolean;
  /** The one clock, as it was when this was read. */
  now: string;
}

const base = (db: Queries) =>
  db
    .selectFrom('checkoutSession')
    .selectAll()
    .select([
      sql<Id<'payment'> | null>`(select p.id from payment p
        where p.checkout_session_id = checkout_session.id and not p.unattended
        order by p.status in ('succeeded', 'partially_refunded', 'refunded', 'disputed') desc, p.seq desc
        limit 1)`.as('paymentId'),
      sql<Id<'subscription'> | null>`coalesce(renewal_of, (select s.id from subscription s
        where s.checkout_session_id = checkout_session.id))`.as('subscriptionId'),
      sql<boolean>`(status = 'open' and expires_at <= paylink_now())`.as('isDue'),
      now.as('now'),
    ]);

export const findSession = (
  db: Queries,
  id: string,
  accountId?: string,
): Promise<SessionRecord | undefined> => {
  let query = base(db).where('id', '=', id as Id<'checkoutSession'>);
  if (accountId !== undefined) query = query.where('accountId', '=', accountId);
  return query.executeTakeFirst();
};

/** By the provider's own name for its checkout. */
export const findSessionByRef = (
  db: Queries,
  provider: string,
  ref: string,
): Promise<SessionRecord | undefined> =>
  base(db).where('provider', '=', provider).where('providerRef', '=', ref).executeTakeFirst();

export const findSessions = (
  db: Queries,
  ids: readonly Id<'checkoutSession'>[],
): Promise<SessionRecord[]> => base(db).where('id', 'in', ids).orderBy('seq').execute();

type GivenAtOnce = 'totals' | 'customer';

/** One that uses nothing of its link; the others are opened many at once. */
export const insertSession = (
  db: Queries,
  {
    totals,
    customer,
    ...row
  }: Omit<
    NewRow<'checkoutSession'>,
    GivenAtOnce | 'customFields' | 'metadata' | 'utm' | 'embeddable'
  > &
    Pick<Row<'checkoutSession'>, GivenAtOnce>,
) =>
  db
    .insertInto('checkoutSession')
    .values({
      ...row,
      totals: JSON.stringify(totals),
      customer: JSON.stringify(customer),
      customFields: '{}',
      metadata: '{}',
      utm: '{}',
      embeddable: false,
    })
    .execute();

/** The session with its row locked: whoever decides on it next waits. */
export const lockSession = (db: Queries, id: string) =>
  db
    .selectFrom('checkoutSession')
    .selectAll()
    .select(now.as('now'))
    .where('id', '=', id as Id<'checkoutSession'>)
    .forUpdate()
    .executeTakeFirst();

export interface SessionFilter {
  readonly status?: SessionStatus | undefined;
  readonly paymentLinkId?: string | undefined;
  /** When they were opened. */
  readonly created: Span;
}

export async function listSessions(
  db: Queries,
  accountId: string,
  filter: SessionFilter,
  page: Page,
) {
  let query = base(db).where('accountId', '=', accountId);
  if (filter.status) query = query.where('status', '=', filter.status);
  if (filter.paymentLinkId)
    query = query.where('paymentLinkId', '=', filter.paymentLinkId as Id<'paymentLink'>);
  const { from, before } = filter.created;
  if (from !== undefined) query = query.where('createdAt', '>=', from);
  if (before !== undefined) query = query.where('createdAt', '<', before);
  if (page.before !== undefined) query = query.where('seq', '<', page.before);
  const rows = await query
    .orderBy('seq', 'desc')
    .limit(page.limit + 1)
    .execute();
  return listed(rows, page);
}

interface Change {
  readonly from: readonly SessionStatus[];
  readonly to: SessionStatus;
  readonly failureCode?: FailureCode | null;
  readonly paymentStatus?: Row<'checkoutSession'>['paymentStatus'];
  readonly approvalUntil?: null;
  /** It ends here, and its provider cannot end it: what is paid there untold is looked for after its time. */
  readonly mayBePaid?: boolean;
}

interface MoveOptions {
  /** Only while no provider's page was noted. */
  readonly isUnopened?: boolean;
}

/** Of a status nobody has asked the provider yet. */
const notAsked = { nextLookAt: null, looks: 0 };
/** A provider's page may close a few minutes late. */
const askedInTheEnd = { nextLookAt: sql<string>`expires_at + interval '6 minutes'`, looks: 0 };

/** Moves the session along one edge of its state machine. */
export async function moveSession(
  db: Queries,
  id: Id<'checkoutSession'>,
  { from, to, mayBePaid = false, ...rest }: Change,
  { isUnopened = false }: MoveOptions = {},
): Promise<boolean> {
  let moving = db
    .updateTable('checkoutSession')
    .set({ status: to, ...rest, ...(mayBePaid ? askedInTheEnd : notAsked), updatedAt: now })
    .where('id', '=', id)
    .where('status', 'in', from);
  if (isUnopened) moving = moving.where('url', 'is', null);
  const rows = await moving.returning('id').execute();
  return rows.length === 1;
}

/**
 * Open → expired, only once their time has come. Locked in one order, so that two sweeps do not wait for each other
 * in a circle.
 * @returns those that went
 */
export async function expireAllDue(
  db: Queries,
  ids: readonly Id<'checkoutSession'>[],
): Promise<Id<'checkoutSession'>[]> {
  const rows = await db
    .with('held', (cte) =>
      cte
        .selectFrom('checkoutSession')
        .select('id')
        .where('id', 'in', ids)
        .where('status', '=', 'open')
        .where('expiresAt', '<=', now)
        .orderBy('id')
        .forUpdate(),
    )
    .updateTable('checkoutSession')
    .set({ status: 'expired', updatedAt: now })
    .where('id', 'in', (from) => from.selectFrom('held').select('id'))
    .where('status', '=', 'open')
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** What the buyer is told of a failure: nothing while a newer attempt is under way, and never of a paid order. */
const failureShown = (code: FailureCode) => sql<FailureCode | null>`case
  when status = 'open' then ${code}
  when status in ('expired', 'canceled') then coalesce(failure_code, ${code})
  else failure_code end`;

export const countFailure = (db: Queries, id: Id<'checkoutSession'>, failureCode: FailureCode) =>
  db
    .updateTable('checkoutSession')
    .set({
      failedAttempts: sql`failed_attempts + 1`,
      failureCode: failureShown(failureCode),
      updatedAt: now,
    })
    .where('id', '=', id)
    .returning('failedAttempts')
    .executeTakeFirstOrThrow();

/** Once, by the lifetime it had, while it is open and not yet over. */
export async function extendSession(db: Queries, id: Id<'checkoutSession'>): Promise<boolean> {
  const rows = await db
    .updateTable('checkoutSession')
    .set({
      extendedAt: now,
      expiresAt: sql<string>`expires_at + make_interval(secs => lifetime_seconds)`,
      updatedAt: now,
    })
    .where('id', '=', id)
    .where('status', '=', 'open')
    .where('extendedAt', 'is', null)
    .where('expiresAt', '>', now)
    .returning('id')
    .execute();
  return rows.length === 1;
}

/** Until when the phone asks; nothing where the answer came first. */
export const noteApproval = (db: Queries, id: Id<'checkoutSession'>, approvalUntil: string) =>
  db
    .updateTable('checkoutSession')
    .set({ approvalUntil, updatedAt: now })
    .where('id', '=', id)
    .where('status', '=', 'processing')
    .execute();

/** Where a session is paid, as its provider has answered. */
export const noteProvider = (
  db: Queries,
  {
    id,
    ...note
  }: Pick<Row<'checkoutSession'>, 'id' | 'url' | 'renewsItself'> & { providerRef: string },
) =>
  db
    .updateTable('checkoutSession')
    .set({ ...note, updatedAt: now })
    .where('id', '=', id)
    .execute();

export type DueSession = Pick<
  Row<'checkoutSession'>,
  'id' | 'seq' | 'paymentLinkId' | 'provider' | 'providerRef' | 'testMode' | 'expiresAt'
> & { readonly now: string };

/**
 * Those that may be asked about now, in the order in which they were opened, beginning after the one that came as
 * `after`.
 */
export const findDueSessions = (db: Queries, after: number, limit: number): Promise<DueSession[]> =>
  db
    .selectFrom('checkoutSession')
    .select(['id', 'seq', 'paymentLinkId', 'provider', 'providerRef', 'testMode', 'expiresAt'])
    .select(now.as('now'))
    .where('seq', '>', after)
    .where('status', '=', 'open')
    .where('expiresAt', '<=', now)
    .where((where) => where.or([where('nextLookAt', 'is', null), where('nextLookAt', '<=', now)]))
    .orderBy('seq')
    .limit(limit)
    .execute();
