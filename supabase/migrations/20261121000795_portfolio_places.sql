-- Places of a portfolio's limit: how many people its numbers may reach in 24 hours outside a service window. The provider counts those delivered to;
-- reserved at the gate, a place is held from the intent until 24 h after delivery. Without a limit nothing is reserved: when one becomes known, it holds at
-- once, nobody is granted, and herald.count_places builds the places from the ledger, a bounded part a transaction.
-- portfolios.reserved counts the places that is_counted, and moves with them under the portfolio's row lock, which the gate holds. Evidence comes with locks
-- that are later in the order (see 0800_gate), so it never touches that row: a place it gives back only expires, one it takes is not counted yet.
-- herald.places_taken sees both; the gate's herald.sweep_places settles them.

create table portfolio_reservations (
  portfolio_id uuid not null,
  contact_id uuid not null,
  workspace_id uuid not null,
  -- the newest message that holds the place
  message_id bigint not null,
  expires_at timestamptz not null,
  -- what an earlier message to the same person is owed, whatever becomes of the newest
  kept_until timestamptz not null default '-infinity',
  -- in portfolios.reserved
  is_counted boolean not null default true,
  primary key (portfolio_id, contact_id),
  foreign key (workspace_id, portfolio_id) references portfolios (workspace_id, id) on delete cascade
) with (fillfactor = 70);
create index portfolio_reservations_expiry on portfolio_reservations (portfolio_id, expires_at);
create index portfolio_reservations_message on portfolio_reservations (message_id);
create index portfolio_reservations_uncounted on portfolio_reservations (portfolio_id, expires_at) where not is_counted;
comment on table portfolio_reservations is 'People a portfolio reached, or may be reaching, in the last 24 h outside a service window.';
select herald.isolate('portfolio_reservations');
grant select on portfolio_reservations to authenticated, herald_verbs;
grant select, insert, update, delete on portfolio_reservations to herald_engine;

alter table portfolios add column counting_from uuid[];
comment on column portfolios.counting_from is 'Set while places are built from the ledger, when nothing is granted: empty while older ones are removed, then the campaign and the person that were counted last. Null: they are all known.';
grant update (counting_from) on portfolios to herald_engine;

-- who needs no place, by the time until which that is so: herald.pick_free
create index service_windows_open on service_windows (sender_id, open_until);
alter table number_lanes add column free_from timestamptz;
comment on column number_lanes.free_from is 'At the portfolio''s limit: how far herald.pick_free has looked for people who need no place; null: it begins anew.';
alter table number_lanes add column free_done_at timestamptz;
comment on column number_lanes.free_done_at is 'When herald.pick_free had last looked at all of them.';

-- Plans by the indexes: made while a portfolio is new, they would read all places of all portfolios.
create function herald.places_taken(p_portfolio uuid, p_look int) returns int language plpgsql volatile
set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_now constant timestamptz := to_timestamp(herald.now_s());
begin return (select p.reserved from public.portfolios p where p.id = p_portfolio)
  + (select count(*) from public.portfolio_reservations r where r.portfolio_id = p_portfolio and not r.is_counted and r.expires_at > v_now)
  - (select count(*) from (select from public.portfolio_reservations r where r.portfolio_id = p_portfolio and r.expires_at <= v_now and r.is_counted limit p_look) e);
end $$;
comment on function herald.places_taken is 'Places of a portfolio that are taken now; of those that have expired it looks for p_look (null: all), the others still count.';

-- While places are counted the answer needs no lock: a counting begins under the workspace's sending lock, which whoever asks shares.
create function herald.open_portfolio(p_sender uuid, out portfolio_id uuid, out places int, out is_counting boolean) language plpgsql as $$
#variable_conflict use_variable
begin
  select p.id, p.counting_from is not null into portfolio_id, is_counting from public.phone_numbers n join public.sources s on s.id = n.source_id
    join public.portfolios p on p.id = s.portfolio_id and p.messaging_limit is not null where n.id = p_sender;
  is_counting := coalesce(is_counting, false);
  if is_counting then portfolio_id := null; end if;
  if portfolio_id is null then return; end if;
  perform from public.portfolios p where p.id = portfolio_id for no key update;
  select p.messaging_limit - herald.places_taken(p.id, 500) into places from public.portfolios p where p.id = portfolio_id;
  if places is null then portfolio_id := null; end if;   -- the limit was lifted while we waited for the row
end $$;
comment on function herald.open_portfolio is 'Locks the portfolio of a number and answers how many places are free; both null without a limit, and while its places are counted.';

-- Skips what evidence holds at this moment: nothing waits here, so the order in which rows are taken is free.
create function herald.sweep_places(p_portfolio uuid) returns void language plpgsql
set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_gone int; v_new int; v_now constant timestamptz := to_timestamp(herald.now_s());
begin
  with expired as (
    select r.contact_id from public.portfolio_reservations r where r.portfolio_id = p_portfolio and r.expires_at <= v_now
    order by r.expires_at limit 500 for update skip locked
  ), gone as (
    delete from public.portfolio_reservations r using expired e where r.portfolio_id = p_portfolio and r.contact_id = e.contact_id returning r.is_counted
  )
  select count(*) filter (where is_counted) into v_gone from gone;
  with late as (
    select r.contact_id from public.portfolio_reservations r where r.portfolio_id = p_portfolio and not r.is_counted for update skip locked
  ), counted as (
    update public.portfolio_reservations r set is_counted = true from late l where r.portfolio_id = p_portfolio and r.contact_id = l.contact_id returning 1
  )
  select count(*) into v_new from counted;
  if v_gone <> v_new then update public.portfolios p set reserved = p.reserved - v_gone + v_new where p.id = p_portfolio; end if;
end $$;
comment on function herald.sweep_places is 'Removes at most 500 expired places and counts those that evidence took; the last thing a grant does, which holds the portfolio''s row.';

-- By the ledger. In a join it is planned into the query that asks.
create function herald.owed_until(p_message bigint, p_now timestamptz) returns setof timestamptz language sql stable as $$
  select max(case when a.receipt >= 'delivered' then least(coalesce(a.delivered_at, a.read_at, p_now), p_now) + interval '24 hours' else a.intent_at + interval '48 hours' end)
  from public.campaign_attempts a where a.message_id = p_message
    and (a.receipt >= 'delivered' or (a.failed_at is null and (a.receipt is not null or coalesce(a.outcome, 'unknown') in ('unknown', 'accepted', 'held'))))
$$;
comment on function herald.owed_until is 'Until when a message is owed a place: 24 h from its delivery; 48 h from the intent of an attempt that may have been sent and was not heard of; null when none was.';

-- A place is due to nobody when its message came to nothing: it expires now, or when an earlier message's or an earlier attempt's does.
create function herald.free_places(p_messages bigint[]) returns void language plpgsql
set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_now constant timestamptz := to_timestamp(herald.now_s());
begin
  perform from public.portfolio_reservations where message_id = any (p_messages) order by portfolio_id, contact_id for update;
  update public.portfolio_reservations r set expires_at = greatest(r.kept_until, v_now, (select o from herald.owed_until(r.message_id, v_now) o))
    where r.message_id = any (p_messages);
end $$;
comment on function herald.free_places is 'Messages that reached nobody give their places under the portfolio''s limit back.';

-- What the gate does after its places waits for nobody: one that evidence holds at this moment runs out by itself.
create function herald.free_skipped(p_messages bigint[]) returns void language plpgsql
set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_now constant timestamptz := to_timestamp(herald.now_s());
begin
  with held as (
    select r.portfolio_id, r.contact_id from public.portfolio_reservations r where r.message_id = any (p_messages)
      and exists (select from public.campaign_messages m where m.id = r.message_id and m.state = 'skipped') for update of r skip locked
  )
  update public.portfolio_reservations r set expires_at = greatest(r.kept_until, v_now, (select o from herald.owed_until(r.message_id, v_now) o))
    from held h where r.portfolio_id = h.portfolio_id and r.contact_id = h.contact_id;
end $$;
comment on function herald.free_skipped is 'Of the messages that a grant picked those that it skipped give the places back that they held since an earlier grant.';

-- All places of a batch in one sorted pass, as the gate takes them, whether they are there or made anew: a place that ran out, or was given back, before the
-- message was heard of is taken again. One row a person; where another message of the batch held it, or has taken it since, both keep what they are owed.
create function herald.settle_places(p_unreached bigint[], p_reached bigint[]) returns void language plpgsql
set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_now constant timestamptz := to_timestamp(herald.now_s()); v_heard constant bigint[] := p_unreached || p_reached;
begin
  if not exists (select from public.portfolios p where p.messaging_limit is not null) then return; end if;   -- of this workspace
  insert into public.portfolio_reservations as r (portfolio_id, contact_id, workspace_id, message_id, expires_at, kept_until, is_counted)
    with held as materialized (
      select h.portfolio_id, h.contact_id, h.workspace_id, h.message_id, coalesce(o.until, v_now) as until
      from public.portfolio_reservations h cross join lateral herald.owed_until(h.message_id, v_now) o(until) where h.message_id = any (v_heard)
    ), owed as (
      select h.*, true as is_held from held h
      union all
      select s.portfolio_id, m.contact_id, m.workspace_id, m.id, o.until, false
      from (select distinct unnest(p_reached) as id) t join public.campaign_messages m on m.id = t.id
      join public.campaign_controls c on c.campaign_id = m.campaign_id join public.sources s on s.id = c.source_id
      join public.portfolios p on p.id = s.portfolio_id and p.messaging_limit is not null
      cross join lateral herald.owed_until(m.id, v_now) o(until)
      where o.until > v_now and herald.was_outside(m.id) and not exists (select from held h where h.message_id = m.id)
    ), ranked as (
      select o.*, row_number() over (partition by o.portfolio_id, o.contact_id order by o.is_held desc, o.message_id desc) as nth from owed o
    )
    select k.portfolio_id, k.contact_id, min(k.workspace_id::text)::uuid, max(k.message_id) filter (where nth = 1), max(k.until),
      coalesce(max(k.until) filter (where nth > 1), '-infinity'), false
    from ranked k group by k.portfolio_id, k.contact_id order by k.portfolio_id, k.contact_id
    on conflict (portfolio_id, contact_id) do update set
      kept_until = greatest(r.kept_until, case when r.message_id = excluded.message_id then excluded.kept_until else excluded.expires_at end),
      expires_at = greatest(r.kept_until, case when r.message_id = excluded.message_id then excluded.kept_until else excluded.expires_at end,
        case when r.message_id = any (v_heard) then coalesce((select o from herald.owed_until(r.message_id, v_now) o), v_now) else r.expires_at end);
end $$;
comment on function herald.settle_places is 'Messages that came to nothing give their places back, those that arrived hold them for 24 h, those that were sent after all have them again.';

create function herald.was_outside(p_message bigint) returns boolean language plpgsql stable as $$
begin return exists (
  select from public.campaign_attempts a join public.campaign_messages m on m.id = a.message_id join public.campaign_controls c on c.campaign_id = m.campaign_id
  where a.message_id = p_message and (a.receipt >= 'delivered' or (a.failed_at is null and (a.receipt is not null or coalesce(a.outcome, 'unknown') in ('unknown', 'accepted', 'held'))))
    and not exists (select from public.inbound_messages i where i.contact_id = m.contact_id and i.sender_id = c.sender_id
      and i.at > a.intent_at - interval '24 hours' and i.at <= a.intent_at));
end $$;
comment on function herald.was_outside is 'A message may have reached its person while no service window was open: nobody had written in the 24 h before.';

-- The gate shares the lock before it asks for a limit, and no grant waits for a portfolio that has none: it is held for a moment. A grant that committed
-- before is in the ledger, each after it sees that the places are not known yet.
create function herald.begin_counting(p_workspace uuid, p_portfolio uuid, p_limit int) returns void language plpgsql as $$
begin
  perform herald.lock_sending(p_workspace);
  update public.portfolios p set messaging_limit = p_limit, counting_from = '{}' where p.id = p_portfolio;
end $$;
comment on function herald.begin_counting is 'Writes a limit where none was: it holds at once, and nothing is granted until herald.count_places is through.';

create function herald.portfolios_to_count() returns table (workspace_id uuid, portfolio_id uuid) language sql stable security definer set search_path = '' as
$$ select p.workspace_id, p.id from public.portfolios p where p.counting_from is not null order by p.id $$;
comment on function herald.portfolios_to_count is 'Portfolios whose places are not known yet, over all workspaces.';

-- By campaign and person, of campaigns in which anything moved lately; the counters tell. Messages are shared, so that whoever hears of one of them does it
-- before it is looked at, or after its place is there.
create function herald.count_places(p_workspace uuid, p_portfolio uuid, p_limit int) returns boolean language plpgsql
set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  v_from uuid[]; v_campaign uuid; v_contacts uuid[]; v_messages bigint[]; v_n int; v_old int;
  v_now constant timestamptz := to_timestamp(herald.now_s()); c_first constant uuid := '00000000-0000-0000-0000-000000000000'; c_last constant uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
begin
  perform herald.enter_workspace(p_workspace);
  select p.counting_from into v_from from public.portfolios p where p.id = p_portfolio and p.counting_from is not null for no key update skip locked;
  if not found then return false; end if;
  if v_from = '{}' then
    with old as (
      select r.contact_id from public.portfolio_reservations r where r.portfolio_id = p_portfolio order by r.contact_id limit p_limit for update
    ), gone as (
      delete from public.portfolio_reservations r using old o where r.portfolio_id = p_portfolio and r.contact_id = o.contact_id returning r.is_counted
    )
    select count(*), count(*) filter (where is_counted) into v_old, v_n from gone;
    update public.portfolios p set reserved = p.reserved - v_n,
      counting_from = case when v_old < p_limit then array[c_first, c_first] else '{}' end where p.id = p_portfolio;
    return true;
  end if;

  select c.campaign_id into v_campaign from public.campaign_controls c join public.sources s on s.id = c.source_id
    where s.portfolio_id = p_portfolio and (c.campaign_id > v_from[1] or (c.campaign_id = v_from[1] and v_from[2] < c_last))
      and exists (select from public.campaign_counters k where k.campaign_id = c.campaign_id and k.moved_at > v_now - interval '48 hours')
    order by c.campaign_id limit 1;
  if v_campaign is null then
    update public.portfolios p set counting_from = null where p.id = p_portfolio;
    perform herald.wake_portfolio(p_workspace, p_portfolio);
    return true;
  end if;
  select array_agg(w.contact_id order by w.contact_id), array_agg(w.id order by w.id) filter (where w.attempt > 0 and w.changed_at > v_now - interval '48 hours')
    into v_contacts, v_messages from (
      select m.contact_id, m.id, m.attempt, m.changed_at from public.campaign_messages m
      where m.campaign_id = v_campaign and m.contact_id > case when v_campaign = v_from[1] then v_from[2] else c_first end order by m.contact_id limit p_limit) w;
  perform from public.campaign_messages m where m.id = any (v_messages) order by m.id for share;
  with housed as (
    insert into public.portfolio_reservations as r (portfolio_id, contact_id, workspace_id, message_id, expires_at)
      select p_portfolio, m.contact_id, p_workspace, m.id, o.until from public.campaign_messages m cross join lateral herald.owed_until(m.id, v_now) o(until)
      where m.id = any (v_messages) and o.until > v_now and herald.was_outside(m.id) order by m.contact_id
    on conflict (portfolio_id, contact_id) do update set
      message_id = case when excluded.expires_at > r.expires_at then excluded.message_id else r.message_id end,
      kept_until = case when r.message_id = excluded.message_id then r.kept_until else greatest(r.kept_until, least(r.expires_at, excluded.expires_at)) end,
      expires_at = case when r.message_id = excluded.message_id then greatest(r.kept_until, excluded.expires_at) else greatest(r.expires_at, excluded.expires_at) end
    returning (r.xmax = 0)::int as is_new   -- zero: inserted, not updated
  )
  select coalesce(sum(is_new), 0) into v_n from housed;
  update public.portfolios p set reserved = p.reserved + v_n, counting_from = array[v_campaign,
      case when cardinality(v_contacts) = p_limit then v_contacts[p_limit] else c_last end] where p.id = p_portfolio;
  return true;
end $$;
comment on function herald.count_places is 'One part of the people whom a portfolio may have reached lately, at most so many messages; true while there may be more, false when all are counted or another process counts.';

create function herald.wake_portfolio(p_workspace uuid, p_portfolio uuid) returns int language plpgsql as $$
declare v_n int;
begin
  perform from public.campaign_controls c where c.workspace_id = p_workspace and c.source_id in (select s.id from public.sources s where s.portfolio_id = p_portfolio)
    and exists (select from public.campaign_history h where h.id = c.campaign_id and h.status in ('queued', 'sending')) order by c.campaign_id for update;
  with woken as (
    update public.campaign_controls c set control_seq = c.control_seq + 1 from public.campaign_history h, public.sources s
    where c.workspace_id = p_workspace and s.portfolio_id = p_portfolio and c.source_id = s.id and h.id = c.campaign_id and h.status in ('queued', 'sending')
      and c.flag = 'running' returning c.campaign_id, c.control_seq, h.run_no
  ), told as (
    insert into public.outbox (workspace_id, kind, ref)
    select p_workspace, 'workflow.wake', jsonb_build_object('campaignId', w.campaign_id, 'runNo', w.run_no, 'controlSeq', w.control_seq) from woken w order by w.campaign_id
  )
  select count(*) into v_n from woken;
  return v_n;
end $$;
comment on function herald.wake_portfolio is 'Campaigns under way of a portfolio''s numbers look for places at once: its limit rose or was lifted. Answers how many.';

create function herald.next_place_s(p_portfolio uuid) returns double precision language sql volatile as
$$ select greatest(1, coalesce(extract(epoch from min(expires_at))::double precision - herald.now_s(), 60)) from public.portfolio_reservations where portfolio_id = p_portfolio $$;
comment on function herald.next_place_s is 'Seconds until the next place of a portfolio expires.';

grant execute on function herald.open_portfolio(uuid), herald.sweep_places(uuid), herald.owed_until(bigint, timestamptz), herald.free_places(bigint[]),
  herald.settle_places(bigint[], bigint[]), herald.was_outside(bigint), herald.free_skipped(bigint[]),
  herald.begin_counting(uuid, uuid, int), herald.portfolios_to_count(), herald.count_places(uuid, uuid, int), herald.wake_portfolio(uuid, uuid), herald.next_place_s(uuid) to herald_engine;
grant execute on function herald.places_taken(uuid, int) to herald_engine, herald_verbs;
