/**
 * What must hold of the books whatever has happened. Tests ask it of everything, the auditor of what has changed.
 * Each is one statement, so it sees the books of one moment, and a change of state is seen whole or not at all.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Queries } from './database.js';
import { daysKept, totalsKept } from './link-stats.js';

interface Check {
  readonly promise: string;
  /** Selects the `id` of whatever breaks it. */
  readonly broken: RawBuilder<unknown>;
}

const kept = sql`('succeeded', 'refunded', 'partially_refunded', 'disputed')`;

/** Told of one object once in its life; of the others (a link that is switched off and on) there may be many. */
const toldOnce = sql`('payment_link.created',
  'checkout_session.opened', 'checkout_session.completed', 'checkout_session.expired', 'checkout_session.canceled',
  'payment.succeeded', 'payment.failed', 'payment.refunded', 'payment.refund_failed',
  'subscription.created', 'subscription.canceled')`;

const told = (id: string, type: RawBuilder<unknown> | string) => sql`
  (select count(*) from event where object_id = ${sql.raw(id)} and type = ${type})`;

/** Before there were refunds, an event of a payment named none. */
const refundOf = (event: string, otherwise: string) =>
  sql.raw(`coalesce(${event}.body::jsonb -> 'data' -> 'refund' ->> 'id', ${otherwise})`);

/** What the books must keep, of rows that were changed since. */
function ofChanged(since: RawBuilder<unknown>): Check[] {
  // A refund changes what its session holds without touching the session's row.
  const changed = sql`
    select id, payment_link_id from checkout_session where updated_at >= ${since}
    union
    select s.id, s.payment_link_id from payment p join checkout_session s on s.id = p.checkout_session_id
    where p.updated_at >= ${since}`;
  const links = sql`(select payment_link_id from (${changed}) as changed)`;
  const sessions = sql`(select id from (${changed}) as changed)`;
  const held = sql`(
    select s.id, s.status, s.total, s.currency, s.payment_status, s.totals, s.renewal_of, r.status as redemption,
      (select count(*) from payment p
        where p.checkout_session_id = s.id and p.status in ${kept} and not p.unattended) as paid,
      (s.uses_reset_at is not null or exists (
        select 1 from payment p join refund b on b.payment_id = p.id
        where p.checkout_session_id = s.id and not p.unattended
          and b.release_redemption and b.status = 'succeeded')) as is_given_back
    from checkout_session s left join redemption r on r.checkout_session_id = s.id
    where s.id in ${sessions})`;
  const payments = sql`(select * from payment where updated_at >= ${since})`;
  return [
    {
      promise: 'uses and reservations stay within the limit',
      broken: sql`select id from payment_link
        where used < 0 or reserved < 0 or used + reserved > max_redemptions`,
    },
    {
      promise: 'the counters of a limited link are its redemptions',
      broken: sql`select l.id from payment_link l where max_redemptions is not null and id in ${links} and (
        used <> (select count(*) from redemption where payment_link_id = l.id and status = 'confirmed')
        or reserved <> (select count(*) from redemption where payment_link_id = l.id and status = 'reserved'))`,
    },
    {
      promise: 'stock is never negative, nor less than what is reserved',
      broken: sql`select id from sku
        where stock_quantity < 0 or reserved < 0 or reserved > stock_quantity`,
    },
    {
      promise: 'the reserved stock of a SKU is what its sessions hold',
      broken: sql`select k.id from sku k where stock_quantity is not null
        and id in (select sku_id from stock_reservation where checkout_session_id in ${sessions})
        and reserved <> (select coalesce(sum(quantity), 0) from stock_reservation
          where sku_id = k.id and status = 'reserved')`,
    },
    {
      promise: 'the counters of a promotion code are its redemptions',
      broken: sql`select c.id from promotion_code c where id in (
          select promotion_code_id from promotion_redemption where checkout_session_id in ${sessions})
        and (used <> (select count(*) from promotion_redemption
            where promotion_code_id = c.id and status = 'confirmed')
          or reserved <> (select count(*) from promotion_redemption
            where promotion_code_id = c.id and status = 'reserved'))`,
    },
    {
      // Complete and released says: used, and given back by a refund that was asked to, or when its merchant went live.
      promise: 'a session holds one redemption that fits its status',
      broken: sql`select id from ${held} as held where redemption is distinct from case
        when renewal_of is not null then null
        when status = 'complete' and is_given_back then 'released'
        when status = 'complete' then 'confirmed'
        when status in ('open', 'processing') then 'reserved'
        else 'released' end`,
    },
    {
      promise: 'a session’s stock goes the way of its redemption',
      broken: sql`select h.id from ${held} as h
        join stock_reservation q on q.checkout_session_id = h.id where q.status <> h.redemption`,
    },
    {
      promise: 'a session’s promotion code goes the way of its redemption',
      broken: sql`select h.id from ${held} as h
        join promotion_redemption q on q.checkout_session_id = h.id where q.status <> h.redemption`,
    },
    {
      promise: 'complete means paid once, or nothing to pay',
      broken: sql`select id from ${held} as held
        where status = 'complete' and paid <> case when total = 0 then 0 else 1 end`,
    },
    {
      promise: 'the payment status tells the truth',
      broken: sql`select id from ${held} as held where payment_status <> case
        when status <> 'complete' then 'unpaid' when total = 0 then 'no_payment_required' else 'paid' end`,
    },
    {
      promise: 'a total is the sum of its lines, less the discount',
      broken: sql`select id from ${held} as held where total <> (totals ->> 'total')::bigint
        or total + (totals ->> 'discount')::bigint
          <> (select coalesce(sum((line ->> 'amount')::bigint), 0) from jsonb_array_elements(totals -> 'lines') line)`,
    },
    {
      promise: 'what is kept is what was priced',
      broken: sql`select p.id from ${payments} as p join checkout_session s on s.id = p.checkout_session_id
        where p.status in ${kept} and not p.unattended and (p.amount <> s.total or p.currency <> s.currency)`,
    },
    {
      promise: 'money that bought nothing goes back',
      broken: sql`select p.id from ${payments} as p join checkout_session s on s.id = p.checkout_session_id
        where p.status in ('succeeded', 'partially_refunded') and s.status <> 'complete'
        and p.refunded_amount + p.pending_refund < p.amount`,
    },
    {
      promise: 'an attempt under way holds its session',
      broken: sql`select p.id from ${payments} as p join checkout_session s on s.id = p.checkout_session_id
        where p.status = 'processing' and not p.unattended and s.status = 'open'`,
    },
    {
      promise: 'a payment gives back what its refunds say, and its status tells it',
      broken: sql`select id from (
          select p.*,
            (select coalesce(sum(amount), 0) from refund where payment_id = p.id and status = 'succeeded') as gone,
            (select coalesce(sum(amount), 0) from refund where payment_id = p.id and status = 'pending') as going
          from ${payments} as p) as p
        where refunded_amount <> gone or pending_refund <> going or gone + going > amount
        or (status <> 'disputed' and (status = 'refunded') <> (gone > 0 and gone = amount))
        or (status <> 'disputed' and (status = 'partially_refunded') <> (gone > 0 and gone < amount))`,
    },
    {
      promise: 'a recurring order that is complete has one subscription',
      broken: sql`select h.id from ${held} as h
        where (select count(*) from subscription where checkout_session_id = h.id)
          <> case when status = 'complete' and totals -> 'recurring' <> 'null' then 1 else 0 end`,
    },
    {
      promise: 'a period of a subscription is paid once',
      broken: sql`select p.id from ${payments} as p
        join subscription s on s.id = p.subscription_id and not s.renews_itself
        where p.status in ('succeeded', 'partially_refunded') and p.refunded_amount + p.pending_refund < p.amount
        and exists (select 1 from payment o where o.subscription_id = p.subscription_id and o.id <> p.id
          and o.renewal_period = p.renewal_period and o.status in ('succeeded', 'partially_refunded')
          and o.refunded_amount + o.pending_refund < o.amount)`,
    },
    {
      promise: 'a renewal costs what was agreed',
      broken: sql`select p.id from ${payments} as p join checkout_session s on s.id = p.checkout_session_id
        where p.status in ${kept} and p.unattended and (p.currency <> s.currency
          or p.amount not in ((s.totals -> 'recurring' ->> 'amount')::bigint,
            coalesce(s.totals -> 'recurring' ->> 'fullAmount', s.totals -> 'recurring' ->> 'amount')::bigint))`,
    },
    {
      promise: 'a renewal moves its subscription on',
      broken: sql`select p.id from ${payments} as p
        join subscription s on s.id = p.subscription_id and not s.renews_itself
        where p.status in ('succeeded', 'partially_refunded') and p.refunded_amount + p.pending_refund < p.amount
        and p.renewal_period >= s.next_period`,
    },
    {
      promise: 'the end of a subscription is told once',
      broken: sql`select s.id from subscription s where s.updated_at >= ${since}
        and ${told('s.id', 'subscription.canceled')} <> (s.status = 'canceled')::int`,
    },
    {
      promise: 'the opening of a session is told once',
      broken: sql`select h.id from ${held} as h where ${told('h.id', 'checkout_session.opened')} <> 1`,
    },
    {
      promise: 'the end of a session is told once',
      broken: sql`select h.id from ${held} as h where h.status not in ('open', 'processing') and ${told(
        'h.id',
        sql`'checkout_session.' || case h.status when 'complete' then 'completed' else h.status end`,
      )} <> 1`,
    },
    {
      promise: 'the success of a payment is told once',
      broken: sql`select p.id from ${payments} as p
        where p.status in ${kept} and ${told('p.id', 'payment.succeeded')} <> 1`,
    },
    {
      promise: 'the failure of a payment is told once',
      broken: sql`select p.id from ${payments} as p
        where p.status = 'failed' and ${told('p.id', 'payment.failed')} <> 1`,
    },
    {
      promise: 'the end of a refund is told once',
      broken: sql`select r.id from refund r where r.settled_at >= ${since} and 1 <> (
        select count(*) from event e where e.object_id = r.payment_id
          and e.type = case r.status when 'succeeded' then 'payment.refunded' else 'payment.refund_failed' end
          and ${refundOf('e', 'r.id')} = r.id)`,
    },
    {
      promise: 'what happens once is told once',
      broken: sql`select e.id from event e where e.created_at >= ${since} and e.type in ${toldOnce} and exists (
        select 1 from event o where o.object_id = e.object_id and o.type = e.type and o.id <> e.id
          and ${refundOf('o', 'o.object_id')} = ${refundOf('e', 'e.object_id')})`,
    },
    {
      promise: 'the statistics of a link are what its rows say',
      broken: sql`select payment_link_id as id from (
          select * from link_total_counted where payment_link_id in ${links}
          except (${totalsKept(sql`payment_link_id in ${links}`)})) as wrong`,
    },
    {
      promise: 'the statistics of a day are what its rows say',
      broken: sql`
        with counted as (select * from link_day_counted where payment_link_id in ${links}),
        kept as (${daysKept(sql`payment_link_id in ${links}`)})
        select payment_link_id || ' ' || day as id
        from counted full join kept using (payment_link_id, test_mode, day)
        where (coalesce(counted.opened, 0), coalesce(counted.completed, 0), coalesce(counted.paid, 0),
            coalesce(counted.gross, 0), coalesce(counted.refunded, 0))
          <> (coalesce(kept.opened, 0), coalesce(kept.completed, 0), coalesce(kept.paid, 0),
            coalesce(kept.gross, 0), coalesce(kept.refunded, 0))`,
    },
  ];
}

/** Of a provider, its test or its live side: those of others wait for nobody. */
export interface Side {
  readonly name: string;
  readonly testMode: boolean;
}

/** What holds while the worker runs: where time has passed and nobody swept, it does not. */
const inTime = ({ name, testMode }: Side): Check[] => [
  {
    promise: 'no renewal waits an hour after it was due',
    broken: sql`select id from subscription where provider = ${name} and test_mode = ${testMode}
      and due_at < paylink_now() - interval '1 hour'`,
  },
  {
    // A debit may come to nothing days after the session's end.
    promise: 'no session holds its place an hour after its end',
    broken: sql`select id from checkout_session
      where status = 'open' and greatest(expires_at, updated_at) < paylink_now() - interval '1 hour'`,
  },
  {
    promise: 'a refund does not wait for the provider for three days',
    broken: sql`select id from refund
      where status = 'pending' and created_at < paylink_now() - interval '3 days'`,
  },
  {
    promise: 'a charge does not wait for the provider for three days',
    broken: sql`select id from payment
      where status = 'processing' and unattended and created_at < paylink_now() - interval '3 days'`,
  },
];

/** The names of all that the books must keep. */
export const promises: readonly string[] = ofChanged(sql`null`).map(({ promise }) => promise);

export interface Broken {
  readonly promise: string;
  readonly id: string;
}

/** Of each promise at most this many rows are named. */
const mostNamed = 10;

/** One promise after the other, so that whoever stops early stops soon. */
async function ask(db: Queries, checks: readonly Check[], signal?: AbortSignal): Promise<Broken[]> {
  const found: Broken[] = [];
  for (const { promise, broken } of checks) {
    if (signal?.aborted) break;
    const { rows } = await sql<{ id: string }>`
      select id from (${broken}) as broken limit ${mostNamed}`.execute(db);
    found.push(...rows.map(({ id }) => ({ promise, id })));
  }
  return found;
}

/** All that is broken in the books, whenever it was changed last. */
export const findAllBroken = (db: Queries): Promise<Broken[]> =>
  ask(db, ofChanged(sql`'-infinity'::timestamptz`));

/** What is broken of all that was changed since, and what should have happened in the meantime. */
export async function findBroken(
  db: Queries,
  since: string,
  side: Side,
  signal?: AbortSignal,
): Promise<Broken[]> {
  // What was written since the last audit is summarized, where no vacuum has come by: PGlite has none of its own.
  await sql`select brin_summarize_new_values(name::regclass)
    from unnest(array['checkout_session_updated', 'event_created']) name`.execute(db);
  return ask(db, [...ofChanged(sql`${since}::timestamptz`), ...inTime(side)], signal);
}
