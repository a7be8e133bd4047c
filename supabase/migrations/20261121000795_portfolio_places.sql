-- Places of a portfolio's limit: how many people its numbers may reach in 24 hours outside a service window. The provider counts those delivered to;
-- reserved at the gate, a place is held from the intent until 24 h after delivery. A place that is given back only expires: who holds the
-- portfolio's row (the gate) takes it off the count, so a flush of results needs no lock that comes before its own.

create table portfolio_reservations (
  portfolio_id uuid not null,
  contact_id uuid not null,
  workspace_id uuid not null,
  -- the newest message that holds the place
  message_id bigint not null,
  expires_at timestamptz not null,
  -- what an earlier message to the same person is owed, whatever becomes of the newest
  kept_until timestamptz not null default '-infinity',
  primary key (portfolio_id, contact_id),
  foreign key (workspace_id, portfolio_id) references portfolios (workspace_id, id) on delete cascade
) with (fillfactor = 70);
create index portfolio_reservations_expiry on portfolio_reservations (portfolio_id, expires_at);
create index portfolio_reservations_message on portfolio_reservations (message_id);
comment on table portfolio_reservations is 'People a portfolio reached, or may be reaching, in the last 24 h outside a service window; portfolios.reserved counts these rows.';
select herald.isolate('portfolio_reservations');
grant select on portfolio_reservations to authenticated, herald_verbs;
grant select, insert, update, delete on portfolio_reservations to herald_engine;

create function herald.open_portfolio(p_sender uuid, out portfolio_id uuid, out places int) language plpgsql as $$
#variable_conflict use_variable
declare v_gone int;
begin
  select p.id into portfolio_id from public.phone_numbers n join public.sources s on s.id = n.source_id
    join public.portfolios p on p.id = s.portfolio_id and p.messaging_limit is not null where n.id = p_sender;
  if not found then return; end if;
  perform from public.portfolios p where p.id = portfolio_id for no key update;
  with expired as (
    select r.contact_id from public.portfolio_reservations r where r.portfolio_id = open_portfolio.portfolio_id and r.expires_at <= to_timestamp(herald.now_s())
    order by r.expires_at limit 500 for update skip locked
  ), gone as (
    delete from public.portfolio_reservations r using expired e where r.portfolio_id = open_portfolio.portfolio_id and r.contact_id = e.contact_id returning 1
  )
  select count(*) into v_gone from gone;
  if v_gone > 0 then update public.portfolios p set reserved = p.reserved - v_gone where p.id = portfolio_id; end if;
  select p.messaging_limit - p.reserved into places from public.portfolios p where p.id = portfolio_id;
  if places is null then portfolio_id := null; end if;   -- the limit was lifted while we waited for the row
end $$;
comment on function herald.open_portfolio is 'Locks the portfolio of a number and answers how many places are free; both null without a limit. Sweeps at most 500 expired places a call.';

-- All places of one transaction at once and sorted, as the gate takes them: a batch of receipts frees some and keeps others.
create function herald.lock_places(p_messages bigint[]) returns void language sql volatile as
$$ select from public.portfolio_reservations where message_id = any (p_messages) order by portfolio_id, contact_id for update $$;
comment on function herald.lock_places is 'Places that messages hold; who frees or keeps places takes it first.';

-- A place is due to nobody when its message came to nothing: it expires now, or when an earlier message's does.
create function herald.free_places(p_messages bigint[]) returns void language sql volatile as $$
  select herald.lock_places(p_messages);
  update public.portfolio_reservations r set expires_at = greatest(r.kept_until, to_timestamp(herald.now_s())) where r.message_id = any (p_messages)
$$;
comment on function herald.free_places is 'Messages that reached nobody give their places under the portfolio''s limit back.';

create function herald.keep_places(p_messages bigint[], p_delivered_at timestamptz[]) returns void language sql volatile as $$
  select herald.lock_places(p_messages);
  update public.portfolio_reservations r set expires_at = greatest(r.kept_until, least(t.at, to_timestamp(herald.now_s())) + interval '24 hours')
  from (select u.id, min(u.at) as at from unnest(p_messages, p_delivered_at) u(id, at) group by u.id) t where r.message_id = t.id
$$;
comment on function herald.keep_places is 'Messages that arrived hold their places for 24 h from then.';

create function herald.next_place_s(p_portfolio uuid) returns double precision language sql volatile as
$$ select greatest(1, coalesce(extract(epoch from min(expires_at))::double precision - herald.now_s(), 60)) from public.portfolio_reservations where portfolio_id = p_portfolio $$;
comment on function herald.next_place_s is 'Seconds until the next place of a portfolio expires.';

grant execute on function herald.open_portfolio(uuid), herald.lock_places(bigint[]), herald.free_places(bigint[]), herald.keep_places(bigint[], timestamptz[]), herald.next_place_s(uuid) to herald_engine;
