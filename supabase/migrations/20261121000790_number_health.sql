-- How well a number is answered, and what that makes of its pace. To change the pacing rule, change herald.pace_of and what stands beside it.

create table number_health (
  sender_id uuid primary key,
  workspace_id uuid not null,
  -- the newest answers, at most 50, the newest last: 1 = a failure that may lift by itself, or no answer at all; 0 = any other
  recent text not null default '' check (length(recent) <= 50),
  -- the breaker is open since; null: closed
  opened_at timestamptz,
  -- a probe came back then that had never begun
  unsent_at timestamptz,
  -- the share of the plan after the last "too fast", and when that was
  slowed_to real not null default 1,
  slowed_at timestamptz,
  -- the provider asked the whole number to wait
  rest_until timestamptz,
  rest_code text,
  foreign key (workspace_id, sender_id) references phone_numbers (workspace_id, id) on delete cascade
) with (fillfactor = 20);
comment on table number_health is 'What a number''s answers say of it: breaker, slowed pace, rest. Written last by a flush of results, read without a lock by the gate.';
select herald.isolate('number_health');
grant select on number_health to authenticated, herald_verbs;
grant select, insert, update on number_health to herald_engine;

create function herald.now_s() returns double precision language sql volatile as
$$ select extract(epoch from clock_timestamp())::double precision $$;
comment on function herald.now_s is 'The database clock, epoch seconds.';

-- "Too fast" costs a tenth of the share in force, never below half of the plan; a hundredth of the plan comes back every 30 s.
create function herald.plan_share(p_slowed_to real, p_slowed_at timestamptz) returns double precision language sql volatile as $$
  select case when p_slowed_at is null then 1
    else least(1, p_slowed_to + 0.01 * greatest(0, herald.now_s() - extract(epoch from p_slowed_at)) / 30) end::double precision
$$;
comment on function herald.plan_share is 'The share of its plan that a number uses now.';

create function herald.slower(p_slowed_to real, p_slowed_at timestamptz) returns double precision language sql volatile as
$$ select greatest(0.5, 0.9 * herald.plan_share(p_slowed_to, p_slowed_at)) $$;
comment on function herald.slower is 'The share of its plan after one more "too fast".';

create function herald.replies_now(p_per_second double precision, p_at double precision) returns double precision language sql volatile as
$$ select p_per_second * exp(greatest(-50, least(0, (p_at - herald.now_s()) / 10))) $$;
comment on function herald.replies_now is 'Replies a second, as the mean of the last 10 s fades.';

-- A reply is debited about 0.1 s after the provider counted it, and what a horizon holds is granted by then. The pace is a number's, the horizon its caller's, so the
-- room is made for one of 0.2 s, which no caller may exceed (supabase/tests/pace-bounds.int.test.ts): over 0.3 s what came and what was debited
-- differ by about sqrt(2 * 0.3 * rate). Drawn at random: without room for twice that, 80/s with 8 replies/s has 1.4 % refused, with it 0.07 %.
create function herald.reply_room(p_cap int, p_per_second double precision, p_at double precision) returns double precision language sql volatile as
$$ select least(p_cap * 0.2, 2 * sqrt(0.6 * herald.replies_now(p_per_second, p_at))) $$;
comment on function herald.reply_room is 'Messages a second that a number leaves free for replies it does not know of yet.';

create function herald.pace_of(p_sender uuid) returns double precision language plpgsql stable as $$
declare v_step double precision;
begin
  -- a slot may begin 15 ms late: of 20 slots at 97 % the last could meet the first of the next second, at 96 % it cannot
  select 1 / greatest(n.cap_per_second * 0.05, n.cap_per_second * coalesce(n.utilisation, case when n.cap_per_second <= 20 then 0.96 else 0.97 end)
      * coalesce(herald.plan_share(h.slowed_to, h.slowed_at), 1) - herald.reply_room(n.cap_per_second, n.replies_per_s, n.replies_at)) into v_step
    from public.phone_numbers n left join public.number_health h on h.sender_id = n.id where n.id = p_sender;
  return v_step;
end $$;
comment on function herald.pace_of is 'Seconds between two requests of a number: its plan, used to its utilisation, slowed by what the provider refused as too fast, less room for replies. The one place of the pacing rule.';

-- An open breaker lets one message try: 5 s after it opened, then after 10, 20, 40, 60, 60 … s. One that never began says nothing, and the next one tries a second later.
create function herald.number_state(p_sender uuid, p_now double precision, out tat double precision, out step double precision,
  out shut text, out shut_s double precision, out next_probe_s double precision) language plpgsql stable as $$
declare n record; h record; v_is_first boolean; v_is_unsent boolean;
begin
  select k.tat, k.probe_at, k.probe_wait_s into n from public.phone_numbers k where k.id = p_sender;
  select extract(epoch from k.rest_until)::double precision - p_now as rest_s, extract(epoch from k.opened_at)::double precision as opened,
    extract(epoch from k.unsent_at)::double precision as unsent into h
    from public.number_health k where k.sender_id = p_sender;
  tat := n.tat; step := herald.pace_of(p_sender);
  if h.opened is not null then
    v_is_first := n.probe_at is null or n.probe_at < h.opened;
    v_is_unsent := not v_is_first and coalesce(h.unsent >= n.probe_at, false);
    next_probe_s := case when v_is_first then 10 when v_is_unsent then n.probe_wait_s else least(60, n.probe_wait_s * 2) end;
    shut_s := case when v_is_first then h.opened + 5 when v_is_unsent then h.unsent + 1 else n.probe_at + n.probe_wait_s end - p_now;
    shut := 'breaker_open';
  end if;
  if h.rest_s > 0 and (shut is null or h.rest_s > shut_s) then shut := 'resting'; shut_s := h.rest_s; end if;
  if shut_s <= 0 then shut := null; end if;
end $$;
comment on function herald.number_state is 'Next free slot, time between slots, why the whole number waits and how long; next_probe_s is set while its breaker is open.';

-- p_outcomes: [{campaign_id, message_id, intent_s, is_bad (null: says nothing), is_unsent, pace, code, retry_ms}], in the order in which they came.
create function herald.note_outcomes(p_workspace uuid, p_outcomes jsonb) returns void language plpgsql as $$
declare s record; h public.number_health; v_now constant double precision := herald.now_s();
begin
  for s in
    select c.sender_id, coalesce(string_agg(o.is_bad::int::text, '' order by o.nth), '') as bits,
      max(o.intent_s) filter (where not o.is_bad) as good_intent_s, max(o.intent_s) filter (where o.is_unsent) as unsent_intent_s, bool_or(coalesce(o.pace = 'slow', false)) as is_slow,
      max(o.retry_ms) filter (where o.pace = 'rest') / 1000 as rest_s, max(o.code) filter (where o.pace = 'rest') as rest_code,
      -- numbers that were told to wait in the same moment do not all come back in the same moment
      (hashint8(min(o.message_id)) & 65535) / 65535.0 * 60 as jitter_s
    from (select r.*, x.nth from jsonb_array_elements(p_outcomes) with ordinality x(outcome, nth)
      cross join lateral jsonb_to_record(x.outcome) r(campaign_id uuid, message_id bigint, intent_s double precision, is_bad boolean, is_unsent boolean, pace text, code text, retry_ms double precision)) o
    join public.campaign_controls c on c.campaign_id = o.campaign_id
    group by c.sender_id order by c.sender_id
  loop
    -- good answers of a number that is well: nothing to write, nothing to lock
    continue when strpos(s.bits, '1') = 0 and not s.is_slow and s.rest_s is null
      and exists (select from public.number_health k where k.sender_id = s.sender_id and k.opened_at is null and k.recent = repeat('0', 50));
    insert into public.number_health (workspace_id, sender_id) values (p_workspace, s.sender_id) on conflict do nothing;
    select * into h from public.number_health k where k.sender_id = s.sender_id for update;
    if h.opened_at is null then
      h.recent := right(h.recent || s.bits, 50);
      if length(replace(h.recent, '0', '')) > 25 then h.opened_at := to_timestamp(v_now); end if;
    elsif s.good_intent_s >= extract(epoch from h.opened_at) then   -- a probe was answered; what was under way when it opened says nothing
      h.opened_at := null;
      h.recent := '';
    elsif s.unsent_intent_s >= extract(epoch from h.opened_at) then
      h.unsent_at := to_timestamp(v_now);
    end if;
    if s.is_slow and (h.slowed_at is null or extract(epoch from h.slowed_at) <= v_now - 1) then   -- a burst of refusals is one word
      h.slowed_to := herald.slower(h.slowed_to, h.slowed_at);
      h.slowed_at := to_timestamp(v_now);
    end if;
    if s.rest_s is not null and coalesce(extract(epoch from h.rest_until), 0) < v_now + s.rest_s then
      h.rest_until := to_timestamp(v_now + s.rest_s + s.jitter_s);
      h.rest_code := s.rest_code;
    end if;
    update public.number_health k set recent = h.recent, opened_at = h.opened_at, unsent_at = h.unsent_at, slowed_to = h.slowed_to, slowed_at = h.slowed_at,
      rest_until = h.rest_until, rest_code = h.rest_code where k.sender_id = s.sender_id;
  end loop;
end $$;
comment on function herald.note_outcomes is 'Answers of numbers, as breaker, pace and rest read them; the last thing a flush does.';

-- While the breaker is open an attempt is a question to the number, not a try of its message.
create function herald.is_probe(p_campaign uuid, p_message bigint, p_attempt int) returns boolean language sql stable as $$
  select exists (select from public.campaign_controls c join public.number_health h on h.sender_id = c.sender_id
    join public.campaign_attempts a on a.message_id = p_message and a.attempt = p_attempt and a.intent_at >= h.opened_at where c.campaign_id = p_campaign)
$$;
comment on function herald.is_probe is 'The attempt was made while the breaker of its number was open, as it is now.';

grant execute on function herald.now_s(), herald.plan_share(real, timestamptz), herald.slower(real, timestamptz), herald.pace_of(uuid),
  herald.replies_now(double precision, double precision), herald.reply_room(int, double precision, double precision),
  herald.number_state(uuid, double precision), herald.note_outcomes(uuid, jsonb), herald.is_probe(uuid, bigint, int) to herald_engine;
