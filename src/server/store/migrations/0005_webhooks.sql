alter table webhook_endpoint
  -- Sealed with SECRET_KEY; after a rotation it signs beside the new one until this time.
  add column previous_secret text,
  add column previous_secret_until timestamptz,
  add column disabled_reason text check (disabled_reason in ('merchant', 'gone', 'failing')),
  add column disabled_at timestamptz,
  -- Attempts from before it was enabled or moved do not count against it.
  add column judged_since timestamptz not null default paylink_now();
update webhook_endpoint set disabled_reason = 'merchant', disabled_at = paylink_now()
  where not is_enabled and deleted_at is null;
alter table webhook_endpoint
  add check ((disabled_at is null) = (disabled_reason is null)),
  add check (is_enabled or deleted_at is not null or disabled_at is not null),
  add check ((previous_secret is null) = (previous_secret_until is null));
create index on webhook_endpoint (account_id) where is_enabled and deleted_at is null;

-- A test of an endpoint is sent as an event, and happened to no link.
alter table event
  add column is_test boolean not null default false,
  alter column payment_link_id drop not null,
  add check (is_test or payment_link_id is not null),
  -- Its place in the stream of events, given once it is seen to be committed: seq is taken before the commit,
  -- and whoever reads up to one would miss a smaller one that is committed later.
  add column position bigint unique;
update event set position = seq;
create index on event (account_id, position);
create index on event (seq) where position is null and not is_test;

-- attempts counts those since the delivery was last asked for; all of them are in webhook_attempt.
alter table webhook_delivery add column created_at timestamptz;
update webhook_delivery d set created_at = e.created_at from event e where e.id = d.event_id;
alter table webhook_delivery
  alter column created_at set not null,
  alter column created_at set default paylink_now();
-- What one endpoint has due is found without reading what another one has left waiting.
drop index webhook_delivery_next_attempt_at_idx;
create index on webhook_delivery (endpoint_id, next_attempt_at) where status = 'pending';
create index on webhook_delivery (endpoint_id, id);

create table webhook_attempt (
  id bigint generated always as identity primary key,
  account_id text not null references account (id),
  delivery_id bigint not null references webhook_delivery (id),
  -- How an endpoint does is read from its attempts: a row of its own for that would be one that all its
  -- deliveries wait for. So there is no reference either, which locks.
  endpoint_id text not null,
  is_test boolean not null,
  started_at timestamptz not null,
  duration_ms int not null check (duration_ms >= 0),
  -- Of what was answered, the status alone is kept.
  response_status int,
  error text check (length(error) <= 200)
);
create index on webhook_attempt (delivery_id, id);
create index on webhook_attempt (started_at);
create index on webhook_attempt (endpoint_id, started_at) where error is null and not is_test;
create index on webhook_attempt (endpoint_id, started_at) where error is not null and not is_test;
