-- When a session may be asked about at its provider again: several processes sweep, and none is to ask in vain.
-- Null: it has not been asked about since its status changed.
alter table checkout_session
  add column next_look_at timestamptz,
  add column looks int not null default 0;
create index on checkout_session (next_look_at) where status = 'processing' and provider <> 'sandbox';
