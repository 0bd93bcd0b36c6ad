-- Letters that were decided on, each in the transaction of what it tells of. Whom one goes to is looked up when it is
-- sent: no address stands here, so an erased buyer leaves none behind.
create table mail (
  id bigint generated always as identity primary key,
  account_id text not null references account (id),
  kind text not null check (kind in ('purchase', 'renewal', 'refund')),
  -- The session, the payment or the refund it tells of.
  object_id text not null,
  recipient text not null check (recipient in ('buyer', 'merchant')),
  -- Whose buyer it is. There is no reference: it would lock the session for every renewal.
  checkout_session_id text not null,
  status text not null default 'pending' check (status in ('pending', 'sent', 'refused', 'given_up')),
  attempts int not null default 0,
  next_attempt_at timestamptz not null default paylink_now(),
  -- A code of the network's or of the mail server's, never its words: they quote addresses.
  error text check (length(error) <= 100),
  created_at timestamptz not null default paylink_now(),
  updated_at timestamptz not null default paylink_now(),
  -- Whatever comes twice, a letter is written once.
  unique (object_id, recipient)
);
create index on mail (next_attempt_at) where status = 'pending';
create index on mail (checkout_session_id);
create index on mail (created_at);
