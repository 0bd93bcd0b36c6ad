-- Money given back: decided here, done at the provider, recorded here. The row's id is the provider's idempotency key.
create table refund (
  id text primary key,
  seq bigint generated always as identity unique,
  account_id text not null references account (id),
  payment_id text not null references payment (id),
  payment_link_id text not null references payment_link (id),
  amount bigint not null check (amount > 0),
  currency text not null,
  status text not null default 'pending' check (status in ('pending', 'succeeded', 'failed')),
  reason text not null check (reason in ('requested', 'late_payment')),
  failure_code text,
  release_redemption boolean not null default false,
  -- The Idempotency-Key it came with: whoever repeats a request whose answer was lost finds this row again.
  request_key text,
  test_mode boolean not null,
  attempts int not null default 0,
  -- Due again then, while it is pending; whoever attempts it moves this on first.
  next_attempt_at timestamptz not null default paylink_now(),
  created_at timestamptz not null default paylink_now(),
  settled_at timestamptz,
  check ((status = 'pending') = (settled_at is null)),
  check ((status = 'failed') = (failure_code is not null)),
  unique (account_id, request_key)
);
create index on refund (payment_id, seq);
create index on refund (next_attempt_at) where status = 'pending';
create index on refund (settled_at);

-- What is on its way back can be promised to nobody else: no number of refunds is more than what was paid.
alter table payment
  add column pending_refund bigint not null default 0 check (pending_refund >= 0),
  add column succeeded_at timestamptz,
  add constraint refunds_within_amount check (refunded_amount + pending_refund <= amount);
update payment set succeeded_at = updated_at
  where status in ('succeeded', 'refunded', 'partially_refunded', 'disputed');

-- Late money from before there were refunds: what went back, and what was still to go.
insert into refund (id, account_id, payment_id, payment_link_id, amount, currency, status, reason, test_mode,
    attempts, created_at, settled_at)
  select 're_' || left(replace(gen_random_uuid()::text, '-', ''), 24), account_id, id, payment_link_id,
    refunded_amount, currency, 'succeeded', 'late_payment', test_mode, 1, updated_at, updated_at
  from payment where refunded_amount > 0;
insert into refund (id, account_id, payment_id, payment_link_id, amount, currency, reason, test_mode)
  select 're_' || left(replace(gen_random_uuid()::text, '-', ''), 24), p.account_id, p.id, p.payment_link_id,
    p.amount, p.currency, 'late_payment', p.test_mode
  from payment p join checkout_session s on s.id = p.checkout_session_id
  where p.status = 'succeeded' and s.status in ('expired', 'canceled') and p.amount > 0;
update payment p set pending_refund = r.amount from refund r where r.payment_id = p.id and r.status = 'pending';

-- The far side of the sandbox: refunds by their key, and what the next one of a checkout meets.
create table sandbox_refund (
  key text primary key,
  checkout_session_id text not null references sandbox_checkout (checkout_session_id),
  amount bigint not null,
  currency text not null,
  failure_code text
);
create index on sandbox_refund (checkout_session_id);
alter table sandbox_checkout
  add column refund_outcome text not null default 'succeeded'
    check (refund_outcome in ('succeeded', 'declined', 'pending', 'unreachable', 'answer_lost')),
  add column refund_failure_code text;

-- Which object an event is about, and how its row is found by it.
alter table event add column object_id text generated always as (body::jsonb -> 'data' ->> 'id') stored;
create index on event (object_id);

-- Statistics of a link cost the same whether it has a thousand sessions or a million: they are kept, not counted.
-- A change of state only adds a row to link_change, so buyers of one link never wait for one another;
-- the sweep folds these rows into link_total and link_day. Whoever reads adds what is not folded yet.
alter table checkout_session add column completed_at timestamptz;
update checkout_session set completed_at = updated_at where status = 'complete';

create table link_change (
  seq bigint generated always as identity primary key,
  payment_link_id text not null,
  -- Of the counts that are kept by day, in UTC.
  day date not null,
  open int not null default 0,
  processing int not null default 0,
  complete int not null default 0,
  expired int not null default 0,
  canceled int not null default 0,
  released int not null default 0,
  payments_processing int not null default 0,
  payments_succeeded int not null default 0,
  payments_failed int not null default 0,
  payments_refunded int not null default 0,
  payments_partially_refunded int not null default 0,
  payments_disputed int not null default 0,
  payments_needs_review int not null default 0,
  gross bigint not null default 0,
  refunded bigint not null default 0,
  last_payment_at timestamptz,
  -- Only by day.
  opened int not null default 0,
  completed int not null default 0,
  paid int not null default 0
);
create index on link_change (payment_link_id, day);

create table link_total (
  payment_link_id text primary key references payment_link (id),
  open bigint not null,
  processing bigint not null,
  complete bigint not null,
  expired bigint not null,
  canceled bigint not null,
  -- Uses of complete sessions that a refund gave back.
  released bigint not null,
  payments_processing bigint not null,
  payments_succeeded bigint not null,
  payments_failed bigint not null,
  payments_refunded bigint not null,
  payments_partially_refunded bigint not null,
  payments_disputed bigint not null,
  payments_needs_review bigint not null,
  gross bigint not null,
  refunded bigint not null,
  last_payment_at timestamptz
);

create table link_day (
  payment_link_id text not null references payment_link (id),
  day date not null,
  opened bigint not null,
  completed bigint not null,
  paid bigint not null,
  gross bigint not null,
  refunded bigint not null,
  primary key (payment_link_id, day)
);

create function utc_day(at timestamptz) returns date
  language sql immutable as $$ select (at at time zone 'UTC')::date $$;

create function is_kept(status text) returns boolean
  language sql immutable as $$ select status in ('succeeded', 'refunded', 'partially_refunded', 'disputed') $$;

-- Triggers, so that whatever changes a state, now or in a later version, cannot forget to count it.
create function note_completion() returns trigger language plpgsql as $$
begin
  new.completed_at := paylink_now();
  return new;
end $$;
create trigger note_completion before update of status on checkout_session
  for each row when (new.status = 'complete' and old.status <> 'complete') execute function note_completion();

create function note_success() returns trigger language plpgsql as $$
begin
  new.succeeded_at := paylink_now();
  return new;
end $$;
create trigger note_success before insert or update of status on payment
  for each row when (is_kept(new.status) and new.succeeded_at is null) execute function note_success();

create function count_session() returns trigger language plpgsql as $$
begin
  insert into link_change (payment_link_id, day, open, processing, complete, expired, canceled, opened, completed)
  values (new.payment_link_id,
    utc_day(case when old is null then new.created_at else coalesce(new.completed_at, paylink_now()) end),
    (new.status = 'open')::int - coalesce(old.status = 'open', false)::int,
    (new.status = 'processing')::int - coalesce(old.status = 'processing', false)::int,
    (new.status = 'complete')::int - coalesce(old.status = 'complete', false)::int,
    (new.status = 'expired')::int - coalesce(old.status = 'expired', false)::int,
    (new.status = 'canceled')::int - coalesce(old.status = 'canceled', false)::int,
    (old is null)::int,
    (new.status = 'complete')::int - coalesce(old.status = 'complete', false)::int);
  return null;
end $$;
create trigger count_opening after insert on checkout_session
  for each row execute function count_session();
create trigger count_session after update of status on checkout_session
  for each row when (new.status <> old.status) execute function count_session();

create function count_payment() returns trigger language plpgsql as $$
declare
  kept int := is_kept(new.status)::int - coalesce(is_kept(old.status), false)::int;
begin
  insert into link_change (payment_link_id, day, payments_processing, payments_succeeded, payments_failed,
    payments_refunded, payments_partially_refunded, payments_disputed, payments_needs_review,
    gross, paid, last_payment_at)
  values (new.payment_link_id, utc_day(coalesce(new.succeeded_at, new.created_at)),
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
create trigger count_attempt after insert on payment
  for each row execute function count_payment();
create trigger count_payment after update of status on payment
  for each row when (new.status <> old.status) execute function count_payment();

create function count_refund() returns trigger language plpgsql as $$
begin
  insert into link_change (payment_link_id, day, refunded)
  values (new.payment_link_id, utc_day(new.settled_at), new.amount);
  return null;
end $$;
create trigger count_refund after update of status on refund
  for each row when (new.status = 'succeeded' and old.status = 'pending') execute function count_refund();

create function count_release() returns trigger language plpgsql as $$
begin
  insert into link_change (payment_link_id, day, released)
  values (new.payment_link_id, utc_day(paylink_now()), 1);
  return null;
end $$;
create trigger count_release after update of status on redemption
  for each row when (new.status = 'released' and old.status = 'confirmed') execute function count_release();

-- What the rows say; the statistics are held against it, and begin with it.
create view link_total_counted as
  select l.id as payment_link_id,
    coalesce(s.open, 0) as open, coalesce(s.processing, 0) as processing, coalesce(s.complete, 0) as complete,
    coalesce(s.expired, 0) as expired, coalesce(s.canceled, 0) as canceled, coalesce(r.released, 0) as released,
    coalesce(p.processing, 0) as payments_processing, coalesce(p.succeeded, 0) as payments_succeeded,
    coalesce(p.failed, 0) as payments_failed, coalesce(p.refunded, 0) as payments_refunded,
    coalesce(p.partially_refunded, 0) as payments_partially_refunded,
    coalesce(p.disputed, 0) as payments_disputed, coalesce(p.needs_review, 0) as payments_needs_review,
    coalesce(p.gross, 0)::bigint as gross, coalesce(p.back, 0)::bigint as refunded, p.last_payment_at
  from payment_link l
  left join lateral (select
      count(*) filter (where status = 'open') as open,
      count(*) filter (where status = 'processing') as processing,
      count(*) filter (where status = 'complete') as complete,
      count(*) filter (where status = 'expired') as expired,
      count(*) filter (where status = 'canceled') as canceled
    from checkout_session where payment_link_id = l.id) s on true
  left join lateral (select count(*) as released
    from redemption r join checkout_session c on c.id = r.checkout_session_id
    where r.payment_link_id = l.id and r.status = 'released' and c.status = 'complete') r on true
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
    from payment where payment_link_id = l.id) p on true;

create view link_day_counted as
  select payment_link_id, day, sum(opened)::bigint as opened, sum(completed)::bigint as completed,
    sum(paid)::bigint as paid, sum(gross)::bigint as gross, sum(refunded)::bigint as refunded
  from (
    select payment_link_id, utc_day(created_at) as day, 1 as opened, 0 as completed, 0 as paid, 0 as gross, 0 as refunded
      from checkout_session
    union all
    select payment_link_id, utc_day(completed_at), 0, 1, 0, 0, 0 from checkout_session where status = 'complete'
    union all
    select payment_link_id, utc_day(succeeded_at), 0, 0, 1, amount, 0 from payment where is_kept(status)
    union all
    select payment_link_id, utc_day(settled_at), 0, 0, 0, 0, amount from refund where status = 'succeeded'
  ) as rows group by 1, 2;

insert into link_total select * from link_total_counted;
insert into link_day select * from link_day_counted;

-- The auditor looks at what has changed since the books were last found sound.
create index on checkout_session (updated_at);
create index on payment (updated_at);
create index on event (created_at);

create table audit (
  only_row boolean primary key default true check (only_row),
  sound_until timestamptz not null default '-infinity',
  started_at timestamptz,
  finished_at timestamptz,
  broken int,
  milliseconds int
);
insert into audit default values;

-- Erasing a buyer. All sessions of an address are found by it, the expired ones too; it is kept without spaces.
update checkout_session
  set customer = jsonb_set(customer, '{email}', to_jsonb(regexp_replace(customer ->> 'email', '^\s+|\s+$', '', 'g')))
  where customer ->> 'email' ~ '^\s|\s$';
drop index if exists checkout_session_account_id_lower_idx;
create index on checkout_session (account_id, lower(customer ->> 'email'));
create index on subscription (account_id, lower(customer ->> 'email'));

-- A view of a session or subscription, as it stands in events and answers, without the person it is about.
create function without_buyer(data jsonb) returns jsonb
  language sql immutable as $$
    select data
      || case when data ? 'customer' then jsonb_build_object('customer', jsonb_build_object(
        'email', null, 'name', null, 'phone', null, 'billingAddress', null, 'shippingAddress', null)) else '{}' end
      || case when data ? 'customFields' then '{"customFields": {}}'::jsonb else '{}' end
      || case when data ? 'metadata' then '{"metadata": {}}'::jsonb else '{}' end
      || case when data ? 'utm' then '{"utm": {}}'::jsonb else '{}' end
  $$;

-- That it was done, and nothing of whom: the address only as a digest under SECRET_KEY.
create table buyer_erasure (
  id bigint generated always as identity primary key,
  account_id text not null references account (id),
  email_digest text not null,
  sessions int not null,
  subscriptions int not null,
  events int not null,
  deliveries_stopped int not null,
  answers int not null,
  erased_at timestamptz not null default paylink_now()
);
