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

-- What a link is at the clock's time.
create function link_status(link payment_link) returns text language sql stable as $$
  select case
    when not link.is_active then 'inactive'
    when link.expires_at <= paylink_now() then 'expired'
    when link.used >= link.max_redemptions then 'exhausted'
    else 'active' end
$$;

-- Opens sessions: decides which orders get what there is, first come first served, each all that it needs or
-- nothing, and writes those sessions with what they hold and what is told of them. One call for any number of orders
-- of any links. What has no counter is only held still, by the weakest lock that keeps a merchant from giving it one:
-- buyers do not wait for one another there. Counters are locked, links' before SKUs' and each in the order of bytes.
--
-- What somebody else holds is waited for if `is_patient`; otherwise the orders that need it are postponed.
-- orders: [{ link_id, session, needs: [{ sku_id, quantity }], event }], session and event under the names of columns.
-- Answers { refused: { <session id>: { status } | { skuId } }, postponed: [<session id>], due: <webhook deliveries> }.
--
-- A function, because each connection then plans this once, and because a batch costs one journey to the database.
-- It needs the isolation READ COMMITTED: what was waited for is read as it is by then.
-- Whoever adds a column that is written at the opening puts it here, in a migration of its own.
create function open_sessions(orders jsonb, is_patient boolean) returns jsonb language plpgsql as $$
declare
  wanted text[] := array(select distinct value ->> 'link_id' from jsonb_array_elements(orders));
  needed text[] := array(select distinct jsonb_path_query(orders, '$[*].needs[*].sku_id') #>> '{}');
  links jsonb := '{}';
  stock jsonb := '{}';
  asked jsonb;
  link jsonb;
  session_id text;
  short text;
  granted jsonb[] := '{}';
  refused jsonb := '{}';
  postponed jsonb := '[]';
  due int;
begin
  if is_patient then
    perform from payment_link where id = any(wanted) order by id collate "C" for key share;
    perform from payment_link where id = any(wanted) and max_redemptions is not null
      order by id collate "C" for no key update;
  end if;
  -- Locks of our own are skipped by nobody: whoever was patient finds all of them.
  select coalesce(jsonb_object_agg(id, jsonb_build_object('status', status, 'left', null)), '{}') into links
  from (
    select id, link_status(payment_link) as status, max_redemptions from payment_link where id = any(wanted)
    order by id collate "C" for key share skip locked) held
  where max_redemptions is null;
  select links || coalesce(jsonb_object_agg(id, jsonb_build_object('status', status, 'left', uses_left)), '{}') into links
  from (
    select id, link_status(payment_link) as status, max_redemptions - used - reserved as uses_left from payment_link
    where id = any(wanted) and max_redemptions is not null
    order by id collate "C" for no key update skip locked) held;
  if needed <> '{}' then
    if is_patient then
      perform from sku where id = any(needed) order by id collate "C" for key share;
      perform from sku where id = any(needed) and stock_quantity is not null
        order by id collate "C" for no key update;
    end if;
    select coalesce(jsonb_object_agg(id, null), '{}') into stock
    from (
      select id, stock_quantity from sku where id = any(needed)
      order by id collate "C" for key share skip locked) held
    where stock_quantity is null;
    select stock || coalesce(jsonb_object_agg(id, stock_left), '{}') into stock
    from (
      select id, stock_quantity - reserved as stock_left from sku
      where id = any(needed) and stock_quantity is not null
      order by id collate "C" for no key update skip locked) held;
  end if;

  for asked in select value from jsonb_array_elements(orders) loop
    link := links -> (asked ->> 'link_id');
    session_id := asked -> 'session' ->> 'id';
    -- Null stands for a SKU that is not counted.
    short := (
      select sku_id from jsonb_to_recordset(asked -> 'needs') need (sku_id text, quantity bigint)
      where not stock ? sku_id or (stock ->> sku_id)::bigint < quantity
      order by stock ? sku_id limit 1);
    if link is null or (not stock ? short and not is_patient) then
      postponed := postponed || to_jsonb(session_id);
    elsif link ->> 'status' <> 'active' or (link ->> 'left')::bigint <= 0 then
      refused := refused || jsonb_build_object(session_id, jsonb_build_object('status', link ->> 'status'));
    elsif short is not null then
      refused := refused || jsonb_build_object(session_id, jsonb_build_object('skuId', short));
    else
      granted := granted || asked;
      links := jsonb_set(links, array[asked ->> 'link_id', 'left'],
        coalesce(to_jsonb((link ->> 'left')::bigint - 1), 'null'));
      stock := stock || (
        select coalesce(jsonb_object_agg(sku_id, (stock ->> sku_id)::bigint - quantity), '{}')
        from jsonb_to_recordset(asked -> 'needs') need (sku_id text, quantity bigint));
    end if;
  end loop;

  insert into checkout_session (id, account_id, payment_link_id, currency, total, totals, customer, custom_fields,
    metadata, utm, reference, locale, return_url, success_url, cancel_url, embeddable, provider, provider_ref,
    test_mode, lifetime_seconds, expires_at, created_at, updated_at)
  select id, account_id, payment_link_id, currency, total, totals, customer, custom_fields,
    metadata, utm, reference, locale, return_url, success_url, cancel_url, embeddable, provider, provider_ref,
    test_mode, lifetime_seconds, expires_at, created_at, updated_at
  from unnest(granted) as one, jsonb_populate_record(null::checkout_session, one -> 'session');

  insert into redemption (checkout_session_id, account_id, payment_link_id, created_at)
  select id, account_id, payment_link_id, created_at
  from unnest(granted) as one, jsonb_to_record(one -> 'session') session
    (id text, account_id text, payment_link_id text, created_at timestamptz);

  update payment_link counted set reserved = reserved + taken.count
  from (select one ->> 'link_id' as id, count(*) from unnest(granted) as one group by 1) taken
  where counted.id = taken.id and max_redemptions is not null;

  if stock <> '{}' then
    insert into stock_reservation (checkout_session_id, account_id, sku_id, quantity)
    select one -> 'session' ->> 'id', one -> 'session' ->> 'account_id', sku_id, quantity
    from unnest(granted) as one, jsonb_to_recordset(one -> 'needs') need (sku_id text, quantity bigint);
    update sku counted set reserved = reserved + taken.quantity
    from (
      select sku_id, sum(quantity) as quantity
      from unnest(granted) as one, jsonb_to_recordset(one -> 'needs') need (sku_id text, quantity bigint)
      group by 1) taken
    where counted.id = taken.sku_id and stock_quantity is not null;
  end if;

  insert into event (id, account_id, type, payment_link_id, object_id, body, created_at)
  select id, account_id, type, payment_link_id, object_id, body, created_at
  from unnest(granted) as one, jsonb_populate_record(null::event, one -> 'event');

  -- Most have no endpoint.
  due := 0;
  if exists (select from webhook_endpoint where is_enabled and deleted_at is null) then
    insert into webhook_delivery (account_id, event_id, endpoint_id)
    select told.account_id, told.id, endpoint.id
    from webhook_endpoint endpoint, unnest(granted) as one,
      jsonb_to_record(one -> 'event') told (id text, account_id text, type text)
    where endpoint.account_id = told.account_id and is_enabled and deleted_at is null
      and (event_types = '[]' or event_types ? told.type);
    get diagnostics due = row_count;
  end if;
  return jsonb_build_object('refused', refused, 'postponed', postponed, 'due', due);
end $$;
