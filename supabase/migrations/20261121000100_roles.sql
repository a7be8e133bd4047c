-- Roles and row-level-security helpers. Reasons: docs/adr/0004-sql-roles.md.
-- Every role is NOLOGIN and NOBYPASSRLS here; a deployment gives LOGIN and a password to the three herald_* roles.

create schema if not exists herald;
comment on schema herald is 'Functions of the engine and helpers of row-level security. Not exposed by PostgREST.';

do $$
begin
  if not exists (select from pg_roles where rolname = 'herald_verbs') then create role herald_verbs nologin noinherit nobypassrls; end if;
  if not exists (select from pg_roles where rolname = 'herald_door') then create role herald_door nologin noinherit nobypassrls; end if;
  if not exists (select from pg_roles where rolname = 'herald_engine') then create role herald_engine nologin noinherit nobypassrls; end if;
end $$;
comment on role herald_verbs is 'Verbs of members: sees and writes one workspace, and only for a member of it.';
comment on role herald_door is 'The webhook door: may only append to the inbox, before any workspace is known.';
comment on role herald_engine is 'Workers: one workspace per transaction; the gate, the ledger, the drains.';

-- Nothing holds a lock for long: a stuck engine transaction must not stop a number.
alter role herald_engine set lock_timeout = '500ms';
alter role herald_engine set idle_in_transaction_session_timeout = '2s';
-- longer than any of its statements needs, shorter than the look-back of the realtime events
alter role herald_engine set transaction_timeout = '4s';
alter role herald_verbs set transaction_timeout = '30s';
alter role herald_verbs set idle_in_transaction_session_timeout = '10s';
alter role herald_door set statement_timeout = '2s';

grant usage on schema herald, public to herald_verbs, herald_door, herald_engine;
grant usage on schema herald to authenticated;
-- Hosted Supabase grants everything to the API roles by default; here a table is closed until it is opened.
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke execute on functions from anon, authenticated;
-- PUBLIC's right to execute is global, so it can only be taken globally
alter default privileges revoke execute on functions from public;

create function herald.user_id() returns uuid language sql stable parallel safe as
$$ select nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub', '')::uuid $$;
comment on function herald.user_id is 'The signed-in person of this request or transaction, from the JWT claims; null for none.';

create function herald.current_workspace() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('herald.workspace_id', true), '')::uuid $$;
comment on function herald.current_workspace is 'The one workspace this transaction works in; null reaches no row.';

create function herald.enter_workspace(p_workspace uuid) returns void language sql volatile as
$$ select set_config('herald.workspace_id', p_workspace::text, true) $$;
comment on function herald.enter_workspace is 'Binds the running transaction to one workspace (law L10).';

grant execute on function herald.user_id(), herald.current_workspace() to authenticated, herald_verbs, herald_door, herald_engine;
grant execute on function herald.enter_workspace(uuid) to herald_verbs, herald_engine;
