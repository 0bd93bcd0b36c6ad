/**
 * Statistics of links. The database's triggers add a row to `link_change` with every change of state; these
 * rows are folded into totals and days. A reader adds what is not folded yet, so it is never behind.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../../contract/index.js';
import type { Queries } from './database.js';

const totals = [
  'open',
  'processing',
  'complete',
  'expired',
  'canceled',
  'released',
  'payments_processing',
  'payments_succeeded',
  'payments_failed',
  'payments_refunded',
  'payments_partially_refunded',
  'payments_disputed',
  'payments_needs_review',
  'gross',
  'refunded',
] as const;

const days = ['opened', 'completed', 'paid', 'gross', 'refunded'] as const;

const each = (
  names: readonly string[],
  write: (name: RawBuilder<unknown>) => RawBuilder<unknown>,
) => sql.join(names.map((name) => write(sql.raw(name))));

const named = (names: readonly string[]) => each(names, (name) => name);
const summed = (names: readonly string[]) =>
  each(names, (name) => sql`coalesce(sum(${name}), 0)::bigint as ${name}`);
const added = (table: string, names: readonly string[]) =>
  each(names, (name) => sql`${name} = ${sql.raw(table)}.${name} + excluded.${name}`);

export interface LinkTotal {
  open: number;
  processing: number;
  complete: number;
  expired: number;
  canceled: number;
  released: number;
  paymentsProcessing: number;
  paymentsSucceeded: number;
  paymentsFailed: number;
  paymentsRefunded: number;
  paymentsPartiallyRefunded: number;
  paymentsDisputed: number;
  paymentsNeedsReview: number;
  gross: number;
  refunded: number;
  lastPaymentAt: string | null;
}

/** What is folded and what is not; to be summed up by link. */
const kept = (where: RawBuilder<unknown>) => sql`
  select payment_link_id, test_mode, ${named(totals)}, last_payment_at from link_total where ${where}
  union all
  select payment_link_id, test_mode, ${named(totals)}, last_payment_at from link_change where ${where}`;

/** For checks: of the links of this condition, what the statistics say. */
export const totalsKept = (where: RawBuilder<unknown>) => sql`
  select payment_link_id, ${summed(totals)}, max(last_payment_at) as last_payment_at, test_mode
  from (${kept(where)}) as kept group by payment_link_id, test_mode`;

/** For checks: the same by day. */
export const daysKept = (where: RawBuilder<unknown>) => sql`
  select payment_link_id, day, ${summed(days)}, test_mode from (
    select payment_link_id, test_mode, day, ${named(days)} from link_day where ${where}
    union all
    select payment_link_id, test_mode, day, ${named(days)} from link_change where ${where}) as kept
  group by payment_link_id, test_mode, day`;

const nothing: LinkTotal = {
  open: 0,
  processing: 0,
  complete: 0,
  expired: 0,
  canceled: 0,
  released: 0,
  paymentsProcessing: 0,
  paymentsSucceeded: 0,
  paymentsFailed: 0,
  paymentsRefunded: 0,
  paymentsPartiallyRefunded: 0,
  paymentsDisputed: 0,
  paymentsNeedsReview: 0,
  gross: 0,
  refunded: 0,
  lastPaymentAt: null,
};

/** Tests, or what was sold for real money; both where it is not said. */
interface Side {
  readonly testMode?: boolean;
}

const ofSide = ({ testMode }: Side) =>
  testMode === undefined ? sql`true` : sql`test_mode = ${testMode}`;

/** What happened on each of these links so far, this transaction included. */
export async function readTotals(
  db: Queries,
  ids: readonly Id<'paymentLink'>[],
  side: Side = {},
): Promise<Map<Id<'paymentLink'>, LinkTotal>> {
  const found = new Map(ids.map((id) => [id, nothing]));
  if (!ids.length) return found;
  const { rows } = await sql<
    LinkTotal & { paymentLinkId: Id<'paymentLink'> }
  >`select payment_link_id, ${summed(totals)}, max(last_payment_at) as last_payment_at
    from (${kept(sql`payment_link_id in (${sql.join(ids)}) and ${ofSide(side)}`)}) as kept
    group by payment_link_id`.execute(db);
  for (const { paymentLinkId, ...total } of rows) found.set(paymentLinkId, total);
  return found;
}

/** What a list says of a link. */
export interface LinkFigures {
  /** Uses of both sides, until those of tests are given back. */
  used: number;
  reserved: number;
  /** Of one side: what came and has not gone back. */
  collected: number;
  lastPaymentAt: string | null;
}

const noFigures: LinkFigures = { used: 0, reserved: 0, collected: 0, lastPaymentAt: null };

/** Of each of these links, this transaction included: from what was counted, however many payments there were. */
export async function readLinkFigures(
  db: Queries,
  ids: readonly Id<'paymentLink'>[],
  { testMode }: Required<Side>,
): Promise<Map<Id<'paymentLink'>, LinkFigures>> {
  const found = new Map(ids.map((id) => [id, noFigures]));
  if (!ids.length) return found;
  const { rows } = await sql<LinkFigures & { paymentLinkId: Id<'paymentLink'> }>`
    select payment_link_id, sum(complete - released)::bigint as used, sum(open + processing)::bigint as reserved,
      coalesce(sum(gross - refunded) filter (where test_mode = ${testMode}), 0)::bigint as collected,
      max(last_payment_at) filter (where test_mode = ${testMode}) as last_payment_at
    from (${kept(sql`payment_link_id = any(${[...ids]}::text[])`)}) as kept
    group by payment_link_id`.execute(db);
  for (const { paymentLinkId, ...figures } of rows) found.set(paymentLinkId, figures);
  return found;
}

export interface LinkDay {
  date: string;
  opened: number;
  completed: number;
  paid: number;
  gross: number;
  refunded: number;
}

/** The last `count` days in UTC, oldest first, none left out. */
export async function readDays(
  db: Queries,
  id: Id<'paymentLink'>,
  count: number,
  side: Side = {},
): Promise<LinkDay[]> {
  const first = sql`utc_day(paylink_now()) - ${count - 1}::int`;
  const { rows } = await sql<LinkDay>`
    select to_char(each.day, 'YYYY-MM-DD') as date, ${each(days, (name) => sql`coalesce(${name}, 0) as ${name}`)}
    from generate_series(${first}, utc_day(paylink_now()), interval '1 day') as each (day)
    left join (${daysKept(sql`payment_link_id = ${id} and day >= ${first} and ${ofSide(side)}`)}) as kept
      on kept.day = each.day::date
    order by each.day`.execute(db);
  return rows;
}

/** What has happened with the changes that were folded: of each, whoever folds it is the only one to see it. */
export interface Folded {
  readonly taken: number;
  readonly opened: number;
  readonly completed: number;
  readonly expired: number;
  readonly canceled: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly needsReview: number;
  /** Completed after they had ended. */
  readonly late: number;
}

const rises = (name: string) => sql`coalesce(sum(greatest(${sql.raw(name)}, 0)), 0)::bigint`;

/** Folds the oldest changes. Several processes may do so at once. */
export async function foldChanges(db: Queries, limit = 5_000): Promise<Folded> {
  const { rows } = await sql<Folded>`
    with taken as (
      delete from link_change where seq in (
        select seq from link_change order by seq limit ${limit} for update skip locked)
      returning *
    ), totals as (
      insert into link_total (payment_link_id, test_mode, ${named(totals)}, last_payment_at)
      select payment_link_id, test_mode, ${summed(totals)}, max(last_payment_at)
      from taken group by 1, 2 order by 1, 2
      on conflict (payment_link_id, test_mode) do update set ${added('link_total', totals)},
        last_payment_at = greatest(link_total.last_payment_at, excluded.last_payment_at)
    ), days as (
      insert into link_day (payment_link_id, day, test_mode, ${named(days)})
      select payment_link_id, day, test_mode, ${summed(days)} from taken
      where opened <> 0 or completed <> 0 or paid <> 0 or gross <> 0 or refunded <> 0
      group by 1, 2, 3 order by 1, 2, 3
      on conflict (payment_link_id, day, test_mode) do update set ${added('link_day', days)}
    )
    select count(*) as taken, ${rises('opened')} as opened, ${rises('completed')} as completed,
      ${rises('expired')} as expired, ${rises('canceled')} as canceled, ${rises('paid')} as succeeded,
      ${rises('payments_failed')} as failed, ${rises('payments_needs_review')} as needs_review,
      count(*) filter (where complete > 0 and (expired < 0 or canceled < 0)) as late
    from taken`.execute(db);
  return rows[0] as Folded;
}
