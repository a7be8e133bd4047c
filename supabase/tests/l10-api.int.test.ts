import { attach } from "@herald/stack";
import { aMember } from "@herald/testkit";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { SignJWT } from "jose";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deploymentTables, tenantTables } from "./support/isolation.ts";
import { populated, type Tenant } from "./support/populated.ts";

/** The real PostgREST serves the stack's own database, so this suite works there, in workspaces of its own. */
let settings: Readonly<Record<string, string | undefined>>;
let owner: pg.Pool;
let engine: pg.Client;
let own: Tenant;
let foreign: Tenant;
beforeAll(async () => {
  ({ settings } = attach(process.env["HERALD_TEST_STATE_DIR"] ?? ""));
  owner = new pg.Pool({ connectionString: settings["OWNER_DATABASE_URL"], max: 2 });
  engine = new pg.Client({ connectionString: settings["ENGINE_DATABASE_URL"] });
  await engine.connect();
  own = await populated(owner, engine);
  foreign = await populated(owner, engine);
  // nothing of this suite is left for a worker of another one
  await owner.query("update campaign_history set status = 'sent' where id = any ($1)", [[own.campaignId, foreign.campaignId]]);
});
afterAll(async () => {
  await engine?.end();
  await owner?.end();
});

async function clientOf(claims: { readonly role: string; readonly sub?: string }): Promise<SupabaseClient> {
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setExpirationTime("5 minutes")
    .sign(new TextEncoder().encode(settings["SUPABASE_JWT_SECRET"]));
  return createClient(settings["SUPABASE_URL"] ?? "", token, { auth: { persistSession: false, autoRefreshToken: false } });
}

const refused = "42501";

test("through PostgREST a member reads its own workspace's rows of every open table, and never another's", async () => {
  const [member, stranger] = [
    await clientOf({ role: "authenticated", sub: own.userId }),
    await clientOf({ role: "authenticated", sub: foreign.userId }),
  ];
  const tables = await tenantTables(owner);
  for (const { name } of tables.filter(({ readable }) => readable.length === 0))
    for (const client of [member, stranger]) expect((await client.from(name).select()).error?.code, name).toBe(refused);
  for (const { name, workspaceColumn, readable } of tables.filter(({ readable }) => readable.length > 0)) {
    const columns = readable.join();
    const mine = await member.from(name).select(columns).eq(workspaceColumn, own.workspaceId);
    const theirs = await stranger.from(name).select(columns).eq(workspaceColumn, own.workspaceId);
    expect(mine.error, name).toBeNull();
    expect(mine.data?.length, name).toBeGreaterThan(0);
    expect(theirs.data, name).toEqual([]);
    // all it gets is its own
    const all = await stranger.from(name).select(workspaceColumn);
    expect(new Set(all.data?.map((row) => Object.values(row)[0])), name).toEqual(new Set([foreign.workspaceId]));
  }
});

test("through PostgREST a viewer reads people, and none of the cells that an import refused", async () => {
  const { userId } = await aMember(owner, own.workspaceId, "viewer");
  const viewer = await clientOf({ role: "authenticated", sub: userId });
  const member = await clientOf({ role: "authenticated", sub: own.userId });
  expect((await viewer.from("contacts").select("id")).data?.length).toBeGreaterThan(0);
  expect((await member.from("import_row_errors").select("cells")).data?.length).toBeGreaterThan(0);
  expect(await viewer.from("import_row_errors").select("cells")).toMatchObject({ error: null, data: [] });
});

test("through PostgREST nobody writes: not the member, not a stranger, not the anonymous", async () => {
  const clients = await Promise.all([
    clientOf({ role: "authenticated", sub: own.userId }),
    clientOf({ role: "authenticated", sub: foreign.userId }),
    clientOf({ role: "anon" }),
  ]);
  for (const { name, workspaceColumn } of await tenantTables(owner))
    for (const client of clients) {
      const change = { [workspaceColumn]: own.workspaceId } as never; // tables are named at run time: the client knows no columns
      expect((await client.from(name).insert(change)).error?.code, `insert into ${name}`).toBe(refused);
      expect((await client.from(name).update(change).eq(workspaceColumn, own.workspaceId)).error?.code, `update ${name}`).toBe(refused);
      expect((await client.from(name).delete().eq(workspaceColumn, own.workspaceId)).error?.code, `delete from ${name}`).toBe(refused);
    }
  for (const name of Object.keys(deploymentTables))
    for (const client of clients) expect((await client.from(name).insert({} as never)).error?.code, `insert into ${name}`).toBe(refused);
});

test("through PostgREST the anonymous read nothing, and nobody reaches the engine's functions or the stores of the deployment", async () => {
  const [anonymous, member] = [await clientOf({ role: "anon" }), await clientOf({ role: "authenticated", sub: own.userId })];
  for (const { name } of await tenantTables(owner)) expect((await anonymous.from(name).select()).error?.code, name).toBe(refused);
  for (const name of Object.keys(deploymentTables)) expect((await member.from(name).select()).error?.code, name).toBe(refused);
  expect((await member.rpc("grant_slots")).error?.code, "the schema of the functions is not exposed").toBe("PGRST202");
  expect((await member.schema("herald").rpc("take_over")).error?.code).toBe("PGRST106");
});
