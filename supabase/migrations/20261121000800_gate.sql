-- The gate: budget, fence, controls, consent and intent in one transaction (laws L2, L4, L5, L6, L7).
-- Mostly plpgsql, which keeps its plans: a function in SQL that cannot be planned into its caller is planned anew in every call.
-- One call per process and number, for all its campaigns, in autocommit: each statement below sees what committed before it began,
-- which a single CTE would not (it would check consent with the snapshot from before its wait for a lock).
-- Lock order everywhere: number, kill switches (shared), portfolio, controls (sorted), consent (shared), messages (sorted or skipped), marketing reservations
-- (sorted), places of a portfolio (sorted), blocks (sorted), outbox (only added to), campaign rows (sorted), number health (sorted).
-- Counters move at the end of the statement that moves messages: at the gate, where one statement does all, after the reservations; everywhere else before
-- them. The gate has shards of its own (0-7), so nobody else waits for its counters; all others are alike. What the gate does after its places waits for
-- nobody: lanes and number are its own, and expired places are skipped when somebody holds them.
-- Who takes consent away or throws a switch writes first and takes that lock last; herald.begin_counting takes the switches' lock and goes on to the portfolio.
-- The number is locked FOR NO KEY UPDATE: a foreign key to it (a launch takes seconds) takes KEY SHARE, which must not stop the gate.

-- Why a lane may not send, whatever its turn; null when it may.
create function herald.lane_refusal(p_campaign uuid, p_epoch int, p_is_killed boolean) returns text language plpgsql stable as $$
begin return (select case
    when c.epoch <> p_epoch then 'stale'
    when c.flag <> 'running' then c.flag::text
    when p_is_killed then 'killed'
    when exists (select from public.blocks b where b.cured_at is null and (b.scope, b.scope_id) in
      (('number', c.sender_id), ('waba', c.source_id), ('template', c.template_id))) then 'blocked'
  end
  from public.campaign_controls c where c.campaign_id = p_campaign);
end $$;
comment on function herald.lane_refusal is 'Fence, flag, kill switches and open blocks of one campaign.';

create function herald.is_killed(p_workspace uuid, p_sender uuid) returns boolean language plpgsql stable as $$
begin return (select kill_switch from public.workspaces where id = p_workspace)
      or (select kill_switch from public.phone_numbers where id = p_sender)
      or (select is_on from public.deployment_switches where name = 'stop_all_sending');
end $$;
comment on function herald.is_killed is 'A kill switch of the deployment, the workspace or the number is on.';

-- By person over all identities, and by address: an opt-out that named an address before anybody had it counts for whoever has it now.
-- A set of one, because Postgres plans a set-returning function into the query that asks, and calls any other once per person.
create function herald.consent_refusal(p_workspace uuid, p_contact uuid, p_is_marketing boolean) returns setof text language sql stable as $$
  select case
    when not exists (select from public.contacts c where c.workspace_id = p_workspace and c.id = p_contact and c.status = 'active') then 'contact_inactive'
    when exists (select from public.suppressions s where s.workspace_id = p_workspace and s.contact_id = p_contact and s.channel = 'whatsapp' and (p_is_marketing or s.scope = 'all'))
      -- limit: as a join it may become one scan of all suppressions per message
      or exists (select from public.contact_addresses a where a.workspace_id = p_workspace and a.contact_id = p_contact and a.channel = 'whatsapp'
        and (select true from public.suppressions s where s.workspace_id = p_workspace and s.channel = a.channel and s.kind = a.kind and s.value = a.value
          and (p_is_marketing or s.scope = 'all') limit 1)) then 'opted_out'
    when p_is_marketing and exists (select from public.consent_states s
      where s.contact_id = p_contact and s.channel = 'whatsapp' and s.purpose = 'marketing' and s.state = 'withdrawn') then 'no_consent'
  end
$$;
comment on function herald.consent_refusal is 'Why a person may not be written to now; null when nothing forbids it (law L7).';

-- What a switch stops must not slip between its commit and the gate's look at it: setters take the lock as their last statement, the gate shares it before it reads.
create function herald.lock_sending(p_workspace uuid) returns void language sql volatile as
$$ select pg_advisory_xact_lock(hashtextextended(coalesce(p_workspace::text, 'deployment'), 8)) $$;
comment on function herald.lock_sending is 'The last statement of every transaction that sets the kill switch of a workspace, or of the deployment (null) (law L6). That of a number waits for the number''s row, which a grant holds.';

create function herald.share_sending(p_workspace uuid) returns void language sql volatile as $$
  select pg_advisory_xact_lock_shared(hashtextextended('deployment', 8)), pg_advisory_xact_lock_shared(hashtextextended(p_workspace::text, 8))
$$;
comment on function herald.share_sending is 'The gate''s side of herald.lock_sending.';

-- Messages that were tried often and still cannot be read do not count: one broken event must not stop marketing.
create function herald.is_inbox_behind() returns boolean language plpgsql volatile as $$
begin return coalesce((select min(i.received_at) < clock_timestamp() - interval '30 seconds' from public.webhook_inbox i where i.drained_at is null and i.tries < 4), false);
end $$;
comment on function herald.is_inbox_behind is 'What people wrote waits longer than 30 s to be read: there may be an opt-out among it.';

-- How long a dead sender's lane keeps its share: the others wait for it so long.
create function herald.is_active(p_granted_at double precision, p_now double precision) returns boolean language sql immutable as
$$ select p_granted_at between p_now - 1.2 and p_now + 1.2 $$;
comment on function herald.is_active is 'A lane was served lately, and so counts in the shares of the others.';

-- In the order in which they are served: test sends first, then whoever had least for its weight; of equals what people are owed before what they are offered.
-- A lane that joins or resumes starts level with the others, it does not catch up: with the one that had least, or on a number nobody asks for with the one that had most.
create function herald.asking_lanes(p_workspace uuid, p_sender uuid, p_campaigns uuid[], p_epochs int[], p_wants int[], p_now double precision)
returns table (lane int, campaign_id uuid, epoch int, want int, refusal text, is_priority boolean, weight double precision, vtime double precision,
  vtime_min double precision, tat double precision, per_second double precision) language sql stable as $$
  with base as (
    select coalesce(min(n.vtime) filter (where herald.is_active(n.asked_at, p_now)), max(n.vtime), 0) as vtime
    from public.number_lanes n join public.campaign_controls c on c.campaign_id = n.campaign_id where n.sender_id = p_sender and not c.is_priority
  ), killed as (
    select herald.is_killed(p_workspace, p_sender) as is_killed
  )
  select r.nth::int, r.campaign_id, r.epoch, r.want,
    case when n.campaign_id is null then 'stale'
      else coalesce(herald.lane_refusal(r.campaign_id, r.epoch, k.is_killed), case when c.is_marketing and herald.is_inbox_behind() then 'inbox_behind' end) end,
    coalesce(c.is_priority, false), c.weight, case when herald.is_active(n.asked_at, p_now) then n.vtime else greatest(n.vtime, b.vtime) end,
    b.vtime, n.tat, c.max_per_second
  from unnest(p_campaigns, p_epochs, p_wants) with ordinality r(campaign_id, epoch, want, nth)
  left join public.campaign_controls c on c.campaign_id = r.campaign_id
  left join public.number_lanes n on n.sender_id = p_sender and n.campaign_id = r.campaign_id
  cross join base b cross join killed k
  order by 6 desc, 8, c.is_marketing, r.campaign_id
$$;
comment on function herald.asking_lanes is 'The lanes of one call as the gate weighs them; refusal is null for one that may send.';

-- A campaign's own ceiling, asked at the first slot it could get: it never saves up more than a horizon, and a clock that was set back does not stop it.
create function herald.lane_tat(p_tat double precision, p_per_second double precision, p_start double precision, p_horizon double precision)
returns double precision language sql immutable as
$$ select case when p_tat > p_start + 1 / p_per_second + p_horizon then p_start else greatest(p_tat, p_start - p_horizon) end $$;
comment on function herald.lane_tat is 'From when on a lane may send by its own ceiling.';

-- Without statistics (a campaign that was frozen a moment ago has none) a plan over its due index looks dearer than sorting all of it.
create function herald.pick_due(p_campaign uuid, p_now double precision, p_limit int) returns bigint[] language plpgsql
set enable_bitmapscan = off set enable_seqscan = off set enable_sort = off as $$
declare v_due bigint[];
begin
  select array_agg(d.id order by d.next_at, d.id) into v_due from (
    select m.id, m.next_at from public.campaign_messages m
    where m.campaign_id = p_campaign and m.next_at <= to_timestamp(p_now) order by m.next_at, m.id limit p_limit for update skip locked) d;
  return coalesce(v_due, '{}');
end $$;
comment on function herald.pick_due is 'Locks what a campaign owes first, at most so many; what another transaction holds is left to it.';

-- At the portfolio's limit those first in the queue all need a place, and would hide the others. So it is people who need none that are walked, by the time
-- until which they need none: 500 a call, and where it ended is kept with the lane. Whose time moved behind the walk is met by the next one, 5 s after it at the soonest.
create function herald.pick_free(p_campaign uuid, p_sender uuid, p_portfolio uuid, p_now double precision, p_limit int) returns bigint[] language plpgsql
set enable_bitmapscan = off set enable_seqscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare c_look constant int := 500; v_from timestamptz; v_free timestamptz[]; v_due bigint[]; v_due_until timestamptz[]; v_next timestamptz;
begin
  select coalesce(n.free_from, to_timestamp(p_now)) into v_from from public.number_lanes n where n.sender_id = p_sender and n.campaign_id = p_campaign
    and (n.free_from is not null or (n.free_done_at between to_timestamp(p_now - 5) and to_timestamp(p_now + 5)) is not true);
  if not found then return '{}'; end if;
  with free as materialized (
    select f.until, f.contact_id from (
      (select r.expires_at as until, r.contact_id from public.portfolio_reservations r where r.portfolio_id = p_portfolio and r.expires_at > v_from
        order by r.expires_at fetch first c_look rows with ties)
      union all
      (select w.open_until, w.contact_id from public.service_windows w where w.sender_id = p_sender and w.open_until > v_from
        order by w.open_until fetch first c_look rows with ties)) f
    order by f.until fetch first c_look rows with ties
  ), owed as (
    select m.id, f.until from free f join public.campaign_messages m on m.campaign_id = p_campaign and m.contact_id = f.contact_id
    where m.next_at <= to_timestamp(p_now) order by f.until limit p_limit for update of m skip locked
  )
  select (select array_agg(f.until order by f.until) from free f), array_agg(distinct o.id), array_agg(o.until order by o.until) into v_free, v_due, v_due_until from owed o;
  v_next := case when cardinality(v_due_until) = p_limit then v_due_until[p_limit] - interval '1 microsecond'   -- others may have the same time
    when cardinality(v_free) >= c_look then v_free[cardinality(v_free)] end;
  update public.number_lanes n set free_from = v_next, free_done_at = case when v_next is null then to_timestamp(p_now) else n.free_done_at end
    where n.sender_id = p_sender and n.campaign_id = p_campaign;
  return coalesce(v_due, '{}');
end $$;
comment on function herald.pick_free is 'Locks due messages to people who need no place: their service window is open, or they have one. At most so many; number_lanes.free_from is null when all were looked at.';

-- Moves picked messages: what consent forbids is skipped with its reason, the rest gets a slot and its attempt is committed (law L2).
-- p_portfolio null: no limit. Else whoever has neither an open service window nor a place already needs one of p_places; without one the row is left alone.
create function herald.move_picked(p_sender uuid, p_ids bigint[], p_lanes int[], p_epochs int[], p_start double precision, p_step double precision, p_window double precision,
  p_portfolio uuid, p_places int)
returns table (lane int, message_id bigint, attempt int, chunk_no int, entry_no smallint, nth int, skip_reason text) language plpgsql
-- one plan, in the order written and by the indexes: a campaign frozen a moment ago has no statistics, and a plan made for it would read all of it
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set join_collapse_limit = 1 as $$
#variable_conflict use_column
begin return query
  with picked as (
    select * from unnest(p_ids, p_lanes, p_epochs) with ordinality p(id, lane, epoch, pos)
  ), looked_at as (
    select p.id, p.lane, p.epoch, p.pos, m.contact_id, m.workspace_id, c.marketing_cap, r.no,
      p_portfolio is not null and not exists (select from public.service_windows w
        where w.sender_id = p_sender and w.contact_id = m.contact_id and w.open_until > clock_timestamp()) as needs_place
    from picked p join public.campaign_messages m on m.id = p.id join public.campaign_controls c on c.campaign_id = m.campaign_id
    cross join lateral herald.consent_refusal(m.workspace_id, m.contact_id, c.is_marketing) r(no)
  ), without_place as (
    select l.contact_id, row_number() over (order by min(l.pos)) > p_places as is_out from looked_at l
    where l.needs_place and l.no is null and not exists (select from public.portfolio_reservations r
      where r.portfolio_id = p_portfolio and r.contact_id = l.contact_id and r.expires_at > to_timestamp(herald.now_s()))
    group by l.contact_id
  ), judged as (
    select * from looked_at l where l.no is not null or not exists (select from without_place o where o.contact_id = l.contact_id and o.is_out)
  ), wanted as (
    -- two campaigns of one grant may want the same person: the first one gets the reservation
    select distinct on (contact_id) contact_id, workspace_id, id from judged where no is null and marketing_cap is not null order by contact_id, pos
  ), reserved as (
    insert into public.contact_marketing as k (workspace_id, contact_id, message_id, at)
    select workspace_id, contact_id, id, clock_timestamp() from wanted order by contact_id
    on conflict (workspace_id, contact_id) do update set message_id = excluded.message_id, at = excluded.at
      where k.message_id = excluded.message_id or k.at <= excluded.at - (
        select c.marketing_cap from public.campaign_controls c join public.campaign_messages m on m.campaign_id = c.campaign_id where m.id = excluded.message_id)
    returning k.message_id
  ), checked as (
    select j.*, coalesce(j.no, case when j.marketing_cap is not null and r.message_id is null then 'frequency_cap' end) as reason
    from judged j left join reserved r on r.message_id = j.id
  ), placed as (
    -- slots are contiguous, in the order of picking: a skipped message takes none
    select c.*, (count(*) filter (where reason is null) over (order by pos))::int as nth from checked c
  ), moved as (
    update public.campaign_messages m set
      state = case when p.reason is null then 'dispatching' else 'skipped' end::public.message_state,
      receipt = null, reason = p.reason, next_at = null, changed_at = clock_timestamp(), epoch = p.epoch,
      attempt = m.attempt + (p.reason is null)::int,
      send_by = case when p.reason is null then to_timestamp(p_start + (p.nth - 1) * p_step + p_window) end
    from placed p where m.id = p.id
    returning m.id, m.attempt, m.workspace_id, m.campaign_id, m.contact_id, m.epoch, m.send_by, m.chunk_no, m.entry_no, p.lane, p.nth, p.reason, p.needs_place
  ), intended as (
    insert into public.campaign_attempts (message_id, attempt, workspace_id, campaign_id, epoch, intent_at, send_by)
    select id, attempt, workspace_id, campaign_id, epoch, clock_timestamp(), send_by from moved where reason is null
  ), housed as (
    -- one place for all messages of a grant to one person: the newest holds it, and what the others are owed outlasts its failure
    insert into public.portfolio_reservations as r (portfolio_id, contact_id, workspace_id, message_id, expires_at, kept_until)
    select distinct on (contact_id) p_portfolio, contact_id, workspace_id, id, to_timestamp(herald.now_s()) + interval '48 hours',
      case when count(*) over (partition by contact_id) > 1 then to_timestamp(herald.now_s()) + interval '48 hours' else '-infinity' end
    from moved where reason is null and needs_place order by contact_id, nth desc
    on conflict (portfolio_id, contact_id) do update set message_id = excluded.message_id, expires_at = greatest(r.expires_at, excluded.expires_at),
      kept_until = greatest(excluded.kept_until, case when r.message_id = excluded.message_id then r.kept_until else greatest(r.kept_until, r.expires_at) end)
    returning (r.xmax = 0)::int as is_new   -- zero: inserted, not updated
  ), counted as (
    update public.portfolios p set reserved = p.reserved + (select coalesce(sum(is_new), 0) from housed)
    where p.id = p_portfolio and exists (select from housed where is_new = 1)
  )
  select lane, id, attempt, chunk_no, entry_no, nth, reason from moved;
end $$;
comment on function herald.move_picked is 'Consent, frequency cap, the portfolio''s places and intent for the rows a grant picked, in one statement.';

create type herald.lane_answer as (campaign_id uuid, reason text, message_ids bigint[], attempts int[], chunk_nos int[], entry_nos smallint[], skipped int,
  first_ms double precision, step_ms double precision, wait_ms double precision, db_now double precision);
comment on type herald.lane_answer is 'What one asking campaign got. Message i may begin in [first_ms + i * step_ms, + 15 ms] after db_now (epoch seconds).';

-- The number as a whole waits. A lane that may not send anyhow is told so, unless the wait is a short one.
create function herald.all_wait(p_workspace uuid, p_sender uuid, p_campaigns uuid[], p_epochs int[], p_reason text, p_wait_s double precision, p_now double precision)
returns setof herald.lane_answer language sql stable as $$
  select r.campaign_id, coalesce(case when p_reason <> 'pace' then herald.lane_refusal(r.campaign_id, r.epoch, herald.is_killed(p_workspace, p_sender)) end, p_reason),
    '{}'::bigint[], '{}'::int[], '{}'::int[], '{}'::smallint[], 0, 0::double precision, 0::double precision, p_wait_s * 1000, p_now
  from unnest(p_campaigns, p_epochs) r(campaign_id, epoch)
$$;
comment on function herald.all_wait is 'The answer to every lane of a number that grants nothing now.';

-- What the lanes got of the rows that were picked for them; moves these.
create function herald.hand_out(p_sender uuid, p_campaigns uuid[], p_ids bigint[], p_lanes int[], p_epochs int[], p_start double precision, p_step double precision,
  p_window double precision, p_portfolio uuid, p_places int, p_now double precision)
returns table (lane int, answer herald.lane_answer, sent int, sent_in_all int) language plpgsql as $$
#variable_conflict use_column
begin return query
  with moved as materialized (
    select * from herald.move_picked(p_sender, p_ids, p_lanes, p_epochs, p_start, p_step, p_window, p_portfolio, p_places)
  ), lanes as (
    select r.campaign_id, r.nth::int as lane, coalesce(array_agg(m.message_id order by m.nth) filter (where m.lane is not null and m.skip_reason is null), '{}') as ids,
      coalesce(array_agg(m.attempt order by m.nth) filter (where m.lane is not null and m.skip_reason is null), '{}') as attempts,
      coalesce(array_agg(m.chunk_no order by m.nth) filter (where m.lane is not null and m.skip_reason is null), '{}') as chunk_nos,
      coalesce(array_agg(m.entry_no order by m.nth) filter (where m.lane is not null and m.skip_reason is null), '{}') as entry_nos,
      (count(m.lane) filter (where m.skip_reason is null))::int as sent, count(m.skip_reason)::int as skips,
      coalesce(min(m.nth) filter (where m.skip_reason is null), 1) as first
    from unnest(p_campaigns) with ordinality r(campaign_id, nth) left join moved m on m.lane = r.nth group by r.campaign_id, r.nth
  )
  select lane, row(campaign_id, null, ids, attempts, chunk_nos, entry_nos, skips, (p_start + (first - 1) * p_step - p_now) * 1000, p_step * 1000, 0, p_now)::herald.lane_answer,
    sent, (sum(sent) over ())::int from lanes order by lane;
end $$;
comment on function herald.hand_out is 'One row per asking lane, its messages moved; reason and wait are the caller''s.';

create function herald.grant_slots(p_workspace uuid, p_sender uuid, p_campaigns uuid[], p_epochs int[], p_wants int[], p_shard int,
  p_horizon double precision, p_quantum double precision, p_lead double precision)
returns setof herald.lane_answer language plpgsql as $$
declare
  c_window constant double precision := 0.015;
  s record; p record; l record; a record; v_answer herald.lane_answer;
  v_now double precision; v_start double precision; v_stock double precision; v_end double precision; v_was_set_back boolean;
  v_is_urgent boolean; v_has_others boolean; v_need int; v_left int; v_n int; v_weights double precision; v_lane_tat double precision; v_is_consent_held boolean := false; v_skipped int := 0;
  v_ids bigint[] := '{}'; v_lanes int[] := '{}'; v_row_epochs int[] := '{}'; v_due bigint[];
  v_reasons text[] := array_fill('pace'::text, array[cardinality(p_campaigns)]);
  v_waits double precision[] := array_fill(null::double precision, array[cardinality(p_campaigns)]);
  v_vtimes double precision[] := array_fill(0::double precision, array[cardinality(p_campaigns)]);
  v_tats double precision[] := array_fill(0::double precision, array[cardinality(p_campaigns)]);
begin
  perform herald.enter_workspace(p_workspace);
  perform set_config('herald.counter_shard', p_shard::text, true);

  -- A refusal of the whole number needs no proof: peek first, without a lock, a transaction id or a flush of the log.
  v_now := herald.now_s();
  select * into s from herald.number_state(p_sender, v_now);
  if s.step is null then raise exception 'no such sender in this workspace' using errcode = 'HE404'; end if;
  v_is_urgent := exists (select from public.campaign_controls c where c.campaign_id = any (p_campaigns) and c.is_priority);
  -- the least budget worth a transaction; a test send and a probe are worth one slot
  v_need := case when v_is_urgent or s.next_probe_s is not null then 1 else greatest(1, floor(p_quantum / s.step)) end;
  v_start := greatest(s.tat, v_now + p_lead);
  if s.shut is not null then
    return query select * from herald.all_wait(p_workspace, p_sender, p_campaigns, p_epochs, s.shut, s.shut_s, v_now);
    return;
  elsif v_start + (v_need - 1) * s.step > v_now + p_horizon and s.tat < v_now + p_horizon + 1 then
    return query select * from herald.all_wait(p_workspace, p_sender, p_campaigns, p_epochs, 'pace', v_start + (v_need - 1) * s.step - v_now - p_horizon, v_now);
    return;
  end if;

  perform from public.phone_numbers n where n.id = p_sender for no key update;
  v_now := herald.now_s();   -- after the lock: the budget is that of now
  select * into s from herald.number_state(p_sender, v_now);
  v_was_set_back := s.tat > v_now + p_horizon + 1;   -- no slot out there is later than one horizon
  if v_was_set_back then s.tat := v_now + p_horizon; end if;
  v_stock := s.tat - v_now;
  -- one slot alone is lost when the answer is slow: a probe gets more time
  v_start := greatest(s.tat, v_now + case when s.next_probe_s is null then p_lead else greatest(p_lead, 0.1) end);
  v_left := greatest(0, floor((v_now + p_horizon - v_start) / s.step) + 1);
  if v_left < v_need or s.shut is not null then v_left := 0; end if;
  if s.next_probe_s is not null then v_left := least(v_left, 1); end if;

  perform herald.share_sending(p_workspace);
  select * into p from herald.open_portfolio(p_sender);
  -- all controls, sorted, before anything else of a campaign: a verb that holds one and wants another would deadlock
  perform from public.campaign_controls c where c.campaign_id = any (p_campaigns) order by c.campaign_id for share;

  for l in
    select k.*, sum(k.weight) filter (where k.refusal is null and not k.is_priority) over () as weights
    from herald.asking_lanes(p_workspace, p_sender, p_campaigns, p_epochs, p_wants, v_now) k
  loop
    v_weights := coalesce(v_weights, l.weights);
    v_vtimes[l.lane] := l.vtime;
    v_lane_tat := herald.lane_tat(l.tat, l.per_second, v_start, p_horizon);
    v_tats[l.lane] := coalesce(v_lane_tat, l.tat);
    v_n := least(l.want, v_left, case when not l.is_priority then ceil(v_left * l.weight / v_weights) end, floor((v_start - v_lane_tat) * l.per_second) + 1);
    if l.refusal is null and not l.is_priority then v_weights := greatest(v_weights - l.weight, 0.1); end if;
    if l.refusal is not null then v_reasons[l.lane] := l.refusal;
    elsif s.shut is not null then v_reasons[l.lane] := s.shut; v_waits[l.lane] := s.shut_s;
    elsif v_left < 1 then v_reasons[l.lane] := 'pace';
    elsif p.is_counting then v_reasons[l.lane] := case when herald.pick_due(l.campaign_id, v_now, 1) <> '{}' then 'portfolio_limit' else 'drained' end;
    elsif v_n < 1 then v_reasons[l.lane] := 'rate'; v_waits[l.lane] := v_lane_tat - v_start;
    elsif not l.is_priority and l.vtime > l.vtime_min + v_need / l.weight and v_stock > p_horizon / 2 then v_reasons[l.lane] := 'turn';
    else
      if not v_is_consent_held then
        perform pg_advisory_xact_lock_shared(hashtextextended(p_workspace::text, 7));   -- against opt-outs: see herald.lock_consent
        v_is_consent_held := true;
      end if;
      v_due := case when p.places < 1 then herald.pick_free(l.campaign_id, p_sender, p.portfolio_id, v_now, v_n) else herald.pick_due(l.campaign_id, v_now, v_n) end;
      v_n := cardinality(v_due);
      v_reasons[l.lane] := case when v_n > 0 then 'granted' when p.places < 1 and herald.pick_due(l.campaign_id, v_now, 1) <> '{}' then 'portfolio_limit' else 'drained' end;
      v_ids := v_ids || v_due;
      v_lanes := v_lanes || array_fill(l.lane, array[v_n]);
      v_row_epochs := v_row_epochs || array_fill(l.epoch, array[v_n]);
      v_left := v_left - v_n;
    end if;
  end loop;

  -- who was served comes back a little later than who was not, so that being near to the database is no privilege
  v_has_others := exists (select from public.number_lanes n where n.sender_id = p_sender and n.campaign_id <> all (p_campaigns));
  for a in
    select h.*, k.weight, k.max_per_second from herald.hand_out(p_sender, p_campaigns, v_ids, v_lanes, v_row_epochs, v_start, s.step, c_window, p.portfolio_id, p.places, v_now) h
    left join public.campaign_controls k on k.campaign_id = p_campaigns[h.lane] order by h.lane
  loop
    v_end := v_start + a.sent_in_all * s.step;
    v_answer := a.answer;
    v_skipped := v_skipped + v_answer.skipped;
    if v_reasons[a.lane] = 'granted' and a.sent = 0 and v_answer.skipped = 0 then v_reasons[a.lane] := 'portfolio_limit'; end if;
    if v_reasons[a.lane] = 'portfolio_limit' then
      -- at once when another lane took the places that there were, soon when not everybody was looked at; who looked at all a moment ago looks again after 5 s
      v_waits[a.lane] := case when p.is_counting then 1 when p.places > 0 then 0 else (
          select case when n.free_from is not null then 0.05 else least(herald.next_place_s(p.portfolio_id),
            case when n.free_done_at < to_timestamp(v_now) then greatest(1, extract(epoch from n.free_done_at)::double precision + 5 - v_now) end) end
          from public.number_lanes n where n.sender_id = p_sender and n.campaign_id = v_answer.campaign_id) end;
    end if;
    v_answer.reason := v_reasons[a.lane];
    v_answer.wait_ms := case v_answer.reason when 'turn' then p_quantum * 1000 when 'drained' then 250 when 'inbox_behind' then 1000
      when 'granted' then greatest(0, (v_end + (v_need - 1) * s.step - v_now - p_horizon + case when v_has_others then p_quantum / 2 else 0 end) * 1000)
      when 'pace' then greatest(1, (v_end + (v_need - 1) * s.step - v_now - p_horizon) * 1000)
      else coalesce(greatest(1, v_waits[a.lane] * 1000), 500) end;
    -- active for the shares of others is who could have sent: asked, was running and had due rows
    if v_answer.reason in ('granted', 'drained', 'rate', 'portfolio_limit') then
      update public.number_lanes n set vtime = v_vtimes[a.lane] + a.sent / a.weight, asked_at = case v_answer.reason when 'granted' then v_now else 0 end,
          tat = v_tats[a.lane] + coalesce(a.sent / a.max_per_second, 0), granted_at = case when a.sent > 0 then to_timestamp(v_now) else n.granted_at end
        where n.sender_id = p_sender and n.campaign_id = v_answer.campaign_id;
    end if;
    return next v_answer;
  end loop;
  -- a clock that was set back is written even when nothing was granted, else every later call would find no budget until the old time comes round
  if v_end > v_start or v_was_set_back then
    update public.phone_numbers n set tat = case when v_end > v_start then v_end else s.tat end,
      probe_at = case when v_end > v_start and s.next_probe_s is not null then v_now else n.probe_at end,
      probe_wait_s = case when v_end > v_start and s.next_probe_s is not null then s.next_probe_s else n.probe_wait_s end
    where n.id = p_sender;
  end if;
  if p.portfolio_id is not null and v_skipped > 0 then perform herald.free_skipped(v_ids); end if;
  if p.portfolio_id is not null then perform herald.sweep_places(p.portfolio_id); end if;
end $$;
comment on function herald.grant_slots is 'A slice of a number''s budget for its campaigns: see ARCHITECTURE.md of packages/campaign.';

-- Write first, take the workspace's consent lock last: it waits for grants that checked before, and those after see it (law L7).
create function herald.lock_consent(p_workspace uuid) returns void language sql volatile as
$$ select pg_advisory_xact_lock(hashtextextended(p_workspace::text, 7)) $$;
comment on function herald.lock_consent is 'The last statement of every transaction that takes consent away.';

-- The provider counts what people send to a number against its throughput as well. Only messages stored within 2 s, and never beyond a second ahead:
-- a backlog that is drained after an outage must not stop the number.
create function herald.debit_replies(p_workspace uuid, p_sender uuid, p_inbox bigint[]) returns void language plpgsql as $$
declare v_n int;
begin
  perform herald.enter_workspace(p_workspace);
  select count(*) into v_n from unnest(p_inbox) r(id) join public.webhook_inbox i on i.id = r.id and i.received_at > clock_timestamp() - interval '2 seconds';
  if v_n = 0 then return; end if;
  update public.phone_numbers n set tat = greatest(n.tat, least(greatest(n.tat, herald.now_s()) + v_n * herald.pace_of(p_sender), herald.now_s() + 1)),
      replies_per_s = herald.replies_now(n.replies_per_s, n.replies_at) + v_n / 10.0, replies_at = herald.now_s()
    where n.id = p_sender;
end $$;
comment on function herald.debit_replies is 'Each inbound message, named by its inbox row, takes one slot of the number''s budget (law L5).';

grant execute on function herald.is_active(double precision, double precision), herald.lane_refusal(uuid, int, boolean), herald.is_killed(uuid, uuid), herald.consent_refusal(uuid, uuid, boolean),
  herald.share_sending(uuid), herald.is_inbox_behind(), herald.asking_lanes(uuid, uuid, uuid[], int[], int[], double precision),
  herald.lane_tat(double precision, double precision, double precision, double precision), herald.pick_due(uuid, double precision, int),
  herald.pick_free(uuid, uuid, uuid, double precision, int),
  herald.move_picked(uuid, bigint[], int[], int[], double precision, double precision, double precision, uuid, int),
  herald.all_wait(uuid, uuid, uuid[], int[], text, double precision, double precision),
  herald.hand_out(uuid, uuid[], bigint[], int[], int[], double precision, double precision, double precision, uuid, int, double precision),
  herald.grant_slots(uuid, uuid, uuid[], int[], int[], int, double precision, double precision, double precision),
  herald.debit_replies(uuid, uuid, bigint[]) to herald_engine;
grant execute on function herald.lock_consent(uuid), herald.lock_sending(uuid) to herald_engine, herald_verbs;
