import { randomUUID } from "node:crypto";
import { defaultPace } from "@herald/campaign";
import type { UserId } from "@herald/kernel";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorld, type Shop, type World } from "../index.ts";
import { acceptedResult, grantAll, receiptOf, takeOver } from "./support.ts";

let world: World;
let own: Shop;
let foreign: Shop;
beforeAll(async () => {
  world = await createWorld();
  own = await world.aShop({ capPerSecond: 1000, frequencyCap: "24 hours" });
  foreign = await world.aShop({ capPerSecond: 1000, frequencyCap: "24 hours" });
  await fill(own);
  await fill(foreign);
});
afterAll(() => world.close());

/** Rows in every table of a tenant. */
async function fill(shop: Shop): Promise<void> {
  const people = await shop.contacts(3, { tag: "vip" });
  const campaignId = await shop.aCampaign().with(people).launch();
  const held = await grantAll(world.engine, shop, [await takeOver(world.engine, shop, campaignId)]);
  await world.engine.ledger.record(shop.workspaceId, held.map(acceptedResult));
  await world.engine.ledger.mergeReceipts(shop.workspaceId, [
    { ...receiptOf(held[0] as (typeof held)[0], "sent"), providerMessageId: `wamid.parked.${shop.workspaceId}` },
  ]);
  const owner = { workspaceId: shop.workspaceId, senderId: shop.sender.senderId };
  const from = [{ channel: "whatsapp", kind: "phone", value: people[0]?.phone ?? "" } as const];
  const event = {
    kind: "inbound",
    providerMessageId: `wamid.in.${shop.workspaceId}`,
    atMs: Date.now(),
    from,
    profileName: null,
    type: "text",
  } as const;
  await world.engine.people.recordInbound(owner, {
    inboxId: "1",
    isStop: true,
    event: { ...event, text: "stop", buttonPayload: null, repliesToProviderMessageId: null },
  });
  const w = shop.workspaceId;
  const sql = `
    insert into portfolios (workspace_id, provider, provider_portfolio_id) values ('${w}', 'meta', '${w}');
    insert into portfolio_reservations (portfolio_id, contact_id, workspace_id, message_id, expires_at)
      select id, gen_random_uuid(), workspace_id, 1, now() from portfolios where workspace_id = '${w}';
    insert into provider_words (workspace_id, subject_id, topic, at, stops, word) values ('${w}', gen_random_uuid(), 'status', now(), true, 'PAUSED');
    insert into invitations (workspace_id, email, role, token_hash, invited_by, expires_at) values ('${w}', 'a@example.com', 'member', sha256('${w}'), gen_random_uuid(), now());
    insert into idempotency_keys (workspace_id, route, key, body_hash, answer) values ('${w}', 'r', 'k', 'h', '{}');
    insert into blocks (workspace_id, scope, scope_id, class) values ('${w}', 'waba', gen_random_uuid(), 'TOKEN');
    insert into overflow_set_aside (workspace_id, overflow_id) values ('${w}', 'o');
    insert into import_batches (workspace_id, file_name, mapping) values ('${w}', 'a.csv', '{}');
    insert into import_row_errors (workspace_id, import_batch_id, row_no, reason, cells) select '${w}', id, 1, 'r', '[]' from import_batches where workspace_id = '${w}';
    insert into cancelled_imports (workspace_id, file_name) values ('${w}', 'a.csv');
    insert into campaign_pace_samples (workspace_id, campaign_id, at, settled, deferred, asked)
      select workspace_id, id, now(), 1, 0, 1 from campaign_history where workspace_id = '${w}';
    insert into campaign_changes (workspace_id, campaign_id) select workspace_id, id from campaign_history where workspace_id = '${w}';
    insert into recipient_lists (workspace_id, name) values ('${w}', 'list');
    insert into campaign_drafts (workspace_id, created_by, updated_by) values ('${w}', gen_random_uuid(), gen_random_uuid());
    insert into recipient_list_members (workspace_id, recipient_list_id, contact_id)
      select '${w}', l.id, c.id from recipient_lists l join contacts c using (workspace_id) where workspace_id = '${w}' limit 1;`;
  await world.database.owner.query(sql);
}

type Table = {
  readonly name: string;
  readonly is_forced: boolean;
  readonly has_policy: boolean;
  readonly comment: string | null;
  readonly tenant_column: string | null;
};
const tablesSql = `
  select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as is_forced, exists (select from pg_policy p where p.polrelid = c.oid) as has_policy,
    obj_description(c.oid) as comment, case when c.relname = 'workspaces' then 'id'
      else (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and a.attnotnull) end as tenant_column
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`;
/** Tables that belong to the deployment: no tenant's, and no member's. */
const deploymentTables = new Set(["deployment_switches", "overflow_watch", "webhook_inbox"]);

async function tables(client: Pick<pg.Pool, "query"> = world.database.owner): Promise<readonly Table[]> {
  return (await client.query<Table>(tablesSql)).rows;
}
const faultsOf = (table: Table): readonly string[] => [
  ...(table.is_forced ? [] : [`${table.name}: row-level security is not forced`]),
  ...(table.has_policy ? [] : [`${table.name}: no policy`]),
  ...(table.comment === null ? [`${table.name}: no comment`] : []),
  ...(table.tenant_column === null && !deploymentTables.has(table.name) ? [`${table.name}: names no workspace`] : []),
];

/** One transaction of a role, rolled back. */
async function as<T>(role: string, userId: string, workspaceId: string | null, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: world.database.urls.owner });
  await client.connect();
  try {
    await client.query("begin");
    await client.query(`set local role ${role}`);
    await client.query("select set_config('request.jwt.claims', $1, true), set_config('herald.workspace_id', $2, true)", [
      JSON.stringify({ sub: userId, role: "authenticated" }),
      workspaceId ?? "",
    ]);
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Rows of a table that are of another workspace; null when the role may not even ask. */
async function rowsOf(client: pg.Client, table: Table, workspaceId: string): Promise<number | null> {
  await client.query("savepoint probe");
  try {
    const column = table.tenant_column ?? "null::uuid";
    return (
      (
        await client.query<{ n: number }>(`select count(*)::int as n from ${table.name} where ${column} is not distinct from $1`, [
          workspaceId,
        ])
      ).rows[0]?.n ?? 0
    );
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== "42501") throw error;
    await client.query("rollback to savepoint probe");
    return null;
  }
}

test("L10: every table has row-level security in force, a policy, a comment, and names its workspace", async () => {
  const all = await tables();
  expect(all.length).toBeGreaterThan(25);
  expect(all.flatMap(faultsOf)).toEqual([]);
});

test("L10: a new table that is not isolated is found", async () => {
  const client = await world.database.owner.connect();
  try {
    await client.query("begin");
    await client.query("create table forgotten (id int)");
    expect((await tables(client)).flatMap(faultsOf)).toHaveLength(4);
  } finally {
    await client.query("rollback");
    client.release();
  }
});

test("L10: every table of the matrix holds rows of both tenants, so that an empty answer means something", async () => {
  const empty: string[] = [];
  for (const table of (await tables()).filter(({ name }) => !deploymentTables.has(name)))
    for (const shop of [own, foreign]) {
      const found = await world.database.owner.query(`select from ${table.name} where ${table.tenant_column} = $1`, [shop.workspaceId]);
      if (found.rowCount === 0) empty.push(table.name);
    }
  expect(empty).toEqual([]);
});

test("L10: a member of another workspace reads no row of any table, by API or by verb", async () => {
  const all = await tables();
  const seen: string[] = [];
  for (const [role, bound] of [
    ["authenticated", null],
    ["authenticated", own.workspaceId],
    ["herald_verbs", own.workspaceId],
    ["herald_verbs", foreign.workspaceId],
  ] as const)
    await as(role, foreign.actor.userId, bound, async (client) => {
      for (const table of all) if (((await rowsOf(client, table, own.workspaceId)) ?? 0) > 0) seen.push(`${role} ${table.name}`);
    });
  expect(seen).toEqual([]);
});

test("L10: a stranger and an anonymous caller read nothing at all", async () => {
  const all = await tables();
  for (const role of ["authenticated", "anon"])
    await as(role, randomUUID(), null, async (client) => {
      for (const table of all) expect((await rowsOf(client, table, own.workspaceId)) ?? 0, `${role} ${table.name}`).toBe(0);
    });
});

test("L10: the engine sees one workspace; of others only orders with ids", async () => {
  const all = await tables();
  await as("herald_engine", own.actor.userId, foreign.workspaceId, async (client) => {
    for (const table of all)
      expect((await rowsOf(client, table, own.workspaceId)) ?? 0, table.name).toBe(
        table.name === "outbox" ? await countOutbox(own.workspaceId) : 0,
      );
  });
  await as("herald_engine", own.actor.userId, null, async (client) => {
    for (const table of all.filter(({ name }) => name !== "outbox"))
      expect((await rowsOf(client, table, own.workspaceId)) ?? 0, table.name).toBe(0);
  });
});

const countOutbox = async (workspaceId: string): Promise<number> =>
  (await world.database.owner.query<{ n: number }>("select count(*)::int as n from outbox where workspace_id = $1", [workspaceId])).rows[0]
    ?.n ?? 0;

test("L10: members change nothing through the API", async () => {
  for (const table of await tables())
    await as("authenticated", own.actor.userId, own.workspaceId, async (client) => {
      await expect(client.query(`delete from ${table.name}`), table.name).rejects.toThrow("permission denied");
    });
});

test("L10: a row cannot point at another tenant's: foreign keys between tenant tables carry the workspace", async () => {
  const { rows } = await world.database.owner.query<{ fk: string }>(
    `select format('%s.%s', c.conrelid::regclass, c.conname) as fk from pg_constraint c
     where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.confrelid <> 'workspaces'::regclass
       and not exists (select from pg_attribute a where a.attrelid = c.conrelid and a.attnum = any (c.conkey) and a.attname = 'workspace_id')`,
  );
  expect(rows).toEqual([]);
  await expect(
    world.database.owner.query(
      "insert into contact_tags (workspace_id, contact_id, tag) select $1, id, 'stolen' from contacts where workspace_id = $2",
      [foreign.workspaceId, own.workspaceId],
    ),
  ).rejects.toThrow("foreign key");
});

test("L10: the verbs of a stranger find nothing and write nothing", async () => {
  const stranger = { kind: "user", userId: randomUUID() as UserId, role: "owner" } as const;
  await world.verbs.inTransaction(stranger, own.workspaceId, async ({ senders, audiences }) => {
    expect(await senders.find(own.sender.senderId)).toBeNull();
    for await (const page of audiences.pages({ tags: ["vip"] })) expect(page).toEqual([]);
  });
  await expect(
    world.verbs.inTransaction(stranger, own.workspaceId, ({ audit }) => audit.write({ action: "x", resourceKind: "x", resourceId: "x" })),
  ).rejects.toThrow("row-level security");
});

test("L10: the engine and its gate answer nothing for a campaign or number of another workspace", async () => {
  const campaignId = await own
    .aCampaign()
    .with(await own.contacts(1))
    .launch();
  await expect(world.engine.gate.takeOver(foreign.workspaceId, campaignId)).rejects.toThrow("no such campaign");
  const lane = await takeOver(world.engine, own, campaignId);
  await expect(
    world.engine.gate.grant({
      workspaceId: foreign.workspaceId,
      senderId: own.sender.senderId,
      lanes: [{ ...lane, want: 1 }],
      pace: defaultPace,
    }),
  ).rejects.toThrow("no such sender");
  expect(await world.engine.run.progress(foreign.workspaceId, campaignId)).toBeNull();
});

test("L10: the webhook door appends to the inbox and can do nothing else", async () => {
  await world.door.appendToInbox("meta", new TextEncoder().encode("{}"));
  const client = new pg.Client({ connectionString: world.database.urls.door });
  await client.connect();
  try {
    for (const table of await tables())
      await expect(client.query(`select from ${table.name}`), table.name).rejects.toThrow("permission denied");
  } finally {
    await client.end();
  }
});

test("definer functions pin their search path, and nobody but named roles may execute anything of the schema herald", async () => {
  const { rows } = await world.database.owner.query<{ fault: string }>(
    `select p.oid::regprocedure || ': ' || case when p.prosecdef and not coalesce(p.proconfig::text like '%search_path=%', false) then 'definer without search_path' else 'open to public' end as fault
     from pg_proc p where p.pronamespace = 'herald'::regnamespace
       and ((p.prosecdef and not coalesce(p.proconfig::text like '%search_path=%', false)) or has_function_privilege('anon', p.oid, 'execute'))`,
  );
  expect(rows).toEqual([]);
});
