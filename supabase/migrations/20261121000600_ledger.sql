-- The ledger: one row per recipient, one row per request, counters that always balance (law L1).

create type message_state as enum ('queued', 'dispatching', 'accepted', 'held', 'deferred', 'failed', 'unknown', 'skipped');
create type message_receipt as enum ('sent', 'undelivered', 'delivered', 'read', 'played');
create type message_bucket as enum ('queued', 'dispatching', 'deferred', 'unknown', 'held', 'skipped', 'failed', 'accepted', 'sent', 'delivered', 'read', 'undelivered');

create table campaign_messages (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  campaign_id uuid not null,
  contact_id uuid not null,
  state message_state not null default 'queued',
  -- of the newest attempt
  receipt message_receipt,
  attempt int not null default 0,
  -- attempts that count against the tries a refusal class allows
  tries smallint not null default 0,
  epoch int not null default 0,
  chunk_no int,
  entry_no smallint,
  reason text,
  -- due from this time on; null: not in the queue
  next_at timestamptz,
  send_by timestamptz,
  changed_at timestamptz not null default now()
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
-- its predicate must not name `state`, else dispatching -> accepted could not be a HOT update
create index campaign_messages_due on campaign_messages (campaign_id, next_at, id) where next_at is not null;
create unique index campaign_messages_recipient on campaign_messages (campaign_id, contact_id);
-- what did not simply go well: each skipped, failed, deferred, held or unknown message has a reason, none that is on its way or accepted has one,
-- so reports on a million messages read only these, and the answer to a request is still a HOT update
create index campaign_messages_reason on campaign_messages (campaign_id, contact_id) where reason is not null;
comment on table campaign_messages is 'What we owe one recipient, and where it stands. No foreign keys: a million rows are written in one freeze, by one function.';

create table campaign_attempts (
  message_id bigint not null,
  attempt int not null,
  workspace_id uuid not null,
  campaign_id uuid not null,
  epoch int not null,
  intent_at timestamptz not null,
  send_by timestamptz not null,
  settled_at timestamptz,
  -- what the answer came to; null while it is awaited
  outcome text check (outcome in ('accepted', 'held', 'failed', 'deferred', 'unknown', 'not_started')),
  provider_message_id text,
  code text,
  class text,
  detail text,
  latency_ms real,
  receipt message_receipt,
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  failed_at timestamptz,
  pricing_category text,
  pricing_type text,
  -- a receipt proved a delivery although a later attempt had already begun
  is_provider_double boolean not null default false,
  primary key (message_id, attempt)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
-- not unique: a provider that gives one id twice must not stop a whole flush of results
create index campaign_attempts_provider on campaign_attempts (workspace_id, provider_message_id) where provider_message_id is not null;
-- requests without an answer are few; a recovery finds them here. The answer gives the attempt its provider's id, so it was no HOT update before either
create index campaign_attempts_open on campaign_attempts (campaign_id, message_id) where settled_at is null;
comment on table campaign_attempts is 'Every request that was ever intended: when, under which epoch, what came back, what the provider said later.';

create table campaign_counters (
  campaign_id uuid not null,
  shard smallint not null check (shard between 0 and 15),
  workspace_id uuid not null,
  queued int not null default 0,
  dispatching int not null default 0,
  deferred int not null default 0,
  unknown int not null default 0,
  held int not null default 0,
  skipped int not null default 0,
  failed int not null default 0,
  accepted int not null default 0,
  sent int not null default 0,
  delivered int not null default 0,
  read int not null default 0,
  undelivered int not null default 0,
  moved_at timestamptz not null default now(),
  primary key (campaign_id, shard)
) with (fillfactor = 20);
-- block ranges: a B-tree on a column that every grant moves would make every move a non-HOT update
create index campaign_counters_moved on campaign_counters using brin (moved_at) with (pages_per_range = 1, autosummarize = on);
comment on table campaign_counters is 'Messages per bucket, in 16 shards so that gate and results do not wait for each other; a shard may be negative, the sum may not.';

create function herald.message_bucket(p_state public.message_state, p_receipt public.message_receipt) returns public.message_bucket language sql immutable parallel safe as
$$ select case when p_state <> 'accepted' or p_receipt is null then p_state::text when p_receipt = 'played' then 'read' else p_receipt::text end::public.message_bucket $$;
comment on function herald.message_bucket is 'The bucket of a message: a pure function of its row. Twin of bucketOf() in packages/campaign.';

-- The only writers of counters (nobody else has the right): whoever changes messages, the counters move by the rows that really changed, in the
-- same statement. Lock order: counters come last and sorted, so a transaction changes messages of several campaigns in one statement.
create function herald.counter_shard() returns smallint language sql stable as
$$ select coalesce(nullif(current_setting('herald.counter_shard', true), ''), '15')::smallint $$;
comment on function herald.counter_shard is 'The shard of this connection: gate 0-7, results 8-14, all else 15.';

create function herald.count_new_messages() returns trigger language plpgsql security definer set search_path = '' as $$
declare v_shard constant smallint := herald.counter_shard();
begin
  if exists (select from public.campaign_history h where h.id in (select campaign_id from new_rows) and h.frozen_at is not null) then
    raise exception 'what a campaign was launched with never changes' using errcode = 'HE008', table = tg_table_name;
  end if;
  insert into public.campaign_counters as k (campaign_id, shard, workspace_id, queued, dispatching, deferred, unknown, held, skipped, failed, accepted, sent, delivered, read, undelivered, moved_at)
    select c, v_shard, w,
           coalesce(sum(d) filter (where b = 'queued'), 0)::int,
           coalesce(sum(d) filter (where b = 'dispatching'), 0)::int,
           coalesce(sum(d) filter (where b = 'deferred'), 0)::int,
           coalesce(sum(d) filter (where b = 'unknown'), 0)::int,
           coalesce(sum(d) filter (where b = 'held'), 0)::int,
           coalesce(sum(d) filter (where b = 'skipped'), 0)::int,
           coalesce(sum(d) filter (where b = 'failed'), 0)::int,
           coalesce(sum(d) filter (where b = 'accepted'), 0)::int,
           coalesce(sum(d) filter (where b = 'sent'), 0)::int,
           coalesce(sum(d) filter (where b = 'delivered'), 0)::int,
           coalesce(sum(d) filter (where b = 'read'), 0)::int,
           coalesce(sum(d) filter (where b = 'undelivered'), 0)::int,
           clock_timestamp()
    from (select campaign_id, workspace_id, herald.message_bucket(state, receipt), n
          from (select campaign_id, workspace_id, state, receipt, count(*) n from new_rows group by 1, 2, 3, 4) kinds) moved (c, w, b, d)
    group by c, w
    having count(*) filter (where d <> 0) > 0
    order by c
  on conflict (campaign_id, shard) do update set
    queued = k.queued + excluded.queued,
    dispatching = k.dispatching + excluded.dispatching,
    deferred = k.deferred + excluded.deferred,
    unknown = k.unknown + excluded.unknown,
    held = k.held + excluded.held,
    skipped = k.skipped + excluded.skipped,
    failed = k.failed + excluded.failed,
    accepted = k.accepted + excluded.accepted,
    sent = k.sent + excluded.sent,
    delivered = k.delivered + excluded.delivered,
    read = k.read + excluded.read,
    undelivered = k.undelivered + excluded.undelivered,
    moved_at = excluded.moved_at;
  return null;
end $$;
comment on function herald.count_new_messages is 'Adds inserted messages to the counters; refuses them once the campaign is launched (law L8).';

create function herald.count_moved_messages() returns trigger language plpgsql security definer set search_path = '' as $$
declare v_shard constant smallint := herald.counter_shard();
begin
  insert into public.campaign_counters as k (campaign_id, shard, workspace_id, queued, dispatching, deferred, unknown, held, skipped, failed, accepted, sent, delivered, read, undelivered, moved_at)
    select c, v_shard, w,
           coalesce(sum(d) filter (where b = 'queued'), 0)::int,
           coalesce(sum(d) filter (where b = 'dispatching'), 0)::int,
           coalesce(sum(d) filter (where b = 'deferred'), 0)::int,
           coalesce(sum(d) filter (where b = 'unknown'), 0)::int,
           coalesce(sum(d) filter (where b = 'held'), 0)::int,
           coalesce(sum(d) filter (where b = 'skipped'), 0)::int,
           coalesce(sum(d) filter (where b = 'failed'), 0)::int,
           coalesce(sum(d) filter (where b = 'accepted'), 0)::int,
           coalesce(sum(d) filter (where b = 'sent'), 0)::int,
           coalesce(sum(d) filter (where b = 'delivered'), 0)::int,
           coalesce(sum(d) filter (where b = 'read'), 0)::int,
           coalesce(sum(d) filter (where b = 'undelivered'), 0)::int,
           clock_timestamp()
    from (select campaign_id, workspace_id, herald.message_bucket(state, receipt), sum(n) from (
            select campaign_id, workspace_id, state, receipt, count(*) n from new_rows group by 1, 2, 3, 4
            union all
            select campaign_id, workspace_id, state, receipt, -count(*) from old_rows group by 1, 2, 3, 4
          ) both_sides group by 1, 2, 3 having sum(n) <> 0) moved (c, w, b, d)
    group by c, w
    having count(*) filter (where d <> 0) > 0
    order by c
  on conflict (campaign_id, shard) do update set
    queued = k.queued + excluded.queued,
    dispatching = k.dispatching + excluded.dispatching,
    deferred = k.deferred + excluded.deferred,
    unknown = k.unknown + excluded.unknown,
    held = k.held + excluded.held,
    skipped = k.skipped + excluded.skipped,
    failed = k.failed + excluded.failed,
    accepted = k.accepted + excluded.accepted,
    sent = k.sent + excluded.sent,
    delivered = k.delivered + excluded.delivered,
    read = k.read + excluded.read,
    undelivered = k.undelivered + excluded.undelivered,
    moved_at = excluded.moved_at;
  return null;
end $$;
comment on function herald.count_moved_messages is 'Moves the counters by what an update really changed.';

create trigger count_new_messages after insert on campaign_messages referencing new table as new_rows
  for each statement execute function herald.count_new_messages();
create trigger count_moved_messages after update on campaign_messages referencing old table as old_rows new table as new_rows
  for each statement execute function herald.count_moved_messages();

create function herald.campaign_counts(p_campaign uuid) returns table (queued int, dispatching int, deferred int, unknown int, held int, skipped int, failed int, accepted int, sent int, delivered int, read int, undelivered int) language sql stable as $$
  select coalesce(sum(queued), 0)::int, coalesce(sum(dispatching), 0)::int, coalesce(sum(deferred), 0)::int, coalesce(sum(unknown), 0)::int, coalesce(sum(held), 0)::int, coalesce(sum(skipped), 0)::int, coalesce(sum(failed), 0)::int, coalesce(sum(accepted), 0)::int, coalesce(sum(sent), 0)::int, coalesce(sum(delivered), 0)::int, coalesce(sum(read), 0)::int, coalesce(sum(undelivered), 0)::int
  from public.campaign_counters where campaign_id = p_campaign
$$;
comment on function herald.campaign_counts is 'The counters of a campaign, shards summed.';

create function herald.recount(p_campaign uuid) returns table (queued int, dispatching int, deferred int, unknown int, held int, skipped int, failed int, accepted int, sent int, delivered int, read int, undelivered int) language sql stable as $$
  select coalesce(sum(n) filter (where b = 'queued'), 0)::int,
    coalesce(sum(n) filter (where b = 'dispatching'), 0)::int,
    coalesce(sum(n) filter (where b = 'deferred'), 0)::int,
    coalesce(sum(n) filter (where b = 'unknown'), 0)::int,
    coalesce(sum(n) filter (where b = 'held'), 0)::int,
    coalesce(sum(n) filter (where b = 'skipped'), 0)::int,
    coalesce(sum(n) filter (where b = 'failed'), 0)::int,
    coalesce(sum(n) filter (where b = 'accepted'), 0)::int,
    coalesce(sum(n) filter (where b = 'sent'), 0)::int,
    coalesce(sum(n) filter (where b = 'delivered'), 0)::int,
    coalesce(sum(n) filter (where b = 'read'), 0)::int,
    coalesce(sum(n) filter (where b = 'undelivered'), 0)::int
  -- kinds of rows first: the bucket is then worked out a dozen times, not once per row
  from (select herald.message_bucket(state, receipt) b, n
    from (select state, receipt, count(*) n from public.campaign_messages where campaign_id = p_campaign group by 1, 2) kinds) counted
$$;
comment on function herald.recount is 'The independent check of the counters: counts the rows themselves (law L1).';

select herald.isolate(t) from unnest(array['campaign_messages', 'campaign_attempts', 'campaign_counters']::regclass[]) t;

grant select on campaign_messages, campaign_attempts, campaign_counters to authenticated, herald_verbs;
grant insert (workspace_id, campaign_id, contact_id, state, reason, chunk_no, entry_no, next_at) on campaign_messages to herald_verbs;
grant select on campaign_messages, campaign_attempts, campaign_counters to herald_engine;
grant update (state, receipt, attempt, tries, epoch, reason, next_at, send_by, changed_at) on campaign_messages to herald_engine;
grant insert on campaign_attempts to herald_engine;
grant update (settled_at, outcome, provider_message_id, code, class, detail, latency_ms, receipt, sent_at, delivered_at, read_at, failed_at,
  pricing_category, pricing_type, is_provider_double) on campaign_attempts to herald_engine;
grant execute on function herald.message_bucket(message_state, message_receipt), herald.campaign_counts(uuid), herald.recount(uuid)
  to authenticated, herald_verbs, herald_engine;
