-- A campaign's start by the calendar: when its time has come, and what becomes of it when nobody was there to keep it.

create function herald.release(p_workspace uuid, p_campaign uuid, p_late_after double precision) returns campaign_status language plpgsql as $$
declare v_flag public.control_flag; v_seq bigint; h record; v_as public.control_flag; v_seen timestamptz;
begin
  perform herald.enter_workspace(p_workspace);
  select c.flag, c.control_seq into v_flag, v_seq from public.campaign_controls c where c.campaign_id = p_campaign for update;   -- a person may be moving the start, or cancelling
  if not found then raise exception 'no such campaign in this workspace' using errcode = 'HE404'; end if;
  v_seen := clock_timestamp();
  select k.status, k.late_policy, k.scheduled_at into h from public.campaign_history k where k.id = p_campaign;
  if h.status <> 'scheduled' or h.scheduled_at > v_seen then return h.status; end if;
  if v_flag = 'paused' then   -- its template changed while it waited: its time has come, and it goes on when it is resumed
    update public.campaign_history set status = 'paused' where id = p_campaign;
    return 'paused';
  elsif v_flag <> 'running' then return h.status;
  end if;
  if h.late_policy = 'send' or h.scheduled_at + make_interval(secs => p_late_after) >= v_seen then
    update public.campaign_history set status = 'queued' where id = p_campaign;
    return 'queued';
  end if;
  -- the caller is the workflow itself, which reads the new state at once: no wake-up is written
  v_as := case h.late_policy when 'skip' then 'cancelled' else 'paused' end;
  update public.campaign_controls set flag = v_as, control_seq = v_seq + 1 where campaign_id = p_campaign;
  update public.campaign_history k set status = case v_as when 'paused' then 'paused' else k.status end,
    pause_reasons = array_remove(k.pause_reasons, 'schedule_missed') || 'schedule_missed'::text where k.id = p_campaign returning k.status into h.status;
  insert into public.audit_log (workspace_id, actor_kind, actor_id, action, resource_kind, resource_id, detail)
    values (p_workspace, 'system', 'calendar', 'campaign.' || v_as, 'campaign', p_campaign::text,
      jsonb_build_object('reason', 'schedule_missed', 'scheduledAt', h.scheduled_at, 'seenAt', v_seen));
  return h.status;
end $$;
comment on function herald.release is 'Starts a scheduled campaign whose time has come: scheduled → queued. Seen later than p_late_after seconds, its late policy decides: send → queued; skip → flag cancelled; ask → paused. Both for the reason schedule_missed. One that was paused before its time is paused from then on. Answers the status that holds; changes nothing the second time.';

grant execute on function herald.release(uuid, uuid, double precision) to herald_engine;
