-- The gate: budget, fence, controls, consent and intent in one transaction (laws L2, L4, L5, L6, L7).
-- One call per process and number, for all its campaigns, in autocommit: each statement below sees what committed before it began,
-- which a single CTE would not (it would check consent with the snapshot from before its wait for a lock).
-- Lock order everywhere: number, controls (sorted), consent, messages (sorted or skipped), counters last.

create function herald.now_s() returns double precision language sql volatile as
$$ select extract(epoch from clock_timestamp())::double precision $$;
comment on function herald.now_s is 'The database clock, epoch seconds.';

-- Why a lane may not send, whatever its turn; null when it may.
create function herald.lane_refusal(p_campaign uuid, p_epoch int, p_is_killed boolean) returns text language sql stable as $$
  select case
    when c.epoch <> p_epoch then 'stale'
    when c.flag <> 'running' then c.flag::text
    when p_is_killed then 'killed'
    when exists (select from public.blocks b where b.cured_at is null and (b.scope, b.scope_id) in
      (('number', c.sender_id), ('waba', c.source_id), ('template', c.template_id))) then 'blocked'
  end
  from public.campaign_controls c where c.campaign_id = p_campaign
$$;
comment on function herald.lane_refusal is 'Fence, flag, kill switches and open blocks of one campaign.';

create function herald.is_killed(p_workspace uuid, p_sender uuid) returns boolean language sql stable as $$
  select (select kill_switch from public.workspaces where id = p_workspace)
      or (select kill_switch from public.phone_numbers where id = p_sender)
      or (select is_on from public.deployment_switches where name = 'stop_all_sending')
$$;
comment on function herald.is_killed is 'A kill switch of the deployment, the workspace or the number is on.';

-- Moves picked messages: what consent forbids is skipped with its reason, the rest gets a slot and its attempt is committed (law L2).
create function herald.move_picked(p_ids bigint[], p_lanes int[], p_epochs int[], p_start double precision, p_step double precision, p_window double precision)
returns table (lane int, message_id bigint, attempt smallint, chunk_no int, entry_no smallint, nth int, skip_reason text) language sql as $$
  with picked as (
    select * from unnest(p_ids, p_lanes, p_epochs) with ordinality p(id, lane, epoch, pos)
  ), judged as (
    select p.*, m.contact_id, m.workspace_id, m.campaign_id, c.marketing_cap,
      case when ct.status is distinct from 'active' then 'contact_inactive'
           when exists (select from public.suppressions s where s.contact_id = m.contact_id and s.channel = 'whatsapp' and (c.is_marketing or s.scope = 'all')) then 'opted_out'
      end as no
    from picked p join public.campaign_messages m on m.id = p.id
    join public.campaign_controls c on c.campaign_id = m.campaign_id
    left join public.contacts ct on ct.id = m.contact_id
  ), reserved as (
    insert into public.contact_marketing as k (workspace_id, contact_id, message_id, at)
    select workspace_id, contact_id, id, clock_timestamp() from judged where no is null and marketing_cap is not null order by contact_id
    on conflict (workspace_id, contact_id) do update set message_id = excluded.message_id, at = excluded.at
      where k.message_id = excluded.message_id or k.at <= excluded.at - (
        select c.marketing_cap from public.campaign_controls c join public.campaign_messages m on m.campaign_id = c.campaign_id where m.id = excluded.message_id)
    returning k.message_id
  ), checked as (
    select j.*, coalesce(j.no, case when j.marketing_cap is not null and r.message_id is null then 'frequency_cap' end) as reason
    from judged j left join reserved r on r.message_id = j.id
  ), placed as (
    select c.*, (count(*) filter (where reason is null) over (order by lane, pos))::int as nth from checked c
  ), moved as (
    update public.campaign_messages m set
      state = case when p.reason is null then 'dispatching' else 'skipped' end::public.message_state,
      receipt = null, reason = p.reason, next_at = null, changed_at = clock_timestamp(), epoch = p.epoch,
      attempt = m.attempt + (p.reason is null)::int,
      send_by = case when p.reason is null then to_timestamp(p_start + (p.nth - 1) * p_step + p_window) end
    from placed p where m.id = p.id
    returning m.id, m.attempt, m.workspace_id, m.campaign_id, m.epoch, m.send_by, m.chunk_no, m.entry_no, p.lane, p.nth, p.reason
  ), intended as (
    insert into public.campaign_attempts (message_id, attempt, workspace_id, campaign_id, epoch, intent_at, send_by)
    select id, attempt, workspace_id, campaign_id, epoch, clock_timestamp(), send_by from moved where reason is null
  )
  select lane, id, attempt, chunk_no, entry_no, nth, reason from moved
$$;
comment on function herald.move_picked is 'Consent, frequency cap and intent for the rows a grant picked, in one statement.';

-- One row per asking campaign. Message i of a row may begin in [first_ms + i * step_ms, + 15 ms] after db_now (epoch seconds).
create function herald.grant_slots(p_workspace uuid, p_sender uuid, p_campaigns uuid[], p_epochs int[], p_wants int[], p_shard int,
  p_horizon double precision, p_quantum double precision, p_lead double precision)
returns table (campaign_id uuid, reason text, message_ids bigint[], attempts smallint[], chunk_nos int[], entry_nos smallint[], skipped int,
  first_ms double precision, step_ms double precision, wait_ms double precision, db_now double precision)
language plpgsql as $$
#variable_conflict use_column
declare
  c_window constant double precision := 0.015;
  v_now double precision; v_tat double precision; v_step double precision; v_start double precision;
  v_need int; v_left int; v_asking int; v_stock double precision; v_vmin double precision; v_vtime double precision; v_n int; v_got int;
  v_refusal text; v_killed boolean; v_shared boolean := false; v_sent int := 0;
  v_ids bigint[] := '{}'; v_lanes int[] := '{}'; v_row_epochs int[] := '{}'; v_due bigint[];
  v_reasons text[]; v_vtimes double precision[]; v_turns int := 0; v_drained int := 0;
  l record; a record;
begin
  perform herald.enter_workspace(p_workspace);
  perform set_config('herald.counter_shard', p_shard::text, true);

  -- A refusal for pace needs no proof: peek first, without a lock, a transaction id or a flush of the log.
  select tat, 1 / (cap_per_second * utilisation) into v_tat, v_step from public.phone_numbers where id = p_sender;
  if v_step is null then raise exception 'no such sender in this workspace' using errcode = 'HE404'; end if;
  v_now := herald.now_s();
  v_need := greatest(1, floor(p_quantum / v_step));
  v_start := greatest(v_tat, v_now + p_lead);
  if v_start + (v_need - 1) * v_step > v_now + p_horizon and v_tat < v_now + p_horizon + 1 then
    return query select c, 'pace', '{}'::bigint[], '{}'::smallint[], '{}'::int[], '{}'::smallint[], 0, 0::double precision, 0::double precision,
      (v_start + (v_need - 1) * v_step - v_now - p_horizon) * 1000, v_now from unnest(p_campaigns) c;
    return;
  end if;

  select tat into v_tat from public.phone_numbers where id = p_sender for update;
  v_now := herald.now_s();   -- after the lock: the budget is that of now
  if v_tat > v_now + p_horizon + 1 then v_tat := v_now + p_horizon; end if;   -- the clock was set back
  v_stock := v_tat - v_now;
  v_start := greatest(v_tat, v_now + p_lead);
  v_left := greatest(0, floor((v_now + p_horizon - v_start) / v_step) + 1);
  v_asking := cardinality(p_campaigns);
  if v_left < v_need then v_left := 0; end if;

  -- all controls, sorted, before anything else of a campaign: a verb that holds one and wants another would deadlock
  perform from public.campaign_controls c where c.campaign_id = any (p_campaigns) order by c.campaign_id for share;
  v_killed := herald.is_killed(p_workspace, p_sender);
  select min(vtime) into v_vmin from public.number_lanes where sender_id = p_sender and asked_at between v_now - 2 and v_now + 2;
  v_reasons := array_fill('pace'::text, array[cardinality(p_campaigns)]);
  v_vtimes := array_fill(0::double precision, array[cardinality(p_campaigns)]);

  for l in
    select r.c, r.e, r.w, r.n as lane, n.vtime, n.weight, n.asked_at
    from unnest(p_campaigns, p_epochs, p_wants) with ordinality r(c, e, w, n)
    left join public.number_lanes n on n.sender_id = p_sender and n.campaign_id = r.c
    order by n.vtime, r.c
  loop
    v_refusal := case when l.vtime is null then 'stale' else coalesce(herald.lane_refusal(l.c, l.e, v_killed), '') end;
    -- a lane that joins or resumes starts level with the others, it does not catch up
    v_vtime := case when l.asked_at between v_now - 2 and v_now + 2 then l.vtime else greatest(l.vtime, coalesce(v_vmin, l.vtime)) end;
    v_n := least(l.w, ceil(v_left::double precision / v_asking)::int);
    v_asking := v_asking - 1;
    v_vtimes[l.lane] := v_vtime;
    if v_refusal <> '' then v_reasons[l.lane] := v_refusal;
    elsif v_n < 1 then v_reasons[l.lane] := 'pace';
    elsif v_vtime > v_vmin + v_need / l.weight and v_stock > p_horizon / 2 then v_reasons[l.lane] := 'turn';
    else
      if not v_shared then
        perform pg_advisory_xact_lock_shared(hashtextextended(p_workspace::text, 7));   -- against opt-outs: see herald.opt_out
        v_shared := true;
      end if;
      select array_agg(d.id order by d.next_at, d.id) into v_due from (
        select m.id, m.next_at from public.campaign_messages m
        where m.campaign_id = l.c and m.next_at <= to_timestamp(v_now) order by m.next_at, m.id limit v_n for update skip locked) d;
      v_got := coalesce(cardinality(v_due), 0);
      v_reasons[l.lane] := case when v_got = 0 then 'drained' else 'granted' end;
      if v_got > 0 then
        v_ids := v_ids || v_due;
        v_lanes := v_lanes || array_fill(l.lane::int, array[v_got]);
        v_row_epochs := v_row_epochs || array_fill(l.e, array[v_got]);
        v_left := v_left - v_got;
      end if;
    end if;
  end loop;

  for a in
    with moved as materialized (select * from herald.move_picked(v_ids, v_lanes, v_row_epochs, v_start, v_step, c_window))
    select r.c, r.n as lane, coalesce(array_agg(m.message_id order by m.nth) filter (where m.skip_reason is null), '{}') as ids,
      coalesce(array_agg(m.attempt order by m.nth) filter (where m.skip_reason is null), '{}') as attempts,
      coalesce(array_agg(m.chunk_no order by m.nth) filter (where m.skip_reason is null), '{}') as chunk_nos,
      coalesce(array_agg(m.entry_no order by m.nth) filter (where m.skip_reason is null), '{}') as entry_nos,
      count(*) filter (where m.skip_reason is null)::int as sent, count(m.skip_reason)::int as skips,
      coalesce(min(m.nth) filter (where m.skip_reason is null), 1) as first
    from unnest(p_campaigns) with ordinality r(c, n) left join moved m on m.lane = r.n group by r.c, r.n order by r.n
  loop
    v_sent := v_sent + a.sent;
    campaign_id := a.c; reason := v_reasons[a.lane]; message_ids := a.ids; attempts := a.attempts; chunk_nos := a.chunk_nos; entry_nos := a.entry_nos;
    skipped := a.skips; db_now := v_now; step_ms := v_step * 1000; first_ms := (v_start + (a.first - 1) * v_step - v_now) * 1000;
    wait_ms := case reason when 'granted' then 0 when 'pace' then 0 when 'turn' then p_quantum * 1000 when 'drained' then 250 else 500 end;
    if reason in ('granted', 'drained') then
      update public.number_lanes n set vtime = v_vtimes[a.lane] + a.sent / n.weight, asked_at = case reason when 'granted' then v_now else 0 end
        where n.sender_id = p_sender and n.campaign_id = a.c;
    end if;
    return next;
  end loop;
  v_tat := v_start + v_sent * v_step;
  if v_sent > 0 then update public.phone_numbers set tat = v_tat where id = p_sender; end if;
end $$;
comment on function herald.grant_slots is 'A slice of a number''s budget for its campaigns: see ARCHITECTURE.md of packages/campaign.';

create function herald.take_over(p_workspace uuid, p_campaign uuid) returns table (epoch int, sender_id uuid, is_final boolean) language plpgsql as $$
#variable_conflict use_column
begin
  perform herald.enter_workspace(p_workspace);
  update public.campaign_controls c set epoch = c.epoch + 1 where c.campaign_id = p_campaign returning c.epoch, c.sender_id into epoch, sender_id;
  if not found then raise exception 'no such campaign in this workspace' using errcode = 'HE404'; end if;
  insert into public.number_lanes as n (workspace_id, sender_id, campaign_id) values (p_workspace, sender_id, p_campaign) on conflict do nothing;
  update public.campaign_history h set status = 'sending', started_at = coalesce(h.started_at, now())
    from public.campaign_controls c where h.id = p_campaign and c.campaign_id = h.id and h.status = 'queued' and c.flag = 'running';
  select h.status in ('sent', 'partially_sent', 'failed', 'cancelled') into is_final from public.campaign_history h where h.id = p_campaign;
  return next;
end $$;
comment on function herald.take_over is 'A new attempt of a slice owns the campaign: epoch + 1 fences every older one (law L4).';

-- A grant committed but its answer was lost. The only sender of this epoch returns what it does not hold: those requests never began.
create function herald.return_lost(p_workspace uuid, p_sender uuid, p_campaign uuid, p_epoch int, p_held_ids bigint[], p_held_attempts int[]) returns int language plpgsql as $$
declare v_n int;
begin
  perform herald.enter_workspace(p_workspace);
  perform from public.phone_numbers where id = p_sender for update;   -- waits for the cut transaction to end, one way or the other
  perform from public.campaign_controls where campaign_id = p_campaign for share;
  with picked as (
    select m.id, m.attempt from public.campaign_messages m
    where m.campaign_id = p_campaign and m.state = 'dispatching' and m.epoch = p_epoch
      and not exists (select from unnest(p_held_ids, p_held_attempts) h(id, attempt) where h.id = m.id and h.attempt = m.attempt)
    order by m.id for update
  ), told as (
    update public.campaign_attempts a set outcome = 'not_started', settled_at = clock_timestamp() from picked p where a.message_id = p.id and a.attempt = p.attempt
  ), moved as (
    update public.campaign_messages m set state = 'queued', reason = 'not_started', next_at = clock_timestamp(), changed_at = clock_timestamp() from picked p where m.id = p.id returning 1
  )
  select count(*) into v_n from moved;
  return v_n;
end $$;
comment on function herald.return_lost is 'Attempts of a lost grant go back to the queue; they never began.';

-- Attempts of dead epochs become unknown once nobody can report on them any more (law L3: never sent again by the system).
create function herald.recover(p_workspace uuid, p_campaign uuid, p_grace double precision) returns table (unknown int, waiting int) language plpgsql as $$
#variable_conflict use_column
declare v_epoch int;
begin
  perform herald.enter_workspace(p_workspace);
  select c.epoch into v_epoch from public.campaign_controls c where c.campaign_id = p_campaign for share;
  with picked as (
    select m.id, m.attempt from public.campaign_messages m
    where m.campaign_id = p_campaign and m.state = 'dispatching' and m.epoch < v_epoch and m.send_by + make_interval(secs => p_grace) < clock_timestamp()
    order by m.id for update
  ), told as (
    update public.campaign_attempts a set outcome = 'unknown', settled_at = clock_timestamp() from picked p where a.message_id = p.id and a.attempt = p.attempt
  ), moved as (
    update public.campaign_messages m set state = 'unknown', reason = 'sender_lost', changed_at = clock_timestamp() from picked p where m.id = p.id returning 1
  )
  select count(*) into unknown from moved;
  select count(*) into waiting from public.campaign_messages m where m.campaign_id = p_campaign and m.state = 'dispatching' and m.epoch < v_epoch;
  return next;
end $$;
comment on function herald.recover is 'Ambiguous attempts of an earlier owner are named as such; receipts settle them.';

-- Write first, take the workspace's consent lock last: it waits for grants that checked before, and those after see it (law L7).
create function herald.lock_consent(p_workspace uuid) returns void language sql volatile as
$$ select pg_advisory_xact_lock(hashtextextended(p_workspace::text, 7)) $$;
comment on function herald.lock_consent is 'The last statement of every transaction that takes consent away.';

grant execute on function herald.now_s(), herald.lane_refusal(uuid, int, boolean), herald.is_killed(uuid, uuid),
  herald.move_picked(bigint[], int[], int[], double precision, double precision, double precision),
  herald.grant_slots(uuid, uuid, uuid[], int[], int[], int, double precision, double precision, double precision),
  herald.take_over(uuid, uuid), herald.return_lost(uuid, uuid, uuid, int, bigint[], int[]), herald.recover(uuid, uuid, double precision) to herald_engine;
grant execute on function herald.lock_consent(uuid) to herald_engine, herald_verbs;
