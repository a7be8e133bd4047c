-- Campaigns: what was decided and frozen. Their messages are in the next migration.

create type campaign_status as enum ('draft', 'pending_approval', 'approved', 'scheduled', 'queued', 'sending', 'paused', 'sent', 'partially_sent', 'failed', 'cancelled');

create table campaign_history (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspaces on delete cascade,
  name text not null check (length(name) between 1 and 200),
  status campaign_status not null,
  -- test: a handful of messages to try a draft; it goes before every bulk campaign of its number
  kind text not null default 'bulk' check (kind in ('bulk', 'test')),
  sender_id uuid not null,
  source_id uuid not null,
  template_id uuid not null,
  -- frozen at launch, never changed afterwards (law L8)
  frozen_template jsonb not null,
  audience jsonb not null,
  variables jsonb not null,
  -- facts about what is offered, [{label, value}], for whoever answers replies
  offer jsonb not null default '[]' check (jsonb_typeof(offer) = 'array'),
  planned int not null default 0 check (planned >= 0),
  chunk_count int not null default 0,
  -- from here on nothing of what was chosen can change
  frozen_at timestamptz,
  run_no int not null default 0,
  pause_reasons text[] not null default '{}',
  scheduled_at timestamptz,
  -- the zone the time was named in (IANA), for showing it; null: it was an instant
  schedule_zone text,
  -- what becomes of a scheduled start that nobody could keep (seen more than 15 min late)
  late_policy text not null default 'send' check (late_policy in ('send', 'skip', 'ask')),
  expires_at timestamptz not null,
  -- set while chunks had to be read from Postgres because Redis was missing or down
  staging_degraded_at timestamptz,
  created_by uuid,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  unique (workspace_id, id),
  foreign key (workspace_id, sender_id) references phone_numbers (workspace_id, id),
  foreign key (workspace_id, source_id) references sources (workspace_id, id),
  foreign key (workspace_id, template_id) references templates (workspace_id, id)
);
create index campaign_history_recent on campaign_history (workspace_id, created_at desc, id);
create index campaign_history_open on campaign_history (id) where status in ('scheduled', 'queued', 'sending', 'paused');
comment on table campaign_history is 'A campaign''s row, one per campaign: what was chosen, what was frozen, where it stands.';
alter table number_lanes add foreign key (workspace_id, campaign_id) references campaign_history (workspace_id, id) on delete cascade;

create table campaign_chunks (
  workspace_id uuid not null,
  campaign_id uuid not null,
  chunk_no int not null,
  entry_count int not null check (entry_count between 1 and 1000),
  -- array of {to, parameters}; at most 900 KB. json, not jsonb: it is written and read whole, and the text takes a quarter of the time
  entries json not null,
  primary key (campaign_id, chunk_no),
  foreign key (workspace_id, campaign_id) references campaign_history (workspace_id, id) on delete cascade
);
comment on table campaign_chunks is 'Frozen parameters, up to 1,000 recipients a row (law L8). Redis holds a cache of it.';

create type control_flag as enum ('running', 'paused', 'cancelled');
create table campaign_controls (
  campaign_id uuid primary key,
  workspace_id uuid not null,
  flag control_flag not null default 'running',
  -- grows by one with every change by a person; makes the wake-up of the workflow idempotent
  control_seq bigint not null default 0,
  -- grows by one with every attempt of a slice (law L4)
  epoch int not null default 0,
  sender_id uuid not null,
  source_id uuid not null,
  template_id uuid not null,
  -- null: the frequency cap does not apply (not marketing, or switched off)
  marketing_cap interval,
  is_marketing boolean not null,
  -- the operator's words about pace: share of the number among its campaigns, and a ceiling of this campaign's own (null: the number's pace alone)
  weight real not null default 1 check (weight between 0.1 and 10),
  max_per_second real check (max_per_second > 0),
  -- a test send: served before the shares of all others, frozen
  is_priority boolean not null default false,
  foreign key (workspace_id, campaign_id) references campaign_history (workspace_id, id) on delete cascade
) with (fillfactor = 20);
comment on table campaign_controls is 'What the gate obeys: flag, fence, and the ids its blocks are looked up by.';

-- Law L8. Column grants below say the same to each role; the triggers say it to everybody, the owner included.
create function herald.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what a campaign was launched with never changes' using errcode = 'HE008', table = tg_table_name;
end $$;
comment on function herald.refuse_change is 'Law L8: refuses the statement.';

create function herald.refuse_late_chunk() returns trigger language plpgsql as $$
begin
  if exists (select from public.campaign_history h where h.id = new.campaign_id and h.frozen_at is not null) then
    raise exception 'what a campaign was launched with never changes' using errcode = 'HE008', table = tg_table_name;
  end if;
  return new;
end $$;
comment on function herald.refuse_late_chunk is 'Law L8: a launched campaign gets no further chunk.';

create trigger keep_frozen before update on campaign_history for each row
  when ((new.workspace_id, new.kind, new.sender_id, new.source_id, new.template_id, new.frozen_template, new.audience, new.variables, new.offer)
      is distinct from (old.workspace_id, old.kind, old.sender_id, old.source_id, old.template_id, old.frozen_template, old.audience, old.variables, old.offer)
    or (old.frozen_at is not null and (new.planned, new.chunk_count, new.frozen_at) is distinct from (old.planned, old.chunk_count, old.frozen_at)))
  execute function herald.refuse_change();
create trigger keep_frozen before update on campaign_chunks for each row execute function herald.refuse_change();
create trigger refuse_late before insert on campaign_chunks for each row execute function herald.refuse_late_chunk();
create trigger keep_frozen before update on campaign_controls for each row
  when ((new.workspace_id, new.campaign_id, new.sender_id, new.source_id, new.template_id, new.is_marketing, new.marketing_cap, new.is_priority)
    is distinct from (old.workspace_id, old.campaign_id, old.sender_id, old.source_id, old.template_id, old.is_marketing, old.marketing_cap, old.is_priority))
  execute function herald.refuse_change();

select herald.isolate(t) from unnest(array['campaign_history', 'campaign_chunks', 'campaign_controls']::regclass[]) t;

grant select on campaign_history, campaign_controls to authenticated;
grant select, insert on campaign_history, campaign_controls to herald_verbs;
grant update (status, planned, chunk_count, frozen_at, pause_reasons, scheduled_at, schedule_zone, late_policy, expires_at) on campaign_history to herald_verbs;
grant update (flag, control_seq, weight, max_per_second) on campaign_controls to herald_verbs;
grant select, insert on campaign_chunks to herald_verbs;
grant select on campaign_history, campaign_controls to herald_engine;
grant update (status, pause_reasons, staging_degraded_at, started_at, finished_at) on campaign_history to herald_engine;
grant update (epoch, flag, control_seq) on campaign_controls to herald_engine;

create function herald.workspace_of_campaign(p_campaign uuid) returns uuid language sql stable security definer set search_path = '' as
$$ select h.workspace_id from public.campaign_history h where h.id = p_campaign and h.workspace_id in (select herald.member_workspaces()) $$;
comment on function herald.workspace_of_campaign is 'The workspace of a campaign, to its members; null to anybody else. Definer: a door that is given only the campaign has bound no workspace yet.';
grant execute on function herald.workspace_of_campaign(uuid) to herald_verbs;
grant select on campaign_chunks to herald_engine;
