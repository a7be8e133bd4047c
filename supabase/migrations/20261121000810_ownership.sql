-- Who owns a campaign's slice, what a lost owner leaves behind, and how a campaign ends (laws L1, L3, L4).
-- Who changes messages holds the campaign's control row at least FOR KEY SHARE: pause, cancel and the end take it FOR UPDATE, and so come strictly before or after.

create function herald.take_over(p_workspace uuid, p_campaign uuid) returns table (epoch int, sender_id uuid, is_final boolean) language plpgsql as $$
#variable_conflict use_column
begin
  perform herald.enter_workspace(p_workspace);
  update public.campaign_controls c set epoch = c.epoch + 1 where c.campaign_id = p_campaign returning c.epoch, c.sender_id into epoch, sender_id;
  if not found then raise exception 'no such campaign in this workspace' using errcode = 'HE404'; end if;
  update public.campaign_history h set status = 'sending', started_at = coalesce(h.started_at, clock_timestamp())
    from public.campaign_controls c where h.id = p_campaign and c.campaign_id = h.id and h.status = 'queued' and c.flag = 'running';
  select h.status in ('sent', 'partially_sent', 'failed', 'cancelled') into is_final from public.campaign_history h where h.id = p_campaign;
  if not is_final then
    insert into public.number_lanes (workspace_id, sender_id, campaign_id) values (p_workspace, sender_id, p_campaign) on conflict do nothing;
  end if;
  return next;
end $$;
comment on function herald.take_over is 'A new attempt of a slice owns the campaign: epoch + 1 fences every older one (law L4).';

-- Who has the message is not sent it again, whatever becomes of a later attempt (laws L3, L9).
create function herald.arrived(p_message bigint, p_but_attempt int) returns public.message_receipt language sql stable as $$
  select max(a.receipt) from public.campaign_attempts a where a.message_id = p_message and a.attempt <> p_but_attempt and a.receipt >= 'delivered'
$$;
comment on function herald.arrived is 'How far another attempt of the message is known to have come, when it arrived; null when none did.';

-- A grant committed but its answer was lost. The only sender of this epoch returns what it does not hold: those requests never began.
create function herald.return_lost(p_workspace uuid, p_sender uuid, p_campaign uuid, p_epoch int, p_held_ids bigint[], p_held_attempts int[]) returns int language plpgsql as $$
declare v_n int;
begin
  perform herald.enter_workspace(p_workspace);
  perform from public.phone_numbers where id = p_sender for no key update;   -- waits for the cut transaction to end, one way or the other
  perform from public.campaign_controls where campaign_id = p_campaign for key share;
  with picked as (
    select m.id, m.attempt, herald.arrived(m.id, m.attempt) as arrived
    from public.campaign_attempts o join public.campaign_messages m on m.id = o.message_id and m.attempt = o.attempt
    where o.campaign_id = p_campaign and o.settled_at is null and m.state = 'dispatching' and m.epoch = p_epoch
      and not exists (select from unnest(p_held_ids, p_held_attempts) h(id, attempt) where h.id = m.id and h.attempt = m.attempt)
    order by m.id for update of m
  ), told as (
    update public.campaign_attempts a set outcome = 'not_started', settled_at = clock_timestamp() from picked p where a.message_id = p.id and a.attempt = p.attempt
  ), moved as (
    update public.campaign_messages m set state = case when p.arrived is null then 'queued' else 'accepted' end::public.message_state, receipt = p.arrived,
      reason = case when p.arrived is null then 'not_started' end, next_at = case when p.arrived is null then clock_timestamp() end, changed_at = clock_timestamp()
    from picked p where m.id = p.id returning 1
  )
  select count(*) into v_n from moved;
  return v_n;
end $$;
comment on function herald.return_lost is 'Attempts of a lost grant go back to the queue; they never began.';

-- Attempts of dead epochs become unknown once nobody can report on them any more (law L3: never sent again by the system).
create function herald.recover(p_workspace uuid, p_campaign uuid, p_grace double precision) returns table (unknown int, waiting int) language plpgsql as $$
#variable_conflict use_column
declare v_epoch int; v_flag public.control_flag;
begin
  perform herald.enter_workspace(p_workspace);
  select c.epoch, c.flag into v_epoch, v_flag from public.campaign_controls c where c.campaign_id = p_campaign for key share;
  -- a slice that took over while it was paused, or outlived a short pause, goes on at the resume: it says so here, within seconds
  if v_flag = 'running' then
    update public.campaign_history h set status = 'sending', started_at = coalesce(h.started_at, clock_timestamp())
      where h.id = p_campaign and h.status = 'queued' and exists (select from public.number_lanes l where l.campaign_id = p_campaign);
  end if;
  with picked as (
    -- by way of the open attempts, which are few: the messages have no index on their state, so that an answer stays a HOT update
    select m.id, m.attempt from public.campaign_attempts o join public.campaign_messages m on m.id = o.message_id and m.attempt = o.attempt
    where o.campaign_id = p_campaign and o.settled_at is null
      and m.state = 'dispatching' and m.epoch < v_epoch and m.send_by + make_interval(secs => p_grace) < clock_timestamp()
    order by m.id for update of m
  ), told as (
    update public.campaign_attempts a set outcome = 'unknown', settled_at = clock_timestamp() from picked p where a.message_id = p.id and a.attempt = p.attempt
  ), moved as (
    update public.campaign_messages m set state = 'unknown', reason = 'sender_lost', tries = m.tries + 1, changed_at = clock_timestamp() from picked p where m.id = p.id returning 1
  )
  select count(*) into unknown from moved;
  select count(*) into waiting from public.campaign_attempts o join public.campaign_messages m on m.id = o.message_id and m.attempt = o.attempt
    where o.campaign_id = p_campaign and o.settled_at is null and m.state = 'dispatching' and m.epoch < v_epoch;
  return next;
end $$;
comment on function herald.recover is 'Ambiguous attempts of an earlier owner are named as such; receipts settle them. A campaign that goes on after a pause is shown as sending.';

-- Deletes reservations in the order in which the gate takes them.
create function herald.release_reservations(p_messages bigint[]) returns void language sql volatile as $$
  with held as (
    select workspace_id, contact_id from public.contact_marketing where message_id = any (p_messages) order by contact_id for update
  )
  delete from public.contact_marketing k using held h where k.workspace_id = h.workspace_id and k.contact_id = h.contact_id and k.message_id = any (p_messages)
$$;
comment on function herald.release_reservations is 'Messages that were not sent give their place under the frequency cap back.';

-- Cancel and expiry: what was not begun is left out, a bounded batch at a time, balanced throughout.
create function herald.skip_open(p_workspace uuid, p_campaign uuid, p_reason text, p_limit int) returns int language plpgsql as $$
declare v_ids bigint[]; v_is_due boolean;
begin
  perform herald.enter_workspace(p_workspace);
  perform from public.campaign_controls where campaign_id = p_campaign for key share;
  select case p_reason when 'cancelled' then c.flag = 'cancelled' when 'expired' then h.expires_at <= clock_timestamp() else false end into v_is_due
    from public.campaign_controls c join public.campaign_history h on h.id = c.campaign_id where c.campaign_id = p_campaign;
  if v_is_due is not true then return 0; end if;
  with open as (
    -- what waits for its time, then what waits for a cure: the second is not looked for while the first fills the batch
    (select d.id from public.campaign_messages d where d.campaign_id = p_campaign and d.next_at is not null order by d.next_at, d.id limit p_limit)
    union all
    (select b.id from public.campaign_messages b where b.campaign_id = p_campaign and b.reason is not null and b.state = 'deferred' and b.next_at is null)
    limit p_limit
  ), picked as (
    select m.id from open o join public.campaign_messages m on m.id = o.id where m.state in ('queued', 'deferred') order by m.id for update of m
  ), moved as (
    update public.campaign_messages m set state = 'skipped', reason = p_reason, next_at = null, changed_at = clock_timestamp() from picked p where m.id = p.id returning m.id
  )
  select array_agg(id) into v_ids from moved;
  perform herald.release_reservations(v_ids);
  perform herald.free_places(v_ids);
  return coalesce(cardinality(v_ids), 0);
end $$;
comment on function herald.skip_open is 'Queued and deferred messages of a cancelled or expired campaign become skipped(reason); call until it answers 0.';

-- Temporal's own cancellation means the same as the operator's.
create function herald.cancel(p_workspace uuid, p_campaign uuid) returns bigint language plpgsql as $$
declare c record; v_run int;
begin
  perform herald.enter_workspace(p_workspace);
  select k.flag, k.control_seq into c from public.campaign_controls k where k.campaign_id = p_campaign for update;
  if not found then raise exception 'no such campaign in this workspace' using errcode = 'HE404'; end if;
  select h.run_no into v_run from public.campaign_history h where h.id = p_campaign and h.status not in ('sent', 'partially_sent', 'failed', 'cancelled');
  if not found or c.flag = 'cancelled' then return c.control_seq; end if;
  update public.campaign_controls set flag = 'cancelled', control_seq = control_seq + 1 where campaign_id = p_campaign;
  insert into public.outbox (workspace_id, kind, ref)
    values (p_workspace, 'workflow.wake', jsonb_build_object('campaignId', p_campaign, 'runNo', v_run, 'controlSeq', c.control_seq + 1));
  insert into public.audit_log (workspace_id, actor_kind, actor_id, action, resource_kind, resource_id)
    values (p_workspace, 'system', 'temporal', 'campaign.cancelled', 'campaign', p_campaign::text);
  return c.control_seq + 1;
end $$;
comment on function herald.cancel is 'Cancels in the name of the system; answers the control_seq that holds. A campaign that is cancelled or final stays as it is.';

-- Twin of finalStatus() in packages/campaign.
create function herald.final_status(p_failed int, p_unknown int, p_held int, p_accepted int) returns campaign_status language sql immutable as $$
  select case when p_failed = 0 and p_unknown = 0 and p_held = 0 and p_accepted > 0 then 'sent'
    when p_accepted = 0 and p_unknown = 0 and p_held = 0 then 'failed' else 'partially_sent' end::public.campaign_status
$$;
comment on function herald.final_status is 'How a campaign with nothing left to send has ended.';

create function herald.finalise(p_workspace uuid, p_campaign uuid) returns campaign_status language plpgsql as $$
declare v_status public.campaign_status; v_flag public.control_flag; v_planned int; v_is_frozen boolean; n record; v_is_balanced boolean;
begin
  perform herald.enter_workspace(p_workspace);
  select c.flag into v_flag from public.campaign_controls c where c.campaign_id = p_campaign for update;   -- nobody moves a message of it until the end
  if not found then raise exception 'no such campaign in this workspace' using errcode = 'HE404'; end if;
  select h.status, h.planned, h.frozen_at is not null into v_status, v_planned, v_is_frozen from public.campaign_history h where h.id = p_campaign;
  if v_status in ('sent', 'partially_sent', 'failed', 'cancelled') or not v_is_frozen then return v_status; end if;
  select k.* into n from herald.campaign_counts(p_campaign) k;
  if n.queued + n.deferred + n.dispatching > 0 then return v_status; end if;
  select r is not distinct from n and v_planned = r.unknown + r.held + r.skipped + r.failed + r.accepted + r.sent + r.delivered + r.read + r.undelivered
    into v_is_balanced from herald.recount(p_campaign) r;
  if not v_is_balanced then raise exception 'the ledger of the campaign does not balance' using errcode = 'HE001'; end if;   -- law L1
  v_status := case when v_flag = 'cancelled' then 'cancelled'
    else herald.final_status(n.failed, n.unknown, n.held, n.accepted + n.sent + n.delivered + n.read + n.undelivered) end;
  -- whoever was sent something has begun, also when all of it went out before the slice said so
  update public.campaign_history h set status = v_status, finished_at = clock_timestamp(),
    started_at = coalesce(h.started_at, (select max(l.granted_at) from public.number_lanes l where l.campaign_id = p_campaign)) where h.id = p_campaign;
  delete from public.number_lanes where campaign_id = p_campaign;
  return v_status;
end $$;
comment on function herald.finalise is 'Ends a campaign with nothing left to send; answers the status that holds. A ledger that does not balance is a defect, never an end.';

-- The campaign's row is locked before counting: of two merges that each settle one of the last two unknown messages, the second sees both.
create function herald.lift_final(p_workspace uuid, p_campaigns uuid[]) returns void language plpgsql as $$
declare v_lifted uuid[];
begin
  select array_agg(h.id) into v_lifted from (
    select id from public.campaign_history where id = any (p_campaigns) and status in ('partially_sent', 'failed') order by id for no key update) h;
  if v_lifted is null then return; end if;
  update public.campaign_history h set status = s.status
    from unnest(v_lifted) l(id) cross join lateral herald.campaign_counts(l.id) n
    cross join lateral (select herald.final_status(n.failed, n.unknown, n.held, n.accepted + n.sent + n.delivered + n.read + n.undelivered) as status) s
    where h.id = l.id and h.workspace_id = p_workspace and s.status <> h.status and (s.status = 'sent' or h.status = 'failed');
end $$;
comment on function herald.lift_final is 'Evidence after the end may lift a campaign (failed, partially_sent, sent); nothing lowers it.';

grant execute on function herald.arrived(bigint, int), herald.take_over(uuid, uuid), herald.return_lost(uuid, uuid, uuid, int, bigint[], int[]), herald.recover(uuid, uuid, double precision),
  herald.release_reservations(bigint[]), herald.skip_open(uuid, uuid, text, int), herald.cancel(uuid, uuid), herald.final_status(int, int, int, int), herald.finalise(uuid, uuid),
  herald.lift_final(uuid, uuid[]) to herald_engine;
