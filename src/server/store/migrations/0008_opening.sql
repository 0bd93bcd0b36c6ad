-- Many sessions are opened by one statement: what follows every opening is done once for all of them.

drop trigger count_opening on checkout_session;
create function count_openings() returns trigger language plpgsql as $$
begin
  insert into link_change (payment_link_id, day, open, processing, complete, expired, canceled, opened, completed)
  select payment_link_id, utc_day(created_at),
    count(*) filter (where status = 'open'), count(*) filter (where status = 'processing'),
    count(*) filter (where status = 'complete'), count(*) filter (where status = 'expired'),
    count(*) filter (where status = 'canceled'), count(*), count(*) filter (where status = 'complete')
  from opened group by 1, 2;
  return null;
end $$;
create trigger count_openings after insert on checkout_session
  referencing new table as opened for each statement execute function count_openings();

create or replace function count_session() returns trigger language plpgsql as $$
begin
  insert into link_change (payment_link_id, day, open, processing, complete, expired, canceled, completed)
  values (new.payment_link_id, utc_day(coalesce(new.completed_at, paylink_now())),
    (new.status = 'open')::int - (old.status = 'open')::int,
    (new.status = 'processing')::int - (old.status = 'processing')::int,
    (new.status = 'complete')::int - (old.status = 'complete')::int,
    (new.status = 'expired')::int - (old.status = 'expired')::int,
    (new.status = 'canceled')::int - (old.status = 'canceled')::int,
    (new.status = 'complete')::int - (old.status = 'complete')::int);
  return null;
end $$;

-- Rows come in the order of these times, or nearly so: a summary of each stretch of pages finds them, costs a
-- writer next to nothing, and lets a row be rewritten in place.
drop index checkout_session_updated_at_idx;
create index checkout_session_updated on checkout_session using brin (updated_at) with (autosummarize = on);
drop index event_created_at_idx;
create index event_created on event using brin (created_at) with (autosummarize = on);

-- Whoever writes an event knows what it is about: no need to read its body for it.
alter table event alter column object_id drop expression;
-- A place is given later; until then there is nothing to find by it.
drop index event_account_id_position_idx;
create index event_place on event (account_id, position) where position is not null;

-- The same clock. Its plan is kept by the connection; a function in SQL is planned anew wherever it stands in a query.
create or replace function paylink_now() returns timestamptz language plpgsql stable as $$
begin
  return now() + (select ahead from clock);
end $$;

-- The items of a link as they are read with it, for the same reason.
-- A SKU's own amount counts in its own currency only; stock is net of what is reserved.
create function link_items(link_id text, link_currency text) returns jsonb language plpgsql stable as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object(
    'id', i.id, 'productId', i.product_id, 'priceId', i.price_id,
    'name', p.name, 'description', p.description, 'imageUrl', p.image_url, 'options', p.options,
    'quantity', i.quantity, 'adjustableQuantity', i.adjustable_quantity,
    'minQuantity', i.min_quantity, 'maxQuantity', i.max_quantity,
    'isOptional', i.is_optional, 'sortOrder', i.sort_order,
    'skus', (select coalesce(jsonb_agg(jsonb_build_object(
        'id', k.id, 'attributes', k.attributes,
        'unitAmount', case when k.currency = link_currency then k.unit_amount end,
        'stock', k.stock_quantity - k.reserved, 'imageUrl', k.image_url) order by k.position), '[]')
      from sku k where k.product_id = p.id),
    'prices', (select coalesce(jsonb_agg(jsonb_build_object(
        'id', c.id, 'unitAmount', c.unit_amount, 'interval', c.interval,
        'intervalCount', c.interval_count, 'trialPeriodDays', c.trial_period_days) order by c.position), '[]')
      from price c where c.product_id = p.id and c.currency = link_currency
        and case when i.price_id is null then c.archived_at is null else c.id = i.price_id end)
    ) order by i.sort_order), '[]')
  from payment_link_item i join product p on p.id = i.product_id
  where i.payment_link_id = link_id);
end $$;

-- Writes opened sessions with what they hold and what is told of them, and moves the counters of their links, whose
-- rows the caller holds: `uses` names those that are counted. A function, because each connection then plans this
-- once. Whoever adds a column that is written at the opening puts it here, in a migration of its own.
create function open_sessions(sessions jsonb, stock jsonb, events jsonb, uses jsonb, out due int, out moved int)
language plpgsql as $$
begin
  insert into checkout_session (id, account_id, payment_link_id, currency, total, totals, customer, custom_fields,
    metadata, utm, reference, locale, return_url, success_url, cancel_url, embeddable, provider, provider_ref,
    test_mode, lifetime_seconds, expires_at, created_at, updated_at)
  select id, account_id, payment_link_id, currency, total, totals, customer, custom_fields,
    metadata, utm, reference, locale, return_url, success_url, cancel_url, embeddable, provider, provider_ref,
    test_mode, lifetime_seconds, expires_at, created_at, updated_at
  from jsonb_populate_recordset(null::checkout_session, sessions);

  insert into redemption (checkout_session_id, account_id, payment_link_id, created_at)
  select id, account_id, payment_link_id, created_at
  from jsonb_to_recordset(sessions) session
    (id text, account_id text, payment_link_id text, created_at timestamptz);

  if stock <> '[]' then
    insert into stock_reservation (checkout_session_id, account_id, sku_id, quantity)
    select checkout_session_id, account_id, sku_id, quantity
    from jsonb_populate_recordset(null::stock_reservation, stock);
  end if;

  insert into event (id, account_id, type, payment_link_id, object_id, body, created_at)
  select id, account_id, type, payment_link_id, object_id, body, created_at
  from jsonb_populate_recordset(null::event, events);

  insert into webhook_delivery (account_id, event_id, endpoint_id)
  select told.account_id, told.id, endpoint.id
  from webhook_endpoint endpoint
  join jsonb_to_recordset(events) told (id text, account_id text, type text)
    on told.account_id = endpoint.account_id
  where is_enabled and deleted_at is null and (event_types = '[]' or event_types ? told.type);
  get diagnostics due = row_count;

  update payment_link link set reserved = reserved + counted.count
  from jsonb_to_recordset(uses) counted (id text, count int)
  where link.id = counted.id and used + reserved + counted.count <= max_redemptions;
  get diagnostics moved = row_count;
end $$;
