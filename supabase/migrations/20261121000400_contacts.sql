-- People, how they are reached, what they agreed to.

create table import_batches (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspaces on delete cascade,
  file_name text not null,
  mapping jsonb not null,
  rows_read int not null default 0,
  rows_added int not null default 0,
  rows_updated int not null default 0,
  rows_refused int not null default 0,
  created_by uuid,
  created_at timestamptz not null default now(),
  unique (workspace_id, id)
);
comment on table import_batches is 'One imported file: its mapping and what became of its rows.';

create table import_row_errors (
  workspace_id uuid not null,
  import_batch_id uuid not null,
  row_no int not null,
  reason text not null,
  cells jsonb not null,
  primary key (import_batch_id, row_no),
  foreign key (workspace_id, import_batch_id) references import_batches (workspace_id, id) on delete cascade
);
comment on table import_row_errors is 'Rows an import refused, as they came, with the reason; row 1 is the first below the header.';

create table contacts (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspaces on delete cascade,
  display_name text not null default '',
  -- free fields by lower-case key, e.g. {"first_name": "Ana"}
  fields jsonb not null default '{}',
  status text not null default 'active' check (status in ('active', 'deleted')),
  country char(2),
  import_batch_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  foreign key (workspace_id, import_batch_id) references import_batches (workspace_id, id) on delete set null (import_batch_id)
);
-- the workspace too: the people of an import are counted from the index alone, and row-level security asks for it
create index contacts_import_batch on contacts (workspace_id, import_batch_id) where import_batch_id is not null;
comment on table contacts is 'A person. How the person is reached is in contact_addresses.';

create table contact_addresses (
  workspace_id uuid not null,
  contact_id uuid not null,
  channel text not null check (channel in ('whatsapp', 'sms', 'rcs', 'telegram', 'email')),
  kind text not null check (kind in ('phone', 'bsuid', 'email', 'telegram_id')),
  value text not null check (length(value) between 1 and 320),
  created_at timestamptz not null default now(),
  primary key (workspace_id, channel, kind, value),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade
);
-- all that the gate asks by: with fewer columns a planner without statistics takes the primary key, and reads every address of the workspace
create index contact_addresses_contact on contact_addresses (workspace_id, contact_id, channel);
comment on table contact_addresses is 'Addresses of people: phone (E.164), BSUID, e-mail, Telegram id. One address belongs to one person of a workspace.';

create table contact_tags (
  workspace_id uuid not null,
  contact_id uuid not null,
  tag text not null check (length(tag) between 1 and 60),
  created_at timestamptz not null default now(),
  primary key (contact_id, tag),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade
);
create index contact_tags_tag on contact_tags (workspace_id, tag);
comment on table contact_tags is 'Tags of people.';

create table recipient_lists (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspaces on delete cascade,
  name text not null check (length(name) between 1 and 120),
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, name)
);
comment on table recipient_lists is 'Named lists of people.';

create table recipient_list_members (
  workspace_id uuid not null,
  recipient_list_id uuid not null,
  contact_id uuid not null,
  added_at timestamptz not null default now(),
  primary key (recipient_list_id, contact_id),
  foreign key (workspace_id, recipient_list_id) references recipient_lists (workspace_id, id) on delete cascade,
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade
);
create index recipient_list_members_contact on recipient_list_members (contact_id);
comment on table recipient_list_members is 'Who is on a list.';

create table consents (
  id bigint generated always as identity,
  workspace_id uuid not null,
  contact_id uuid not null,
  channel text not null,
  purpose text not null default 'marketing',
  state text not null check (state in ('granted', 'withdrawn')),
  origin text not null,
  proof jsonb not null default '{}',
  at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade
);
create index consents_contact on consents (contact_id, id);
comment on table consents is 'Every consent given or withdrawn, with its proof; append-only.';

create table consent_states (
  workspace_id uuid not null,
  contact_id uuid not null,
  channel text not null,
  purpose text not null default 'marketing',
  state text not null check (state in ('granted', 'withdrawn')),
  consent_id bigint not null,
  primary key (contact_id, channel, purpose),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade,
  foreign key (workspace_id, consent_id) references consents (workspace_id, id) on delete cascade
);
comment on table consent_states is 'The newest consent per person, channel and purpose; written with its row in consents.';

create table suppressions (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  -- null: the opt-out named an address that belongs to nobody here yet
  contact_id uuid,
  channel text not null,
  kind text not null,
  value text not null,
  scope text not null default 'marketing' check (scope in ('marketing', 'all')),
  reason text not null,
  at timestamptz not null default now(),
  unique (workspace_id, channel, kind, value, scope),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade
);
create index suppressions_contact on suppressions (workspace_id, contact_id, channel) where contact_id is not null;
comment on table suppressions is 'Opt-outs and blocked addresses, by person over all identities; checked in the gate (law L7).';

create table contact_marketing (
  workspace_id uuid not null references workspaces on delete cascade,
  contact_id uuid not null,
  message_id bigint not null,
  at timestamptz not null,
  primary key (workspace_id, contact_id)
) with (fillfactor = 70);
-- the workspace too: row-level security asks for it, and a planner without statistics takes the primary key otherwise, and reads every reservation of the workspace
create index contact_marketing_message on contact_marketing (workspace_id, message_id);
comment on table contact_marketing is 'The last marketing message of a person, reserved in the gate: the frequency cap. Released when the message was not sent.';

create table service_windows (
  workspace_id uuid not null,
  sender_id uuid not null,
  contact_id uuid not null,
  open_until timestamptz not null,
  primary key (sender_id, contact_id),
  foreign key (workspace_id, sender_id) references phone_numbers (workspace_id, id) on delete cascade,
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade
);
comment on table service_windows is 'Until when a person''s customer service window of a number is open.';

select herald.isolate(t) from unnest(array['import_batches', 'import_row_errors', 'contacts', 'contact_addresses', 'contact_tags', 'recipient_lists',
  'recipient_list_members', 'consents', 'consent_states', 'suppressions', 'contact_marketing', 'service_windows']::regclass[]) t;

grant select on import_batches, import_row_errors, contacts, contact_addresses, contact_tags, recipient_lists, recipient_list_members, consents,
  consent_states, suppressions, contact_marketing, service_windows to authenticated, herald_engine;
grant select, insert, update, delete on import_batches, import_row_errors, contacts, contact_addresses, contact_tags, recipient_lists, recipient_list_members,
  suppressions to herald_verbs;
grant select, insert, update on consent_states to herald_verbs, herald_engine;
grant select, insert on consents to herald_verbs, herald_engine;
grant select on contact_marketing, service_windows to herald_verbs;
grant insert, update, delete on contact_marketing to herald_engine;
grant insert, update on service_windows, suppressions, contacts, contact_addresses to herald_engine;
grant delete on suppressions to herald_engine;
