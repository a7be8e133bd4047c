-- What a request came to. Evidence merges by attempt and is never fenced (laws L3, L4).

create function herald.lock_for_evidence(p_messages bigint[]) returns uuid[] language plpgsql as $$
declare v_campaigns uuid[];
begin
  select array_agg(distinct m.campaign_id) into v_campaigns from public.campaign_messages m where m.id = any (p_messages);
  perform from public.campaign_controls c where c.campaign_id = any (v_campaigns) order by c.campaign_id for key share;
  perform from public.campaign_messages m where m.id = any (p_messages) order by m.id for update;
  return v_campaigns;
end $$;
comment on function herald.lock_for_evidence is 'Controls, then messages, both sorted; answers the campaigns of the messages.';

-- A refusal and the provider's word of the same cause come at the same time: whoever is second sees the first. Taken last but for blocks, outbox, campaign row and health.
create function herald.lock_blocks(p_workspace uuid) returns void language sql volatile as
$$ select pg_advisory_xact_lock(hashtextextended(p_workspace::text, 9)) $$;
comment on function herald.lock_blocks is 'Taken by whoever opens blocks of a workspace.';

create function herald.open_blocks(p_workspace uuid, p_blocks jsonb) returns void language sql volatile as $$
  select herald.lock_blocks(p_workspace);
  insert into public.blocks as k (workspace_id, scope, scope_id, class, code, detail)
  select distinct on (b.block, t.scope_id, b.code) p_workspace, b.block, t.scope_id, b.class, b.code, coalesce(b.detail, '')
  from jsonb_to_recordset(p_blocks) b(campaign_id uuid, block public.block_scope, class text, code text, detail text)
  join public.campaign_controls c on c.campaign_id = b.campaign_id
  cross join lateral (select case b.block when 'number' then c.sender_id when 'waba' then c.source_id else c.template_id end) t(scope_id)
  where not exists (select from public.blocks o where o.cured_at is null and (o.scope, o.scope_id) = (b.block, t.scope_id) and b.code = any (o.refusals))
  order by b.block, t.scope_id, b.code
  on conflict (scope, scope_id, code) where cured_at is null do update set lifts_at = null where k.lifts_at is not null
$$;
comment on function herald.open_blocks is 'Refusals that reach further than their message: [{campaign_id, block, class, code, detail}]. The same code again keeps its block, which then has no end of its own.';

-- p_lifts_at null: without end, which is later than any time. p_refusals: codes of refusals that come of the same cause; the block of one from a moment ago becomes
-- this one, and those of others end in it, else they would outlive a restriction that ends by itself, and a person would have to cure one cause twice.
create function herald.open_said_block(p_workspace uuid, p_scope public.block_scope, p_scope_id uuid, p_class text, p_code text, p_detail text,
  p_at timestamptz, p_lifts_at timestamptz, p_refusals text[]) returns void language plpgsql as $$
declare v_block bigint;
begin
  perform herald.lock_blocks(p_workspace);
  update public.blocks k set class = p_class, code = p_code, detail = p_detail, lifts_at = p_lifts_at, refusals = p_refusals
    where k.cured_at is null and k.id = (
        select min(o.id) from public.blocks o where o.cured_at is null and (o.scope, o.scope_id) = (p_scope, p_scope_id) and o.code = any (p_refusals)
          and (p_lifts_at is null or o.created_at > p_at - interval '2 minutes'))
      and not exists (select from public.blocks o where o.cured_at is null and (o.scope, o.scope_id, o.code) = (p_scope, p_scope_id, p_code))
    returning k.id into v_block;
  if not found then
    insert into public.blocks as k (workspace_id, scope, scope_id, class, code, detail, created_at, lifts_at, refusals)
    values (p_workspace, p_scope, p_scope_id, p_class, p_code, p_detail, least(p_at, clock_timestamp()), p_lifts_at, p_refusals)
    on conflict (scope, scope_id, code) where cured_at is null do update set refusals = excluded.refusals,
      lifts_at = case when k.lifts_at is not null and excluded.lifts_at is not null then greatest(k.lifts_at, excluded.lifts_at) end
      returning k.id into v_block;
  end if;
  -- what they hold is held by this one now
  update public.blocks o set cured_at = clock_timestamp() where o.cured_at is null and (o.scope, o.scope_id) = (p_scope, p_scope_id) and o.id <> v_block
    and o.code = any (p_refusals) and (p_lifts_at is null or o.created_at > p_at - interval '2 minutes');
end $$;
comment on function herald.open_said_block is 'A block by the provider''s own word about an account or a template; said again it keeps its row, and its end moves only further away.';

create function herald.is_blocking_class(p_class text) returns boolean language sql immutable parallel safe as
$$ select p_class in ('TEMPLATE', 'NUMBER', 'WABA', 'TOKEN', 'OPS') $$;
comment on function herald.is_blocking_class is 'A refusal of this class opens a block. Twin of settleRefusal() in packages/campaign.';

-- what a block holds, in parts: not naming `state`, so that dispatching -> accepted stays a HOT update
create index campaign_messages_held_back on campaign_messages (campaign_id, id) where next_at is null and reason is not null;

-- The controls are taken as a pause takes them: results that open the block come strictly before (their messages are freed) or after (they open a new one).
-- They keep evidence out, so what one transaction frees is bounded; while the block is open none of it is sent, and its last part closes it.
-- The block comes last, as where it is opened: taken first, a flush that opens it again would wait for the cure and the cure for its messages.
create function herald.cure_block(p_workspace uuid, p_block bigint, p_limit int default 5000) returns int language plpgsql
-- one plan, by the indexes: see herald.move_picked
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set join_collapse_limit = 1 as $$
declare b record; v_campaigns uuid[]; v_free uuid[]; v_picked bigint[]; v_n int;
begin
  perform herald.enter_workspace(p_workspace);
  select k.scope, k.scope_id into b from public.blocks k where k.workspace_id = p_workspace and k.id = p_block;
  if not found then raise exception 'no such block in this workspace' using errcode = 'HE404'; end if;
  select array_agg(l.campaign_id) into v_campaigns from (
    select c.campaign_id from public.campaign_controls c
    join public.campaign_history h on h.id = c.campaign_id and h.status in ('scheduled', 'queued', 'sending', 'paused')   -- a final one has nothing deferred
    where c.workspace_id = p_workspace and case b.scope when 'number' then c.sender_id when 'waba' then c.source_id else c.template_id end = b.scope_id
    order by c.campaign_id for update of c) l;
  perform from public.blocks k where k.id = p_block and k.cured_at is null;
  if not found then return 0; end if;
  -- where another cause still holds nothing is due and nobody is told yet: the last cure does both
  select array_agg(c.campaign_id) into v_free from public.campaign_controls c where c.campaign_id = any (v_campaigns)
    and not exists (select from public.blocks k where k.cured_at is null and k.id <> p_block
      and (k.scope, k.scope_id) in (('number', c.sender_id), ('waba', c.source_id), ('template', c.template_id)));
  v_picked := array(
    select w.id from unnest(v_free) f(campaign_id) join public.campaign_controls c on c.campaign_id = f.campaign_id and c.flag <> 'cancelled'
    cross join lateral (
      select m.id from public.campaign_messages m
      join public.campaign_attempts a on a.message_id = m.id and a.attempt = m.attempt and herald.is_blocking_class(a.class)
      where m.campaign_id = f.campaign_id and m.next_at is null and m.reason is not null and m.state = 'deferred' order by m.id limit p_limit) w
    limit p_limit);
  perform from public.campaign_messages m where m.id = any (v_picked) order by m.id for update;
  update public.campaign_messages m set next_at = clock_timestamp(), changed_at = clock_timestamp()
    where m.id = any (v_picked) and m.state = 'deferred' and m.next_at is null;
  get diagnostics v_n = row_count;
  if cardinality(v_picked) >= p_limit then
    update public.blocks k set lifts_at = clock_timestamp() where k.id = p_block and k.cured_at is null and coalesce(k.lifts_at > clock_timestamp(), true);
    return v_n;
  end if;
  update public.blocks k set cured_at = clock_timestamp() where k.id = p_block and k.cured_at is null;
  if found then
    with reached as (
      update public.campaign_controls c set control_seq = c.control_seq + 1 from public.campaign_history h
      where c.campaign_id = any (v_free) and h.id = c.campaign_id and h.status in ('scheduled', 'queued', 'sending', 'paused')
      returning c.campaign_id, c.control_seq, h.run_no
    )
    insert into public.outbox (workspace_id, kind, ref)
      select p_workspace, 'workflow.wake', jsonb_build_object('campaignId', r.campaign_id, 'runNo', r.run_no, 'controlSeq', r.control_seq) from reached r;
  end if;
  return v_n;
end $$;
comment on function herald.cure_block is 'The cause of a block is gone: in every campaign it reached and no other block reaches, what waited is due now and the workflow is told; answers how many messages. What is beyond p_limit is left to herald.lift_block, and the block is open until then. A cured block stays as it is.';

-- Said again meanwhile by a refusal or the provider, it has an end no more, or a later one.
create function herald.lift_block(p_workspace uuid, p_block bigint) returns boolean language plpgsql as $$
begin
  perform herald.enter_workspace(p_workspace);
  perform from public.blocks k where k.workspace_id = p_workspace and k.id = p_block and k.cured_at is null and k.lifts_at <= clock_timestamp();
  if not found then return true; end if;
  perform herald.cure_block(p_workspace, p_block);
  return not exists (select from public.blocks k where k.id = p_block and k.cured_at is null and k.lifts_at <= clock_timestamp());
end $$;
comment on function herald.lift_block is 'One part of the cure of a block whose time is over; true when nothing is left of it to do. Call until then, each in a transaction of its own.';

-- p_results: [{id, attempt, state, reason, retryMs, maxAttempts, providerMessageId, code, class, detail, counts, block, latencyMs, backOff, pace}]
create function herald.record_results(p_workspace uuid, p_shard int, p_results jsonb) returns int language plpgsql
-- one plan, by the indexes: see herald.move_picked
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set join_collapse_limit = 1 as $$
declare v_campaigns uuid[]; v_n int; v_unsent bigint[]; v_unreached bigint[]; v_blocks jsonb; v_noted jsonb; v_outcomes jsonb;
begin
  perform herald.enter_workspace(p_workspace);
  perform set_config('herald.counter_shard', p_shard::text, true);
  v_campaigns := herald.lock_for_evidence(array(select (r ->> 'id')::bigint from jsonb_array_elements(p_results) r));

  with r as (
    select distinct on (r.id, r.attempt) r.* from jsonb_to_recordset(p_results) r(id bigint, attempt int, state public.message_state, reason text,
      "retryMs" double precision, "maxAttempts" int, "providerMessageId" text, code text, class text, detail text, counts boolean, block public.block_scope, "latencyMs" real, "backOff" double precision, pace text)
  ), told as (
    update public.campaign_attempts a set settled_at = clock_timestamp(), outcome = case r.state when 'queued' then 'not_started' else r.state::text end,
      provider_message_id = coalesce(a.provider_message_id, r."providerMessageId"), code = coalesce(a.code, r.code), class = coalesce(a.class, r.class),
      detail = coalesce(a.detail, r.detail, r.reason), latency_ms = r."latencyMs"
    from r where a.message_id = r.id and a.attempt = r.attempt and (a.settled_at is null or a.outcome = 'unknown')
    -- what the answer says of its number: nothing when nothing was asked, or when it was about our own pace
    returning jsonb_build_object('campaign_id', a.campaign_id, 'message_id', a.message_id, 'intent_s', extract(epoch from a.intent_at), 'pace', r.pace, 'code', r.code,
      'retry_ms', r."retryMs", 'is_unsent', r.state = 'queued', 'is_bad', case when r.pace is null and r.state <> 'queued' then r.state = 'unknown' or coalesce(r.class = 'SOON', false) end) as outcome
  ), open as materialized (
    -- an attempt counts once: when it was given up for unknown it was counted then
    select m.id, m.attempt, m.campaign_id, r.state, r.reason, r.code, r.class, r.detail, r.block, r."maxAttempts", c.flag,
      r."retryMs" * power(coalesce(r."backOff", 1), greatest(0, m.tries - (m.state = 'unknown')::int)) as "retryMs",
      h.status in ('sent', 'partially_sent', 'failed', 'cancelled') as is_final,
      m.tries + (coalesce(r.counts, true) and not (r.state = 'deferred' and herald.is_probe(m.campaign_id, m.id, m.attempt)))::int
        - (m.state = 'unknown')::int as tries,
      case when r.state in ('queued', 'deferred', 'failed') then herald.arrived(m.id, m.attempt) end as arrived
    from r join public.campaign_messages m on m.id = r.id and m.attempt = r.attempt and (m.state in ('dispatching', 'unknown')
      -- an operator decided meanwhile: what is known to be sent is not sent again, and not given up, unless the provider has failed it since
      or (r.state in ('accepted', 'held') and (m.state, m.reason) in (('queued', 'resend'), ('failed', 'written_off'))
        and not exists (select from public.campaign_attempts x where x.message_id = m.id and x.attempt = m.attempt and x.failed_at is not null)))
    join public.campaign_controls c on c.campaign_id = m.campaign_id join public.campaign_history h on h.id = m.campaign_id
  ), settled as (
    select o.*, case
        when o.arrived is not null then 'accepted'                                                                               -- an earlier attempt arrived after all
        when o.state in ('queued', 'deferred') and o.flag = 'cancelled' then 'skipped'                                           -- a cancelled campaign defers nothing
        when o.state in ('queued', 'deferred') and o.is_final then 'failed'
        when o.state = 'deferred' and o.block is null and o.tries >= coalesce(o."maxAttempts", 1) then 'failed'                  -- its tries are used up
        else o.state end as new_state
    from open o
  ), moved as (
    update public.campaign_messages m set state = s.new_state, tries = s.tries, changed_at = clock_timestamp(),
      receipt = coalesce(s.arrived, m.receipt),
      reason = case when s.arrived is not null then null when s.new_state = 'skipped' then 'cancelled' when s.new_state = 'failed' and s.is_final then 'late'
        else coalesce(s.reason, case when s.new_state not in ('queued', 'accepted') then s.new_state::text end) end,   -- reports look for it: campaign_messages_reason
      next_at = case when s.new_state = 'queued' then clock_timestamp() + make_interval(secs => coalesce(s."retryMs", 0) / 1000)
                     when s.new_state = 'deferred' then clock_timestamp() + make_interval(secs => s."retryMs" / 1000) end
    from settled s where m.id = s.id
    returning m.id, m.attempt, s.new_state, s.campaign_id, s.block, s.class, s.code, s.detail
  )
  select count(*), array_agg(id) filter (where new_state in ('failed', 'skipped')),
    jsonb_agg(jsonb_build_object('campaign_id', campaign_id, 'block', block, 'class', class, 'code', code, 'detail', detail)) filter (where block is not null),
    jsonb_agg(jsonb_build_array(id::text, attempt) order by id) filter (where new_state in ('accepted', 'held')),
    array_agg(id) filter (where new_state in ('failed', 'skipped', 'deferred', 'queued')), (select jsonb_agg(outcome) from told)
  into v_n, v_unsent, v_blocks, v_noted, v_unreached, v_outcomes from moved;

  if v_unsent is not null then perform herald.release_reservations(v_unsent); end if;
  if v_unreached is not null then perform herald.free_places(v_unreached); end if;
  if v_blocks is not null then perform herald.open_blocks(p_workspace, v_blocks); end if;
  if v_noted is not null then
    insert into public.outbox (workspace_id, kind, ref) values (p_workspace, 'mongo.attempts', jsonb_build_object('attempts', v_noted));
  end if;
  perform herald.lift_final(p_workspace, v_campaigns);
  if v_outcomes is not null then perform herald.note_outcomes(p_workspace, v_outcomes); end if;
  return v_n;
end $$;
comment on function herald.record_results is 'One flush of results, merged by attempt; answers how many messages moved.';

grant execute on function herald.lock_for_evidence(bigint[]), herald.lock_blocks(uuid), herald.open_blocks(uuid, jsonb),
  herald.open_said_block(uuid, block_scope, uuid, text, text, text, timestamptz, timestamptz, text[]), herald.is_blocking_class(text), herald.cure_block(uuid, bigint, int),
  herald.lift_block(uuid, bigint),
  herald.record_results(uuid, int, jsonb) to herald_engine;
