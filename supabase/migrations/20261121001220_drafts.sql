-- Campaigns while they are composed, and the parts an audience is chosen from.

create table campaign_drafts (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspaces on delete cascade,
  name text not null default '' check (length(name) <= 200),
  -- what each step has so far: DraftContentInput in packages/campaign
  content jsonb not null default '{}' check (jsonb_typeof(content) = 'object'),
  -- grows by one with every save: who saves names the one that was read
  version int not null default 1 check (version >= 1),
  created_by uuid not null,
  updated_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- set in the launch's own transaction; from then on the draft stays as it is
  launched_campaign_id uuid,
  unique (workspace_id, id),
  -- one campaign comes of one draft
  unique (workspace_id, launched_campaign_id),
  foreign key (workspace_id, launched_campaign_id) references campaign_history (workspace_id, id) on delete cascade
);
create index campaign_drafts_open on campaign_drafts (workspace_id, updated_at desc, id) where launched_campaign_id is null;
comment on table campaign_drafts is 'A campaign while it is composed, saved step by step; launched once.';
select herald.isolate('campaign_drafts');
grant select on campaign_drafts to authenticated;
grant select, insert, delete on campaign_drafts to herald_verbs;
grant update (name, content, version, updated_by, updated_at, launched_campaign_id) on campaign_drafts to herald_verbs;

create trigger keep_launched before update on campaign_drafts for each row when (old.launched_campaign_id is not null) execute function herald.refuse_change();

-- What an audience may be made of, with how many people each part has. Read by members through the API: security_invoker, so the policies of the tables below hold.
-- The counts come from an index alone: without the workspace in it every row would be fetched, for its policy.
create index recipient_list_members_list on recipient_list_members (workspace_id, recipient_list_id);

create view audience_lists with (security_invoker = true) as
  select l.workspace_id, l.id as list_id, l.name,
    (select count(*)::int from recipient_list_members m where m.workspace_id = l.workspace_id and m.recipient_list_id = l.id) as people
  from recipient_lists l;
comment on view audience_lists is 'Lists of a workspace, with how many people are on each.';

create view audience_tags with (security_invoker = true) as
  select t.workspace_id, t.tag, count(*)::int as people from contact_tags t group by t.workspace_id, t.tag;
comment on view audience_tags is 'Tags of a workspace, with how many people have each.';

create view audience_imports with (security_invoker = true) as
  select b.workspace_id, b.id as import_batch_id, b.file_name, b.created_at,
    (select count(*)::int from contacts c where c.workspace_id = b.workspace_id and c.import_batch_id = b.id) as people
  from import_batches b;
comment on view audience_imports is 'Imports of a workspace, with how many people an audience of each would name: those it brought or touched last.';

grant select on audience_lists, audience_tags, audience_imports to authenticated;
