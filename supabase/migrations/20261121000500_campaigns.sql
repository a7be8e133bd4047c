-- Campaigns: what was decided and frozen. Their messages are in the next migration.

create type campaign_status as enum ('draft', 'pending_approval', 'approved', 'scheduled', 'queued', 'sending', 'paused', 'sent', 'partially_sent', 'failed', 'cancelled');

create table campaign_history (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspaces on delete cascade,
  name text not null check (length(name) between 1 and 200),
  status campaign_status not null,
  sender_id uuid not null references phone_numbers,
  source_id uuid not null references sources,
  template_id uuid not null references templates,
  -- frozen at launch, never changed afterwards (law L8)
  frozen_template jsonb not null,
  audience jsonb not null,
  variables jsonb not null,
  planned int not null default 0 check (planned >= 0),
  chunk_count int not null default 0,
  run_no int not null default 0,
  pause_reasons text[] not null default '{}',
  scheduled_at timestamptz,
  expires_at timestamptz not null,
  -- set while chunks had to be read from Postgres because Redis was missing or down
  staging_degraded_at timestamptz,
  created_by uuid,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index campaign_history_recent on campaign_history (workspace_id, created_at desc, id);
create index campaign_history_open on campaign_history (id) where status in ('scheduled', 'queued', 'sending', 'paused');
comment on table campaign_history is 'A campaign''s row, one per campaign: what was chosen, what was frozen, where it stands.';

create table campaign_chunks (
  workspace_id uuid not null references workspaces on delete cascade,
  campaign_id uuid not null references campaign_history on delete cascade,
  chunk_no int not null,
  entry_count int not null check (entry_count between 1 and 1000),
  -- array of {to, parameters}; at most 900 KB
  entries jsonb not null,
  primary key (campaign_id, chunk_no)
);
alter table campaign_chunks alter column entries set storage external;
comment on table campaign_chunks is 'Frozen parameters, up to 1,000 recipients a row (law L8). Redis holds a cache of it.';

create type control_flag as enum ('running', 'paused', 'cancelled');
create table campaign_controls (
  campaign_id uuid primary key references campaign_history on delete cascade,
  workspace_id uuid not null references workspaces on delete cascade,
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
  is_marketing boolean not null
) with (fillfactor = 20);
comment on table campaign_controls is 'What the gate obeys: flag, fence, and the ids its blocks are looked up by.';

select herald.isolate(t) from unnest(array['campaign_history', 'campaign_chunks', 'campaign_controls']::regclass[]) t;

grant select on campaign_history, campaign_controls to authenticated;
grant select, insert, update on campaign_history, campaign_controls to herald_verbs;
grant select, insert on campaign_chunks to herald_verbs;
grant select, update on campaign_history, campaign_controls to herald_engine;
grant select on campaign_chunks to herald_engine;
