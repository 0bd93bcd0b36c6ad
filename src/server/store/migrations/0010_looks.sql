-- When a session may be asked about at its provider again: several processes sweep, and none is to ask in vain.
-- Null: it has not been asked about since its status changed, or need not be any more.
alter table checkout_session
  add column next_look_at timestamptz,
  add column looks int not null default 0;
create index on checkout_session (next_look_at) where status = 'processing' and provider <> 'sandbox';
-- Canceled here, and open at a provider that ends nothing before its time.
create index on checkout_session (next_look_at) where status = 'canceled' and next_look_at is not null;

-- When what a complete test session had used was given back, because its merchant went live.
alter table checkout_session add column uses_reset_at timestamptz
  check (uses_reset_at is null or (test_mode and status = 'complete'));
