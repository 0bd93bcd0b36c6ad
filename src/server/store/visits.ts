/** Visits of links as sums by day, site and campaign. */
import { sql } from 'kysely';
import type { Id, VisitCounts } from '../../contract/index.js';
import type { Queries } from './database.js';

/** What a link gained since the last time, under one name. */
export interface Gained extends VisitCounts {
  readonly paymentLinkId: Id<'paymentLink'>;
  readonly kind: 'host' | 'source';
  readonly name: string;
}

interface Side {
  readonly accountId: string;
  readonly testMode: boolean;
}

/** Sites, and campaigns, that a link has by name on one day; whatever comes after them is `other`. */
export const mostNames = 100;
export const otherName = 'other';

const sums = sql.raw(
  ['seen', 'opened', 'submitted', 'paid'].map((step) => `sum(${step})::bigint as ${step}`).join(),
);

/** Whoever has sent an order had opened its form, also where no widget was there to say so. */
const asShown = sql.raw('seen, greatest(opened, submitted) as opened, submitted, paid');

/**
 * Adds it to the sums of today, by one statement; nothing where the account counts no visits.
 * @returns whether it counts them
 */
export async function addVisits(
  db: Queries,
  { accountId, testMode }: Side,
  gained: readonly Gained[],
): Promise<boolean> {
  const rows = gained.map(({ paymentLinkId, ...row }) => ({
    payment_link_id: paymentLinkId,
    ...row,
  }));
  const { rows: read } = await sql<{ countsVisits: boolean }>`
    with setting as (select counts_visits from account where id = ${accountId}),
    given as (
      select utc_day(paylink_now()) as day, ${testMode}::boolean as test_mode, given.*
      from setting, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) given
        (payment_link_id text, kind text, name text, seen int, opened int, submitted int, paid int)
      where counts_visits
    ), placed as (
      select given.*, known.name is not null as is_known,
        row_number() over (
          partition by payment_link_id, kind, known.name is null and given.name <> ${otherName}
          order by given.seen + given.opened + given.submitted + given.paid desc, given.name) as place,
        (select count(*) from link_visit taken where taken.payment_link_id = given.payment_link_id
          and taken.test_mode = given.test_mode and taken.day = given.day and taken.kind = given.kind
          and taken.name <> ${otherName}) as taken
      from given left join (select payment_link_id, test_mode, day, kind, name from link_visit) known
        using (payment_link_id, test_mode, day, kind, name)
    ), added as (
      insert into link_visit as kept (payment_link_id, test_mode, day, kind, name, seen, opened, submitted, paid)
      select payment_link_id, test_mode, day, kind,
        case when is_known or taken + place <= ${mostNames} then name else ${otherName} end, ${sums}
      from placed group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
      on conflict (payment_link_id, test_mode, day, kind, name) do update set
        seen = kept.seen + excluded.seen, opened = kept.opened + excluded.opened,
        submitted = kept.submitted + excluded.submitted, paid = kept.paid + excluded.paid
    )
    select counts_visits from setting`.execute(db);
  return read[0]?.countsVisits ?? false;
}

interface Window {
  readonly testMode: boolean;
  /** In days, today included. */
  readonly days: number;
}

const firstOf = (days: number) => sql`utc_day(paylink_now()) - ${days - 1}::int`;

/** The last days in UTC, oldest first, none left out. */
export async function readVisitDays(
  db: Queries,
  id: Id<'paymentLink'>,
  { testMode, days }: Window,
): Promise<(VisitCounts & { date: string })[]> {
  const { rows } = await sql<VisitCounts & { date: string }>`
    select to_char(each.day, 'YYYY-MM-DD') as date, coalesce(seen, 0) as seen, coalesce(opened, 0) as opened,
      coalesce(submitted, 0) as submitted, coalesce(paid, 0) as paid
    from generate_series(${firstOf(days)}, utc_day(paylink_now()), interval '1 day') as each (day)
    left join (
      select day, ${sums} from (
        select day, ${asShown} from link_visit
        where payment_link_id = ${id} and test_mode = ${testMode} and kind = 'host' and day >= ${firstOf(days)}
      ) shown group by day) visits on visits.day = each.day::date
    order by each.day`.execute(db);
  return rows;
}

/** Over the same days by name, the most seen first; what goes beyond a hundred is in `other`, the last. */
export async function readVisitNames(
  db: Queries,
  id: Id<'paymentLink'>,
  { testMode, days, kind }: Window & Pick<Gained, 'kind'>,
): Promise<(VisitCounts & { name: string })[]> {
  const { rows } = await sql<VisitCounts & { name: string }>`
    with named as (
      select name, ${sums} from (
        select name, ${asShown} from link_visit
        where payment_link_id = ${id} and test_mode = ${testMode} and kind = ${kind} and day >= ${firstOf(days)}
      ) shown group by name
    ), placed as (
      select named.*, row_number() over (
        order by name = ${otherName}, seen + opened + submitted + paid desc, name) as place from named
    ), listed as (
      select case when place <= ${mostNames} then name else ${otherName} end as name, seen, opened, submitted, paid
      from placed
    )
    select name, ${sums} from listed group by name
    order by name = ${otherName}, sum(seen + opened + submitted + paid) desc, name`.execute(db);
  return rows;
}

export async function countsVisits(db: Queries, accountId: string): Promise<boolean> {
  const account = await db
    .selectFrom('account')
    .select('countsVisits')
    .where('id', '=', accountId)
    .executeTakeFirst();
  return account?.countsVisits ?? false;
}
