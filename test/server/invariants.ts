/** What must hold of the books whatever has happened: one query, each row a broken promise. */
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { House } from './house.js';

const kept = sql`('succeeded', 'refunded', 'partially_refunded', 'disputed')`;

const broken = sql<{ promise: string; id: string }>`
with told as (
  select type, body::jsonb -> 'data' ->> 'id' as id, count(*) as times from event group by 1, 2
), held as (
  select s.id, s.status, s.total, s.currency, s.payment_status, s.totals, r.status as redemption,
    (select count(*) from payment p where p.checkout_session_id = s.id and p.status in ${kept}) as paid
  from checkout_session s left join redemption r on r.checkout_session_id = s.id
)
select 'uses and reservations stay within the limit' as promise, id from payment_link
  where used < 0 or reserved < 0 or used + reserved > max_redemptions
union all
select 'the counters of a limited link are its redemptions', l.id from payment_link l
  where max_redemptions is not null and (
    used <> (select count(*) from redemption where payment_link_id = l.id and status = 'confirmed')
    or reserved <> (select count(*) from redemption where payment_link_id = l.id and status = 'reserved'))
union all
select 'stock is never negative, nor less than what is reserved', id from sku
  where stock_quantity < 0 or reserved < 0 or reserved > stock_quantity
union all
select 'the reserved stock of a SKU is what its sessions hold', k.id from sku k
  where stock_quantity is not null and reserved <> (
    select coalesce(sum(quantity), 0) from stock_reservation where sku_id = k.id and status = 'reserved')
union all
select 'a session holds one redemption that fits its status', id from held
  where redemption is distinct from case
    when status = 'complete' then 'confirmed'
    when status in ('open', 'processing') then 'reserved'
    else 'released' end
union all
select 'a session''s stock goes the way of its redemption', h.id
  from held h join stock_reservation q on q.checkout_session_id = h.id where q.status <> h.redemption
union all
select 'complete means paid once, or nothing to pay', id from held
  where status = 'complete' and paid <> case when total = 0 then 0 else 1 end
union all
select 'the payment status tells the truth', id from held where payment_status <> case
  when status <> 'complete' then 'unpaid' when total = 0 then 'no_payment_required' else 'paid' end
union all
select 'what is kept is what was priced', p.id from payment p join held h on h.id = p.checkout_session_id
  where p.status in ${kept} and (p.amount <> h.total or p.currency <> h.currency)
union all
select 'money that bought nothing goes back', p.id from payment p join held h on h.id = p.checkout_session_id
  where p.status in ('succeeded', 'partially_refunded') and h.status <> 'complete'
union all
select 'an attempt under way holds its session', p.id from payment p join held h on h.id = p.checkout_session_id
  where p.status = 'processing' and h.status = 'open'
union all
select 'a total is the sum of its lines', id from held where total <> (totals ->> 'total')::bigint
  or total <> (select coalesce(sum((line ->> 'amount')::bigint), 0) from jsonb_array_elements(totals -> 'lines') line)
union all
select 'a recurring order that is complete has one subscription', h.id from held h
  where (select count(*) from subscription where checkout_session_id = h.id)
    <> case when status = 'complete' and totals -> 'recurring' <> 'null' then 1 else 0 end
union all
select 'what was delivered was answered well', d.id::text from webhook_delivery d where status = 'delivered'
  and (response_status is null or response_status not between 200 and 299)
union all
select 'what was given up was tried as often as promised', d.id::text from webhook_delivery d
  join event e on e.id = d.event_id where status = 'dead' and attempts < case when is_test then 1 else 10 end
union all
select 'an event has its bytes', id from event
  where body::jsonb ->> 'id' <> id or body::jsonb ->> 'type' <> type
  or (body::jsonb ->> 'isTest' = 'true') is distinct from case when is_test then true end
union all
select 'the opening of a session is told once', h.id from held h
  where not exists (select 1 from told where told.id = h.id and type = 'checkout_session.opened' and times = 1)
union all
select 'the end of a session is told once', h.id from held h where h.status not in ('open', 'processing')
  and not exists (select 1 from told where told.id = h.id and times = 1 and type = 'checkout_session.'
    || case h.status when 'complete' then 'completed' else h.status end)
union all
select 'a payment''s outcome is told once', p.id from payment p where p.status in ('succeeded', 'failed', 'refunded')
  and not exists (select 1 from told where told.id = p.id and times = 1 and type = 'payment.' || p.status)
union all
select 'nothing is told twice of one object', id from told where times > 1
  and type not in ('payment_link.updated', 'payment_link.activated', 'payment_link.deactivated',
    'payment_link.exhausted', 'payment_link.expired')
`;

export async function expectSoundBooks({ backend, logged }: House): Promise<void> {
  const { rows } = await broken.execute(backend.db);
  expect(rows).toEqual([]);
  expect(logged).toEqual([]);
}

/** How many rows each table of ours has: equal before and after whatever must store nothing. */
export async function rowCounts({ backend }: House): Promise<Record<string, number>> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'
    order by table_name`.execute(backend.db);
  const counts = tables.rows.map(
    ({ name }) => sql`select ${name}::text as name, count(*) as rows from ${sql.table(name)}`,
  );
  const { rows } = await sql<{
    name: string;
    rows: number;
  }>`${sql.join(counts, sql` union all `)}`.execute(backend.db);
  return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]));
}
