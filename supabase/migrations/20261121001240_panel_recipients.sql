-- Finding recipients among the 100,000 of a campaign. No index is added to the messages: each answer to a request stays a HOT update.

-- p_filter: {buckets: [bucket], reason, code, search, messageIds: [id]}. Only conditions that are wanted are in it, so that each is planned for its own values.
create function herald.recipient_conditions(p_filter jsonb) returns text language plpgsql immutable as $$
declare
  c_troubled constant text[] := '{skipped,deferred,failed,held,unknown}';   -- each of these names a reason, and has an index that holds nothing else
  c_receipts constant text[] := '{sent,undelivered,delivered,read}';
  v_buckets constant text[] := case when p_filter ->> 'buckets' is not null then array(select jsonb_array_elements_text(p_filter -> 'buckets')) end;
  v_receipts constant text[] := array(select b from unnest(v_buckets) b where b = any (c_receipts) union select 'played' where 'read' = any (v_buckets));
  v_states constant text[] := array(select b from unnest(v_buckets) b where b <> all (c_receipts) and b <> 'accepted');
  v_reason constant text := p_filter ->> 'reason'; v_code constant text := p_filter ->> 'code';
begin
  return case when v_buckets <@ c_troubled or v_reason is not null or v_code is not null then ' and m.reason is not null' else '' end
    || case when v_buckets is null then '' else format(' and (m.state = any (%L::public.message_state[])%s%s)', v_states,
      case when 'accepted' = any (v_buckets) then ' or (m.state = ''accepted'' and m.receipt is null)' else '' end,
      case when v_receipts <> '{}' then format(' or (m.state = ''accepted'' and m.receipt = any (%L::public.message_receipt[]))', v_receipts) else '' end) end
    || case when v_reason is null then '' else format(' and (m.reason = %L or a.class = %1$L)', v_reason) end
    || case when v_code is null then '' else format(' and a.code = %L', v_code) end
    || case when p_filter ->> 'messageIds' is null then '' else format(' and m.id = any (%L::bigint[])', array(select jsonb_array_elements_text(p_filter -> 'messageIds'))) end;
end $$;
comment on function herald.recipient_conditions is 'SQL that keeps the messages m, with their newest attempt a, that a filter names; the search apart. All that was typed is quoted.';

-- Definer, and ids only, as herald.find_contacts: under row-level security a text search may not use its index. It asks for the membership itself, and what
-- belongs to an id is read by the caller under row-level security.
create function herald.find_recipients(p_campaign uuid, p_filter jsonb, p_after uuid, p_limit int) returns setof bigint
language plpgsql stable security definer rows 100 set search_path = '' set max_parallel_workers_per_gather = 0 set jit = off set work_mem = '64MB' as $$
declare
  c_ahead constant int := 1000; c_few constant int := 1000;
  v_workspace constant uuid := herald.current_workspace(); v_after constant uuid := coalesce(p_after, '00000000-0000-0000-0000-000000000000');
  v_search constant text := (select string_agg(part, ' union all ') from jsonb_array_elements_text(herald.contact_search(p_filter ->> 'search')) part);
  -- by recipient: both indices of a campaign's messages have that order, so a page passes over no row of another campaign
  v_from constant text := format('from public.campaign_messages m %s where m.workspace_id = $1 and m.campaign_id = $2 and m.contact_id > $3 %s',
    -- message by message: a join that may be turned round reads the attempts of everybody
    case when p_filter ->> 'reason' is null and p_filter ->> 'code' is null then ''
      else 'left join lateral (select x.class, x.code from public.campaign_attempts x where x.message_id = m.id and x.attempt = m.attempt limit 1) a on true' end,
    herald.recipient_conditions(p_filter));
  -- the limit keeps it a question about one person: as a mere `exists` it may be answered by looking up everybody first
  v_probe constant text := format('(select true from (%s) found where found.contact_id = m.contact_id limit 1) is true', v_search);
  v_walked int; v_ids bigint[]; v_people uuid[]; v_found text := '';
begin
  if not herald.is_acting_member() then return; end if;
  if v_search is not null then
    -- a word that many bear fills a page within a few steps, and would take long to be looked up as a whole: each of the next recipients is asked first
    execute format('select count(*), coalesce(array_agg(w.id order by w.contact_id) filter (where w.is_found), ''{}'')
      from (select m.id, m.contact_id, %s as is_found %s order by m.contact_id limit %s) w', v_probe, v_from, c_ahead)
      into v_walked, v_ids using v_workspace, p_campaign, v_after;
    if v_walked < c_ahead or cardinality(v_ids) >= p_limit then
      return query select unnest(v_ids[1:p_limit]);
      return;
    end if;
    execute format('select array_agg(contact_id) from (%s limit %s) few', v_search, c_few + 1) into v_people using v_workspace;
    v_found := 'and ' || case when coalesce(cardinality(v_people), 0) <= c_few then format('m.contact_id = any (%L::uuid[])', coalesce(v_people, '{}')) else v_probe end;
  end if;
  return query execute format('select m.id %s %s order by m.contact_id limit %s', v_from, v_found, p_limit) using v_workspace, p_campaign, v_after;
end $$;
comment on function herald.find_recipients is 'A page of a campaign''s messages that a filter names, by recipient; to members of the workspace of the transaction, to anybody else nothing.';
grant execute on function herald.find_recipients(uuid, jsonb, uuid, int) to herald_verbs;
