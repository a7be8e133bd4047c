-- The gate: budget, fence, controls, consent and intent in one transaction (laws L2, L4, L5, L6, L7).
-- One call per process and number, for all its campaigns, in autocommit: each statement below sees what committed before it began,
-- which a single CTE would not (it would check consent with the snapshot from before its wait for a lock).
-- Lock order everywhere: number, controls (sorted), consent, messages (sorted or skipped), marketing reservations (sorted), counters, campaign row.
-- The number is locked FOR NO KEY UPDATE: a foreign key to it (a launch takes seconds) takes KEY SHARE, which must not stop the gate.

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

-- By person over all identities, and by address: an opt-out that named an address before anybody had it counts for whoever has it now.
create function herald.consent_refusal(p_workspace uuid, p_contact uuid, p_is_marketing boolean) returns text language sql stable as $$
  select case
    when not exists (select from public.contacts c where c.workspace_id = p_workspace and c.id = p_contact and c.status = 'active') then 'contact_inactive'
    when exists (select from public.suppressions s where s.contact_id = p_contact and s.channel = 'whatsapp' and (p_is_marketing or s.scope = 'all'))
      or exists (select from public.contact_addresses a join public.suppressions s using (workspace_id, channel, kind, value)
        where a.contact_id = p_contact and a.channel = 'whatsapp' and (p_is_marketing or s.scope = 'all')) then 'opted_out'
    when p_is_marketing and exists (select from public.consent_states s
      where s.contact_id = p_contact and s.channel = 'whatsapp' and s.purpose = 'marketing' and s.state = 'withdrawn') then 'no_consent'
  end
$$;
comment on function herald.consent_refusal is 'Why a person may not be written to now; null when nothing forbids it (law L7).';

-- Moves picked messages: what consent forbids is skipped with its reason, the rest gets a slot and its attempt is committed (law L2).
create function herald.move_picked(p_ids bigint[], p_lanes int[], p_epochs int[], p_start double precision, p_step double precision, p_window double precision)
returns table (lane int, message_id bigint, attempt int, chunk_no int, entry_no smallint, nth int, skip_reason text) language sql as $$
  with picked as (
    select * from unnest(p_ids, p_lanes, p_epochs) with ordinality p(id, lane, epoch, pos)
  ), judged as (
    select p.id, p.lane, p.epoch, p.pos, m.contact_id, m.workspace_id, c.marketing_cap, herald.consent_refusal(m.workspace_id, m.contact_id, c.is_marketing) as no
    from picked p join public.campaign_messages m on m.id = p.id join public.campaign_controls c on c.campaign_id = m.campaign_id
  ), wanted as (
    -- two campaigns of one grant may want the same person: the first one gets the reservation
    select distinct on (contact_id) contact_id, workspace_id, id from judged where no is null and marketing_cap is not null order by contact_id, lane, pos
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
    -- slots are contiguous over all lanes: a skipped message takes none
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
returns table (campaign_id uuid, reason text, message_ids bigint[], attempts int[], chunk_nos int[], entry_nos smallint[], skipped int,
  first_ms double precision, step_ms double precision, wait_ms double precision, db_now double precision)
language plpgsql as $$
#variable_conflict use_column
declare
  c_window constant double precision := 0.015;
  v_now double precision; v_tat double precision; v_step double precision; v_start double precision; v_was_set_back boolean;
  v_need int; v_left int; v_asking int; v_stock double precision; v_vmin double precision; v_vtime double precision; v_n int; v_got int;
  v_refusal text; v_killed boolean; v_shared boolean := false; v_end double precision;
  v_ids bigint[] := '{}'; v_lanes int[] := '{}'; v_row_epochs int[] := '{}'; v_due bigint[];
  v_reasons text[]; v_vtimes double precision[];
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
    return query select c, 'pace', '{}'::bigint[], '{}'::int[], '{}'::int[], '{}'::smallint[], 0, 0::double precision, 0::double precision,
      (v_start + (v_need - 1) * v_step - v_now - p_horizon) * 1000, v_now from unnest(p_campaigns) c;
    return;
  end if;

  select tat, 1 / (cap_per_second * utilisation) into v_tat, v_step from public.phone_numbers where id = p_sender for no key update;
  v_now := herald.now_s();   -- after the lock: the budget is that of now
  v_was_set_back := v_tat > v_now + p_horizon + 1;   -- no slot out there is later than one horizon
  if v_was_set_back then v_tat := v_now + p_horizon; end if;
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
        perform pg_advisory_xact_lock_shared(hashtextextended(p_workspace::text, 7));   -- against opt-outs: see herald.lock_consent
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
    with moved as materialized (select * from herald.move_picked(v_ids, v_lanes, v_row_epochs, v_start, v_step, c_window)),
    lanes as (
      select r.c, r.n as lane, coalesce(array_agg(m.message_id order by m.nth) filter (where m.lane is not null and m.skip_reason is null), '{}') as ids,
        coalesce(array_agg(m.attempt order by m.nth) filter (where m.lane is not null and m.skip_reason is null), '{}') as attempts,
        coalesce(array_agg(m.chunk_no order by m.nth) filter (where m.lane is not null and m.skip_reason is null), '{}') as chunk_nos,
        coalesce(array_agg(m.entry_no order by m.nth) filter (where m.lane is not null and m.skip_reason is null), '{}') as entry_nos,
        count(m.lane) filter (where m.skip_reason is null) as sent, count(m.skip_reason)::int as skips,
        coalesce(min(m.nth) filter (where m.skip_reason is null), 1) as first
      from unnest(p_campaigns) with ordinality r(c, n) left join moved m on m.lane = r.n group by r.c, r.n
    )
    select lanes.*, sum(lanes.sent) over () as sent_in_all from lanes order by lane
  loop
    v_end := v_start + a.sent_in_all * v_step;
    campaign_id := a.c; reason := v_reasons[a.lane]; message_ids := a.ids; attempts := a.attempts; chunk_nos := a.chunk_nos; entry_nos := a.entry_nos;
    skipped := a.skips; db_now := v_now; step_ms := v_step * 1000; first_ms := (v_start + (a.first - 1) * v_step - v_now) * 1000;
    wait_ms := case reason when 'turn' then p_quantum * 1000 when 'drained' then 250
      when 'granted' then greatest(0, (v_end + (v_need - 1) * v_step - v_now - p_horizon) * 1000)
      when 'pace' then greatest(1, (v_end + (v_need - 1) * v_step - v_now - p_horizon) * 1000) else 500 end;
    if reason in ('granted', 'drained') then
      update public.number_lanes n set vtime = v_vtimes[a.lane] + a.sent / n.weight, asked_at = case reason when 'granted' then v_now else 0 end,
          granted_at = case when a.sent > 0 then to_timestamp(v_now) else n.granted_at end
        where n.sender_id = p_sender and n.campaign_id = a.c;
    end if;
    return next;
  end loop;
  -- a clock that was set back is written even when nothing was granted, else every later call would find no budget until the old time comes round
  if v_end > v_start or v_was_set_back then update public.phone_numbers set tat = case when v_end > v_start then v_end else v_tat end where id = p_sender; end if;
end $$;
comment on function herald.grant_slots is 'A slice of a number''s budget for its campaigns: see ARCHITECTURE.md of packages/campaign.';

-- Write first, take the workspace's consent lock last: it waits for grants that checked before, and those after see it (law L7).
create function herald.lock_consent(p_workspace uuid) returns void language sql volatile as
$$ select pg_advisory_xact_lock(hashtextextended(p_workspace::text, 7)) $$;
comment on function herald.lock_consent is 'The last statement of every transaction that takes consent away.';

-- The provider counts what people send to a number against its throughput as well. Only messages stored within 2 s, and never beyond a second ahead:
-- a backlog that is drained after an outage must not stop the number.
create function herald.debit_inbound(p_workspace uuid, p_sender uuid, p_inbox bigint) returns void language plpgsql as $$
begin
  perform herald.enter_workspace(p_workspace);
  update public.phone_numbers n set tat = greatest(n.tat, least(greatest(n.tat, herald.now_s()) + 1 / (n.cap_per_second * n.utilisation), herald.now_s() + 1))
  where n.id = p_sender and exists (select from public.webhook_inbox i where i.id = p_inbox and i.received_at > clock_timestamp() - interval '2 seconds');
end $$;
comment on function herald.debit_inbound is 'One inbound message takes one slot of the number''s budget (law L5).';

grant execute on function herald.now_s(), herald.lane_refusal(uuid, int, boolean), herald.is_killed(uuid, uuid), herald.consent_refusal(uuid, uuid, boolean),
  herald.move_picked(bigint[], int[], int[], double precision, double precision, double precision),
  herald.grant_slots(uuid, uuid, uuid[], int[], int[], int, double precision, double precision, double precision),
  herald.debit_inbound(uuid, uuid, bigint) to herald_engine;
grant execute on function herald.lock_consent(uuid) to herald_engine, herald_verbs;
