alter table payment_link add column allow_promotion_codes boolean not null default false;

create table coupon (
  id text primary key,
  seq bigint generated always as identity unique,
  account_id text not null references account (id),
  name text,
  -- Hundredths of a percent.
  percent_off int check (percent_off between 1 and 10000),
  -- Minor units by currency: {"EUR": 500}.
  amounts_off jsonb,
  currency text,
  duration text not null check (duration in ('once', 'repeating', 'forever')),
  duration_in_months int check (duration_in_months > 0),
  metadata jsonb not null,
  created_at timestamptz not null default paylink_now(),
  check ((percent_off is null) <> (amounts_off is null)),
  check ((duration = 'repeating') = (duration_in_months is not null))
);

create table promotion_code (
  id text primary key,
  seq bigint generated always as identity unique,
  account_id text not null references account (id),
  coupon_id text not null references coupon (id),
  -- In capitals: buyers type it in any case.
  code text not null check (code = upper(code)),
  is_active boolean not null,
  minimum_amount bigint check (minimum_amount >= 0),
  minimum_amount_currency text,
  first_time_transaction boolean not null,
  expires_at timestamptz,
  max_redemptions bigint check (max_redemptions > 0),
  used bigint not null default 0 check (used >= 0),
  reserved bigint not null default 0 check (reserved >= 0),
  metadata jsonb not null,
  created_at timestamptz not null default paylink_now(),
  unique (account_id, code),
  check (max_redemptions is null or used + reserved <= max_redemptions)
);

-- What an open session holds of a code, and what a paid one has used.
create table promotion_redemption (
  checkout_session_id text primary key references checkout_session (id),
  account_id text not null references account (id),
  promotion_code_id text not null references promotion_code (id),
  status text not null default 'reserved' check (status in ('reserved', 'confirmed', 'released'))
);
create index on promotion_redemption (promotion_code_id, status);

-- Who bought before, in whatever case the address was typed.
create index on checkout_session (account_id, lower(customer ->> 'email')) where status <> 'expired';

-- What is charged once a discount has ended.
alter table subscription
  add column full_amount bigint check (full_amount >= 0),
  add column discount_ends_at timestamptz;
