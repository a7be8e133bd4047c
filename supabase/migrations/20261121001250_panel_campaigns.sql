-- What the list of campaigns and the screens of senders read: facts of one row each, looked up by index. What they mean is the domain's (packages/campaign/src/report).

-- who set a kill switch; of campaigns there is audit_log_campaign
create index audit_log_switch on audit_log (resource_id, id desc) where resource_kind in ('sender', 'workspace');
create index inbound_messages_campaign on inbound_messages (campaign_id, contact_id) where campaign_id is not null;
-- a stall that is told at once; the reason is in an index's predicate already, so no update loses its HOT path by this
create index campaign_messages_unbegun on campaign_messages (campaign_id, reason) where reason in ('no_connection', 'not_prepared');
-- drafts stand among the campaigns, by the time they were begun
create index campaign_drafts_begun on campaign_drafts (workspace_id, created_at desc, id) where launched_campaign_id is null;
-- what has not ended, and what has and may have something left to decide
create index campaign_history_unended on campaign_history (workspace_id, created_at desc, id) where status in ('scheduled', 'queued', 'sending', 'paused');
create index campaign_history_ended on campaign_history (workspace_id, finished_at) where status in ('partially_sent', 'cancelled');

create function herald.is_all_stopped() returns boolean language sql stable security definer set search_path = '' as
$$ select coalesce((select d.is_on from public.deployment_switches d where d.name = 'stop_all_sending'), false) $$;
comment on function herald.is_all_stopped is 'The kill switch of the deployment is on. Definer: the switches belong to no workspace; one word of them tells nobody anything.';

-- The log itself is for those with audit.read; whoever sees a stop sees who made it, when, and why. Two functions, as each has its
-- index; strict, so that a null costs nothing.
create function herald.last_stop(p_campaign uuid) returns table (at timestamptz, actor_kind text, actor_id text, note text)
language sql stable strict security definer set search_path = '' as $$
  select a.at, a.actor_kind, a.actor_id, a.detail ->> 'note' from public.audit_log a
  where a.resource_kind = 'campaign' and a.resource_id = p_campaign::text and a.action in ('campaign.paused', 'campaign.cancelled')
    and a.workspace_id in (select herald.member_workspaces())
  order by a.id desc limit 1
$$;
comment on function herald.last_stop is 'Who paused or cancelled a campaign last, when, and their note; to members of its workspace. Definer: it opens one line of the audit log, not the log.';
create function herald.last_switch(p_what uuid) returns table (at timestamptz, actor_kind text, actor_id text, note text)
language sql stable strict security definer set search_path = '' as $$
  select a.at, a.actor_kind, a.actor_id, a.detail ->> 'note' from public.audit_log a
  where a.resource_kind in ('sender', 'workspace') and a.resource_id = p_what::text and a.action in ('sender.kill_switch_set', 'workspace.kill_switch_set')
    and a.workspace_id in (select herald.member_workspaces())
  order by a.id desc limit 1
$$;
comment on function herald.last_switch is 'The same of the kill switch of a number or a workspace.';

grant execute on function herald.is_all_stopped(), herald.last_stop(uuid), herald.last_switch(uuid) to authenticated, herald_verbs;
-- reads of rows that a member may see
grant execute on function herald.pace_of(uuid), herald.plan_share(real, timestamptz), herald.reply_room(int, double precision, double precision),
  herald.replies_now(double precision, double precision), herald.now_s(), herald.places_taken(uuid, int) to authenticated;

create view open_blocks with (security_invoker = true) as
select b.workspace_id, b.id::text as block_id, b.scope, b.scope_id, b.class, b.code, b.detail, b.created_at, b.lifts_at,
  coalesce(n.source_id, s.id, t.source_id) as source_id,
  -- the number, the account or the template in words
  case b.scope when 'number' then n.display_number when 'waba' then s.name else t.name end as subject_name,
  case b.scope when 'number' then n.verified_name when 'template' then t.language else '' end as subject_detail,
  (select count(*)::int from campaign_controls c join campaign_history h on h.id = c.campaign_id
   where c.workspace_id = b.workspace_id and h.status in ('scheduled', 'queued', 'sending', 'paused')
     and b.scope_id = case b.scope when 'number' then c.sender_id when 'waba' then c.source_id else c.template_id end) as campaigns
from blocks b
left join phone_numbers n on b.scope = 'number' and n.id = b.scope_id
left join sources s on b.scope = 'waba' and s.id = b.scope_id
left join templates t on b.scope = 'template' and t.id = b.scope_id
where b.cured_at is null;
comment on view open_blocks is 'What stops a number, an account or a template, with its name and how many open campaigns wait for it.';

create view blocked_campaigns with (security_invoker = true) as
select h.workspace_id, b.id::text as block_id, h.id as campaign_id, h.name, h.status in ('queued', 'sending') as is_held_up, h.created_at
from campaign_history h join campaign_controls c on c.campaign_id = h.id
join blocks b on b.workspace_id = h.workspace_id and b.cured_at is null
  and (b.scope, b.scope_id) in (('number', c.sender_id), ('waba', c.source_id), ('template', c.template_id))
where h.status in ('scheduled', 'queued', 'sending', 'paused');
comment on view blocked_campaigns is 'Open campaigns and the open blocks that reach them; is_held_up: would send now.';

create view sender_lines with (security_invoker = true) as
select n.workspace_id, n.id as sender_id, n.display_number, n.verified_name, n.status, n.quality,
  n.cap_per_second, n.plan_source, n.plan_level, n.plan_checked_at, n.plan_problem,
  1 / herald.pace_of(n.id) as effective_per_second, coalesce(herald.plan_share(k.slowed_to, k.slowed_at), 1) as plan_share,
  case when k.rest_until > clock_timestamp() then k.rest_until end as rest_until, case when k.rest_until > clock_timestamp() then k.rest_code end as rest_code,
  k.opened_at as breaker_opened_at,
  s.id as source_id, s.name as source_name, s.mode as source_mode, s.status as source_status, s.token_expires_at, s.templates_synced_at, s.templates_problem,
  p.messaging_limit, greatest(0, herald.places_taken(p.id, 500)) as places_taken, coalesce(p.counting_from is not null, false) as is_counting_places,
  n.kill_switch as is_stopped, w.kill_switch as is_workspace_stopped, herald.is_all_stopped() as is_deployment_stopped,
  stop.at as stopped_at, stop.actor_id as stopped_by, stop.note as stop_note,
  (select count(*)::int from blocks b where b.cured_at is null and ((b.scope = 'number' and b.scope_id = n.id) or (b.scope = 'waba' and b.scope_id = n.source_id))) as open_blocks,
  (select count(*)::int from campaign_history h where h.workspace_id = n.workspace_id and h.sender_id = n.id and h.status in ('queued', 'sending')) as live_campaigns
from phone_numbers n
join sources s on s.id = n.source_id
join workspaces w on w.id = n.workspace_id
left join portfolios p on p.id = s.portfolio_id
left join number_health k on k.sender_id = n.id
left join lateral herald.last_switch(case when n.kill_switch then n.id end) stop on true;
comment on view sender_lines is 'A number as its screen shows it: plan and pace, health, account, portfolio, switches.';

create view workspace_switches with (security_invoker = true) as
select w.id as workspace_id, w.kill_switch as is_stopped, herald.is_all_stopped() as is_deployment_stopped,
  stop.at as stopped_at, stop.actor_id as stopped_by, stop.note as stop_note,
  (select count(*)::int from campaign_history h where h.workspace_id = w.id and h.status in ('queued', 'sending')) as live_campaigns
from workspaces w left join lateral herald.last_switch(case when w.kill_switch then w.id end) stop on true;
comment on view workspace_switches is 'Whether all sending of a workspace is stopped, by whom and why, and what that concerns.';

grant select on open_blocks, blocked_campaigns, sender_lines, workspace_switches to authenticated;

-- In a schema that the API does not serve: a door reads it, in the workspace of its transaction.
create view herald.campaign_lines with (security_invoker = true) as
select h.workspace_id, h.id as campaign_id, h.name, h.kind, h.status, c.flag, h.planned, h.pause_reasons, h.created_by, h.created_at, h.scheduled_at, h.schedule_zone,
  h.started_at, h.finished_at, h.sender_id, n.display_number, n.verified_name, h.template_id,
  h.frozen_template ->> 'name' as template_name, h.frozen_template ->> 'language' as template_language, c.is_marketing, c.weight, c.max_per_second,
  k.queued, k.dispatching, k.deferred, k.unknown, k.held, k.skipped, k.failed, k.accepted, k.sent, k.delivered, k.read, k.undelivered,
  (select count(distinct i.contact_id)::int from public.inbound_messages i where i.campaign_id = h.id) as replied,
  stop.at as stopped_at, stop.actor_kind as stopped_by_kind, stop.actor_id as stopped_by, stop.note as stop_note,
  coalesce(open.blocks, '[]'::json) as blocks, open.unknown_since, open.held_since, live.*
from public.campaign_history h
join public.campaign_controls c on c.campaign_id = h.id
join public.phone_numbers n on n.id = h.sender_id
cross join lateral herald.campaign_counts(h.id) k
left join lateral herald.last_stop(case when c.flag <> 'running' then h.id end) stop on true
cross join lateral (select h.status in ('scheduled', 'queued', 'sending', 'paused') as is_open) stands
-- what is asked of open ones alone stands in a case: as a condition it would be looked at when all was read
cross join lateral (
  select case when stands.is_open then (
      select json_agg(json_build_object('blockId', b.id::text, 'scope', b.scope, 'class', b.class, 'code', b.code) order by b.id) from public.blocks b
      where b.workspace_id = h.workspace_id and b.cured_at is null and (b.scope, b.scope_id) in (('number', c.sender_id), ('waba', c.source_id), ('template', c.template_id))) end as blocks,
    case when stands.is_open and k.unknown > 0 then (
      select min(m.changed_at) from public.campaign_messages m where m.campaign_id = h.id and m.reason is not null and m.state = 'unknown') end as unknown_since,
    case when stands.is_open and k.held > 0 then (
      select min(m.changed_at) from public.campaign_messages m where m.campaign_id = h.id and m.reason is not null and m.state = 'held') end as held_since
) open
left join lateral (
  select n.cap_per_second, 1 / herald.pace_of(n.id) as effective_per_second,
    case when herald.is_all_stopped() then 'deployment' when w.kill_switch then 'workspace' when n.kill_switch then 'number' end as killed_by,
    case when x.rest_until > clock_timestamp() then x.rest_until end as rest_until, x.opened_at as breaker_opened_at,
    p.messaging_limit, case when p.messaging_limit is not null then greatest(0, herald.places_taken(p.id, 500)) end as places_taken,
    case when c.is_marketing then herald.is_inbox_behind_as_member() else false end as is_inbox_behind,
    array(select m.reason from public.campaign_messages m where m.campaign_id = h.id and m.reason = 'no_connection' and m.state = 'queued' limit 1)
      || array(select m.reason from public.campaign_messages m where m.campaign_id = h.id and m.reason = 'not_prepared' and m.state = 'queued' limit 1) as unbegun,
    -- as in the report: null while nothing is due. The least one by the queue's index, as `exists` may read from end to end
    case when (select min(m.next_at) from public.campaign_messages m where m.campaign_id = h.id and m.next_at is not null) <= clock_timestamp()
      then coalesce((select max(l.granted_at) from public.number_lanes l where l.sender_id = h.sender_id and l.campaign_id = h.id), h.started_at, h.created_at) end as last_grant_at,
    -- campaigns that asked the number within 5 s share it by weight
    coalesce((select sum(o.weight) from public.number_lanes l join public.campaign_controls o on o.campaign_id = l.campaign_id
      where l.sender_id = h.sender_id and l.campaign_id <> h.id and l.asked_at > herald.now_s() - 5), 0)::double precision as other_weight,
    (select ((max(x.asked) - min(x.asked)) / nullif(extract(epoch from max(x.at) - min(x.at)), 0))::double precision from public.campaign_pace_samples x
      where x.campaign_id = h.id and x.at > clock_timestamp() - interval '15 seconds') as measured_per_second
  from public.workspaces w join public.sources s on s.id = c.source_id left join public.portfolios p on p.id = s.portfolio_id
    left join public.number_health x on x.sender_id = n.id
  where w.id = h.workspace_id and h.status in ('queued', 'sending')
) live on true;
comment on view herald.campaign_lines is 'A campaign as a row of the list: counts, pause, blocks, and of one that sends what stallOf() asks for.';
grant select on herald.campaign_lines to herald_verbs;
