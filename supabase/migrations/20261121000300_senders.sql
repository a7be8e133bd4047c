-- What can send: connected sources, portfolios, numbers with their pace, templates, blocks and switches.

create table portfolios (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspaces on delete cascade,
  provider text not null,
  provider_portfolio_id text not null,
  -- how many people all its numbers may reach in 24 h outside a service window; null: no limit
  messaging_limit int check (messaging_limit >= 0),
  -- places taken of it: rows of portfolio_reservations, moved with them under this row's lock
  reserved int not null default 0,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (provider, provider_portfolio_id)
);
comment on table portfolios is 'A business portfolio of the provider; its daily limit is shared by all its numbers. Unique in the deployment.';

create table sources (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspaces on delete cascade,
  portfolio_id uuid,
  provider text not null check (provider in ('meta', 'twilio')),
  mode text not null check (mode in ('coexistence', 'cloud_api')),
  waba_id text not null,
  name text not null,
  -- AES-256-GCM with a key id, see packages/sealing; never readable by a member
  access_token_sealed bytea not null,
  token_expires_at timestamptz,
  status text not null default 'connected' check (status in ('connected', 'token_expired', 'disconnected')),
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (provider, waba_id),
  foreign key (workspace_id, portfolio_id) references portfolios (workspace_id, id)
);
comment on table sources is 'A connected WhatsApp Business Account with its sealed credential.';

create table phone_numbers (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspaces on delete cascade,
  source_id uuid not null,
  provider_number_id text not null unique,
  display_number text not null,
  verified_name text not null default '',
  status text not null default 'connected',
  quality text not null default 'UNKNOWN',
  -- the pace plan: requests begun in any sliding second stay at or below cap_per_second (law L5)
  cap_per_second int not null default 80 check (cap_per_second between 1 and 1000),
  plan_source text not null default 'meta_default_throughput',
  plan_level text not null default 'STANDARD',
  -- when the provider was last asked for the plan; null: never
  plan_checked_at timestamptz,
  -- the share of the cap that is used; null: what herald.pace_of takes for such a cap. Above 0.985 a second and the 15 ms that a slot may begin late hold more than the cap
  utilisation real check (utilisation between 0.1 and 0.985::real),
  -- GCRA: epoch seconds of the first slot that is still free
  tat double precision not null default 0,
  -- while its breaker is open: when the last probe was granted (epoch seconds), and how long the next one waits after it
  probe_at double precision,
  probe_wait_s real,
  kill_switch boolean not null default false,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  foreign key (workspace_id, source_id) references sources (workspace_id, id) on delete cascade
) with (fillfactor = 20);
comment on table phone_numbers is 'A sender: one connected number, its plan and its budget. provider_number_id is unique in the deployment.';

create table number_lanes (
  workspace_id uuid not null,
  sender_id uuid not null,
  campaign_id uuid not null,
  -- stride scheduling: messages sent divided by the campaign's weight
  vtime double precision not null default 0,
  -- GCRA of the campaign's own ceiling: epoch seconds from which it may send again
  tat double precision not null default 0,
  asked_at double precision not null default 0,
  granted_at timestamptz,
  primary key (sender_id, campaign_id),
  foreign key (workspace_id, sender_id) references phone_numbers (workspace_id, id) on delete cascade
) with (fillfactor = 20);
comment on table number_lanes is 'Fair share of a number among its campaigns; guarded by the number''s row lock.';

create table templates (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspaces on delete cascade,
  source_id uuid not null,
  provider_template_id text not null,
  name text not null,
  language text not null,
  category text not null check (category in ('MARKETING', 'UTILITY', 'AUTHENTICATION')),
  status text not null,
  parameter_format text not null default 'positional' check (parameter_format in ('positional', 'named')),
  components jsonb not null,
  components_hash text not null,
  synced_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (source_id, name, language),
  foreign key (workspace_id, source_id) references sources (workspace_id, id) on delete cascade
);
comment on table templates is 'Templates as the provider has them; a campaign freezes hash and category at launch (law L8).';

create type block_scope as enum ('number', 'waba', 'template');
create table blocks (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  scope block_scope not null,
  scope_id uuid not null,
  class text not null,
  code text,
  detail text not null default '',
  created_at timestamptz not null default now(),
  cured_at timestamptz,
  -- a restriction that ends by itself; null: it ends when the provider or a person says so
  lifts_at timestamptz,
  -- codes of refusals that only repeat what the provider said when it opened this
  refusals text[] not null default '{}'
);
-- one block for each cause: a second one must not be lost with the end of the first
create unique index blocks_open on blocks (scope, scope_id, code) nulls not distinct where cured_at is null;
comment on table blocks is 'A refusal that stops a number, account or template until it is cured; every grant joins the open ones.';

create table deployment_switches (
  name text primary key,
  is_on boolean not null default false,
  changed_at timestamptz not null default now()
);
insert into deployment_switches (name) values ('stop_all_sending');
alter table deployment_switches enable row level security;
alter table deployment_switches force row level security;
create policy engine_reads on deployment_switches for select to herald_engine using (true);
grant select on deployment_switches to herald_engine;
comment on table deployment_switches is 'Switches of the whole deployment, set by its operator; the gate reads them.';

select herald.isolate('portfolios');
select herald.isolate('sources');
select herald.isolate('phone_numbers');
select herald.isolate('number_lanes');
select herald.isolate('templates');
select herald.isolate('blocks');

grant select on portfolios, phone_numbers, templates, blocks to authenticated;
grant select (id, workspace_id, portfolio_id, provider, mode, waba_id, name, token_expires_at, status, created_at) on sources to authenticated;
grant select, insert, update, delete on portfolios, sources, phone_numbers, templates to herald_verbs;
grant select, insert, update on blocks, number_lanes to herald_verbs, herald_engine;
grant delete on number_lanes to herald_engine;
grant select on portfolios, sources to herald_engine;
grant update (messaging_limit, reserved) on portfolios to herald_engine;
grant select, update on phone_numbers, templates to herald_engine;
