-- Counters that hold over processes and restarts. The columns and their order are those of the library
-- `rate-limiter-flexible`; a key is a digest under SECRET_KEY, and a row is gone soon after it has expired.
create table rate_limit (
  key varchar(255) primary key,
  points integer not null default 0,
  -- Milliseconds since 1970.
  expire bigint
);
create index on rate_limit (expire);

-- For whom the outcome of a session's latest attempt counts: its caller, as a digest, where one is known, and whether
-- it was counted against its link when it began. Gone after a day.
create table limited_attempt (
  checkout_session_id text primary key references checkout_session (id),
  caller text,
  is_counted boolean not null,
  noted_at timestamptz not null default paylink_now()
);
create index on limited_attempt (noted_at);

-- What has been kept long enough is found by these, a batch at a time.
alter table checkout_session add column is_forgotten boolean not null default false;
create index on checkout_session (updated_at) where status in ('expired', 'canceled') and not is_forgotten;
alter table event add column is_forgotten boolean not null default false;
create index on event (created_at) where not is_forgotten;
