-- Who belongs to a workspace: e-mails of colleagues, invitations before there is a membership, and who reads the audit log.

alter table invitations add column accepted_by uuid;
alter table invitations add check (email = lower(email)), add check ((accepted_at is null) = (accepted_by is null));
create unique index invitations_open on invitations (workspace_id, email) where accepted_at is null;
comment on table invitations is 'Invitations; of the token only a SHA-256 is kept, the token itself is in the link, which is shown once. One that is revoked is deleted.';
comment on column invitations.invited_by is 'Who vouches for it: who made it, or renewed its link last.';
comment on column invitations.email is 'In lower case, as Supabase Auth keeps addresses.';

-- With a member's token alone PostgREST would show the whole log to everybody; its reader is a verb, which asks for the right.
revoke select on audit_log from authenticated;
create index audit_log_action on audit_log (workspace_id, action, id desc);

create function herald.user_email() returns text language sql stable parallel safe as
$$ select lower(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email') $$;
comment on function herald.user_email is 'The address of the signed-in person, as Auth vouches for it in the claims; null for none.';

-- auth.users is closed to the API and to verbs, here as on hosted Supabase, where the owner of a migration may read it.
create function herald.fellow_email(p_workspace uuid, p_user uuid) returns text language sql stable security definer set search_path = '' as $$
  select u.email::text from public.workspace_members mine
  join public.workspace_members theirs on theirs.workspace_id = mine.workspace_id and theirs.user_id = p_user
  join auth.users u on u.id = theirs.user_id
  where mine.workspace_id = p_workspace and mine.user_id = herald.user_id()
$$;
comment on function herald.fellow_email is 'The e-mail address of a member, to members of the same workspace; null to anybody else. Definer: it opens one column of one row of auth.users.';

create view workspace_people with (security_invoker = true) as
select m.workspace_id, m.user_id, m.role, m.created_at, herald.fellow_email(m.workspace_id, m.user_id) as email from workspace_members m;
comment on view workspace_people is 'Members with their addresses, to members.';
grant select on workspace_people to authenticated, herald_verbs;

create function herald.audit_emails(p_entry bigint) returns table (actor text, resource text) language sql stable security definer set search_path = '' as $$
  select (select u.email::text from auth.users u where u.id = case a.actor_kind when 'user' then a.actor_id::uuid end),
    (select u.email::text from auth.users u where u.id = case a.resource_kind when 'member' then a.resource_id::uuid end)
  from public.audit_log a
  join public.workspace_members mine on mine.workspace_id = a.workspace_id and mine.user_id = herald.user_id() and mine.role in ('owner', 'admin')
  where a.id = p_entry
$$;
comment on function herald.audit_emails is 'Who did it, and to which member it was done, to owners and admins of the workspace, also after those people left: a log that forgets whom is none.';

create function herald.invitation_of_token(p_token_hash bytea, p_hold boolean)
returns table (id uuid, workspace_id uuid, workspace_name text, email text, role public.member_role, expires_at timestamptz, accepted_by uuid, member_as public.member_role)
language plpgsql volatile security definer set search_path = '' as $$
begin
  -- a statement of its own: the one below then sees what committed while this one waited
  if p_hold then perform from public.invitations i where i.token_hash = p_token_hash for update; end if;
  return query
    select i.id, i.workspace_id, w.name, i.email, i.role, i.expires_at, i.accepted_by,
      (select m.role from public.workspace_members m where m.workspace_id = i.workspace_id and m.user_id = herald.user_id())
    from public.invitations i join public.workspaces w on w.id = i.workspace_id where i.token_hash = p_token_hash;
end $$;
comment on function herald.invitation_of_token is 'What a token leads to, to whoever has it: there is no membership yet that row-level security could ask for. p_hold: until the transaction ends.';

-- Asks again what the verb has asked: whatever calls it, nobody becomes a member who was not invited.
create function herald.join_by_invitation(p_token_hash bytea) returns boolean language plpgsql volatile security definer set search_path = '' as $$
declare v_workspace uuid; v_role public.member_role;
begin
  update public.invitations i set accepted_at = now(), accepted_by = herald.user_id()
    where i.token_hash = p_token_hash and i.accepted_at is null and i.expires_at > now() and i.email = herald.user_email() and herald.user_id() is not null
    returning i.workspace_id, i.role into v_workspace, v_role;
  if not found then return false; end if;
  insert into public.workspace_members (workspace_id, user_id, role) values (v_workspace, herald.user_id(), v_role) on conflict do nothing;
  return true;
end $$;
comment on function herald.join_by_invitation is 'Makes the signed-in person a member by an open invitation for their address; false, and nothing written, when there is none.';

grant execute on function herald.fellow_email(uuid, uuid) to authenticated, herald_verbs;
grant execute on function herald.user_email(), herald.audit_emails(bigint), herald.invitation_of_token(bytea, boolean), herald.join_by_invitation(bytea) to herald_verbs;
