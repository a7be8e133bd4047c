-- What the live page of a campaign needs beside the ledger: its pace over time, who last stopped it, and word of changes that move no counter.

create table campaign_pace_samples (
  workspace_id uuid not null,
  campaign_id uuid not null,
  -- of the snapshot that was counted
  at timestamptz not null,
  -- accepted, held, failed or unknown then; and those that wait to be tried again
  settled int not null check (settled >= 0),
  deferred int not null check (deferred >= 0),
  -- requests that came to something so far. It never falls: a message that is tried again adds to it
  asked int not null check (asked >= 0),
  -- since when somebody was looking; null: nobody was, and the requests may lie anywhere since the sample before
  looking_since timestamptz,
  primary key (campaign_id, at)
);
create index campaign_pace_samples_age on campaign_pace_samples using brin (at);
comment on table campaign_pace_samples is 'How far a campaign had come at a moment, about once a second while it moves; kept 30 days. No foreign key, as campaign_counters: its check would lock the campaign''s row once a second.';

-- Written by the second of the background loop. It only reads counters, so no grant and no result ever waits for it.
create function herald.sample_pace(p_since timestamptz) returns table (at timestamptz, written int) language sql volatile security definer set search_path = '' as $$
  with moved as (
    -- a counter carries the time of its statement and is seen at its commit; no transaction of ours lasts longer than this
    select distinct k.workspace_id, k.campaign_id from public.campaign_counters k where k.moved_at > coalesce(p_since - interval '5 seconds', now() - interval '1 day')
  ), counted as (
    select m.workspace_id, m.campaign_id, greatest(0, n.settled)::int as settled, greatest(0, n.deferred)::int as deferred
    from moved m cross join lateral (
      select sum(k.accepted + k.sent + k.delivered + k.read + k.undelivered + k.held + k.failed + k.unknown) as settled, sum(k.deferred) as deferred
      from public.campaign_counters k where k.campaign_id = m.campaign_id) n
  ), fresh as (
    insert into public.campaign_pace_samples (workspace_id, campaign_id, at, settled, deferred, asked, looking_since)
    select c.workspace_id, c.campaign_id, now(), c.settled, c.deferred,
      coalesce(s.asked, 0) + greatest(0, c.settled - coalesce(s.settled, 0)) + greatest(0, c.deferred - coalesce(s.deferred, 0)), p_since
    from counted c left join lateral (
      select x.settled, x.deferred, x.asked from public.campaign_pace_samples x where x.campaign_id = c.campaign_id order by x.at desc limit 1) s on true
    where (c.settled, c.deferred) is distinct from (coalesce(s.settled, 0), coalesce(s.deferred, 0))
    on conflict do nothing returning 1
  )
  select now(), (select count(*) from fresh)::int
$$;
comment on function herald.sample_pace is 'One sample of every campaign that came further since p_since (null: the caller just began to look), over all workspaces. Any number of processes may call it. Definer: the tenants are served in one statement.';

create table campaign_changes (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  campaign_id uuid not null,
  changed_at timestamptz not null default clock_timestamp()
);
create index campaign_changes_recent on campaign_changes (changed_at);
comment on table campaign_changes is 'A campaign''s status, flag, pace or time changed, or a switch or block that holds it: for the realtime events, since none of it moves a counter. Only ever added to, so nobody waits for anybody; kept an hour.';

create function herald.note_campaign_change() returns trigger language plpgsql security definer set search_path = '' as $$
declare v_campaign uuid;
begin
  if tg_table_name = 'campaign_history' then v_campaign := new.id; else v_campaign := new.campaign_id; end if;
  insert into public.campaign_changes (workspace_id, campaign_id) values (new.workspace_id, v_campaign);
  return null;
end $$;
comment on function herald.note_campaign_change is 'Leaves word that a campaign changed. Definer: whoever may change one need not see these rows.';

-- of columns that no grant and no flush of results writes
create trigger note_change after update of status, pause_reasons, scheduled_at, schedule_zone, late_policy, expires_at on campaign_history for each row
  when ((new.status, new.pause_reasons, new.scheduled_at, new.schedule_zone, new.late_policy, new.expires_at)
    is distinct from (old.status, old.pause_reasons, old.scheduled_at, old.schedule_zone, old.late_policy, old.expires_at))
  execute function herald.note_campaign_change();
create trigger note_change after update of flag, weight, max_per_second on campaign_controls for each row
  when ((new.flag, new.weight, new.max_per_second) is distinct from (old.flag, old.weight, old.max_per_second))
  execute function herald.note_campaign_change();

-- From the campaigns to their controls, both by index: a block opens in the middle of a flush.
create function herald.note_block_change() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.campaign_changes (workspace_id, campaign_id)
    select h.workspace_id, h.id from public.campaign_history h join public.campaign_controls c on c.campaign_id = h.id
    where h.workspace_id = new.workspace_id and h.status in ('scheduled', 'queued', 'sending', 'paused')
      and case new.scope when 'number' then c.sender_id when 'waba' then c.source_id else c.template_id end = new.scope_id;
  return null;
end $$;
comment on function herald.note_block_change is 'Leaves word with every open campaign that a block reaches. Takes no lock: it reads, and adds. Definer: as herald.note_campaign_change.';

-- a provider's word opens and a cure closes one without moving any counter; parts of a cure before the last move its end at most once
create trigger note_open after insert on blocks for each row when (new.cured_at is null) execute function herald.note_block_change();
create trigger note_change after update of cured_at, lifts_at, code on blocks for each row
  when ((new.cured_at, new.lifts_at, new.code) is distinct from (old.cured_at, old.lifts_at, old.code)) execute function herald.note_block_change();

create function herald.campaigns_changed_since(p_since timestamptz) returns table (workspace_id uuid, campaign_id uuid, changed_at timestamptz)
language sql stable security definer set search_path = '' as
$$ select c.workspace_id, c.campaign_id, c.changed_at from public.campaign_changes c where c.changed_at > p_since $$;
comment on function herald.campaigns_changed_since is 'Campaigns that changed otherwise than by their counters, over all workspaces, for the realtime events.';

create function herald.housekeep_live(p_limit int) returns int language plpgsql security definer set search_path = '' as $$
declare v_all int := 0; v_n int;
begin
  delete from public.campaign_pace_samples where ctid = any (array(
    select ctid from public.campaign_pace_samples where at < now() - interval '30 days' limit p_limit));
  get diagnostics v_n = row_count; v_all := v_all + v_n;
  delete from public.campaign_changes where id in (select id from public.campaign_changes where changed_at < now() - interval '1 hour' order by changed_at limit p_limit);
  get diagnostics v_n = row_count;
  return v_all + v_n;
end $$;
comment on function herald.housekeep_live is 'Removes samples after 30 days and words of changes after an hour, a bounded batch a call; answers how many rows.';

-- who paused, resumed or stopped one campaign, and when
create index audit_log_campaign on audit_log (resource_id, id desc) where resource_kind = 'campaign';

select herald.isolate(t) from unnest(array['campaign_pace_samples', 'campaign_changes']::regclass[]) t;
grant select on campaign_pace_samples to authenticated, herald_verbs;
grant insert on campaign_changes to herald_verbs;
grant execute on function herald.sample_pace(timestamptz), herald.campaigns_changed_since(timestamptz), herald.housekeep_live(int) to herald_engine;
