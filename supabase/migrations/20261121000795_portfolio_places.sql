-- Places of a portfolio's limit: how many people its numbers may reach in 24 hours outside a service window. The provider counts those delivered to;
-- reserved at the gate, a place is held from the intent until 24 h after delivery. Without a limit nothing is reserved: when one becomes known,
-- herald.count_places builds the places from the ledger.
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

-- who needs no place, by the time until which that is so: herald.pick_free
create index service_windows_open on service_windows (sender_id, open_until);
alter table number_lanes add column free_from timestamptz;
comment on column number_lanes.free_from is 'At the portfolio''s limit: how far herald.pick_free has looked for people who need no place; null: it begins anew.';

-- Plans by the indexes: made while a portfolio is new, they would read all places of all portfolios.
create function herald.places_taken(p_portfolio uuid, p_look int) returns int language plpgsql volatile
set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_now constant timestamptz := to_timestamp(herald.now_s());
begin return (select p.reserved from public.portfolios p where p.id = p_portfolio)
  + (select count(*) from public.portfolio_reservations r where r.portfolio_id = p_portfolio and not r.is_counted and r.expires_at > v_now)
  - (select count(*) from (select from public.portfolio_reservations r where r.portfolio_id = p_portfolio and r.expires_at <= v_now and r.is_counted limit p_look) e);
end $$;
comment on function herald.places_taken is 'Places of a portfolio that are taken now; of those that have expired it looks for p_look (null: all), the others still count.';

create function herald.open_portfolio(p_sender uuid, out portfolio_id uuid, out places int) language plpgsql as $$
#variable_conflict use_variable
begin
  select p.id into portfolio_id from public.phone_numbers n join public.sources s on s.id = n.source_id
    join public.portfolios p on p.id = s.portfolio_id and p.messaging_limit is not null where n.id = p_sender;
  if not found then return; end if;
  perform from public.portfolios p where p.id = portfolio_id for no key update;
  select p.messaging_limit - herald.places_taken(p.id, 500) into places from public.portfolios p where p.id = portfolio_id;
  if places is null then portfolio_id := null; end if;   -- the limit was lifted while we waited for the row
end $$;
comment on function herald.open_portfolio is 'Locks the portfolio of a number and answers how many places are free; both null without a limit.';

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

-- All places of a batch at once and sorted, as the gate takes them. A place that ran out, or was given back, before the message was heard of is taken again.
create function herald.settle_places(p_unreached bigint[], p_reached bigint[]) returns void language plpgsql
set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_now constant timestamptz := to_timestamp(herald.now_s()); v_portfolios uuid[]; v_contacts uuid[]; v_messages bigint[]; v_untils timestamptz[];
begin
  if not exists (select from public.portfolios p where p.messaging_limit is not null) then return; end if;   -- of this workspace
  select array_agg(s.portfolio_id), array_agg(m.contact_id), array_agg(m.id), array_agg(o.until) into v_portfolios, v_contacts, v_messages, v_untils
    from (select distinct unnest(p_reached) as id) t join public.campaign_messages m on m.id = t.id
    join public.campaign_controls c on c.campaign_id = m.campaign_id join public.sources s on s.id = c.source_id
    join public.portfolios p on p.id = s.portfolio_id and p.messaging_limit is not null
    cross join lateral herald.owed_until(m.id, v_now) o(until) where o.until is not null;
  perform from public.portfolio_reservations r where (r.portfolio_id, r.contact_id) in (
      select h.portfolio_id, h.contact_id from public.portfolio_reservations h where h.message_id = any (p_unreached || v_messages)
      union select * from unnest(v_portfolios, v_contacts))
    order by r.portfolio_id, r.contact_id for update;
  perform herald.free_places(p_unreached);
  update public.portfolio_reservations r set expires_at = greatest(r.kept_until, t.until)
    from unnest(v_messages, v_untils) t(id, until) where r.message_id = t.id;
  insert into public.portfolio_reservations as r (portfolio_id, contact_id, workspace_id, message_id, expires_at, kept_until, is_counted)
    select t.portfolio_id, t.contact_id, min(m.workspace_id::text)::uuid, max(t.id), max(t.until), case when count(*) > 1 then max(t.until) else '-infinity' end, false
    from unnest(v_portfolios, v_contacts, v_messages, v_untils) t(portfolio_id, contact_id, id, until) join public.campaign_messages m on m.id = t.id
    where t.until > v_now and herald.was_outside(t.id)
      and not exists (select from public.portfolio_reservations h where h.message_id = t.id)
    group by t.portfolio_id, t.contact_id order by t.portfolio_id, t.contact_id
    on conflict (portfolio_id, contact_id) do update set expires_at = greatest(r.expires_at, excluded.expires_at), kept_until = greatest(r.kept_until, excluded.expires_at);
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

-- Nothing is granted meanwhile: the gate shares the lock before it asks for a limit, so each grant is counted here or sees the limit, which the caller
-- writes next. More places than the greatest limit of the provider (100,000) say nothing: the newest tell the same.
create function herald.count_places(p_portfolio uuid) returns int language plpgsql as $$
declare v_workspace uuid; v_reserved int; v_now constant timestamptz := to_timestamp(herald.now_s());
begin
  select p.workspace_id into v_workspace from public.portfolios p where p.id = p_portfolio;
  perform herald.lock_sending(v_workspace);
  perform from public.portfolios p where p.id = p_portfolio for no key update;
  insert into public.portfolio_reservations as r (portfolio_id, contact_id, workspace_id, message_id, expires_at, kept_until)
    select p_portfolio, n.contact_id, v_workspace, n.ids[1], n.untils[1], coalesce(n.untils[2], '-infinity') from (
      select m.contact_id, array_agg(m.id order by o.until desc) as ids, array_agg(o.until order by o.until desc) as untils
      from public.sources s join public.campaign_controls c on c.source_id = s.id
      join public.campaign_messages m on m.campaign_id = c.campaign_id and m.attempt > 0 and m.changed_at > v_now - interval '48 hours'
      cross join lateral herald.owed_until(m.id, v_now) o(until)
      where s.portfolio_id = p_portfolio and o.until > v_now and herald.was_outside(m.id)
      group by m.contact_id order by max(o.until) desc limit 100000
    ) n order by n.contact_id
    on conflict (portfolio_id, contact_id) do update set expires_at = greatest(r.expires_at, excluded.expires_at), kept_until = greatest(r.kept_until, excluded.kept_until);
  select count(*) into v_reserved from public.portfolio_reservations r where r.portfolio_id = p_portfolio and r.is_counted;
  update public.portfolios p set reserved = v_reserved where p.id = p_portfolio;
  return v_reserved;
end $$;
comment on function herald.count_places is 'Places of everybody whom a portfolio may have reached in the last 24 h, from the ledger; answers how many. Called in the transaction in which its limit becomes known, before that is written.';

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
  herald.settle_places(bigint[], bigint[]), herald.was_outside(bigint), herald.count_places(uuid), herald.wake_portfolio(uuid, uuid), herald.next_place_s(uuid) to herald_engine;
grant execute on function herald.places_taken(uuid, int) to herald_engine, herald_verbs;
