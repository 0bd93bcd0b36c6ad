/** Subscriptions as they go on. Whoever decides on one has its row locked. */
import { sql } from 'kysely';
import type { Id } from '../../contract/index.js';
import { now, type Queries } from './database.js';
import type { NewRow, Row } from './schema.js';

export const insertSubscription = (db: Queries, subscription: NewRow<'subscription'>) =>
  db.insertInto('subscription').values(subscription).returningAll().executeTakeFirstOrThrow();

export const findSubscription = (db: Queries, accountId: string, id: string) =>
  db
    .selectFrom('subscription')
    .selectAll()
    .where('accountId', '=', accountId)
    .where('id', '=', id as Id<'subscription'>)
    .executeTakeFirst();

/** With its row locked: whoever decides on it next waits. */
export const lockSubscription = (db: Queries, id: Id<'subscription'>) =>
  db.selectFrom('subscription').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** The one that this session began, locked. */
export const lockSubscriptionOf = (db: Queries, sessionId: Id<'checkoutSession'>) =>
  db
    .selectFrom('subscription')
    .selectAll()
    .where('checkoutSessionId', '=', sessionId)
    .forUpdate()
    .executeTakeFirst();

type Changes = Partial<
  Pick<
    Row<'subscription'>,
    | 'status'
    | 'amount'
    | 'fullAmount'
    | 'discountEndsAt'
    | 'nextPeriod'
    | 'nextChargeAt'
    | 'failedAttempts'
    | 'pastDueSince'
    | 'dueAt'
    | 'cancelAt'
    | 'plannedReason'
    | 'canceledAt'
    | 'cancelReason'
  >
>;

/** Of one that was locked before. */
export const changeSubscription = (db: Queries, id: Id<'subscription'>, changes: Changes) =>
  db
    .updateTable('subscription')
    .set({ ...changes, updatedAt: now })
    .where('id', '=', id)
    .where('status', '<>', 'canceled')
    .returningAll()
    .executeTakeFirstOrThrow();

const inSeconds = (seconds: number) =>
  sql<string>`paylink_now() + make_interval(secs => ${seconds})`;

/** Nobody else takes it up before that; whoever does so after a crash finds what was begun. */
export const putOff = (db: Queries, id: Id<'subscription'>, seconds: number) =>
  db
    .updateTable('subscription')
    .set({ dueAt: inSeconds(seconds) })
    .where('id', '=', id)
    .where('dueAt', 'is not', null)
    .execute();

/** Nothing is left to be done. */
export const putAway = (db: Queries, id: Id<'subscription'>) =>
  db.updateTable('subscription').set({ dueAt: null }).where('id', '=', id).execute();

/** Of a provider's test or live side. */
interface Side {
  readonly name: string;
  readonly testMode: boolean;
}

/** Whose time has come, the longest due first. */
export const findDueSubscriptions = (db: Queries, { name, testMode }: Side, limit: number) =>
  db
    .selectFrom('subscription')
    .select('id')
    .where('dueAt', '<=', now)
    .where('provider', '=', name)
    .where('testMode', '=', testMode)
    .orderBy('dueAt')
    .limit(limit)
    .execute();

/** Whose planned end has come, whoever it was sold by: nobody has to be asked for that. */
export const findEndingSubscriptions = (db: Queries, limit: number) =>
  db
    .selectFrom('subscription')
    .select('id')
    .where('cancelAt', '<=', now)
    .where('status', '<>', 'canceled')
    .where('renewsItself', '=', false)
    .orderBy('cancelAt')
    .limit(limit)
    .execute();

/** With real money, by the providers that are not this one. */
export const countStranded = (db: Queries, provider: string) =>
  db
    .selectFrom('subscription')
    .select(['provider', sql<number>`count(*)`.as('count')])
    .where('provider', '<>', provider)
    .where('testMode', '=', false)
    .where('status', '<>', 'canceled')
    .groupBy('provider')
    .orderBy('provider')
    .execute();

/** Nothing is due before its date. */
export const setDue = (db: Queries, id: Id<'subscription'>, dueAt: string) =>
  db.updateTable('subscription').set({ dueAt }).where('id', '=', id).execute();

/** Makes a renewal due now; the dates of its periods stay. */
export const makeDue = (db: Queries, id: Id<'subscription'>) =>
  db
    .updateTable('subscription')
    .set({ dueAt: now })
    .where('id', '=', id)
    .where('dueAt', 'is not', null)
    .where('cancelAt', 'is', null)
    .execute();

/** The session by which its buyer is paying this period just now. */
export const findRenewalSession = (
  db: Queries,
  { id, nextPeriod }: Pick<Row<'subscription'>, 'id' | 'nextPeriod'>,
) =>
  db
    .selectFrom('checkoutSession')
    .select(['id', 'status'])
    .where('renewalOf', '=', id)
    .where('renewalPeriod', '=', nextPeriod)
    .where((either) =>
      either.or([
        either('status', '=', 'processing'),
        either.and([either('status', '=', 'open'), either('expiresAt', '>', now)]),
      ]),
    )
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();

/** The page on which its buyer may pay just now. */
export const findOpenRenewalSession = (db: Queries, { id }: Pick<Row<'subscription'>, 'id'>) =>
  db
    .selectFrom('checkoutSession')
    .select(['id', 'provider', 'providerRef', 'expiresAt', now.as('now')])
    .where('renewalOf', '=', id)
    .where('status', '=', 'open')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();

/** The charge that has begun and was not answered yet, of this period or of one that was paid in another way. */
export const findChargeUnderWay = (db: Queries, { id }: Pick<Row<'subscription'>, 'id'>) =>
  db
    .selectFrom('payment')
    .selectAll()
    .where('subscriptionId', '=', id)
    .where('status', '=', 'processing')
    .where('unattended', '=', true)
    .executeTakeFirst();

/** The first payment belongs to the subscription it began. */
export const adoptPayment = (
  db: Queries,
  { id, checkoutSessionId }: Pick<Row<'subscription'>, 'id' | 'checkoutSessionId'>,
) =>
  db
    .updateTable('payment')
    .set({ subscriptionId: id })
    .where('checkoutSessionId', '=', checkoutSessionId)
    .execute();

/** All attempts to take money for it, newest first. */
export const listPaymentsOf = (db: Queries, id: Id<'subscription'>, limit: number) =>
  db
    .selectFrom('payment')
    .selectAll()
    .where('subscriptionId', '=', id)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
