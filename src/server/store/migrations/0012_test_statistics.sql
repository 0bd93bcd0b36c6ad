-- Statistics tell test sales and real ones apart: whoever goes live begins at nothing.

drop view link_total_counted;
drop view link_day_counted;

-- There was only the sandbox: all that was counted so far was a test.
alter table link_change add column test_mode boolean not null default true;
alter table link_change alter column test_mode drop default;
alter table link_total add column test_mode boolean not null default true;
alter table link_total alter column test_mode drop default,
  drop constraint link_total_pkey, add primary key (payment_link_id, test_mode);
alter table link_day add column test_mode boolean not null default true;
alter table link_day alter column test_mode drop default,
  drop constraint link_day_pkey, add primary key (payment_link_id, day, test_mode);

create or replace function count_openings() returns trigger language plpgsql as $$
begin
  insert into link_change (payment_link_id, test_mode, day, open, processing, complete, expired, canceled, opened, completed)
  select payment_link_id, test_mode, utc_day(created_at),
    count(*) filter (where status = 'open'), count(*) filter (where status = 'processing'),
    count(*) filter (where status = 'complete'), count(*) filter (where status = 'expired'),
    count(*) filter (where status = 'canceled'), count(*), count(*) filter (where status = 'complete')
  from opened where renewal_of is null group by 1, 2, 3;
  return null;
end $$;

create or replace function count_session() returns trigger language plpgsql as $$
begin
  insert into link_change (payment_link_id, test_mode, day, open, processing, complete, expired, canceled, completed)
  values (new.payment_link_id, new.test_mode, utc_day(coalesce(new.completed_at, paylink_now())),
    (new.status = 'open')::int - (old.status = 'open')::int,
    (new.status = 'processing')::int - (old.status = 'processing')::int,
    (new.status = 'complete')::int - (old.status = 'complete')::int,
    (new.status = 'expired')::int - (old.status = 'expired')::int,
    (new.status = 'canceled')::int - (old.status = 'canceled')::int,
    (new.status = 'complete')::int - (old.status = 'complete')::int);
  return null;
end $$;

create or replace function count_payment() returns trigger language plpgsql as $$
declare
  kept int := is_kept(new.status)::int - coalesce(is_kept(old.status), false)::int;
begin
  insert into link_change (payment_link_id, test_mode, day, payments_processing, payments_succeeded, payments_failed,
    payments_refunded, payments_partially_refunded, payments_disputed, payments_needs_review,
    gross, paid, last_payment_at)
  values (new.payment_link_id, new.test_mode, utc_day(coalesce(new.succeeded_at, new.created_at)),
    (new.status = 'processing')::int - coalesce(old.status = 'processing', false)::int,
    (new.status = 'succeeded')::int - coalesce(old.status = 'succeeded', false)::int,
    (new.status = 'failed')::int - coalesce(old.status = 'failed', false)::int,
    (new.status = 'refunded')::int - coalesce(old.status = 'refunded', false)::int,
    (new.status = 'partially_refunded')::int - coalesce(old.status = 'partially_refunded', false)::int,
    (new.status = 'disputed')::int - coalesce(old.status = 'disputed', false)::int,
    (new.status = 'needs_review')::int - coalesce(old.status = 'needs_review', false)::int,
    kept * new.amount, kept, case when kept = 1 then new.succeeded_at end);
  return null;
end $$;

create or replace function count_refund() returns trigger language plpgsql as $$
begin
  insert into link_change (payment_link_id, test_mode, day, refunded)
  values (new.payment_link_id, new.test_mode, utc_day(new.settled_at), new.amount);
  return null;
end $$;

create or replace function count_release() returns trigger language plpgsql as $$
begin
  insert into link_change (payment_link_id, test_mode, day, released)
  select new.payment_link_id, test_mode, utc_day(paylink_now()), 1
    from checkout_session where id = new.checkout_session_id;
  return null;
end $$;

create view link_total_counted as
  select l.payment_link_id,
    coalesce(s.open, 0) as open, coalesce(s.processing, 0) as processing, coalesce(s.complete, 0) as complete,
    coalesce(s.expired, 0) as expired, coalesce(s.canceled, 0) as canceled, coalesce(r.released, 0) as released,
    coalesce(p.processing, 0) as payments_processing, coalesce(p.succeeded, 0) as payments_succeeded,
    coalesce(p.failed, 0) as payments_failed, coalesce(p.refunded, 0) as payments_refunded,
    coalesce(p.partially_refunded, 0) as payments_partially_refunded,
    coalesce(p.disputed, 0) as payments_disputed, coalesce(p.needs_review, 0) as payments_needs_review,
    coalesce(p.gross, 0)::bigint as gross, coalesce(p.back, 0)::bigint as refunded, p.last_payment_at, l.test_mode
  from (select distinct payment_link_id, test_mode from checkout_session) l
  left join lateral (select
      count(*) filter (where status = 'open') as open,
      count(*) filter (where status = 'processing') as processing,
      count(*) filter (where status = 'complete') as complete,
      count(*) filter (where status = 'expired') as expired,
      count(*) filter (where status = 'canceled') as canceled
    from checkout_session
    where payment_link_id = l.payment_link_id and test_mode = l.test_mode and renewal_of is null) s on true
  left join lateral (select count(*) as released
    from redemption r join checkout_session c on c.id = r.checkout_session_id
    where r.payment_link_id = l.payment_link_id and c.test_mode = l.test_mode
      and r.status = 'released' and c.status = 'complete') r on true
  left join lateral (select
      count(*) filter (where status = 'processing') as processing,
      count(*) filter (where status = 'succeeded') as succeeded,
      count(*) filter (where status = 'failed') as failed,
      count(*) filter (where status = 'refunded') as refunded,
      count(*) filter (where status = 'partially_refunded') as partially_refunded,
      count(*) filter (where status = 'disputed') as disputed,
      count(*) filter (where status = 'needs_review') as needs_review,
      sum(amount) filter (where is_kept(status)) as gross,
      sum(refunded_amount) as back,
      max(succeeded_at) as last_payment_at
    from payment where payment_link_id = l.payment_link_id and test_mode = l.test_mode) p on true;

create view link_day_counted as
  select payment_link_id, day, sum(opened)::bigint as opened, sum(completed)::bigint as completed,
    sum(paid)::bigint as paid, sum(gross)::bigint as gross, sum(refunded)::bigint as refunded, test_mode
  from (
    select payment_link_id, test_mode, utc_day(created_at) as day, 1 as opened, 0 as completed, 0 as paid, 0 as gross, 0 as refunded
      from checkout_session where renewal_of is null
    union all
    select payment_link_id, test_mode, utc_day(completed_at), 0, 1, 0, 0, 0 from checkout_session
      where status = 'complete' and renewal_of is null
    union all
    select payment_link_id, test_mode, utc_day(succeeded_at), 0, 0, 1, amount, 0 from payment where is_kept(status)
    union all
    select payment_link_id, test_mode, utc_day(settled_at), 0, 0, 0, 0, amount from refund where status = 'succeeded'
  ) as rows group by payment_link_id, day, test_mode;
