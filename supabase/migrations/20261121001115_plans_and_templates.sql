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

-- p_templates: [{providerTemplateId, name, language, category, status, isSendable, cures, refusals, parameterFormat, components}]
create function herald.listed_templates(p_templates jsonb) returns table (at int, provider_template_id text, name text, language text, category text, status text,
  is_sendable boolean, cures text[], refusals text[], parameter_format text, components jsonb) language sql stable as $$
  select e.nth::int - 1, r."providerTemplateId", r.name, r.language, r.category, r.status, r."isSendable", r.cures, r.refusals, r."parameterFormat", r.components
  from jsonb_array_elements(p_templates) with ordinality e(template, nth) cross join lateral jsonb_to_record(e.template) r("providerTemplateId" text, name text,
    language text, category text, status text, "isSendable" boolean, cures text[], refusals text[], "parameterFormat" text, components jsonb)
  where r.category in ('MARKETING', 'UTILITY', 'AUTHENTICATION')
$$;
comment on function herald.listed_templates is 'Rows of a list of templates, with their places in it.';

create function herald.is_blocked_template(p_template uuid) returns boolean language sql stable as
$$ select exists (select from public.blocks b where b.scope = 'template' and b.scope_id = p_template and b.cured_at is null) $$;
comment on function herald.is_blocked_template is 'Something open stops the campaigns of this template.';

-- Nearly all of a list is as it was: only what is not costs a transaction.
create function herald.templates_to_sync(p_workspace uuid, p_source uuid, p_templates jsonb) returns setof int language plpgsql as $$
begin
  perform herald.enter_workspace(p_workspace);
  return query select r.at from herald.listed_templates(p_templates) r
    left join public.templates k on k.source_id = p_source and (k.name, k.language) = (r.name, r.language)
    where (k.provider_template_id, k.category, k.status, k.parameter_format, k.components)
        is distinct from (r.provider_template_id, r.category, r.status, r.parameter_format, r.components)
      or (r.is_sendable and herald.is_blocked_template(k.id))
    order by r.at;
end $$;
comment on function herald.templates_to_sync is 'Places in the list of those that are new, differ from what is known, or may put an end to a block.';

-- One template a transaction: it holds the controls of that template's campaigns, and whoever wants them waits for no other template's.
create function herald.sync_template(p_workspace uuid, p_source uuid, p_template jsonb, p_asked_at timestamptz) returns table (changed int, paused int) language plpgsql as $$
#variable_conflict use_column
declare r record; t record; v_is_new boolean;
begin
  perform herald.enter_workspace(p_workspace);
  changed := 0; paused := 0;
  select * into r from herald.listed_templates(jsonb_build_array(p_template));
  if not found then return next; return; end if;
  insert into public.templates (workspace_id, source_id, provider_template_id, name, language, category, status, parameter_format, components, components_hash, synced_at)
    values (p_workspace, p_source, r.provider_template_id, r.name, r.language, r.category, r.status, r.parameter_format, r.components,
      herald.components_hash(r.components), p_asked_at)
    on conflict (source_id, name, language) do nothing;
  if found then changed := 1; return next; return; end if;
  select k.id, k.status, k.category, k.components is distinct from r.components or k.parameter_format <> r.parameter_format as is_rewritten,
    herald.is_blocked_template(k.id) as is_blocked
    into t from public.templates k where k.source_id = p_source and (k.name, k.language) = (r.name, r.language) for no key update;
  v_is_new := t.category <> r.category and herald.is_news(p_workspace, t.id, 'category', p_asked_at, false, r.category);
  update public.templates k set provider_template_id = r.provider_template_id, parameter_format = r.parameter_format, components = r.components,
      components_hash = case when t.is_rewritten then herald.components_hash(r.components) else k.components_hash end,
      category = case when v_is_new then r.category else k.category end, synced_at = greatest(k.synced_at, p_asked_at)
    where k.id = t.id;
  if t.is_rewritten or v_is_new then
    changed := 1;
    paused := herald.pause_changed(p_workspace, t.id);
  end if;
  -- a block that a refusal opened a moment ago may know more than the list does yet
  if (t.status <> r.status or (t.is_blocked and r.is_sendable))
    and herald.is_news(p_workspace, t.id, 'status', p_asked_at, r.is_sendable is false, r.status) then
    perform herald.apply_template_status(p_workspace, t.id, r.status, r.is_sendable, r.cures, r.refusals, p_asked_at, p_asked_at - interval '2 minutes');
  end if;
  return next;
end $$;
comment on function herald.sync_template is 'A template as the provider lists it; a changed one pauses its open campaigns. Answers whether it was new or changed, and how many campaigns it paused.';

create function herald.templates_gone(p_workspace uuid, p_source uuid, p_listed jsonb, p_asked_at timestamptz) returns setof uuid language plpgsql as $$
begin
  perform herald.enter_workspace(p_workspace);
  return query select k.id from public.templates k where k.source_id = p_source and k.status <> 'DELETED' and k.synced_at < p_asked_at
    and not exists (select from jsonb_to_recordset(p_listed) l(name text, language text) where (l.name, l.language) = (k.name, k.language))
    order by k.name, k.language;
end $$;
comment on function herald.templates_gone is 'Templates that were known before a whole list was asked for, and are not in it.';

create function herald.end_template(p_workspace uuid, p_template uuid, p_asked_at timestamptz) returns int language plpgsql as $$
begin
  perform herald.enter_workspace(p_workspace);
  perform from public.templates k where k.id = p_template and k.status <> 'DELETED' and k.synced_at < p_asked_at for no key update;
  if not found or not herald.is_news(p_workspace, p_template, 'status', p_asked_at, true, 'DELETED') then return 0; end if;
  perform herald.apply_template_status(p_workspace, p_template, 'DELETED', false, '{}', '{}', p_asked_at, p_asked_at);
  return 1;
end $$;
comment on function herald.end_template is 'A template that a list did not name any more is gone, and can be sent no more; 0: something newer is known of it.';

create function herald.finish_template_sync(p_workspace uuid, p_source uuid, p_listed jsonb, p_asked_at timestamptz) returns void language plpgsql as $$
begin
  perform herald.enter_workspace(p_workspace);
  update public.templates k set synced_at = p_asked_at from (
    select k.id from public.templates k join jsonb_to_recordset(p_listed) l(name text, language text) on (l.name, l.language) = (k.name, k.language)
    where k.source_id = p_source and k.synced_at < p_asked_at order by k.id for no key update of k) s where k.id = s.id;
  update public.sources s set templates_synced_at = p_asked_at, templates_problem = null where s.id = p_source;
end $$;
comment on function herald.finish_template_sync is 'The whole list was read and all that is new in it is known.';

grant execute on function herald.claim_numbers_to_plan(int, interval, interval), herald.claim_sources_to_sync(int, interval, interval),
  herald.components_hash(jsonb), herald.listed_templates(jsonb), herald.is_blocked_template(uuid), herald.templates_to_sync(uuid, uuid, jsonb),
  herald.sync_template(uuid, uuid, jsonb, timestamptz), herald.templates_gone(uuid, uuid, jsonb, timestamptz), herald.end_template(uuid, uuid, timestamptz),
  herald.finish_template_sync(uuid, uuid, jsonb, timestamptz) to herald_engine;
