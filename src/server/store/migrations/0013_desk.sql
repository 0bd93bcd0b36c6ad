-- The merchant's desk: who sits at it, and what they have settled for all of their links.

alter table account
  -- Where a link sets none of its own.
  add column branding jsonb,
  add column allowed_origins jsonb,
  -- Of the desk, and of what is written to the merchant; null: as the browser has it.
  add column locale text,
  -- Whom receipts are copied to.
  add column email text,
  add column counts_visits boolean not null default true,
  add column updated_at timestamptz not null default paylink_now();

alter table api_key
  add column name text,
  add column last_used_at timestamptz,
  add column seq bigint generated always as identity unique;

-- Who has signed in with a key: the cookie is random, and its digest is kept. It ends with its key.
create table desk_session (
  hash text primary key,
  account_id text not null references account (id),
  api_key_id text not null references api_key (id),
  created_at timestamptz not null default paylink_now(),
  expires_at timestamptz not null
);
create index on desk_session (api_key_id);
create index on desk_session (expires_at);
