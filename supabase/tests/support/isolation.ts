import type pg from "pg";

/** Tables that belong to the deployment and not to a workspace, with the reason. Any other table must name its workspace. */
export const deploymentTables: Readonly<Record<string, string>> = {
  webhook_inbox: "stored before anybody knows whose it is",
  deployment_switches: "switches of the operator",
  overflow_watch: "one row: the overflow is the deployment's",
};

// what a table of `public` owes law L10, told by the catalogue; one row per debt
const debtsSql = `
  with tables as (
    select c.oid, c.relname as name, c.relrowsecurity, c.relforcerowsecurity from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  ), writers as (
    select t.oid, r.name as role from tables t cross join unnest(array['authenticated', 'anon']) r(name)
    where has_table_privilege(r.name, t.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') or has_any_column_privilege(r.name, t.oid, 'INSERT, UPDATE')
  ), granted as (
    select t.oid from tables t cross join unnest(array['authenticated', 'anon', 'herald_verbs', 'herald_engine', 'herald_door']) r(name)
    where has_table_privilege(r.name, t.oid, 'SELECT, INSERT, UPDATE, DELETE') or has_any_column_privilege(r.name, t.oid, 'SELECT, INSERT, UPDATE')
  )
  select name, 'row-level security is off' as debt from tables where not relrowsecurity
  union all select name, 'row-level security is not forced' from tables where not relforcerowsecurity
  union all select name, 'no comment' from tables where obj_description(oid, 'pg_class') is null
  union all select name, 'granted without a policy' from tables t where oid in (select oid from granted) and not exists (select from pg_policy p where p.polrelid = t.oid)
  union all select t.name, w.role || ' may write' from tables t join writers w using (oid)
  union all select name, 'anon may read' from tables where has_any_column_privilege('anon', oid, 'SELECT')
  union all select name, 'no workspace_id' from tables t where name <> 'workspaces' and name <> all ($1)
    and not exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'workspace_id' and a.attnotnull)
  union all select p.proname, 'a function that the API can call' from pg_proc p where p.pronamespace = 'public'::regnamespace and has_function_privilege('anon', p.oid, 'EXECUTE')
  union all select c.relname, 'a view that reads with its owner''s rights' from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
    and coalesce(c.reloptions @> array['security_invoker=true'], false) is false
  order by 1, 2`;

export type Debt = { readonly name: string; readonly debt: string };
export const isolationDebts = async (db: pg.Pool | pg.Client): Promise<readonly Debt[]> =>
  (await db.query<Debt>(debtsSql, [Object.keys(deploymentTables)])).rows;

export type TenantTable = { readonly name: string; readonly workspaceColumn: "id" | "workspace_id"; readonly readable: readonly string[] };

/** Every table with a workspace, and the columns of it that a signed-in member may read. */
export async function tenantTables(db: pg.Pool): Promise<readonly TenantTable[]> {
  const { rows } = await db.query<TenantTable>(
    `select c.relname as name, case c.relname when 'workspaces' then 'id' else 'workspace_id' end as "workspaceColumn",
       array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         and has_column_privilege('authenticated', c.oid, a.attnum, 'SELECT') order by a.attnum) as readable
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> all ($1) order by 1`,
    [Object.keys(deploymentTables)],
  );
  return rows;
}
