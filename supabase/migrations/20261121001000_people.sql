-- What people say to us, and what it does to their consent (law L7).

create function herald.person_of(p_workspace uuid, p_addresses jsonb) returns uuid language sql stable as $$
  select a.contact_id from jsonb_array_elements(p_addresses) with ordinality f(address, nth)
  join public.contact_addresses a on a.workspace_id = p_workspace
    and a.channel = f.address ->> 'channel' and a.kind = f.address ->> 'kind' and a.value = f.address ->> 'value'
  order by f.nth limit 1
$$;
comment on function herald.person_of is 'Whom the addresses [{channel, kind, value}] belong to; the first known one speaks, null when nobody has any.';

-- Consent first, then every address of the person, then what was named; the caller takes the consent lock last.
create function herald.withdraw_consent(p_workspace uuid, p_contact uuid, p_addresses jsonb, p_origin text, p_proof jsonb, p_at timestamptz) returns void language plpgsql as $$
declare v_consent bigint;
begin
  if p_contact is not null then
    insert into public.consents (workspace_id, contact_id, channel, state, origin, proof, at)
      values (p_workspace, p_contact, 'whatsapp', 'withdrawn', p_origin, p_proof, p_at) returning id into v_consent;
    insert into public.consent_states (workspace_id, contact_id, channel, state, consent_id) values (p_workspace, p_contact, 'whatsapp', 'withdrawn', v_consent)
      on conflict (contact_id, channel, purpose) do update set state = excluded.state, consent_id = excluded.consent_id;
  end if;
  insert into public.suppressions (workspace_id, contact_id, channel, kind, value, reason, at)
    select distinct p_workspace, p_contact, s.channel, s.kind, s.value, p_origin, p_at from (
      select channel, kind, value from public.contact_addresses where contact_id = p_contact and channel = 'whatsapp'
      union select channel, kind, value from jsonb_to_recordset(p_addresses) f(channel text, kind text, value text)) s
    order by s.channel, s.kind, s.value
    on conflict (workspace_id, channel, kind, value, scope) do update set contact_id = coalesce(excluded.contact_id, suppressions.contact_id),
      at = greatest(excluded.at, suppressions.at);   -- the newest stop: an older resume must not lift it
end $$;
comment on function herald.withdraw_consent is 'An opt-out of a person over all identities, or of addresses that nobody has yet.';

create function herald.attach_addresses(p_workspace uuid, p_contact uuid, p_addresses jsonb) returns void language sql volatile as $$
  insert into public.contact_addresses (workspace_id, contact_id, channel, kind, value)
  select p_workspace, p_contact, channel, kind, value from jsonb_to_recordset(p_addresses) f(channel text, kind text, value text)
  order by channel, kind, value on conflict do nothing
$$;
comment on function herald.attach_addresses is 'Identities a provider named together belong to one person; an address of somebody else stays there.';

-- p_message: {providerMessageId, inboxId, atMs, from: [{channel, kind, value}], profileName, type, repliesTo, isStop}
create function herald.record_inbound(p_workspace uuid, p_sender uuid, p_message jsonb)
returns table (is_new boolean, contact_id uuid, campaign_id uuid, message_id bigint) language plpgsql as $$
#variable_conflict use_column
declare v_at constant timestamptz := to_timestamp((p_message ->> 'atMs')::double precision / 1000);
begin
  perform herald.enter_workspace(p_workspace);
  insert into public.inbound_messages (workspace_id, provider_message_id, sender_id, inbox_id, type, at)
    values (p_workspace, p_message ->> 'providerMessageId', p_sender, (p_message ->> 'inboxId')::bigint, p_message ->> 'type', v_at) on conflict do nothing;
  is_new := found;
  if not is_new then   -- acted once already
    select i.contact_id, i.campaign_id, i.message_id into contact_id, campaign_id, message_id
      from public.inbound_messages i where i.workspace_id = p_workspace and i.provider_message_id = p_message ->> 'providerMessageId';
    return next;
    return;
  end if;

  contact_id := herald.person_of(p_workspace, p_message -> 'from');
  if contact_id is null then
    insert into public.contacts (workspace_id, display_name) values (p_workspace, coalesce(p_message ->> 'profileName', '')) returning id into contact_id;
  end if;
  perform herald.attach_addresses(p_workspace, contact_id, p_message -> 'from');
  contact_id := coalesce(herald.person_of(p_workspace, p_message -> 'from'), contact_id);   -- an import may have been faster

  select a.campaign_id, a.message_id into campaign_id, message_id from public.campaign_attempts a
    where a.workspace_id = p_workspace and a.provider_message_id = p_message ->> 'repliesTo' order by a.intent_at desc limit 1;
  update public.inbound_messages i set contact_id = record_inbound.contact_id, campaign_id = record_inbound.campaign_id, message_id = record_inbound.message_id
    where i.workspace_id = p_workspace and i.provider_message_id = p_message ->> 'providerMessageId';
  insert into public.service_windows as w (workspace_id, sender_id, contact_id, open_until) values (p_workspace, p_sender, contact_id, v_at + interval '24 hours')
    on conflict (sender_id, contact_id) do update set open_until = greatest(w.open_until, excluded.open_until);
  insert into public.outbox (workspace_id, kind, ref) values (p_workspace, 'mongo.inbound', jsonb_build_object('inbound', jsonb_build_array(p_message ->> 'providerMessageId')));

  if (p_message ->> 'isStop')::boolean then
    perform herald.withdraw_consent(p_workspace, contact_id, p_message -> 'from', 'stop_word', jsonb_build_object('inboxId', p_message -> 'inboxId'), v_at);
    perform herald.lock_consent(p_workspace);
  end if;
  return next;
end $$;
comment on function herald.record_inbound is 'One message of a person: kept once, opens the service window, attributed, and obeyed when it says stop.';

-- p_preference: {atMs, from: [{channel, kind, value}], marketing: stop | resume}
create function herald.record_preference(p_workspace uuid, p_sender uuid, p_preference jsonb) returns void language plpgsql as $$
declare v_at constant timestamptz := to_timestamp((p_preference ->> 'atMs')::double precision / 1000); v_contact uuid; v_consent bigint;
  c_own_words constant text[] := '{provider_preference,stop_word}';   -- said by the person; an import's time is that of the import
  v_is_repeated boolean;
begin
  perform herald.enter_workspace(p_workspace);
  v_contact := herald.person_of(p_workspace, p_preference -> 'from');
  perform from public.contacts c where c.id = v_contact for no key update;   -- words of one person are weighed one after another
  if p_preference ->> 'marketing' = 'stop' then
    -- only what the person said later outweighs a stop; of two words in one second the stop counts
    if exists (select from public.consents c where c.contact_id = v_contact and c.channel = 'whatsapp' and c.purpose = 'marketing'
      and c.origin = any (c_own_words) and c.at > v_at) then return; end if;
    v_is_repeated := exists (select from public.consents c where c.contact_id = v_contact and c.channel = 'whatsapp' and c.purpose = 'marketing'
      and c.origin = 'provider_preference' and c.state = 'withdrawn' and c.at = v_at);
    -- delivered again: its proof is kept once
    perform herald.withdraw_consent(p_workspace, case when not v_is_repeated then v_contact end, p_preference -> 'from', 'provider_preference', jsonb_build_object('senderId', p_sender), v_at);
    perform herald.lock_consent(p_workspace);
  elsif v_contact is not null then
    -- yields to everything the person said since, and to everybody's withdrawal
    if exists (select from public.consents c where c.contact_id = v_contact and c.channel = 'whatsapp' and c.purpose = 'marketing'
      and (c.origin = any (c_own_words) or c.state = 'withdrawn') and c.at >= v_at) then return; end if;
    insert into public.consents (workspace_id, contact_id, channel, state, origin, proof, at)
      values (p_workspace, v_contact, 'whatsapp', 'granted', 'provider_preference', jsonb_build_object('senderId', p_sender), v_at) returning id into v_consent;
    insert into public.consent_states (workspace_id, contact_id, channel, state, consent_id) values (p_workspace, v_contact, 'whatsapp', 'granted', v_consent)
      on conflict (contact_id, channel, purpose) do update set state = excluded.state, consent_id = excluded.consent_id;
    delete from public.suppressions s where s.contact_id = v_contact and s.channel = 'whatsapp' and s.scope = 'marketing'
      and s.reason = any (c_own_words) and s.at < v_at;
  end if;
end $$;
comment on function herald.record_preference is 'What a person told the provider about marketing; the newest word counts, and of two in one second the stop.';

grant execute on function herald.person_of(uuid, jsonb), herald.attach_addresses(uuid, uuid, jsonb) to herald_engine;
grant execute on function herald.withdraw_consent(uuid, uuid, jsonb, text, jsonb, timestamptz), herald.record_inbound(uuid, uuid, jsonb),
  herald.record_preference(uuid, uuid, jsonb) to herald_engine;
