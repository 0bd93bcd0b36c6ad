-- Every table carries account_id: one account is created, several must fit later.
-- Money is bigint in the currency's minor unit. Times are decided by paylink_now() alone.

create table clock (
  only_row boolean primary key default true check (only_row),
  ahead interval not null default '0'
);
insert into clock default values;

-- The one clock: the database's, plus an offset that only tests set.
create function paylink_now() returns timestamptz
  language sql stable as $$ select now() + ahead from clock $$;

create table account (
  id text primary key,
  name text not null,
  created_at timestamptz not null default paylink_now()
);

create table api_key (
  id text primary key,
  account_id text not null references account (id),
  hash text not null unique,
  hint text not null,
  created_at timestamptz not null default paylink_now(),
  revoked_at timestamptz
);

create table product (
  id text primary key,
  seq bigint generated always as identity unique,
  account_id text not null references account (id),
  name text not null,
  description text,
  image_url text,
  type text not null check (type in ('physical', 'digital', 'service')),
  options jsonb not null,
  is_listed boolean not null,
  archived_at timestamptz,
  created_at timestamptz not null default paylink_now(),
  updated_at timestamptz not null default paylink_now()
);

create table sku (
  id text primary key,
  account_id text not null references account (id),
  product_id text not null references product (id),
  position int not null,
  name text,
  sku_code text,
  attributes jsonb not null,
  unit_amount bigint check (unit_amount >= 0),
  -- The currency of unit_amount: the product's first price decides it.
  currency text not null,
  stock_quantity bigint check (stock_quantity >= 0),
  reserved bigint not null default 0 check (reserved >= 0),
  image_url text,
  unique (product_id, attributes),
  check (stock_quantity is null or reserved <= stock_quantity)
);

create table price (
  id text primary key,
  account_id text not null references account (id),
  product_id text not null references product (id),
  position int not null,
  unit_amount bigint not null check (unit_amount >= 0),
  currency text not null,
  interval text check (interval in ('day', 'week', 'month', 'year')),
  interval_count int check (interval_count > 0),
  trial_period_days int check (trial_period_days >= 0),
  archived_at timestamptz
);
create index on price (product_id, position);

create table payment_link (
  id text primary key,
  seq bigint generated always as identity unique,
  account_id text not null references account (id),
  type text not null check (type in ('product', 'amount', 'subscription')),
  is_active boolean not null default true,
  name text not null,
  description text,
  image_url text,
  currency text not null,
  amount bigint check (amount >= 0),
  min_amount bigint check (min_amount >= 0),
  max_amount bigint check (max_amount >= 0),
  suggested_amounts jsonb,
  expires_at timestamptz,
  expiry_told_at timestamptz,
  max_redemptions bigint check (max_redemptions > 0),
  -- Counted only while max_redemptions is set: an unlimited link has no hot row.
  used bigint not null default 0 check (used >= 0),
  reserved bigint not null default 0 check (reserved >= 0),
  collect jsonb not null,
  submit_type text not null,
  submit_message text,
  inactive_message text,
  fallback_url text,
  success_url text,
  cancel_url text,
  allowed_origins jsonb,
  branding jsonb,
  metadata jsonb not null,
  created_at timestamptz not null default paylink_now(),
  updated_at timestamptz not null default paylink_now(),
  check (max_redemptions is null or used + reserved <= max_redemptions),
  check (min_amount is null or max_amount is null or min_amount <= max_amount)
);
create index on payment_link (expires_at) where expiry_told_at is null and expires_at is not null;

-- A renamed slug keeps leading to its link: printed codes live on.
create table payment_link_slug (
  slug text primary key,
  account_id text not null references account (id),
  payment_link_id text not null references payment_link (id),
  is_current boolean not null
);
create unique index on payment_link_slug (payment_link_id) where is_current;

create table payment_link_item (
  id text primary key,
  account_id text not null references account (id),
  payment_link_id text not null references payment_link (id),
  product_id text not null references product (id),
  price_id text references price (id),
  quantity int not null,
  adjustable_quantity boolean not null,
  min_quantity int not null check (min_quantity >= 0),
  max_quantity int check (max_quantity >= min_quantity),
  is_optional boolean not null,
  sort_order int not null
);
create index on payment_link_item (payment_link_id, sort_order);

create table checkout_session (
  id text primary key,
  seq bigint generated always as identity unique,
  account_id text not null references account (id),
  payment_link_id text not null references payment_link (id),
  status text not null default 'open'
    check (status in ('open', 'processing', 'complete', 'expired', 'canceled')),
  payment_status text not null default 'unpaid'
    check (payment_status in ('unpaid', 'paid', 'no_payment_required')),
  currency text not null,
  total bigint not null check (total >= 0),
  -- The priced snapshot: never changed once written.
  totals jsonb not null,
  customer jsonb not null,
  custom_fields jsonb not null,
  metadata jsonb not null,
  utm jsonb not null,
  reference text,
  locale text,
  return_url text,
  success_url text,
  cancel_url text,
  embeddable boolean not null,
  failure_code text,
  failed_attempts int not null default 0,
  provider text not null,
  provider_ref text,
  url text,
  test_mode boolean not null,
  lifetime_seconds int not null,
  expires_at timestamptz not null,
  extended_at timestamptz,
  created_at timestamptz not null default paylink_now(),
  updated_at timestamptz not null default paylink_now()
);
create index on checkout_session (payment_link_id, seq);
create index on checkout_session (expires_at) where status = 'open';

create table redemption (
  checkout_session_id text primary key references checkout_session (id),
  account_id text not null references account (id),
  payment_link_id text not null references payment_link (id),
  status text not null default 'reserved' check (status in ('reserved', 'confirmed', 'released')),
  created_at timestamptz not null default paylink_now()
);
create index on redemption (payment_link_id, status);

create table stock_reservation (
  checkout_session_id text not null references checkout_session (id),
  account_id text not null references account (id),
  sku_id text not null references sku (id),
  quantity bigint not null check (quantity > 0),
  status text not null default 'reserved' check (status in ('reserved', 'confirmed', 'released')),
  primary key (checkout_session_id, sku_id)
);
create index on stock_reservation (sku_id, status);

-- A payment is one attempt to take money.
create table payment (
  id text primary key,
  seq bigint generated always as identity unique,
  account_id text not null references account (id),
  checkout_session_id text not null references checkout_session (id),
  payment_link_id text not null references payment_link (id),
  amount bigint not null check (amount >= 0),
  currency text not null,
  refunded_amount bigint not null default 0 check (refunded_amount between 0 and amount),
  status text not null check (status in
    ('processing', 'succeeded', 'failed', 'refunded', 'partially_refunded', 'disputed', 'needs_review')),
  failure_code text,
  provider text not null,
  provider_ref text not null,
  test_mode boolean not null,
  created_at timestamptz not null default paylink_now(),
  updated_at timestamptz not null default paylink_now(),
  unique (provider, provider_ref)
);
create index on payment (checkout_session_id);
create index on payment (payment_link_id, seq);
create unique index one_success_per_session on payment (checkout_session_id)
  where status in ('succeeded', 'refunded', 'partially_refunded', 'disputed');

create table subscription (
  id text primary key,
  seq bigint generated always as identity unique,
  account_id text not null references account (id),
  checkout_session_id text not null unique references checkout_session (id),
  payment_link_id text not null references payment_link (id),
  status text not null check (status in ('trialing', 'active', 'past_due', 'canceled')),
  amount bigint not null check (amount >= 0),
  currency text not null,
  interval text not null,
  interval_count int not null,
  trial_ends_at timestamptz,
  next_charge_at timestamptz,
  customer jsonb not null,
  test_mode boolean not null,
  created_at timestamptz not null default paylink_now()
);
create index on subscription (payment_link_id, seq);

create table event (
  id text primary key,
  seq bigint generated always as identity unique,
  account_id text not null references account (id),
  type text not null,
  payment_link_id text not null references payment_link (id),
  -- The exact bytes every delivery sends.
  body text not null,
  created_at timestamptz not null default paylink_now()
);

create table webhook_endpoint (
  id text primary key,
  seq bigint generated always as identity unique,
  account_id text not null references account (id),
  url text not null,
  event_types jsonb not null,
  -- Sealed with SECRET_KEY.
  secret text not null,
  is_enabled boolean not null default true,
  deleted_at timestamptz,
  created_at timestamptz not null default paylink_now()
);

create table webhook_delivery (
  id bigint generated always as identity primary key,
  account_id text not null references account (id),
  event_id text not null references event (id),
  endpoint_id text not null references webhook_endpoint (id),
  status text not null default 'pending' check (status in ('pending', 'delivered', 'dead')),
  attempts int not null default 0,
  next_attempt_at timestamptz not null default paylink_now(),
  response_status int,
  error text,
  updated_at timestamptz not null default paylink_now(),
  unique (event_id, endpoint_id)
);
create index on webhook_delivery (next_attempt_at) where status = 'pending';

-- Every event of a provider, once: what came again is not applied again.
create table provider_event (
  provider text not null,
  id text not null,
  account_id text not null references account (id),
  checkout_session_id text not null,
  body jsonb not null,
  received_at timestamptz not null default paylink_now(),
  primary key (provider, id)
);

create table idempotency_key (
  scope text not null,
  key text not null,
  request_hash text not null,
  locked_at timestamptz not null default paylink_now(),
  response_status int,
  response_body text,
  primary key (scope, key)
);
create index on idempotency_key (locked_at);

-- The far side of the sandbox: what a real provider would keep in its own house.
create table sandbox_checkout (
  checkout_session_id text primary key,
  amount bigint not null,
  currency text not null,
  status text not null default 'open' check (status in ('open', 'pending', 'paid', 'canceled', 'expired')),
  attempts int not null default 0,
  -- The payer who was asked last to approve, and how long the prompt stands.
  phone text,
  approval_until timestamptz
);

create table sandbox_event (
  id text primary key,
  checkout_session_id text not null references sandbox_checkout (checkout_session_id),
  attempt int not null,
  type text not null check (type in ('succeeded', 'failed', 'canceled')),
  failure_code text,
  amount bigint not null,
  currency text not null,
  deliver_at timestamptz not null,
  copies_left int not null
);
create index on sandbox_event (deliver_at) where copies_left > 0;
