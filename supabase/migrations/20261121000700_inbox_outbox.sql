-- What comes in before anybody knows whose it is, and what must go out to other stores.

create table webhook_inbox (
  id bigint generated always as identity primary key,
  provider text not null,
  received_at timestamptz not null default clock_timestamp(),
  -- the bytes as they came: they carry the signature, and can be replayed
  body bytea not null,
  drained_at timestamptz,
  tries smallint not null default 0,
  problem text,
  available_at timestamptz not null default clock_timestamp()
) with (fillfactor = 80);
create index webhook_inbox_waiting on webhook_inbox (id) where drained_at is null;
create index webhook_inbox_drained on webhook_inbox (drained_at) where drained_at is not null;
alter table webhook_inbox enable row level security;
alter table webhook_inbox force row level security;
create policy door_appends on webhook_inbox for insert to herald_door with check (drained_at is null);
create policy engine_drains on webhook_inbox for all to herald_engine using (true) with check (true);
grant insert (provider, body) on webhook_inbox to herald_door;
grant select, delete on webhook_inbox to herald_engine;
grant update (drained_at, tries, problem, available_at) on webhook_inbox to herald_engine;
comment on table webhook_inbox is 'Signed webhooks as they came, stored before they are answered. Belongs to no workspace until it is drained; removed a while after (herald.housekeep_inbox).';

create table parked_statuses (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  provider_message_id text not null,
  receipt text not null,
  record jsonb not null,
  parked_at timestamptz not null default now(),
  unique (workspace_id, provider_message_id, receipt)
);
comment on table parked_statuses is 'Receipts whose message is not known yet; they stay until the merge that knows it has committed, 30 days at most.';

create table inbound_messages (
  workspace_id uuid not null,
  provider_message_id text not null,
  sender_id uuid not null,
  contact_id uuid,
  inbox_id bigint not null,
  campaign_id uuid,
  message_id bigint,
  type text not null,
  at timestamptz not null,
  primary key (workspace_id, provider_message_id),
  foreign key (workspace_id, sender_id) references phone_numbers (workspace_id, id) on delete cascade
);
create index inbound_messages_contact on inbound_messages (contact_id);
comment on table inbound_messages is 'Messages people sent us, by id, so that each acts once however often it is delivered; the words are in MongoDB.';

create table outbox (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  kind text not null check (kind in ('workflow.start', 'workflow.wake', 'mongo.attempts', 'mongo.inbound')),
  -- ids only
  ref jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  available_at timestamptz not null default clock_timestamp(),
  tries int not null default 0,
  done_at timestamptz,
  problem text
) with (fillfactor = 80);
create index outbox_waiting on outbox (kind, id) where done_at is null;
comment on table outbox is 'What must still reach Temporal or MongoDB, written in the transaction that decided it.';

select herald.isolate(t) from unnest(array['parked_statuses', 'inbound_messages', 'outbox']::regclass[]) t;
-- the drains serve all workspaces in turn; rows carry ids only
create policy engine_drains on outbox for select to herald_engine using (true);
create policy engine_ticks_off on outbox for update to herald_engine using (true) with check (true);
grant select on inbound_messages, outbox to authenticated;
grant select on inbound_messages to herald_verbs;
grant select, insert, delete on parked_statuses to herald_engine;
grant select, insert, update on inbound_messages to herald_engine;
grant select, insert on outbox to herald_verbs;
grant select, insert on outbox to herald_engine;
grant update (available_at, tries, done_at, problem) on outbox to herald_engine;

create function herald.sender_of_provider_number(p_provider_number_id text) returns table (workspace_id uuid, sender_id uuid, source_id uuid)
language sql stable security definer set search_path = '' as
$$ select n.workspace_id, n.id, n.source_id from public.phone_numbers n where n.provider_number_id = p_provider_number_id $$;
comment on function herald.sender_of_provider_number is 'Whose number a webhook speaks of. Definer: the workspace is not known before.';

create function herald.campaigns_to_watch() returns table (workspace_id uuid, campaign_id uuid, status public.campaign_status, run_no int, flag public.control_flag)
language sql stable security definer set search_path = '' as
$$ select h.workspace_id, h.id, h.status, h.run_no, c.flag from public.campaign_history h join public.campaign_controls c on c.campaign_id = h.id
   where h.status in ('scheduled', 'queued', 'sending', 'paused') $$;
comment on function herald.campaigns_to_watch is 'Campaigns that must have an open workflow, over all workspaces, for the watchdog.';

create function herald.campaigns_moved_since(p_since timestamptz) returns table (workspace_id uuid, campaign_id uuid, shard smallint, moved_at timestamptz)
language sql stable security definer set search_path = '' as
$$ select k.workspace_id, k.campaign_id, k.shard, k.moved_at from public.campaign_counters k where k.moved_at > p_since $$;
comment on function herald.campaigns_moved_since is 'Counter shards that moved, over all workspaces, for the realtime events.';

create function herald.workspaces_with_parked() returns setof uuid language sql stable security definer set search_path = '' as
$$ select distinct p.workspace_id from public.parked_statuses p join public.campaign_attempts a using (workspace_id, provider_message_id) $$;
comment on function herald.workspaces_with_parked is 'Workspaces with a parked receipt whose message is known by now.';

create function herald.housekeep(p_limit int) returns int language plpgsql security definer set search_path = '' as $$
declare v_all int := 0; v_n int;
begin
  delete from public.idempotency_keys where ctid = any (array(select ctid from public.idempotency_keys where created_at < now() - interval '24 hours' limit p_limit));
  get diagnostics v_n = row_count; v_all := v_all + v_n;
  delete from public.outbox where id in (select id from public.outbox where done_at < now() - interval '7 days' order by id limit p_limit);
  get diagnostics v_n = row_count; v_all := v_all + v_n;
  delete from public.parked_statuses where id in (select id from public.parked_statuses where parked_at < now() - interval '30 days' order by id limit p_limit);
  get diagnostics v_n = row_count;
  return v_all + v_n;
end $$;
comment on function herald.housekeep is 'Removes what has served, over all workspaces, a bounded batch of each kind a call; answers how many rows. Webhooks: herald.housekeep_inbox.';

-- Apart: what waits for the conversation store may be much, and is read whole. As a constant the array is looked up by hash, and not read for each webhook.
create function herald.housekeep_inbox(p_limit int, p_kept interval) returns int language plpgsql security definer
set search_path = '' set plan_cache_mode = force_custom_plan as $$
declare v_n int;
  -- the words of a message are in its webhook alone until the conversation store has them
  v_waiting constant bigint[] := array(
    select distinct i.inbox_id from public.outbox o cross join lateral jsonb_array_elements_text(o.ref -> 'inbound') r(id)
      join public.inbound_messages i on i.workspace_id = o.workspace_id and i.provider_message_id = r.id
    where o.done_at is null and o.kind = 'mongo.inbound');
begin
  delete from public.webhook_inbox where id in (
    select w.id from public.webhook_inbox w where w.drained_at < now() - p_kept and w.id <> all (v_waiting)
    order by w.drained_at limit p_limit for update skip locked);
  get diagnostics v_n = row_count;
  return v_n;
end $$;
comment on function herald.housekeep_inbox is 'Removes webhooks, a bounded batch a call, once they were drained p_kept ago and the conversation store has what people wrote in them; one that was never drained stays. Answers how many.';

grant execute on function herald.housekeep(int), herald.housekeep_inbox(int, interval), herald.sender_of_provider_number(text), herald.campaigns_to_watch(), herald.campaigns_moved_since(timestamptz),
  herald.workspaces_with_parked() to herald_engine;
