-- Every script that was ever served: whoever pinned one to a page goes on getting its very bytes.
create table release (
  hash text primary key,
  version text not null,
  bytes bytea not null,
  first_served_at timestamptz not null default paylink_now()
);
