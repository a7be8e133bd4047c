-- What the provider says about accounts, templates and numbers, by webhook or when asked; and what campaigns make of it.

-- Words come in any order and any number of times: the newest about one thing counts.
create table provider_words (
  workspace_id uuid not null references workspaces on delete cascade,
  -- a template, a source or a portfolio
  subject_id uuid not null,
  topic text not null,
  -- when it was said, by the provider's clock; when it was asked for, by ours
  at timestamptz not null,
  -- of two words of one second the one that stops counts: a stop that was wrong is lifted by asking, a send cannot be taken back
  stops boolean not null,
  word text not null,
  primary key (subject_id, topic)
);
comment on table provider_words is 'The newest word of the provider about each thing, so that an old or repeated one changes nothing.';
select herald.isolate('provider_words');
grant select, insert, update, delete on provider_words to herald_engine;
grant select on provider_words to authenticated;

alter table phone_numbers
  -- what is due to be asked: at once when something was said about the number, else by the age of plan_checked_at
  add column plan_due_at timestamptz,
  add column plan_tried_at timestamptz,
  -- why the newest look-up brought no plan; null: it did
  add column plan_problem text,
  -- replies a second as they came of late (mean over 10 s), and when that was
  add column replies_per_s double precision not null default 0,
  add column replies_at double precision not null default 0;
comment on column phone_numbers.plan_checked_at is 'When the provider last told the plan; null: never since the number was connected.';

alter table sources
  add column templates_synced_at timestamptz,
  add column templates_due_at timestamptz,
  add column templates_tried_at timestamptz,
  add column templates_problem text;
grant select (templates_synced_at, templates_problem) on sources to authenticated;
grant update (templates_synced_at, templates_due_at, templates_tried_at, templates_problem) on sources to herald_engine;
grant insert on templates to herald_engine;
grant update (messaging_limit) on portfolios to herald_engine;
grant update (pause_reasons) on campaign_history to herald_engine;

-- An event is drained by (available_at, id): what waits for another try, or is parked for good, is never read past.
create index webhook_inbox_due on webhook_inbox (available_at, id) where drained_at is null;
-- how old the oldest event is that was not yet tried in earnest
create index webhook_inbox_fresh on webhook_inbox (received_at) where drained_at is null and tries < 4;

create function herald.source_of_account(p_provider text, p_account text) returns table (workspace_id uuid, source_id uuid)
language sql stable security definer set search_path = '' as
$$ select s.workspace_id, s.id from public.sources s where s.provider = p_provider and s.waba_id = p_account $$;
comment on function herald.source_of_account is 'Whose account a webhook speaks of. Definer: the workspace is not known before.';

create function herald.is_news(p_workspace uuid, p_subject uuid, p_topic text, p_at timestamptz, p_stops boolean, p_word text) returns boolean language sql volatile as $$
  with said as (
    insert into public.provider_words as w (workspace_id, subject_id, topic, at, stops, word) values (p_workspace, p_subject, p_topic, p_at, p_stops, p_word)
    on conflict (subject_id, topic) do update set at = excluded.at, stops = excluded.stops, word = excluded.word
      where (excluded.at, excluded.stops, excluded.word) > (w.at, w.stops, w.word)
    returning 1
  )
  select exists (select from said)
$$;
comment on function herald.is_news is 'Keeps a word about a thing; true when it is the newest one, false when it is old or was heard before.';

-- Frozen and present content are compared by hash and category (law L8). A campaign without a frozen hash was never frozen by a launch.
create function herald.pause_changed(p_workspace uuid, p_template uuid) returns int language plpgsql as $$
declare v_n int;
begin
  perform from public.campaign_controls c where c.campaign_id in (
    select h.id from public.campaign_history h where h.template_id = p_template and h.status in ('scheduled', 'queued', 'sending', 'paused'))
    order by c.campaign_id for update;
  with differing as (
    select h.id, h.run_no, t.components_hash, t.category from public.campaign_history h join public.templates t on t.id = h.template_id
    where h.template_id = p_template and h.workspace_id = p_workspace and h.status in ('scheduled', 'queued', 'sending', 'paused')
      and not 'template_changed' = any (h.pause_reasons)
      and (h.frozen_template ->> 'componentsHash' <> t.components_hash or h.frozen_template ->> 'category' <> t.category)
  ), stopped as (
    update public.campaign_controls c set flag = 'paused', control_seq = c.control_seq + 1
    from differing d where c.campaign_id = d.id and c.flag <> 'cancelled' returning c.campaign_id, c.control_seq, d.run_no
  ), shown as (
    -- a scheduled one stays scheduled: its time still comes, its flag holds it then
    update public.campaign_history h set status = case h.status when 'scheduled' then h.status else 'paused' end, pause_reasons = h.pause_reasons || 'template_changed'::text
    from stopped s where h.id = s.campaign_id
  ), told as (
    insert into public.outbox (workspace_id, kind, ref)
    select p_workspace, 'workflow.wake', jsonb_build_object('campaignId', campaign_id, 'runNo', run_no, 'controlSeq', control_seq) from stopped
  ), noted as (
    insert into public.audit_log (workspace_id, actor_kind, actor_id, action, resource_kind, resource_id, detail)
    select p_workspace, 'system', 'templates', 'campaign.paused', 'campaign', campaign_id::text, '{"reason": "template_changed"}' from stopped
  )
  select count(*) into v_n from stopped;
  return v_n;
end $$;
comment on function herald.pause_changed is 'Pauses every open campaign whose frozen template is no longer what the provider would send; answers how many.';

-- The launch reads its template long before it commits. The lock makes a change of it come strictly before (seen here) or after (which then sees the campaign).
create function herald.pause_launched_changed() returns trigger language plpgsql as $$
begin
  perform from public.templates t where t.id = new.template_id for share;
  perform herald.pause_changed(new.workspace_id, new.template_id);
  return new;
end $$;
comment on function herald.pause_launched_changed is 'A campaign whose template changed while it was being launched starts paused.';
create trigger pause_changed after update on campaign_history for each row when (old.frozen_at is null and new.frozen_at is not null)
  execute function herald.pause_launched_changed();

-- p_cured_before: a block that was opened later than what is said here is not meant by it. A cure frees a part here and leaves the rest to herald.lift_block.
create function herald.apply_template_status(p_workspace uuid, p_template uuid, p_status text, p_is_sendable boolean, p_cures text[],
  p_refusals text[], p_at timestamptz, p_cured_before timestamptz) returns void language plpgsql as $$
declare v_block bigint;
begin
  update public.templates t set status = p_status where t.id = p_template and t.status <> p_status;
  if p_is_sendable is null then return; end if;
  if p_is_sendable then
    for v_block in select b.id from public.blocks b where b.scope = 'template' and b.scope_id = p_template and b.cured_at is null
      and b.code = any (p_cures) and b.created_at < p_cured_before
    loop
      perform herald.cure_block(p_workspace, v_block);
    end loop;
  elsif exists (select from public.campaign_history h where h.template_id = p_template and h.status in ('scheduled', 'queued', 'sending', 'paused')) then
    perform herald.open_said_block(p_workspace, 'template', p_template, 'TEMPLATE', p_status, 'the provider''s status of the template', p_at, null, p_refusals);
  end if;
end $$;
comment on function herald.apply_template_status is 'A template''s status: one that cannot be sent blocks its open campaigns, an approval cures what it puts an end to.';

-- p_event: {kind, atMs, …} as AccountEvent of packages/provider has it.
create function herald.record_account_event(p_workspace uuid, p_source uuid, p_event jsonb) returns void language plpgsql as $$
declare
  v_at constant timestamptz := to_timestamp((p_event ->> 'atMs')::double precision / 1000);
  v_cures constant text[] := array(select jsonb_array_elements_text(coalesce(p_event -> 'cures', p_event -> 'standing' -> 'cures', '[]')));
  v_refusals constant text[] := array(select jsonb_array_elements_text(coalesce(p_event -> 'refusals', p_event -> 'standing' -> 'refusals', '[]')));
  -- the provider tells whole seconds
  v_heard_until constant timestamptz := v_at + interval '1 second';
  -- the end of a restriction too, and its clock is not ours: a request that comes before the true end is refused, and that refusal blocks without an end
  c_sure_after constant interval := '5 seconds';
  v_template uuid; v_synced_at timestamptz; v_portfolio uuid; v_block bigint; v_code text; v_stops boolean;
begin
  perform herald.enter_workspace(p_workspace);
  case p_event ->> 'kind'
  when 'template_status', 'template_changed' then
    select t.id, t.synced_at into v_template, v_synced_at from public.templates t
      where t.source_id = p_source and (t.provider_template_id = p_event -> 'template' ->> 'providerTemplateId'
        or (t.name, t.language) = (p_event -> 'template' ->> 'name', p_event -> 'template' ->> 'language'))
      order by ((t.name, t.language) = (p_event -> 'template' ->> 'name', p_event -> 'template' ->> 'language')) is true desc limit 1 for no key update;
    -- older than the list that we have read: that one knew
    if found and v_heard_until >= v_synced_at then
      if p_event ->> 'kind' = 'template_status' then
        v_stops := not (p_event -> 'standing' ->> 'isSendable')::boolean;
        if herald.is_news(p_workspace, v_template, 'status', v_at, v_stops, p_event -> 'standing' ->> 'status') then
          perform herald.apply_template_status(p_workspace, v_template, p_event -> 'standing' ->> 'status', not v_stops, v_cures, v_refusals, v_at, v_heard_until);
        end if;
      elsif p_event ->> 'category' in ('MARKETING', 'UTILITY', 'AUTHENTICATION')
        and herald.is_news(p_workspace, v_template, 'category', v_at, false, p_event ->> 'category') then
        update public.templates t set category = p_event ->> 'category' where t.id = v_template;
        perform herald.pause_changed(p_workspace, v_template);
      end if;
    end if;
    -- whatever was said, in whatever order: the list of templates tells what holds
    update public.sources s set templates_due_at = clock_timestamp() where s.id = p_source;
  when 'number_changed' then
    update public.phone_numbers n set plan_due_at = clock_timestamp()
      where n.source_id = p_source and (p_event ->> 'displayNumber' is null or regexp_replace(n.display_number, '\D', '', 'g') = p_event ->> 'displayNumber');
  when 'portfolio_limit' then
    select s.portfolio_id into v_portfolio from public.sources s where s.id = p_source;
    perform herald.set_portfolio_limit(p_workspace, v_portfolio, v_at, (p_event ->> 'limit')::int);
  when 'account_state' then
    v_code := p_event ->> 'code';
    v_stops := (p_event ->> 'isRestricted')::boolean;
    if not herald.is_news(p_workspace, p_source, 'account.' || (p_event ->> 'topic'), v_at, v_stops, v_code) then return; end if;
    if v_stops then
      perform herald.open_said_block(p_workspace, 'waba', p_source, 'WABA', v_code, 'the provider''s word about the account', v_at,
        to_timestamp((p_event ->> 'untilMs')::double precision / 1000) + c_sure_after, v_refusals);
    else
      for v_block in select b.id from public.blocks b where b.scope = 'waba' and b.scope_id = p_source and b.cured_at is null
        and b.code = any (v_cures) and b.created_at < v_heard_until
      loop
        perform herald.cure_block(p_workspace, v_block);
      end loop;
    end if;
  end case;
end $$;
comment on function herald.record_account_event is 'One event of an account, applied once and only while it is the newest word about its thing.';

-- Null: without limit. An account without a portfolio here has no limit of ours to keep. Of the words of one second the strictest counts, whatever part of
-- it a look-up was asked in: the word kept is its strictness, then the limit. Nothing is asked again for it: a look-up may still tell what a notice has ended.
create function herald.set_portfolio_limit(p_workspace uuid, p_portfolio uuid, p_at timestamptz, p_limit int) returns void language plpgsql as $$
declare v_word constant text := to_char(2147483647 - coalesce(p_limit, 2147483647), 'FM0000000000') || ': ' || coalesce(p_limit::text, 'unlimited'); v_was int;
begin
  if p_portfolio is null or not herald.is_news(p_workspace, p_portfolio, 'limit', date_trunc('second', p_at), false, v_word) then return; end if;
  select f.messaging_limit into v_was from public.portfolios f where f.id = p_portfolio;   -- the word's row is ours: nobody else writes it meanwhile
  if v_was is not distinct from p_limit then return; end if;
  if v_was is null then
    perform herald.begin_counting(p_workspace, p_portfolio, p_limit);
    return;
  end if;
  update public.portfolios f set messaging_limit = p_limit, counting_from = case when p_limit is not null then f.counting_from end where f.id = p_portfolio;
  if coalesce(p_limit > v_was, true) then perform herald.wake_portfolio(p_workspace, p_portfolio); end if;
end $$;
comment on function herald.set_portfolio_limit is 'The provider''s limit of people a day, shared by the numbers of a portfolio. One where none was begins a counting; one that rose or was lifted wakes the campaigns that may wait for it.';

create function herald.blocks_to_lift() returns table (workspace_id uuid, block_id bigint) language sql stable security definer set search_path = '' as
$$ select b.workspace_id, b.id from public.blocks b where b.cured_at is null and b.lifts_at <= clock_timestamp() order by b.lifts_at, b.id $$;
comment on function herald.blocks_to_lift is 'Blocks whose time is over, by itself or because they were cured and hold more than one transaction frees, over all workspaces, the longest due first.';

grant execute on function herald.source_of_account(text, text), herald.is_news(uuid, uuid, text, timestamptz, boolean, text),
  herald.apply_template_status(uuid, uuid, text, boolean, text[], text[], timestamptz, timestamptz), herald.record_account_event(uuid, uuid, jsonb),
  herald.set_portfolio_limit(uuid, uuid, timestamptz, int), herald.blocks_to_lift() to herald_engine;
grant execute on function herald.pause_changed(uuid, uuid) to herald_engine, herald_verbs;
grant execute on function herald.pause_launched_changed() to herald_verbs;
