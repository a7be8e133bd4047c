-- What the provider says later: receipts, in any order, any number of times (law L9).

create function herald.receipt_rank(p_receipt public.message_receipt, p_failed boolean) returns int language sql immutable as
$$ select case when p_receipt >= 'delivered' then 10 + array_position(enum_range(null::public.message_receipt), p_receipt)
          when p_failed then 5 else coalesce(array_position(enum_range(null::public.message_receipt), p_receipt), 0) end $$;
comment on function herald.receipt_rank is 'How far an attempt is known to have come: sent < undelivered < failed < delivered < read < played (law L9). Above 10: it arrived.';

-- Evidence that a message was sent after all takes its place under the frequency cap again.
create function herald.reserve_again(p_messages bigint[]) returns void language sql volatile as $$
  insert into public.contact_marketing as k (workspace_id, contact_id, message_id, at)
  select distinct on (m.contact_id) m.workspace_id, m.contact_id, m.id, a.intent_at
  from public.campaign_messages m join public.campaign_attempts a on a.message_id = m.id and a.attempt = m.attempt
  join public.campaign_controls c on c.campaign_id = m.campaign_id and c.marketing_cap is not null
  where m.id = any (p_messages) order by m.contact_id, a.intent_at desc
  on conflict (workspace_id, contact_id) do update set message_id = excluded.message_id, at = excluded.at where k.at < excluded.at
$$;
comment on function herald.reserve_again is 'Reservations of messages that were taken for failed and were not.';

-- A batch gives some of them back and takes others: all at once and sorted, as the gate takes them.
create function herald.lock_marketing(p_released bigint[], p_again bigint[]) returns void language sql volatile as $$
  select from public.contact_marketing k where (k.workspace_id, k.contact_id) in (
    select h.workspace_id, h.contact_id from public.contact_marketing h where h.message_id = any (p_released)
    union select m.workspace_id, m.contact_id from public.campaign_messages m where m.id = any (p_again))
  order by k.workspace_id, k.contact_id for update
$$;
comment on function herald.lock_marketing is 'Reservations under the frequency cap that a batch of receipts moves.';

-- Matches by the provider's id first, by our opaque id second, never by phone; adds mid and att to each record.
create function herald.match_receipts(p_records jsonb) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(r || jsonb_build_object('mid', coalesce(a.message_id, b.message_id), 'att', coalesce(a.attempt, b.attempt))), '[]')
  from jsonb_array_elements(p_records) r
  left join lateral (
    select x.message_id, x.attempt from public.campaign_attempts x where x.workspace_id = (select herald.current_workspace())
      and x.provider_message_id = r ->> 'providerMessageId' order by x.intent_at desc limit 1) a on true
  -- the limit, of a row that is one anyway, keeps it a look-up by key: joined plainly, row-level security forbids the index to a clause with ->> in it
  left join lateral (
    select x.message_id, x.attempt from public.campaign_attempts x where a.message_id is null and x.message_id = (r ->> 'messageId')::bigint
      and x.attempt = (r ->> 'attempt')::int and (x.provider_message_id is null or x.provider_message_id = r ->> 'providerMessageId') limit 1) b on true
$$;
comment on function herald.match_receipts is 'Records with the attempt they speak of; mid is null for one that nobody knows yet.';

-- p_records: [{providerMessageId, messageId, attempt, receipt, atMs, state, reason, retryMs, maxAttempts, code, class, detail, block, backOff, pace, pricingCategory, pricingType}]
create function herald.merge_receipts(p_workspace uuid, p_shard int, p_records jsonb) returns table (matched int, moved int, parked int) language plpgsql
-- one plan, by the indexes: see herald.move_picked
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set join_collapse_limit = 1 as $$
#variable_conflict use_column
declare v_rows jsonb; v_campaigns uuid[]; v_unsent bigint[]; v_sent_after_all bigint[]; v_unreached bigint[]; v_reached bigint[];
  v_blocks jsonb; v_noted jsonb; v_outcomes jsonb;
begin
  perform herald.enter_workspace(p_workspace);
  perform set_config('herald.counter_shard', p_shard::text, true);
  v_rows := herald.match_receipts(p_records);
  insert into public.parked_statuses (workspace_id, provider_message_id, receipt, record)
    select p_workspace, r ->> 'providerMessageId', r ->> 'receipt', r - 'mid' - 'att' from jsonb_array_elements(v_rows) r where r ->> 'mid' is null
    order by 2, 3 on conflict do nothing;
  get diagnostics parked = row_count;
  v_campaigns := herald.lock_for_evidence(array(select distinct (r ->> 'mid')::bigint from jsonb_array_elements(v_rows) r where r ->> 'mid' is not null));

  with e as (
    select (r ->> 'mid')::bigint as id, (r ->> 'att')::int as attempt, max(r ->> 'providerMessageId') as pid,
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
    select e.*, m.attempt as newest, m.state as old_state, m.campaign_id, c.flag,
      h.status in ('sent', 'partially_sent', 'failed', 'cancelled') as is_final,
      m.tries + (m.state = 'dispatching')::int as tries, a.intent_at, a.failed_at is null and e.has_failed as is_first_failure,
      greatest(a.receipt, e.best) as receipt, herald.arrived(e.id, e.attempt) as arrived_before,
      herald.receipt_rank(a.receipt, a.failed_at is not null) as old_rank,
      herald.receipt_rank(greatest(a.receipt, e.best), a.failed_at is not null or e.has_failed) as new_rank,
      exists (select from public.campaign_attempts l where l.message_id = e.id and l.attempt > e.attempt
        and coalesce(l.outcome, 'open') in ('open', 'accepted', 'held', 'unknown')) as is_overtaken,
      exists (select from public.campaign_attempts l where l.message_id = e.id and l.attempt = m.attempt and coalesce(l.receipt < 'delivered', true)
        and (l.failed_at is not null or l.outcome in ('failed', 'deferred', 'not_started'))) as is_newest_dead
    from e join public.campaign_attempts a on a.message_id = e.id and a.attempt = e.attempt join public.campaign_messages m on m.id = e.id
    join public.campaign_controls c on c.campaign_id = m.campaign_id join public.campaign_history h on h.id = m.campaign_id
  ), told as (
    update public.campaign_attempts a set provider_message_id = coalesce(a.provider_message_id, k.pid), receipt = k.receipt,
      sent_at = least(a.sent_at, k.sent_at), delivered_at = least(a.delivered_at, k.delivered_at), read_at = least(a.read_at, k.read_at),
      failed_at = least(a.failed_at, k.failed_at), code = coalesce(a.code, k.failure ->> 'code'), class = coalesce(a.class, k.failure ->> 'class'),
      detail = coalesce(a.detail, k.failure ->> 'detail'), pricing_category = coalesce(a.pricing_category, k.pricing_category),
      pricing_type = coalesce(a.pricing_type, k.pricing_type), is_provider_double = a.is_provider_double or (k.is_overtaken and k.new_rank > 10)
    from known k where a.message_id = k.id and a.attempt = k.attempt
  ), seen as (
    select k.*, greatest(k.arrived_before, max(k.receipt) filter (where k.new_rank > 10) over (partition by k.id)) as arrived from known k
  ), judged as (
    select k.*, case
        when k.new_rank <= k.old_rank and k.old_state not in ('dispatching', 'unknown', 'held') then null                    -- nothing new
        -- arrived: beats every failure, and calls off a retry that has not begun
        when k.new_rank > 10 then case
          when k.attempt = k.newest or k.old_state in ('queued', 'deferred', 'failed', 'skipped') or (k.old_state = 'accepted' and k.is_newest_dead) then 'accepted' end
        when k.attempt < k.newest then null                                                                                   -- kept with its attempt
        when k.new_rank = 5 then case
          when k.old_rank >= 5 or k.old_state not in ('dispatching', 'unknown', 'held', 'accepted') then null
          when k.arrived is not null then 'accepted'                                                                          -- another attempt arrived
          when k.failure ->> 'state' = 'deferred' and (k.is_final or k.flag = 'cancelled'
            or (k.failure ->> 'pace' is null and k.tries >= coalesce((k.failure ->> 'maxAttempts')::int, 1)
              -- what met a block is tried again after its cure, unless one try is all it may have: the provider held it back and dropped it
              and (k.failure ->> 'block' is null or k.failure ->> 'maxAttempts' = '1'))) then 'failed'
          else coalesce(k.failure ->> 'state', 'failed') end
        else 'accepted'                                                                                                       -- it was sent, whatever the answer to the request said
      end::public.message_state as new_state
    from seen k
  ), decided as materialized (
    -- one statement moves one message once: of two attempts that arrived in one batch the newest speaks
    select distinct on (j.id) j.* from judged j where j.new_state is not null order by j.id, (j.new_rank > 10) desc, j.attempt desc
  ), changed as (
    update public.campaign_messages m set state = d.new_state, changed_at = clock_timestamp(),
      -- a failure that speaks of its number's pace is no mark against the message
      tries = case when d.attempt = d.newest then greatest(0, d.tries - (d.new_state = 'deferred' and d.failure ->> 'pace' is not null)::int) else m.tries end,
      -- the newest attempt's while that one lives, then the best of those that arrived
      receipt = case when d.new_state = 'accepted' then greatest(m.receipt, d.receipt, case when d.new_rank = 5 then d.arrived end) end,
      reason = case when d.new_state = 'accepted' then null when d.is_final then 'late' else coalesce(d.failure ->> 'reason', 'failed') end,
      next_at = case when d.new_state = 'deferred' then clock_timestamp() + make_interval(secs => (d.failure ->> 'retryMs')::double precision / 1000
        * power(coalesce((d.failure ->> 'backOff')::double precision, 1), greatest(0, d.tries - 1))) end
    from decided d where m.id = d.id returning m.id
  )
  select (select count(*) from known), (select count(*) from changed),
    (select array_agg(id) from decided where new_state = 'failed'),
    (select array_agg(id) from decided where new_state = 'accepted' and old_state in ('failed', 'skipped')),
    (select jsonb_agg(failure || jsonb_build_object('campaign_id', campaign_id)) from decided where new_rank = 5 and failure ->> 'block' is not null),
    (select jsonb_agg(jsonb_build_array(id::text, attempt) order by id, attempt) from known),
    (select array_agg(id) from decided where new_state in ('failed', 'deferred')),
    -- arrived, or was sent after all: what is queued, deferred, failed or skipped gave its place back
    (select array_agg(r.id) from (select id from known where new_rank > 10 and old_rank < 10
      union select id from decided where new_state = 'accepted' and old_state in ('queued', 'deferred', 'failed', 'skipped')) r),
    (select jsonb_agg(jsonb_build_object('campaign_id', campaign_id, 'message_id', id, 'intent_s', extract(epoch from intent_at), 'pace', failure ->> 'pace',
      'code', failure ->> 'code', 'retry_ms', failure ->> 'retryMs', 'is_bad', case when failure ->> 'pace' is null then true end))
      from known where is_first_failure and new_rank = 5 and failure ->> 'class' = 'SOON')   -- of one that arrived after all it says nothing
  into matched, moved, v_unsent, v_sent_after_all, v_blocks, v_noted, v_unreached, v_reached, v_outcomes;

  if v_unsent is not null and v_sent_after_all is not null then perform herald.lock_marketing(v_unsent, v_sent_after_all); end if;
  if v_unsent is not null then perform herald.release_reservations(v_unsent); end if;
  if v_sent_after_all is not null then perform herald.reserve_again(v_sent_after_all); end if;
  if v_unreached is not null or v_reached is not null then perform herald.settle_places(coalesce(v_unreached, '{}'), coalesce(v_reached, '{}')); end if;
  if v_blocks is not null then perform herald.open_blocks(p_workspace, v_blocks); end if;
  if v_noted is not null then
    insert into public.outbox (workspace_id, kind, ref) values (p_workspace, 'mongo.attempts', jsonb_build_object('attempts', v_noted));
  end if;
  perform herald.lift_final(p_workspace, v_campaigns);
  if v_outcomes is not null then perform herald.note_outcomes(p_workspace, v_outcomes); end if;
  return next;
end $$;
comment on function herald.merge_receipts is 'One batch of receipts: matched, merged forward only, parked when nobody knows them yet.';

grant execute on function herald.receipt_rank(message_receipt, boolean), herald.reserve_again(bigint[]), herald.lock_marketing(bigint[], bigint[]), herald.match_receipts(jsonb),
  herald.merge_receipts(uuid, int, jsonb) to herald_engine;
