-- What is asked of the provider now and then: plans of numbers, lists of templates.

-- Numbers of which nobody knows the plan, or has for long, or about which something was said since; each is handed out once in a while only.
create function herald.claim_numbers_to_plan(p_limit int, p_stale interval, p_rest interval)
returns table (workspace_id uuid, sender_id uuid, source_id uuid, asked_at timestamptz) language sql volatile security definer set search_path = '' as $$
  with due as (
    select n.id from public.phone_numbers n
    where (n.plan_due_at > coalesce(n.plan_tried_at, '-infinity'))
      or (coalesce(n.plan_checked_at, '-infinity') < clock_timestamp() - p_stale and coalesce(n.plan_tried_at, '-infinity') < clock_timestamp() - p_rest)
    order by n.plan_due_at nulls last, n.plan_tried_at nulls first limit p_limit for no key update skip locked
  )
  update public.phone_numbers n set plan_tried_at = clock_timestamp() from due where n.id = due.id returning n.workspace_id, n.id, n.source_id, n.plan_tried_at
$$;
comment on function herald.claim_numbers_to_plan is 'Numbers whose plan is to be read, over all workspaces, marked as tried.';

create function herald.claim_sources_to_sync(p_limit int, p_stale interval, p_rest interval)
returns table (workspace_id uuid, source_id uuid, asked_at timestamptz) language sql volatile security definer set search_path = '' as $$
  with due as (
    select s.id from public.sources s
    where s.status = 'connected' and exists (select from public.phone_numbers n where n.source_id = s.id) and (
      s.templates_due_at > coalesce(s.templates_tried_at, '-infinity')
      or (coalesce(s.templates_synced_at, '-infinity') < clock_timestamp() - p_stale and coalesce(s.templates_tried_at, '-infinity') < clock_timestamp() - p_rest))
    order by s.templates_due_at nulls last, s.templates_tried_at nulls first limit p_limit for no key update skip locked
  )
  update public.sources s set templates_tried_at = clock_timestamp() from due where s.id = due.id returning s.workspace_id, s.id, s.templates_tried_at
$$;
comment on function herald.claim_sources_to_sync is 'Accounts whose list of templates is to be read, over all workspaces, marked as tried.';

create function herald.components_hash(p_components jsonb) returns text language sql immutable parallel safe as
$$ select encode(sha256(convert_to(p_components::text, 'UTF8')), 'hex') $$;
comment on function herald.components_hash is 'Hash of a template''s content; jsonb has one text for one content, whatever the order of its keys was.';

-- p_templates: [{providerTemplateId, name, language, category, status, isSendable, cures, parameterFormat, components}], a part of a whole list asked for at p_asked_at
create function herald.sync_templates(p_workspace uuid, p_source uuid, p_templates jsonb, p_asked_at timestamptz) returns table (changed int, paused int) language plpgsql as $$
#variable_conflict use_column
declare r record; t record; v_is_new boolean;
begin
  perform herald.enter_workspace(p_workspace);
  changed := 0; paused := 0;
  for r in
    select * from jsonb_to_recordset(p_templates) r("providerTemplateId" text, name text, language text, category text, status text, "isSendable" boolean,
      cures text[], "parameterFormat" text, components jsonb) where r.category in ('MARKETING', 'UTILITY', 'AUTHENTICATION') order by r.name, r.language
  loop
    insert into public.templates (workspace_id, source_id, provider_template_id, name, language, category, status, parameter_format, components, components_hash, synced_at)
      values (p_workspace, p_source, r."providerTemplateId", r.name, r.language, r.category, r.status, r."parameterFormat", r.components,
        herald.components_hash(r.components), p_asked_at)
      on conflict (source_id, name, language) do nothing;
    if found then changed := changed + 1; continue; end if;
    select k.id, k.status, k.category, k.components is distinct from r.components or k.parameter_format <> r."parameterFormat" as is_rewritten,
      exists (select from public.blocks b where b.scope = 'template' and b.scope_id = k.id and b.cured_at is null) as is_blocked
      into t from public.templates k where k.source_id = p_source and (k.name, k.language) = (r.name, r.language) for no key update;
    v_is_new := t.category <> r.category and herald.is_news(p_workspace, t.id, 'category', p_asked_at, false, r.category);
    update public.templates k set provider_template_id = r."providerTemplateId", parameter_format = r."parameterFormat", components = r.components,
        components_hash = case when t.is_rewritten then herald.components_hash(r.components) else k.components_hash end,
        category = case when v_is_new then r.category else k.category end, synced_at = greatest(k.synced_at, p_asked_at)
      where k.id = t.id;
    if t.is_rewritten or v_is_new then
      changed := changed + 1;
      paused := paused + herald.pause_changed(p_workspace, t.id);
    end if;
    -- a block that a refusal opened a moment ago may know more than the list does yet
    if (t.status <> r.status or (t.is_blocked and r."isSendable"))
      and herald.is_news(p_workspace, t.id, 'status', p_asked_at, r."isSendable" is false, r.status) then
      perform herald.apply_template_status(p_workspace, t.id, r.status, r."isSendable", r.cures, p_asked_at, p_asked_at - interval '2 minutes');
    end if;
  end loop;
  return next;
end $$;
comment on function herald.sync_templates is 'Templates as the provider lists them; a changed one pauses its open campaigns. Answers how many were new or changed, and how many campaigns it paused.';

create function herald.finish_template_sync(p_workspace uuid, p_source uuid, p_listed jsonb, p_asked_at timestamptz) returns int language plpgsql as $$
declare t record; v_n int := 0;
begin
  perform herald.enter_workspace(p_workspace);
  for t in
    select k.id from public.templates k where k.source_id = p_source and k.status <> 'DELETED' and k.synced_at < p_asked_at
      and not exists (select from jsonb_to_recordset(p_listed) l(name text, language text) where (l.name, l.language) = (k.name, k.language))
    order by k.name, k.language for no key update
  loop
    if herald.is_news(p_workspace, t.id, 'status', p_asked_at, true, 'DELETED') then
      perform herald.apply_template_status(p_workspace, t.id, 'DELETED', false, '{}', p_asked_at, p_asked_at);
      v_n := v_n + 1;
    end if;
  end loop;
  update public.sources s set templates_synced_at = p_asked_at, templates_problem = null where s.id = p_source;
  return v_n;
end $$;
comment on function herald.finish_template_sync is 'The whole list was read: what is not in it is gone. Answers how many.';

grant execute on function herald.claim_numbers_to_plan(int, interval, interval), herald.claim_sources_to_sync(int, interval, interval),
  herald.components_hash(jsonb), herald.sync_templates(uuid, uuid, jsonb, timestamptz), herald.finish_template_sync(uuid, uuid, jsonb, timestamptz) to herald_engine;
