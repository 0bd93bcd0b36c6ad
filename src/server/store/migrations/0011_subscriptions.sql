-- The life of a subscription after its first payment.

alter table subscription
  add column provider text,
  -- The provider takes the payments that follow by itself, and tells of them.
  add column renews_itself boolean not null default false,
  -- Periods are counted from here: the first day of a short month never moves the ones after it.
  add column anchor_at timestamptz,
  -- The number of the period that is charged at next_charge_at; 0 is the one that begins at the anchor.
  add column next_period int not null default 1,
  add column failed_attempts int not null default 0,
  add column past_due_since timestamptz,
  -- When there is something for us to do: a renewal, its retry, an end that was asked for; of one that has ended,
  -- to hear of the charge that was under way.
  add column due_at timestamptz,
  add column cancel_at timestamptz,
  add column planned_reason text,
  add column canceled_at timestamptz,
  add column cancel_reason text check (cancel_reason in ('requested', 'by_buyer', 'payment_failed')),
  add column updated_at timestamptz not null default paylink_now();

update subscription s set provider = c.provider, anchor_at = coalesce(s.trial_ends_at, c.created_at),
  next_period = case when s.trial_ends_at is null then 1 else 0 end, due_at = s.next_charge_at
  from checkout_session c where c.id = s.checkout_session_id;

alter table subscription
  alter column provider set not null,
  alter column anchor_at set not null,
  add constraint ended_is_over check ((status = 'canceled') = (canceled_at is not null)
    and (status = 'canceled') = (cancel_reason is not null)
    and (status <> 'canceled' or next_charge_at is null)),
  add constraint goes_on_or_ends check (status = 'canceled' or renews_itself or due_at is not null);
create index on subscription (provider, test_mode, due_at) where due_at is not null;
create index on subscription (cancel_at) where cancel_at is not null;
create index on subscription (updated_at);

-- A session by which a buyer pays a renewal uses nothing of its link.
alter table checkout_session
  add column renews_itself boolean not null default false,
  add column renewal_of text references subscription (id),
  add column renewal_period int,
  add constraint renewal_has_period check ((renewal_of is null) = (renewal_period is null));
create index on checkout_session (renewal_of) where renewal_of is not null;

-- `unattended`: taken without the buyer; the session is then the one that began the subscription.
alter table payment
  add column subscription_id text references subscription (id),
  add column renewal_period int,
  add column unattended boolean not null default false,
  add constraint renewal_has_subscription check (renewal_period is null or subscription_id is not null);
update payment p set subscription_id = s.id from subscription s where s.checkout_session_id = p.checkout_session_id;
create index on payment (subscription_id, seq) where subscription_id is not null;

drop index one_success_per_session;
create unique index one_success_per_session on payment (checkout_session_id)
  where status in ('succeeded', 'refunded', 'partially_refunded', 'disputed') and not unattended;

-- A price that the provider keeps too, by its own name there.
alter table price add column provider_price_id text;

-- The far side of the sandbox: what the next charges of a subscription meet, and those that were made.
create table sandbox_charge (
  ref text primary key,
  checkout_session_id text not null references sandbox_checkout (checkout_session_id),
  amount bigint not null,
  currency text not null,
  failure_code text
);
create index on sandbox_charge (checkout_session_id);
alter table sandbox_refund add column charge_ref text references sandbox_charge (ref);
alter table sandbox_checkout
  add column charge_outcome text not null default 'succeeded'
    check (charge_outcome in ('succeeded', 'declined', 'pending', 'unreachable', 'answer_lost')),
  add column charge_failure_code text;

-- Statistics count what a link sells: a renewal is paid by it, and is no opening of it.
drop trigger count_session on checkout_session;
create trigger count_session after update of status on checkout_session
  for each row when (new.status <> old.status and new.renewal_of is null) execute function count_session();
