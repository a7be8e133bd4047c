-- What comes back: results of requests, receipts of the provider. Evidence merges by attempt and is never fenced (laws L3, L4, L9).

-- p_results: [{id, attempt, state, reason, retryMs, providerMessageId, code, class, detail, counts, block, latencyMs}]
create function herald.record_results(p_workspace uuid, p_shard int, p_results jsonb) returns int language plpgsql as $$
declare v_n int;
begin
  perform herald.enter_workspace(p_workspace);
  perform set_config('herald.counter_shard', p_shard::text, true);
  perform from public.campaign_messages m
    where m.id in (select (r ->> 'id')::bigint from jsonb_array_elements(p_results) r) order by m.id for update;

  with r as (
    select * from jsonb_to_recordset(p_results) r(id bigint, attempt smallint, state public.message_state, reason text, "retryMs" double precision,
      "providerMessageId" text, code text, class text, detail text, counts boolean, block public.block_scope, "latencyMs" real)
  ), told as (
    update public.campaign_attempts a set settled_at = clock_timestamp(), outcome = coalesce(nullif(r.reason, ''), r.state::text),
      provider_message_id = coalesce(a.provider_message_id, r."providerMessageId"), code = coalesce(a.code, r.code), class = coalesce(a.class, r.class),
      detail = coalesce(a.detail, r.detail), latency_ms = r."latencyMs"
    from r where a.message_id = r.id and a.attempt = r.attempt and (a.settled_at is null or a.outcome = 'unknown')
  ), settled as (
    -- a cancelled campaign defers nothing; a message that was given up for unknown accepts late evidence
    select m.id, m.campaign_id, r.*, c.flag,
      case when c.flag = 'cancelled' and r.state in ('queued', 'deferred') then 'skipped' else r.state end as new_state
    from r join public.campaign_messages m on m.id = r.id and m.attempt = r.attempt and m.state in ('dispatching', 'unknown')
    join public.campaign_controls c on c.campaign_id = m.campaign_id
  ), blocked as (
    insert into public.blocks (workspace_id, scope, scope_id, class, code, detail)
    select distinct on (s.block, scope_id) p_workspace, s.block, scope_id, s.class, s.code, coalesce(s.detail, '')
    from settled s join public.campaign_controls c using (campaign_id)
    cross join lateral (select case s.block when 'number' then c.sender_id when 'waba' then c.source_id else c.template_id end) b(scope_id)
    where s.block is not null order by s.block, scope_id
    on conflict do nothing
  ), released as (
    delete from public.contact_marketing k using (select id from settled where new_state in ('failed', 'skipped') order by id) s where k.message_id = s.id
  ), noted as (
    insert into public.outbox (workspace_id, kind, ref)
    select p_workspace, 'mongo.attempts', jsonb_build_object('attempts', jsonb_agg(jsonb_build_array(s.id::text, s.attempt) order by s.id))
    from settled s where s.new_state in ('accepted', 'held') having count(*) > 0
  ), moved as (
    update public.campaign_messages m set state = s.new_state,
      reason = case when s.new_state = 'skipped' then 'cancelled' else s.reason end,
      tries = m.tries + coalesce(s.counts, true)::int, changed_at = clock_timestamp(),
      next_at = case when s.new_state in ('queued', 'deferred') and s."retryMs" is not null then clock_timestamp() + make_interval(secs => s."retryMs" / 1000) end
    from settled s where m.id = s.id returning 1
  )
  select count(*) into v_n from moved;
  return v_n;
end $$;
comment on function herald.record_results is 'One flush of results, merged by attempt; answers how many messages moved.';

create function herald.receipt_rank(p_receipt public.message_receipt, p_failed boolean) returns int language sql immutable as
$$ select case when p_receipt >= 'delivered' then 10 + array_position(enum_range(null::public.message_receipt), p_receipt)
          when p_failed then 5 else coalesce(array_position(enum_range(null::public.message_receipt), p_receipt), 0) end $$;
comment on function herald.receipt_rank is 'How far an attempt is known to have come: sent < undelivered < failed < delivered < read < played (law L9).';

-- p_records: [{providerMessageId, messageId, attempt, receipt, atMs, state, reason, retryMs, code, class, detail, block, pricingCategory, pricingType}]
create function herald.merge_receipts(p_workspace uuid, p_shard int, p_records jsonb) returns table (matched int, moved int, parked int) language plpgsql as $$
#variable_conflict use_column
declare v_rows jsonb;
begin
  perform herald.enter_workspace(p_workspace);
  perform set_config('herald.counter_shard', p_shard::text, true);
  -- match: the provider's id first, our opaque id second
  select coalesce(jsonb_agg(to_jsonb(r) || jsonb_build_object('mid', coalesce(a.message_id, b.message_id), 'att', coalesce(a.attempt, b.attempt))), '[]') into v_rows
  from jsonb_to_recordset(p_records) r("providerMessageId" text, "messageId" bigint, attempt smallint, receipt text, "atMs" double precision, state text, reason text,
    "retryMs" double precision, code text, class text, detail text, block text, "pricingCategory" text, "pricingType" text)
  left join public.campaign_attempts a on a.provider_message_id = r."providerMessageId"
  left join public.campaign_attempts b on a.message_id is null and b.message_id = r."messageId" and b.attempt = r.attempt
    and (b.provider_message_id is null or b.provider_message_id = r."providerMessageId");

  insert into public.parked_statuses (workspace_id, provider_message_id, record)
    select p_workspace, r ->> 'providerMessageId', r - 'mid' - 'att' from jsonb_array_elements(v_rows) r where r ->> 'mid' is null;
  get diagnostics parked = row_count;

  perform from public.campaign_messages m where m.id in (select (r ->> 'mid')::bigint from jsonb_array_elements(v_rows) r) order by m.id for update;

  with e as (
    select (r ->> 'mid')::bigint as id, (r ->> 'att')::smallint as attempt, max(r ->> 'providerMessageId') as pid,
      max((r ->> 'receipt')::public.message_receipt) filter (where r ->> 'receipt' <> 'failed') as best,
      bool_or(r ->> 'receipt' = 'failed') as has_failed,
      to_timestamp(min((r ->> 'atMs')::double precision) filter (where r ->> 'receipt' = 'sent') / 1000) as sent_at,
      to_timestamp(min((r ->> 'atMs')::double precision) filter (where r ->> 'receipt' = 'delivered') / 1000) as delivered_at,
      to_timestamp(min((r ->> 'atMs')::double precision) filter (where r ->> 'receipt' in ('read', 'played')) / 1000) as read_at,
      to_timestamp(min((r ->> 'atMs')::double precision) filter (where r ->> 'receipt' = 'failed') / 1000) as failed_at,
      (array_agg(r) filter (where r ->> 'receipt' = 'failed'))[1] as failure,
      max(r ->> 'pricingCategory') as pricing_category, max(r ->> 'pricingType') as pricing_type
    from jsonb_array_elements(v_rows) r where r ->> 'mid' is not null group by 1, 2
  ), known as (
    select e.*, a.receipt as old_receipt, a.failed_at as old_failed_at, m.attempt as newest, m.state as old_state, m.campaign_id, c.flag,
      h.status in ('sent', 'partially_sent', 'failed', 'cancelled') as is_final,
      herald.receipt_rank(a.receipt, a.failed_at is not null) as old_rank,
      herald.receipt_rank(greatest(a.receipt, e.best), a.failed_at is not null or e.has_failed) as new_rank
    from e join public.campaign_attempts a on a.message_id = e.id and a.attempt = e.attempt join public.campaign_messages m on m.id = e.id
    join public.campaign_controls c on c.campaign_id = m.campaign_id join public.campaign_history h on h.id = m.campaign_id
  ), told as (
    update public.campaign_attempts a set provider_message_id = coalesce(a.provider_message_id, k.pid), receipt = greatest(a.receipt, k.best),
      sent_at = coalesce(a.sent_at, k.sent_at), delivered_at = coalesce(a.delivered_at, k.delivered_at), read_at = coalesce(a.read_at, k.read_at),
      failed_at = coalesce(a.failed_at, k.failed_at), code = coalesce(a.code, k.failure ->> 'code'), class = coalesce(a.class, k.failure ->> 'class'),
      detail = coalesce(a.detail, k.failure ->> 'detail'), pricing_category = coalesce(a.pricing_category, k.pricing_category),
      pricing_type = coalesce(a.pricing_type, k.pricing_type), is_provider_double = a.is_provider_double or (k.attempt < k.newest and k.new_rank > 10)
    from known k where a.message_id = k.id and a.attempt = k.attempt
  ), decided as (
    select k.*,
      case
        when k.attempt < k.newest or k.old_state in ('skipped', 'queued') then null                     -- evidence of an older attempt: kept there
        when k.new_rank <= k.old_rank and k.old_state in ('accepted', 'failed', 'deferred') then null   -- nothing new
        when k.new_rank > 10 then 'accepted'                                                            -- delivered beats every failure
        when k.new_rank = 5 and k.old_rank < 5 then
          case when k.is_final then 'failed' when k.flag = 'cancelled' and k.failure ->> 'state' = 'deferred' then 'failed' else k.failure ->> 'state' end
        when k.old_state in ('dispatching', 'unknown', 'held', 'accepted') and k.new_rank < 5 then 'accepted'
        when k.old_state = 'deferred' and k.new_rank between 1 and 4 then 'accepted'                    -- refused in the answer, yet sent
      end as new_state
    from known k
  ), blocked as (
    insert into public.blocks (workspace_id, scope, scope_id, class, code, detail)
    select distinct on (d.failure ->> 'block', scope_id) p_workspace, (d.failure ->> 'block')::public.block_scope, scope_id, d.failure ->> 'class', d.failure ->> 'code', coalesce(d.failure ->> 'detail', '')
    from decided d join public.campaign_controls c using (campaign_id)
    cross join lateral (select case d.failure ->> 'block' when 'number' then c.sender_id when 'waba' then c.source_id else c.template_id end) b(scope_id)
    where d.failure ->> 'block' is not null and d.new_rank = 5 and d.old_rank < 5 order by d.failure ->> 'block', scope_id
    on conflict do nothing
  ), released as (
    delete from public.contact_marketing k using (select id from decided where new_state = 'failed' order by id) d where k.message_id = d.id
  ), noted as (
    insert into public.outbox (workspace_id, kind, ref)
    select p_workspace, 'mongo.attempts', jsonb_build_object('attempts', jsonb_agg(jsonb_build_array(id::text, attempt) order by id)) from known having count(*) > 0
  ), changed as (
    update public.campaign_messages m set state = d.new_state::public.message_state,
      receipt = case when d.new_state = 'accepted' then greatest(m.receipt, d.best) else m.receipt end,
      reason = case when d.new_state = 'accepted' then null when d.is_final then 'late' else d.failure ->> 'reason' end,
      next_at = case when d.new_state = 'deferred' and d.failure ->> 'retryMs' is not null then clock_timestamp() + make_interval(secs => (d.failure ->> 'retryMs')::double precision / 1000) end,
      changed_at = clock_timestamp()
    from decided d where m.id = d.id and d.new_state is not null returning 1
  )
  select (select count(*) from known), (select count(*) from changed) into matched, moved;
  perform herald.lift_final(p_workspace, array(select distinct m.campaign_id from public.campaign_messages m
    where m.id in (select (r ->> 'mid')::bigint from jsonb_array_elements(v_rows) r)));
  return next;
end $$;
comment on function herald.merge_receipts is 'One batch of receipts: matched, merged forward only, parked when nobody knows them yet.';

-- An unknown message that settles after the end may lift a campaign to `sent`.
create function herald.lift_final(p_workspace uuid, p_campaigns uuid[]) returns void language sql as $$
  update public.campaign_history h set status = 'sent'
  where h.id = any (p_campaigns) and h.status = 'partially_sent' and h.workspace_id = p_workspace
    and (select n.failed + n.unknown + n.held + n.queued + n.deferred + n.dispatching = 0 from herald.campaign_counts(h.id) n)
$$;
comment on function herald.lift_final is 'partially_sent becomes sent when nothing is open or failed any more.';

-- Cancel and expiry: what was not begun is left out, a bounded batch at a time, balanced throughout.
create function herald.skip_open(p_workspace uuid, p_campaign uuid, p_reason text, p_limit int) returns int language plpgsql as $$
declare v_n int;
begin
  perform herald.enter_workspace(p_workspace);
  perform from public.campaign_controls where campaign_id = p_campaign for share;
  with picked as (
    select id from public.campaign_messages where campaign_id = p_campaign and state in ('queued', 'deferred') order by id limit p_limit for update
  ), moved as (
    update public.campaign_messages m set state = 'skipped', reason = p_reason, next_at = null, changed_at = clock_timestamp() from picked p where m.id = p.id returning 1
  )
  select count(*) into v_n from moved;
  return v_n;
end $$;
comment on function herald.skip_open is 'Queued and deferred messages become skipped(reason); call until it answers 0.';

grant execute on function herald.record_results(uuid, int, jsonb), herald.receipt_rank(message_receipt, boolean), herald.merge_receipts(uuid, int, jsonb),
  herald.lift_final(uuid, uuid[]), herald.skip_open(uuid, uuid, text, int) to herald_engine;
