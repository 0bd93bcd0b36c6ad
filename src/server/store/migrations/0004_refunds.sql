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
