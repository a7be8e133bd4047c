-- Workspaces, members, invitations, audit, idempotency keys; and the one way every tenant table is opened.

create type member_role as enum ('owner', 'admin', 'member', 'viewer');

create table workspaces (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 120),
  default_country char(2),
  -- one marketing message per contact in this time; null switches the cap off
  frequency_cap interval default '24 hours',
  max_recipients int not null default 10000 check (max_recipients between 1 and 1000000),
  only_admins_send boolean not null default false,
  kill_switch boolean not null default false,
  created_at timestamptz not null default now()
);
comment on table workspaces is 'A tenant. Every other row names its workspace.';

create table workspace_members (
  workspace_id uuid not null references workspaces on delete cascade,
  user_id uuid not null,
  role member_role not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, user_id)
);
create index workspace_members_user on workspace_members (user_id);
comment on table workspace_members is 'Who belongs to a workspace, and as what. user_id is the id of Supabase Auth.';

create table invitations (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspaces on delete cascade,
  email text not null,
  role member_role not null,
  token_hash bytea not null unique,
  invited_by uuid not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  created_at timestamptz not null default now()
);
comment on table invitations is 'Open invitations; the token itself is only in the mail.';

create table audit_log (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  at timestamptz not null default now(),
  actor_kind text not null,
  actor_id text not null,
  action text not null,
  resource_kind text not null,
  resource_id text not null,
  detail jsonb not null default '{}'
);
create index audit_log_recent on audit_log (workspace_id, id desc);
comment on table audit_log is 'Who did what, append-only; no personal data in detail.';

create table idempotency_keys (
  workspace_id uuid not null references workspaces on delete cascade,
  route text not null,
  key text not null check (length(key) between 1 and 200),
  body_hash text not null,
  answer jsonb not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, route, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
comment on table idempotency_keys is 'Answers to repeated requests, written with what they created, kept 24 h.';

create function herald.member_workspaces() returns setof uuid language sql stable security definer set search_path = '' as
$$ select workspace_id from public.workspace_members where user_id = herald.user_id() $$;
comment on function herald.member_workspaces is 'Workspaces of the signed-in person. Definer: the policy on members itself would recurse.';

create function herald.is_acting_member() returns boolean language sql stable security definer set search_path = '' as
$$ select exists (select from public.workspace_members where user_id = herald.user_id() and workspace_id = herald.current_workspace()) $$;
comment on function herald.is_acting_member is 'The signed-in person belongs to the workspace of this transaction.';

create function herald.my_memberships() returns table (workspace_id uuid, name text, role public.member_role, only_admins_send boolean) language sql stable security definer set search_path = '' as
$$ select m.workspace_id, w.name, m.role, w.only_admins_send from public.workspace_members m join public.workspaces w on w.id = m.workspace_id where m.user_id = herald.user_id() $$;
comment on function herald.my_memberships is 'Workspaces of the signed-in person, with what decides about rights. Definer: before one is chosen, no workspace is bound.';

grant execute on function herald.my_memberships() to herald_verbs;
grant execute on function herald.member_workspaces() to authenticated, herald_verbs;
grant execute on function herald.is_acting_member() to herald_verbs;

-- One shape for every tenant table: members read through the API, verbs and engine see one workspace per transaction.
-- Foreign keys between tenant tables carry the workspace as well: they are checked without row-level security.
create function herald.isolate(p_table regclass, p_column text default 'workspace_id') returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  execute format('create policy members_read on %s for select to authenticated using (%I in (select herald.member_workspaces()))', p_table, p_column);
  execute format('create policy verbs_act on %s for all to herald_verbs using (%2$I = (select herald.current_workspace()) and (select herald.is_acting_member())) with check (%2$I = (select herald.current_workspace()) and (select herald.is_acting_member()))', p_table, p_column);
  execute format('create policy engine_acts on %s for all to herald_engine using (%2$I = (select herald.current_workspace())) with check (%2$I = (select herald.current_workspace()))', p_table, p_column);
end $$;
comment on function herald.isolate is 'Law L10 for one table: row-level security on, and the three policies.';

select herald.isolate('workspaces', 'id');
select herald.isolate('workspace_members');
select herald.isolate('invitations');
select herald.isolate('audit_log');
select herald.isolate('idempotency_keys');

grant select on workspaces, workspace_members to authenticated, herald_engine;
grant select on audit_log to authenticated;
grant select, update on workspaces to herald_verbs;
grant select, insert, update, delete on workspace_members, invitations to herald_verbs;
grant select, insert on audit_log to herald_verbs, herald_engine;
grant select, insert, delete on idempotency_keys to herald_verbs;
