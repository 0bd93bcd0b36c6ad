-- How many came to a link, by day in UTC, by the site it stood on and by the campaign that was named. Sums alone: no
-- row is of one visit, and nothing here tells one visitor from another.
create table link_visit (
  payment_link_id text not null references payment_link (id),
  test_mode boolean not null,
  day date not null,
  kind text not null check (kind in ('host', 'source')),
  name text not null,
  seen bigint not null,
  opened bigint not null,
  submitted bigint not null,
  paid bigint not null,
  primary key (payment_link_id, test_mode, day, kind, name)
);
create index on link_visit (day);

-- The site a session was opened on, so that its completion can be counted there; null where it is not to be counted.
alter table checkout_session add column visit_host text;

-- The opening writes it like its other columns. Nothing else of the function is another one, so it is not told anew.
do $$
declare
  before text := pg_get_functiondef('open_sessions(jsonb, boolean)'::regprocedure);
  after text := replace(before, 'embeddable, provider,', 'embeddable, visit_host, provider,');
begin
  if length(after) <> length(before) + 2 * length(' visit_host,') then
    raise exception 'open_sessions is not as it was expected';
  end if;
  execute after;
end $$;
