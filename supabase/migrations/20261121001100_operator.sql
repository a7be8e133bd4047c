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

create table overflow_set_aside (
  overflow_id text not null,
  workspace_id uuid not null references workspaces on delete cascade,
  -- null: what the batch names cannot be read, it may be any of the workspace
  campaign_id uuid,
  noted_at timestamptz not null default clock_timestamp(),
  unique nulls not distinct (workspace_id, campaign_id, overflow_id)
);
comment on table overflow_set_aside is 'Campaigns of results that Postgres will not take and that are kept outside: nothing unknown of these may be decided until a person has judged the batch.';
select herald.isolate('overflow_set_aside');
grant select on overflow_set_aside to herald_verbs;

create function herald.note_overflow(p_waiting int, p_looked_at timestamptz, p_set_aside jsonb) returns void language plpgsql security definer set search_path = '' as $$
begin
  insert into public.overflow_watch as w (waiting, checked_at) values (p_waiting, p_looked_at)
    on conflict (singleton) do update set waiting = excluded.waiting, checked_at = excluded.checked_at where w.checked_at < excluded.checked_at;
  if not found then return; end if;
  with named as materialized (
    select b ->> 'overflowId' as overflow_id, w.id as workspace_id, c.id::uuid as campaign_id
    from jsonb_array_elements(p_set_aside) b join public.workspaces w on w.id = (b ->> 'workspaceId')::uuid
      cross join lateral jsonb_array_elements_text(case jsonb_typeof(b -> 'campaignIds') when 'array' then b -> 'campaignIds' else '[null]' end) c(id)
  ), gone as (
    delete from public.overflow_set_aside s where not exists (
      select from named n where (n.overflow_id, n.workspace_id) = (s.overflow_id, s.workspace_id) and n.campaign_id is not distinct from s.campaign_id)
  )
  insert into public.overflow_set_aside (overflow_id, workspace_id, campaign_id) select overflow_id, workspace_id, campaign_id from named on conflict do nothing;
end $$;
comment on function herald.note_overflow is 'What a look at the overflow saw, of the moment before it: batches that wait, and all that are set aside ({overflowId, workspaceId, campaignIds}). An older look changes nothing. Definer: batches are of any workspace.';
grant execute on function herald.note_overflow(int, timestamptz, jsonb) to herald_engine;

-- A worker may hold the answer of an attempt that was named unknown. The request ended 5 s before at the latest (25 s of grace, 20 s for a request); its flush
-- begins within 0.2 s, tries the ledger for 5 s, once more up to 2 s later (its longest back-off) for 5.25 s, and then the put takes 11 s (1 s to load the driver,
-- 5 s to connect, 5 s itself): 18.45 s after the naming.
-- Beyond that only a worker that reaches neither store holds answers; what it brings later still calls off a resend that was not sent yet.
create function herald.overflow_margin() returns interval language sql immutable as $$ select interval '20 seconds' $$;
comment on function herald.overflow_margin is 'The longest that a flush and a put into the overflow may take after an attempt was named unknown, by their timeouts; a look must be later than that.';

create function herald.is_overflow_read(p_campaign uuid, p_since timestamptz) returns boolean language sql stable as $$
  select coalesce((select w.waiting = 0 and w.checked_at > p_since + herald.overflow_margin() from public.overflow_watch w), false)
    and not exists (select from public.campaign_history h join public.overflow_set_aside s on s.workspace_id = h.workspace_id and coalesce(s.campaign_id, h.id) = h.id
      where h.id = p_campaign)
$$;
comment on function herald.is_overflow_read is 'The overflow was read empty after that moment, and nothing of the campaign is set aside: no answer to an attempt given up before it waits to be read.';

-- Meta lets go of held messages within an hour in 99 of 100 cases, or fails them; one without a word after a day is not decided by waiting.
create function herald.held_patience() returns interval language sql immutable as $$ select interval '24 hours' $$;
comment on function herald.held_patience is 'How long a message must have been held by the provider before an operator may give it up.';

-- Locks the control as a pause does: results and receipts come strictly before (then the message is no longer there to be chosen) or after.
create function herald.choose_messages(p_workspace uuid, p_campaign uuid, p_what public.message_state, p_reasons text[], p_messages bigint[], p_limit int)
returns table (ids bigint[], more int, newest_at timestamptz) language plpgsql as $$
#variable_conflict use_column
begin
  perform from public.campaign_controls c where c.workspace_id = p_workspace and c.campaign_id = p_campaign for update;
  return query
    with chosen as (
      select m.id, m.changed_at from public.campaign_messages m left join public.campaign_attempts a on a.message_id = m.id and a.attempt = m.attempt
      where m.workspace_id = p_workspace and m.campaign_id = p_campaign and m.reason is not null and m.state = p_what   -- unknown, failed or held: each names a reason
        and (p_what <> 'held' or m.changed_at < clock_timestamp() - herald.held_patience())
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
  is_overflow_unread := c.ids is not null and not herald.is_overflow_read(p_campaign, c.newest_at);
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

create function herald.write_off_messages(p_campaign uuid, p_what public.message_state, p_messages bigint[], p_limit int)
returns table (moved int, more int, is_overflow_unread boolean, control_seq bigint, status public.campaign_status)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare v_workspace constant uuid := herald.current_workspace(); c record;
begin
  if not herald.is_acting_member() or p_what not in ('unknown', 'held') then raise exception 'only a member, only unknown or held' using errcode = 'HE403'; end if;
  select k.* into c from herald.choose_messages(v_workspace, p_campaign, p_what, null, p_messages, p_limit) k;
  select x.status, k.control_seq into status, control_seq
    from public.campaign_history x join public.campaign_controls k on k.campaign_id = x.id where x.workspace_id = v_workspace and x.id = p_campaign;
  moved := 0; more := coalesce(c.more, 0);
  is_overflow_unread := c.ids is not null and not herald.is_overflow_read(p_campaign, c.newest_at);
  if c.ids is null or is_overflow_unread then return next; return; end if;
  -- its places under the frequency cap and the portfolio's limit stay taken: written off is not known to be unsent
  update public.campaign_messages m set state = 'failed', reason = 'written_off', next_at = null, changed_at = clock_timestamp() where m.id = any (c.ids);
  get diagnostics moved = row_count;
  if status not in ('sent', 'partially_sent', 'failed', 'cancelled') then control_seq := herald.note_decision(v_workspace, p_campaign, 'workflow.wake'); end if;
  return next;
end $$;
comment on function herald.write_off_messages is 'An operator gives messages up that are unknown, or held for longer than herald.held_patience(): failed(written_off); a receipt that comes later still lifts them. Definer: see the head of this file.';

create function herald.cure_block_as_member(p_block bigint) returns int language plpgsql security definer set search_path = '' as $$
begin
  if not herald.is_acting_member() then raise exception 'only a member' using errcode = 'HE403'; end if;
  return herald.cure_block(herald.current_workspace(), p_block);
end $$;
comment on function herald.cure_block_as_member is 'herald.cure_block by a member of the block''s workspace: its first part at once, herald.lift_block does the rest. Definer: it makes messages due, see the head of this file.';

alter table deployment_switches add column changed_by text, add column note text;
comment on column deployment_switches.changed_by is 'The database role that set it last. What it was before is in audit_log of every workspace that had an open campaign.';

-- On: the lock comes last: it waits for grants that read the switch before, and those after see it (law L6). Off: a slice that met the switch has ended, and
-- without word its workflow would look again only after a minute.
create function herald.set_stop_all(p_on boolean, p_note text default null) returns boolean language plpgsql as $$
declare v_was_on boolean;
begin
  select d.is_on into v_was_on from public.deployment_switches d where d.name = 'stop_all_sending' for update;
  update public.deployment_switches set is_on = p_on, changed_at = clock_timestamp(), changed_by = session_user, note = p_note where name = 'stop_all_sending';
  if v_was_on and not p_on then
    perform from public.campaign_controls c join public.campaign_history h on h.id = c.campaign_id
      where h.status in ('queued', 'sending') order by c.campaign_id for update of c;
    with moved as (
      update public.campaign_controls c set control_seq = c.control_seq + 1 from public.campaign_history h
      where h.id = c.campaign_id and h.status in ('queued', 'sending') returning c.workspace_id, c.campaign_id, c.control_seq, h.run_no
    )
    insert into public.outbox (workspace_id, kind, ref)
      select m.workspace_id, 'workflow.wake', jsonb_build_object('campaignId', m.campaign_id, 'runNo', m.run_no, 'controlSeq', m.control_seq) from moved m;
  end if;
  insert into public.audit_log (workspace_id, actor_kind, actor_id, action, resource_kind, resource_id, detail)
    select distinct h.workspace_id, 'deployment', session_user::text, 'deployment.kill_switch_set', 'deployment', 'stop_all_sending', jsonb_build_object('on', p_on, 'note', p_note)
    from public.campaign_history h where h.status in ('scheduled', 'queued', 'sending', 'paused');
  -- a switch moves no counter and no flag of a campaign; only added to, so nobody is waited for
  insert into public.campaign_changes (workspace_id, campaign_id)
    select h.workspace_id, h.id from public.campaign_history h where h.status in ('scheduled', 'queued', 'sending', 'paused');
  if p_on then perform herald.lock_sending(null); end if;
  return p_on;
end $$;
comment on function herald.set_stop_all is 'The kill switch of the whole deployment, for its owner. On: once it returns and is committed no grant follows; what was granted ends within one horizon. Off: wakes every campaign that sends. Audited in each workspace with an open campaign, in the name of the role.';

create policy verbs_read on deployment_switches for select to herald_verbs using (true);
grant select on deployment_switches to herald_verbs;

create function herald.is_inbox_behind_as_member() returns boolean language sql volatile security definer set search_path = '' as
$$ select herald.is_inbox_behind() $$;
comment on function herald.is_inbox_behind_as_member is 'herald.is_inbox_behind for a member''s report. Definer: the inbox belongs to no workspace; one word of it tells nobody anything.';

grant execute on function herald.resend_messages(uuid, message_state, text[], bigint[], int, interval), herald.write_off_messages(uuid, message_state, bigint[], int), herald.held_patience(),
  herald.cure_block_as_member(bigint), herald.is_overflow_read(uuid, timestamptz), herald.overflow_margin(), herald.is_inbox_behind_as_member(),
  herald.pace_of(uuid), herald.plan_share(real, timestamptz), herald.reply_room(int, double precision, double precision),
  herald.replies_now(double precision, double precision), herald.now_s() to herald_verbs;
