-- The panel's contacts: finding people among many, one person's timeline, and the opt-outs that members record and lift.

create extension if not exists pg_trgm with schema extensions;
create extension if not exists btree_gin with schema extensions;

-- As it is searched: small letters without accents, so that "ines" finds "Inês".
alter table contacts add column name_key text not null
  generated always as (case when octet_length(display_name) = length(display_name) then lower(display_name)   -- nothing but ASCII: a file of people takes half the time
    else regexp_replace(normalize(lower(display_name), NFD), '[\u0300-\u036f]', '', 'g') end) stored;
comment on column contacts.name_key is 'display_name as it is searched: in small letters, without accents.';

create index contacts_newest on contacts (workspace_id, status, created_at desc, id desc);
create index contacts_country on contacts (workspace_id, country, id) where country is not null;
-- partial, by a condition that only the search below names: no other statement is planned with them
create index contacts_name on contacts using gin (workspace_id, name_key extensions.gin_trgm_ops) where name_key <> '';
create index contact_addresses_phone on contact_addresses using gin (workspace_id, value extensions.gin_trgm_ops) where kind = 'phone';
create index consent_states_marketing on consent_states (workspace_id, state, contact_id) where channel = 'whatsapp' and purpose = 'marketing';

-- One set of people as a condition on the contacts c. Few: they themselves. Many: hashed once while the list is walked in its order (`is true` keeps the
-- planner from making a join of it, whose guess of how soon a page is full is wrong by all of the list when those who match were added long ago), or asked
-- person by person, which is the quickest while many of those who are walked past match.
create function herald.in_contact_set(p_parts jsonb, p_ids uuid[], p_is_probed boolean) returns text language sql immutable as $$
  select case when p_ids is not null then format('(c.id = any (%L::uuid[]))', p_ids)
    when p_is_probed then '(' || string_agg(format('exists (select from (%s) one where one.contact_id = c.id)', part), ' or ') || ')'
    else '((c.id in (' || string_agg(part, ' union all ') || ')) is true)' end from jsonb_array_elements_text(p_parts) part
$$;
comment on function herald.in_contact_set is 'SQL that keeps the contacts c that other queries name (contact_id, of workspace $1), any of them; p_ids: whom they name, if few.';

create function herald.few_of_set(p_workspace uuid, p_parts jsonb) returns uuid[] language plpgsql stable as $$
declare c_few constant int := 1000; v_ids uuid[];
begin
  execute format('select array_agg(contact_id) from (%s limit %s) few', (select string_agg(part, ' union all ') from jsonb_array_elements_text(p_parts) part), c_few + 1)
    into v_ids using p_workspace;
  return case when coalesce(cardinality(v_ids), 0) <= c_few then coalesce(v_ids, '{}') end;
end $$;
comment on function herald.few_of_set is 'Whom the queries of a set name, if they are 1,000 at most; else null.';

-- Digits in any spelling of a phone number, or words of a name, each of which may stand anywhere in it. Of one or two letters or digits there is no trigram
-- but at the beginning of a word: there they must stand.
create function herald.contact_search(p_search text) returns jsonb language plpgsql immutable as $$
declare
  v_text constant text := translate(trim(p_search), '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789');
  -- zeros in front are those of a national or an international spelling: 0170… and 0049170… are +49170…
  v_digits constant text := ltrim(regexp_replace(v_text, '\D', '', 'g'), '0');
  v_names text;
begin
  select string_agg(case when word ~ '^[a-z0-9]{1,2}$' then format('(n.name_key like %L or n.name_key like %L)', word || '%', '% ' || word || '%')
      else format('n.name_key like %L', '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%') end, ' and ') into v_names
    from (select word from regexp_split_to_table(regexp_replace(normalize(lower(v_text), NFD), '[\u0300-\u036f]', '', 'g'), '\s+') word where word <> '' limit 5) words;
  if v_names is null then return null; end if;
  v_names := format('select n.id as contact_id from public.contacts n where n.workspace_id = $1 and n.name_key <> '''' and %s', v_names);
  if v_text ~ '[^-+()./\s\d]' or v_digits = '' then return jsonb_build_array(v_names); end if;
  return jsonb_build_array(v_names, format('select a.contact_id from public.contact_addresses a where a.workspace_id = $1 and a.kind = ''phone'' and a.value like %L',
    case when length(v_digits) < 3 then '+' else '%' end || v_digits || '%'));
end $$;
comment on function herald.contact_search is 'SQL that names the contacts of workspace $1 whose name or phone is searched for; null for an empty search. All that was typed is quoted.';

-- p_filter: {search, tag, listId, importBatchId, country, consent: granted | withdrawn | none, status: active | deleted}
create function herald.contact_sets(p_filter jsonb) returns jsonb language plpgsql immutable as $$
declare
  c_states constant text := 'select k.contact_id from public.consent_states k where k.workspace_id = $1 and k.channel = ''whatsapp'' and k.purpose = ''marketing'' and k.state ';
  -- as herald.consent_refusal has it: by person, or by an address that is the person's by now
  c_register constant jsonb := jsonb_build_array(
    'select s.contact_id from public.suppressions s where s.workspace_id = $1 and s.channel = ''whatsapp'' and s.contact_id is not null',
    'select a.contact_id from public.suppressions s join public.contact_addresses a using (workspace_id, channel, kind, value)
      where s.workspace_id = $1 and s.channel = ''whatsapp'' and s.contact_id is distinct from a.contact_id');
  v_search constant jsonb := herald.contact_search(p_filter ->> 'search');
  v_sets jsonb := '[]';
begin
  if v_search is not null then v_sets := v_sets || jsonb_build_object('parts', v_search, 'in', true); end if;
  if p_filter ? 'tag' then v_sets := v_sets || jsonb_build_object('in', true, 'parts', jsonb_build_array(
    format('select t.contact_id from public.contact_tags t where t.workspace_id = $1 and t.tag = %L', p_filter ->> 'tag'))); end if;
  if p_filter ? 'listId' then v_sets := v_sets || jsonb_build_object('in', true, 'parts', jsonb_build_array(
    format('select m.contact_id from public.recipient_list_members m where m.workspace_id = $1 and m.recipient_list_id = %L', p_filter ->> 'listId'))); end if;
  if p_filter ? 'importBatchId' then v_sets := v_sets || jsonb_build_object('in', true, 'parts', jsonb_build_array(
    format('select i.id as contact_id from public.contacts i where i.workspace_id = $1 and i.import_batch_id = %L', p_filter ->> 'importBatchId'))); end if;
  if p_filter ? 'country' then v_sets := v_sets || jsonb_build_object('in', true, 'parts', jsonb_build_array(
    format('select l.id as contact_id from public.contacts l where l.workspace_id = $1 and l.country = %L', p_filter ->> 'country'))); end if;
  return v_sets || case p_filter ->> 'consent'
    when 'withdrawn' then jsonb_build_array(jsonb_build_object('in', true, 'parts', jsonb_build_array(c_states || '= ''withdrawn''') || c_register))
    when 'granted' then jsonb_build_array(jsonb_build_object('in', true, 'parts', jsonb_build_array(c_states || '= ''granted''')), jsonb_build_object('in', false, 'parts', c_register))
    when 'none' then jsonb_build_array(jsonb_build_object('in', false, 'parts', jsonb_build_array(c_states || 'in (''granted'', ''withdrawn'')') || c_register))
    else '[]' end;
end $$;
comment on function herald.contact_sets is 'What a filter names besides the status: [{in, parts}], sets of people by the queries that name them, who must be in it or out of it.';

-- One set of a few people decides how the others are asked; without any, p_is_probed does.
create function herald.contact_conditions(p_workspace uuid, p_filter jsonb, p_is_probed boolean, out conditions text, out has_few boolean, out has_many boolean)
language plpgsql stable as $$
declare v_set jsonb; v_ids uuid[]; v_many jsonb[] := '{}';
begin
  conditions := format('c.workspace_id = $1 and c.status = %L', coalesce(p_filter ->> 'status', 'active'));
  has_few := false;
  for v_set in select jsonb_array_elements(herald.contact_sets(p_filter)) loop
    v_ids := case when not p_is_probed then herald.few_of_set(p_workspace, v_set -> 'parts') end;
    has_few := has_few or (v_ids is not null and (v_set -> 'in')::boolean);
    if v_ids is null then v_many := v_many || v_set;
    else conditions := conditions || case when (v_set -> 'in')::boolean then ' and ' else ' and not ' end || herald.in_contact_set(v_set -> 'parts', v_ids, false); end if;
  end loop;
  has_many := v_many <> '{}';
  foreach v_set in array v_many loop
    conditions := conditions || case when (v_set -> 'in')::boolean then ' and ' else ' and not ' end || herald.in_contact_set(v_set -> 'parts', null, p_is_probed or has_few);
  end loop;
end $$;
comment on function herald.contact_conditions is 'SQL that keeps the contacts c of workspace $1 that a filter names.';

-- The next p_walk people of the list one after another, for as long as a page takes.
create function herald.walk_contacts(p_workspace uuid, p_filter jsonb, p_from text, p_limit int, p_walk int) returns uuid[] language plpgsql stable
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set enable_bitmapscan = off as $$
declare v_ids uuid[];
begin
  execute format('select array_agg(w.id order by w.created_at desc, w.id desc) from (select c.id, c.created_at from (select * from public.contacts c where c.workspace_id = $1 and c.status = %L %s
      order by c.created_at desc, c.id desc limit %s) c where %s limit %s) w',
    coalesce(p_filter ->> 'status', 'active'), p_from, p_walk, (herald.contact_conditions(p_workspace, p_filter, true)).conditions, p_limit) into v_ids using p_workspace;
  return coalesce(v_ids, '{}');
end $$;
comment on function herald.walk_contacts is 'Up to p_limit of the next p_walk contacts that a filter names.';

-- Definer, and ids only: under row-level security a text search may not use its index, as `like` is not leakproof. It asks for the membership itself, and
-- what belongs to an id is read by the caller under row-level security. Memory: for the hash of as many people as a workspace may have.
create function herald.find_contacts(p_workspace uuid, p_filter jsonb, p_after_at timestamptz, p_after_id uuid, p_limit int)
returns setof uuid language plpgsql stable security definer rows 100 set search_path = '' set max_parallel_workers_per_gather = 0 set jit = off set work_mem = '64MB' as $$
declare v_where record; v_walked uuid[]; v_walk int;
  v_from constant text := case when p_after_id is null then '' else format('and (c.created_at, c.id) < (%L, %L)', p_after_at, p_after_id) end;
begin
  if not exists (select from herald.member_workspaces() w where w = p_workspace) then return; end if;
  v_where := herald.contact_conditions(p_workspace, p_filter, false);
  -- a set of several parts cannot be asked person by person in an index alone
  if v_where.has_many and not v_where.has_few and (p_filter ->> 'consent') is distinct from 'withdrawn' and jsonb_array_length(herald.contact_search(p_filter ->> 'search')) is distinct from 2 then
    foreach v_walk in array array[2000, 20000] loop
      v_walked := herald.walk_contacts(p_workspace, p_filter, v_from, p_limit, v_walk);
      if cardinality(v_walked) = p_limit then return query select unnest(v_walked); return; end if;
      exit when cardinality(v_walked) * 10 < p_limit;   -- the page would not be full after ten times as many either
    end loop;
  end if;
  return query execute format('select c.id from public.contacts c where %s %s order by c.created_at desc, c.id desc limit %s', v_where.conditions, v_from, p_limit) using p_workspace;
end $$;
comment on function herald.find_contacts is 'A page of the contacts that a filter names, newest first; to members of the workspace, to anybody else nobody.';

create function herald.count_contacts(p_workspace uuid, p_filter jsonb, p_most int, out people int, out is_exact boolean)
language plpgsql stable security definer set search_path = '' set max_parallel_workers_per_gather = 0 set jit = off set work_mem = '64MB' as $$
begin
  people := 0; is_exact := true;
  if not exists (select from herald.member_workspaces() w where w = p_workspace) then return; end if;
  execute format('select count(*) from (select from public.contacts c where %s limit %s) counted', (herald.contact_conditions(p_workspace, p_filter, false)).conditions, p_most + 1) into people using p_workspace;
  is_exact := people <= p_most;
  people := least(people, p_most);
end $$;
comment on function herald.count_contacts is 'How many contacts a filter names; beyond p_most nobody counts on, and is_exact is false.';

-- What a filter offers, each found by a jump in an index and not by reading everybody.
create function public.contact_tag_names(p_workspace uuid, p_limit int default 200) returns setof text language sql stable as $$
  with recursive known as (
    (select t.tag from public.contact_tags t where t.workspace_id = p_workspace order by t.tag limit 1)
    union all
    select (select t.tag from public.contact_tags t where t.workspace_id = p_workspace and t.tag > k.tag order by t.tag limit 1) from known k where k.tag is not null
  ) select tag from known where tag is not null limit p_limit
$$;
comment on function public.contact_tag_names is 'The tags in use, in order.';

create function public.contact_countries(p_workspace uuid) returns setof char(2) language sql stable as $$
  with recursive known as (
    (select c.country from public.contacts c where c.workspace_id = p_workspace and c.country is not null order by c.country limit 1)
    union all
    select (select c.country from public.contacts c where c.workspace_id = p_workspace and c.country > k.country order by c.country limit 1) from known k where k.country is not null
  ) select country from known where country is not null
$$;
comment on function public.contact_countries is 'The countries of people''s numbers, in order.';

-- Keys begin with what comes first of two things at one moment: somebody is added before the list is joined.
create function public.contact_timeline(p_workspace uuid, p_contact uuid, p_last timestamptz default null, p_last_key text default null, p_is_oldest_first boolean default false, p_limit int default 50)
returns table (key text, at timestamptz, kind text, facts jsonb) language sql stable as $$
  with person as (
    select c.* from public.contacts c where c.workspace_id = p_workspace and c.id = p_contact
  ), said as (
    select k.* from public.consents k where k.workspace_id = p_workspace and k.contact_id = p_contact
  ), files as (
    select import_batch_id, max(row_no) as row_no from (
      select import_batch_id, null::int as row_no from person where import_batch_id is not null
      union all select (s.proof ->> 'importBatchId')::uuid, (s.proof ->> 'row')::int from said s where s.origin = 'import' and s.proof ? 'importBatchId'
    ) named group by import_batch_id
  ), happened as (
    select '10' as key, c.created_at as at, 'added' as kind, '{}'::jsonb as facts from person c
    union all
    select '20:' || b.id, b.created_at, 'imported', jsonb_build_object('importBatchId', b.id, 'fileName', b.file_name, 'row', f.row_no)
      from files f join public.import_batches b on b.workspace_id = p_workspace and b.id = f.import_batch_id
    union all
    select '30:' || l.id, m.added_at, 'listed', jsonb_build_object('listId', l.id, 'name', l.name)
      from public.recipient_list_members m join public.recipient_lists l on l.id = m.recipient_list_id where m.workspace_id = p_workspace and m.contact_id = p_contact
    union all
    select '40:' || s.id, s.at, 'suppressed', jsonb_build_object('channel', s.channel, 'kind', s.kind, 'scope', s.scope, 'reason', s.reason)
      from public.suppressions s where s.workspace_id = p_workspace and s.contact_id = p_contact
        and not exists (select from said k where k.channel = s.channel and k.state = 'withdrawn' and k.at = s.at)   -- told by its consent
    union all
    select '50:' || lpad(k.id::text, 20, '0'), k.at, 'consent', jsonb_build_object('channel', k.channel, 'purpose', k.purpose, 'state', k.state, 'origin', k.origin, 'proof', k.proof)
      from said k
    union all
    -- by a hash: the provider's id holds the person's number
    select '60:' || md5(i.provider_message_id), i.at, 'inbound', jsonb_build_object('type', i.type, 'senderId', i.sender_id, 'number', n.display_number,
        'campaignId', i.campaign_id, 'messageId', i.message_id::text, 'campaignName', h.name)
      from public.inbound_messages i left join public.phone_numbers n on n.id = i.sender_id left join public.campaign_history h on h.id = i.campaign_id
      where i.workspace_id = p_workspace and i.contact_id = p_contact
    union all
    -- from the campaigns: the ledger has an index of each campaign's recipients, and needs none by person for this
    select '70:' || lpad(m.id::text, 20, '0'), coalesce(a.intent_at, m.changed_at), 'message', jsonb_build_object('messageId', m.id::text, 'campaignId', h.id, 'campaignName', h.name,
        'campaignKind', h.kind, 'state', m.state, 'receipt', m.receipt, 'reason', m.reason)
      from public.campaign_history h join public.campaign_messages m on m.campaign_id = h.id and m.contact_id = p_contact
      left join public.campaign_attempts a on a.message_id = m.id and a.attempt = m.attempt
      where h.workspace_id = p_workspace
  )
  select h.key, h.at, h.kind, h.facts from happened h
  where p_last is null or case when p_is_oldest_first then (h.at, h.key) > (p_last, p_last_key) else (h.at, h.key) < (p_last, p_last_key) end
  order by case when p_is_oldest_first then h.at end, case when p_is_oldest_first then h.key end, h.at desc, h.key desc limit p_limit
$$;
comment on function public.contact_timeline is 'What happened with one person, newest first unless asked otherwise: added, imported, listed, consents and withdrawals, messages both ways. The page after (p_last, p_last_key).';

grant execute on function public.contact_tag_names(uuid, int), public.contact_countries(uuid), public.contact_timeline(uuid, uuid, timestamptz, text, boolean, int) to authenticated;
grant execute on function herald.find_contacts(uuid, jsonb, timestamptz, uuid, int), herald.count_contacts(uuid, jsonb, int) to herald_verbs;

-- Opt-outs by members. A lift is a word of its own in the history: it neither gives consent nor takes it, it takes a member's withdrawal back.
alter table consents drop constraint consents_state_check, add constraint consents_state_check check (state in ('granted', 'withdrawn', 'lifted'));

create function herald.is_suppressed(p_workspace uuid, p_contact uuid, p_but_for_reason text default null) returns boolean language sql stable as $$
  select exists (select from public.suppressions s where s.workspace_id = p_workspace and s.contact_id = p_contact and s.channel = 'whatsapp'
      and s.reason is distinct from p_but_for_reason)
    or exists (select from public.contact_addresses a where a.workspace_id = p_workspace and a.contact_id = p_contact and a.channel = 'whatsapp'
      and (select true from public.suppressions s where s.workspace_id = p_workspace and s.channel = a.channel and s.kind = a.kind and s.value = a.value
        and s.reason is distinct from p_but_for_reason limit 1))
$$;
comment on function herald.is_suppressed is 'The person, or an address that is the person''s by now, is on the opt-out register of WhatsApp; p_but_for_reason: for another reason than this one.';

-- The caller takes the consent lock last, as everywhere (law L7).
create function herald.opt_out_as_member(p_contact uuid, p_proof jsonb) returns boolean language plpgsql as $$
declare v_workspace constant uuid := herald.current_workspace();
begin
  perform from public.contacts c where c.workspace_id = v_workspace and c.id = p_contact for no key update;
  if not found then return null; end if;
  if herald.is_suppressed(v_workspace, p_contact) then return false; end if;
  perform herald.withdraw_consent(v_workspace, p_contact, '[]', 'operator', p_proof, clock_timestamp());
  return true;
end $$;
comment on function herald.opt_out_as_member is 'A member records that a person wants no marketing. False: the person is on the register already, nothing is written; null: no such person.';

-- Definer: it deletes a state of consent, which no member's verb may do but this one.
create function herald.lift_opt_out_as_member(p_contact uuid, p_proof jsonb) returns text language plpgsql security definer set search_path = '' as $$
declare v_workspace constant uuid := herald.current_workspace(); c_own_words constant text[] := '{provider_preference,stop_word}'; v_own text; v_now record; v_before record;
begin
  if not herald.is_acting_member() then raise exception 'only a member' using errcode = 'HE403'; end if;
  perform from public.contacts c where c.workspace_id = v_workspace and c.id = p_contact for no key update;
  if not found then return null; end if;
  -- a stop takes this row before it writes to the register: of a stop and a lift at once, one sees the other
  perform from public.consent_states k where k.workspace_id = v_workspace and k.contact_id = p_contact and k.channel = 'whatsapp' and k.purpose = 'marketing' for update;

  select c.state into v_own from public.consents c where c.workspace_id = v_workspace and c.contact_id = p_contact and c.channel = 'whatsapp' and c.purpose = 'marketing'
    and c.origin = any (c_own_words) order by c.at desc, c.state desc limit 1;   -- of two words in one second the stop counts
  if v_own = 'withdrawn' then return 'own_word'; end if;
  if herald.is_suppressed(v_workspace, p_contact, 'operator') then return 'own_word'; end if;   -- named an address before anybody had it
  select k.consent_id, c.origin, k.state into v_now from public.consent_states k join public.consents c on c.workspace_id = k.workspace_id and c.id = k.consent_id
    where k.workspace_id = v_workspace and k.contact_id = p_contact and k.channel = 'whatsapp' and k.purpose = 'marketing';
  if v_now.state is distinct from 'withdrawn' then return 'not_opted_out'; end if;
  select c.id, c.state into v_before from public.consents c where c.workspace_id = v_workspace and c.contact_id = p_contact and c.channel = 'whatsapp' and c.purpose = 'marketing'
    and c.origin <> 'operator' order by c.id desc limit 1;
  if v_now.origin <> 'operator' or v_before.state = 'withdrawn' then return 'imported'; end if;

  insert into public.consents (workspace_id, contact_id, channel, state, origin, proof, at)
    values (v_workspace, p_contact, 'whatsapp', 'lifted', 'operator', p_proof || jsonb_build_object('lifts', v_now.consent_id), clock_timestamp());
  if v_before.id is null then
    delete from public.consent_states k where k.contact_id = p_contact and k.channel = 'whatsapp' and k.purpose = 'marketing' and k.workspace_id = v_workspace;
  else
    update public.consent_states k set state = v_before.state, consent_id = v_before.id
      where k.contact_id = p_contact and k.channel = 'whatsapp' and k.purpose = 'marketing' and k.workspace_id = v_workspace;
  end if;
  delete from public.suppressions s where s.workspace_id = v_workspace and s.contact_id = p_contact and s.channel = 'whatsapp' and s.scope = 'marketing' and s.reason = 'operator';
  return case when v_before.id is null then 'lifted_to_none' else 'lifted_to_granted' end;
end $$;
comment on function herald.lift_opt_out_as_member is 'Takes back an opt-out that a member recorded; consent is what it was before. Refused (own_word, imported, not_opted_out) where somebody else said it. Null: no such person.';

grant execute on function herald.withdraw_consent(uuid, uuid, jsonb, text, jsonb, timestamptz), herald.is_suppressed(uuid, uuid, text), herald.opt_out_as_member(uuid, jsonb),
  herald.lift_opt_out_as_member(uuid, jsonb) to herald_verbs;
