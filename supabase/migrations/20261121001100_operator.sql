-- What an operator decides: resend, write off, cure, stop (laws L3, L6).
-- The functions that move messages are definers: herald_verbs may not update campaign_messages, and a grant of its columns would let any statement
-- of the web move any row anywhere. So a member's verb can make exactly these moves, in its own workspace, and no other.

-- Results that Postgres could not take wait elsewhere; until they are read nobody knows which of the unknown were answered.
create table overflow_watch (
  singleton boolean primary key default true check (singleton),
  waiting int not null check (waiting >= 0),
  checked_at timestamptz not null
);
comment on table overflow_watch is 'Batches of results seen waiting outside Postgres, and when was looked, by the database clock. One row of the deployment; no row: never looked.';
alter table overflow_watch enable row level security;
alter table overflow_watch force row level security;
create policy engine_writes on overflow_watch to herald_engine using (true) with check (true);
create policy verbs_read on overflow_watch for select to herald_verbs using (true);
grant select, insert, update on overflow_watch to herald_engine;
grant select on overflow_watch to herald_verbs;

alter table campaign_messages add column resends smallint not null default 0;
comment on column campaign_messages.resends is 'How often an operator had the message sent again; each time is in audit_log. 0: whatever was sent, was sent by the system alone.';

create function herald.is_overflow_read(p_since timestamptz) returns boolean language sql stable as
$$ select coalesce((select w.waiting = 0 and w.checked_at > p_since from public.overflow_watch w), false) $$;
comment on function herald.is_overflow_read is 'The overflow was read empty after that moment: no answer to an attempt given up before it waits to be read.';

-- Locks the control as a pause does: results and receipts come strictly before (then the message is no longer there to be chosen) or after.
create function herald.choose_messages(p_workspace uuid, p_campaign uuid, p_what public.message_state, p_reasons text[], p_messages bigint[], p_limit int)
returns table (ids bigint[], more int, newest_at timestamptz) language plpgsql as $$
#variable_conflict use_column
begin
  perform from public.campaign_controls c where c.workspace_id = p_workspace and c.campaign_id = p_campaign for update;
  return query
    with chosen as (
      select m.id, m.changed_at from public.campaign_messages m left join public.campaign_attempts a on a.message_id = m.id and a.attempt = m.attempt
      where m.workspace_id = p_workspace and m.campaign_id = p_campaign and m.reason is not null and m.state = p_what   -- unknown or failed: both name a reason
        and (p_messages is null or m.id = any (p_messages))
        and (p_reasons is null or m.reason = any (p_reasons) or a.class = any (p_reasons) or a.code = any (p_reasons))
        -- herald.arrived over any attempt, said so that it is one join and not a call per message
        and not exists (select from public.campaign_attempts x where x.message_id = m.id and x.receipt >= 'delivered')
    ), taken as (
      select m.id, m.changed_at from public.campaign_messages m where m.state = p_what and m.id in (select c.id from chosen c order by c.id limit p_limit) order by m.id for update
    )
    select array_agg(t.id), (select count(*) from chosen)::int - count(*)::int, max(t.changed_at) from taken t;
end $$;
comment on function herald.choose_messages is 'Messages of one state that an operator may decide about, locked: chosen by id, or by reason, class or code. None that arrived.';

-- Tells the workflow of a campaign that goes on; answers the control_seq that holds.
create function herald.note_decision(p_workspace uuid, p_campaign uuid, p_kind text) returns bigint language sql volatile as $$
  with moved as (
    update public.campaign_controls c set control_seq = c.control_seq + 1 where c.workspace_id = p_workspace and c.campaign_id = p_campaign returning c.control_seq
  ), told as (
    insert into public.outbox (workspace_id, kind, ref)
    select h.workspace_id, p_kind, jsonb_build_object('campaignId', h.id, 'runNo', h.run_no, 'controlSeq', m.control_seq)
    from public.campaign_history h, moved m where h.workspace_id = p_workspace and h.id = p_campaign
  )
  select control_seq from moved
$$;
comment on function herald.note_decision is 'control_seq + 1 and the order that starts or wakes the workflow.';

-- What was frozen is sent again (law L8): the rows go back to the queue with the chunk entries they have. A campaign that had ended begins its next run.
create function herald.resend_messages(p_campaign uuid, p_what public.message_state, p_reasons text[], p_messages bigint[], p_limit int, p_expires_in interval)
returns table (moved int, more int, is_overflow_unread boolean, run_no int, control_seq bigint, status public.campaign_status)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare v_workspace constant uuid := herald.current_workspace(); c record; h record; v_is_final boolean;
begin
  if not herald.is_acting_member() or p_what not in ('unknown', 'failed') then raise exception 'only a member, only unknown or failed' using errcode = 'HE403'; end if;
  select k.* into c from herald.choose_messages(v_workspace, p_campaign, p_what, p_reasons, p_messages, p_limit) k;
  -- only read, and only now: the control is locked, so the campaign cannot end or begin meanwhile
  select x.status, x.run_no, x.frozen_at is not null and k.flag <> 'cancelled' and x.status in ('queued', 'sending', 'paused', 'sent', 'partially_sent', 'failed') as is_open_to_it,
    k.control_seq into h
    from public.campaign_history x join public.campaign_controls k on k.campaign_id = x.id where x.workspace_id = v_workspace and x.id = p_campaign;
  moved := 0; more := coalesce(c.more, 0); run_no := h.run_no; control_seq := h.control_seq; status := h.status;
  is_overflow_unread := c.ids is not null and not herald.is_overflow_read(c.newest_at);
  if c.ids is null or is_overflow_unread or h.is_open_to_it is not true then return next; return; end if;

  update public.campaign_messages m set state = 'queued', receipt = null, reason = 'resend', tries = 0, resends = m.resends + 1,
    next_at = clock_timestamp(), changed_at = clock_timestamp() where m.id = any (c.ids);
  get diagnostics moved = row_count;
  v_is_final := h.status in ('sent', 'partially_sent', 'failed');
  if v_is_final then
    update public.campaign_controls k set flag = 'running' where k.campaign_id = p_campaign;
    update public.campaign_history x set status = 'queued', run_no = x.run_no + 1, pause_reasons = '{}', finished_at = null, expires_at = clock_timestamp() + p_expires_in
      where x.id = p_campaign returning x.status, x.run_no into status, run_no;
  else
    -- one that expired while it settled would leave the messages out again at once
    update public.campaign_history x set expires_at = clock_timestamp() + p_expires_in where x.id = p_campaign and x.expires_at <= clock_timestamp();
  end if;
  control_seq := herald.note_decision(v_workspace, p_campaign, case when v_is_final then 'workflow.start' else 'workflow.wake' end);
  return next;
end $$;
comment on function herald.resend_messages is 'An operator has unknown or failed messages sent again, at most p_limit a call; nothing moves while the overflow is unread. Definer: see the head of this file.';

create function herald.write_off_messages(p_campaign uuid, p_messages bigint[], p_limit int)
returns table (moved int, more int, is_overflow_unread boolean, control_seq bigint, status public.campaign_status)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare v_workspace constant uuid := herald.current_workspace(); c record;
begin
  if not herald.is_acting_member() then raise exception 'only a member' using errcode = 'HE403'; end if;
  select k.* into c from herald.choose_messages(v_workspace, p_campaign, 'unknown', null, p_messages, p_limit) k;
  select x.status, k.control_seq into status, control_seq
    from public.campaign_history x join public.campaign_controls k on k.campaign_id = x.id where x.workspace_id = v_workspace and x.id = p_campaign;
  moved := 0; more := coalesce(c.more, 0);
  is_overflow_unread := c.ids is not null and not herald.is_overflow_read(c.newest_at);
  if c.ids is null or is_overflow_unread then return next; return; end if;
  -- its places under the frequency cap and the portfolio's limit stay taken: written off is not known to be unsent
  update public.campaign_messages m set state = 'failed', reason = 'written_off', next_at = null, changed_at = clock_timestamp() where m.id = any (c.ids);
  get diagnostics moved = row_count;
  if status not in ('sent', 'partially_sent', 'failed', 'cancelled') then control_seq := herald.note_decision(v_workspace, p_campaign, 'workflow.wake'); end if;
  return next;
end $$;
comment on function herald.write_off_messages is 'An operator gives unknown messages up: failed(written_off); a receipt that comes later still lifts them. Definer: see the head of this file.';

create function herald.cure_block_as_member(p_block bigint) returns int language plpgsql security definer set search_path = '' as $$
begin
  if not herald.is_acting_member() then raise exception 'only a member' using errcode = 'HE403'; end if;
  return herald.cure_block(herald.current_workspace(), p_block);
end $$;
comment on function herald.cure_block_as_member is 'herald.cure_block by a member of the block''s workspace. Definer: it makes messages due, see the head of this file.';

-- The lock comes last: it waits for grants that read the switch before, and those after see it (law L6).
create function herald.set_stop_all(p_on boolean) returns boolean language plpgsql as $$
begin
  update public.deployment_switches set is_on = p_on, changed_at = clock_timestamp() where name = 'stop_all_sending';
  perform herald.lock_sending(null);
  return p_on;
end $$;
comment on function herald.set_stop_all is 'The kill switch of the whole deployment, for its owner. Once it returns and is committed no grant follows; what was granted ends within one horizon.';

create policy verbs_read on deployment_switches for select to herald_verbs using (true);
grant select on deployment_switches to herald_verbs;

create function herald.is_inbox_behind_as_member() returns boolean language sql volatile security definer set search_path = '' as
$$ select herald.is_inbox_behind() $$;
comment on function herald.is_inbox_behind_as_member is 'herald.is_inbox_behind for a member''s report. Definer: the inbox belongs to no workspace; one word of it tells nobody anything.';

grant execute on function herald.resend_messages(uuid, message_state, text[], bigint[], int, interval), herald.write_off_messages(uuid, bigint[], int),
  herald.cure_block_as_member(bigint), herald.is_overflow_read(timestamptz), herald.is_inbox_behind_as_member(),
  herald.pace_of(uuid), herald.plan_share(real, timestamptz), herald.reply_room(int, double precision, double precision),
  herald.replies_now(double precision, double precision), herald.now_s() to herald_verbs;
