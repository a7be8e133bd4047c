-- What the panel tells of imports: the whole result, the form of the file, and those that were cancelled.

alter table import_batches
  add column headers text[] not null default '{}',
  add column delimiter text not null default ',' check (delimiter in (',', ';', E'\t')),
  add column default_country char(2),
  add column recipient_list_id uuid,
  add column list_was text check (list_was in ('new', 'existing')),
  -- [{"reason": code, "count": rows}], the most frequent first
  add column refusals jsonb not null default '[]',
  add column opted_out int not null default 0,
  add column consents_granted int not null default 0,
  add column consents_withdrawn int not null default 0,
  add foreign key (workspace_id, recipient_list_id) references recipient_lists (workspace_id, id) on delete set null (recipient_list_id);
create index import_batches_recent on import_batches (workspace_id, created_at desc);
comment on column import_batches.headers is 'The header of the file: refused rows are given back under it.';

create table cancelled_imports (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspaces on delete cascade,
  file_name text not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  unique (workspace_id, id)
);
create index cancelled_imports_recent on cancelled_imports (workspace_id, created_at desc);
comment on table cancelled_imports is 'Imports that somebody ended before they were through: nothing of them was written but this.';

select herald.isolate('cancelled_imports');
grant select on cancelled_imports to authenticated;
grant select, insert on cancelled_imports to herald_verbs;

-- The cells are somebody's file as it came, with whatever stood in it: for those who may bring such files in (`contacts.import` in packages/identity). A role
-- that is new reads nothing. Restrictive: it narrows what every tenant table lets members read, and cannot widen it.
create function herald.workspaces_as(p_roles public.member_role[]) returns setof uuid language sql stable security definer set search_path = '' as
$$ select workspace_id from public.workspace_members where user_id = herald.user_id() and role = any (p_roles) $$;
comment on function herald.workspaces_as is 'Workspaces in which the signed-in person has one of these roles. Definer: as herald.member_workspaces.';
grant execute on function herald.workspaces_as(member_role[]) to authenticated;
create policy importers_read on import_row_errors as restrictive for select to authenticated
  using (workspace_id in (select herald.workspaces_as('{owner,admin,member}')));

create view imports_history with (security_invoker = true) as
  select workspace_id, id as import_id, file_name, created_by, created_at, false as is_cancelled, rows_added as added, rows_updated as updated, rows_refused as refused
  from import_batches
  union all
  select workspace_id, id, file_name, created_by, created_at, true, 0, 0, 0 from cancelled_imports;
comment on view imports_history is 'Every import that was begun and came to an end, as a list shows it.';
grant select on imports_history to authenticated;
