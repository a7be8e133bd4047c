import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { finalise, grant, merge, receipt, record, recover, result, returnLost, skipOpen, takeOver } from "./support/engine.ts";
import { deploymentTables, isolationDebts, tenantTables } from "./support/isolation.ts";
import { attempt, type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { populated, type Tenant } from "./support/populated.ts";

let db: LawDatabase;
let engine: pg.Client;
let own: Tenant;
let foreign: Tenant;
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
  own = await populated(db.owner, engine);
  foreign = await populated(db.owner, engine);
});
afterAll(() => db?.drop());

/** The outbox is drained for all workspaces in turn by one process; its rows carry ids only. */
const drainedForAll = "outbox";

const countIn = async (client: pg.Client | pg.Pool, table: string, column: string, workspaceId: string): Promise<number> =>
  (await client.query<{ count: number }>(`select count(*)::int as count from ${table} where ${column} = $1`, [workspaceId])).rows[0]
    ?.count ?? 0;

test("every table is isolated: row-level security forced, a comment, a policy where something is granted, its workspace, no write for the API", async () => {
  expect(await isolationDebts(db.owner)).toEqual([]);
});

test("a new table that forgets all of it is found out, debt by debt", async () => {
  const client = await db.connect("owner");
  await client.query("begin");
  await client.query("create table public.planted (id bigint)");
  await client.query("grant all on public.planted to authenticated, anon");
  await client.query("create view public.planted_view as select * from contacts");
  await client.query("create function public.planted_function() returns int language sql as 'select 1'");
  await client.query("grant execute on function public.planted_function() to anon");
  expect((await isolationDebts(client)).map(({ name, debt }) => `${name}: ${debt}`)).toEqual([
    "planted: anon may read",
    "planted: anon may write",
    "planted: authenticated may write",
    "planted: granted without a policy",
    "planted: no comment",
    "planted: no workspace_id",
    "planted: row-level security is not forced",
    "planted: row-level security is off",
    "planted_function: a function that the API can call",
    "planted_view: a view that reads with its owner's rights",
  ]);
  await client.query("rollback");
});

test("a new table starts closed to the API, whatever the hosted defaults are", async () => {
  const client = await db.connect("owner");
  await client.query("begin");
  await client.query("create table public.planted (id bigint)");
  const debts = (await isolationDebts(client)).filter(({ name }) => name === "planted").map(({ debt }) => debt);
  expect(debts).toEqual(["no comment", "no workspace_id", "row-level security is not forced", "row-level security is off"]);
  await client.query("rollback");
});

test("each tenant sees its own rows of every table it may read, and no row of another tenant, whoever asks", async () => {
  const tables = await tenantTables(db.owner);
  expect(tables.length).toBeGreaterThan(25);
  for (const { name, workspaceColumn, readable } of tables) {
    const isOpen = readable.length > 0;
    const ownRows = await countIn(db.owner, name, workspaceColumn, own.workspaceId);
    expect(ownRows, `${name} has rows to look for`).toBeGreaterThan(0);
    expect(await countIn(db.owner, name, workspaceColumn, foreign.workspaceId), name).toBeGreaterThan(0);
    const askAs = (userId: string | null, workspaceId: string) =>
      db.asApi("authenticated", userId, (client) => attempt(client, `select 1 from ${name} where ${workspaceColumn} = $1`, [workspaceId]));
    const answers = [
      await askAs(own.userId, own.workspaceId),
      await askAs(foreign.userId, own.workspaceId),
      await askAs(null, own.workspaceId),
    ];
    const closed = { refused: "42501" };
    expect(answers, `${name}: own member, foreign member, nobody`).toEqual(
      isOpen ? [{ rowCount: ownRows }, { rowCount: 0 }, { rowCount: 0 }] : [closed, closed, closed],
    );
    expect(await db.asApi("anon", null, (client) => attempt(client, `select 1 from ${name}`)), `${name}, anonymous`).toEqual({
      refused: "42501",
    });
  }
});

test("a member's credential is unreadable through the API, also for its own workspace", async () => {
  const secrets = { sources: "access_token_sealed" };
  for (const [table, column] of Object.entries(secrets))
    expect(await db.asApi("authenticated", own.userId, (client) => attempt(client, `select ${column} from ${table}`))).toEqual({
      refused: "42501",
    });
});

type Stranger = {
  readonly name: string;
  readonly role: "verbs" | "engine";
  readonly bound: () => { workspaceId: string; userId?: string };
};
const strangers: readonly Stranger[] = [
  { name: "herald_engine in another workspace", role: "engine", bound: () => ({ workspaceId: foreign.workspaceId }) },
  {
    name: "herald_verbs for a member of another workspace",
    role: "verbs",
    bound: () => ({ workspaceId: foreign.workspaceId, userId: foreign.userId }),
  },
  {
    name: "herald_verbs in this workspace for somebody who is no member",
    role: "verbs",
    bound: () => ({ workspaceId: own.workspaceId, userId: foreign.userId }),
  },
  { name: "herald_verbs in this workspace for nobody", role: "verbs", bound: () => ({ workspaceId: own.workspaceId }) },
];

describe.each(strangers)("$name", ({ role, bound }) => {
  test("sees no row of any table, changes none, deletes none, and plants none", async () => {
    for (const { name, workspaceColumn } of await tenantTables(db.owner)) {
      if (role === "engine" && name === drainedForAll) continue;
      const { rows } = await db.owner.query(`select to_jsonb(t) as row from ${name} t where ${workspaceColumn} = $1 limit 1`, [
        own.workspaceId,
      ]);
      const updatable = await db.owner.query<{ column: string }>(
        "select attname as column from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attidentity = '' and attgenerated = '' and has_column_privilege($2, $1::regclass, attnum, 'UPDATE') limit 1",
        [name, `herald_${role}`],
      );
      const column = updatable.rows[0]?.column ?? workspaceColumn;
      // what Postgres works out by itself cannot be planted
      const { rows: given } = await db.owner.query<{ column: string }>(
        "select quote_ident(attname) as column from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
        [name],
      );
      const written = given.map((one) => one.column).join();
      const mine = `where ${workspaceColumn} = '${own.workspaceId}'`;
      await db.asProduct(role, bound(), async (client) => {
        for (const statement of [
          `select 1 from ${name} ${mine}`,
          `update ${name} set ${column} = ${column} ${mine}`,
          `delete from ${name} ${mine}`,
        ])
          expect(await attempt(client, statement), statement).toBeOneOf(
            [{ rowCount: 0 }, { refused: "42501" }].map((answer) => expect.objectContaining(answer)),
          );
        const planted = await attempt(
          client,
          `insert into ${name} (${written}) overriding system value select ${written} from jsonb_populate_record(null::${name}, $1)`,
          [rows[0]?.row],
        );
        expect(planted, `insert into ${name}`).toEqual({ refused: "42501" });
      });
    }
  });
});

test("of the outbox, the engine sees other workspaces' orders but can only tick them off", async () => {
  await db.asProduct("engine", { workspaceId: foreign.workspaceId }, async (client) => {
    expect(await attempt(client, "update outbox set ref = '{}' where workspace_id = $1", [own.workspaceId])).toEqual({ refused: "42501" });
    expect(await attempt(client, "delete from outbox where workspace_id = $1", [own.workspaceId])).toEqual({ refused: "42501" });
    expect(
      await attempt(client, "insert into outbox (workspace_id, kind, ref) values ($1, 'workflow.wake', '{}')", [own.workspaceId]),
    ).toEqual({ refused: "42501" });
  });
  const { rows } = await db.owner.query("select distinct key from outbox, jsonb_object_keys(ref) key order by 1");
  expect(rows.map(({ key }) => key)).toEqual(["attempts", "inbound"]);
});

test("every function of the engine, called for another workspace with ids of this one, does nothing", async () => {
  const everything = async () =>
    (
      await db.owner.query(
        "select jsonb_agg(to_jsonb(m) order by id) as m, (select jsonb_agg(to_jsonb(a) order by message_id, attempt) from campaign_attempts a where workspace_id = $1) as a from campaign_messages m where workspace_id = $1",
        [own.workspaceId],
      )
    ).rows[0];
  const before = await everything();
  const { workspaceId } = foreign;
  const { campaignId, senderId, messageIds } = own;
  const handed = { messageId: messageIds[0] ?? "", attempt: 1 };
  const lanes = [{ campaignId, epoch: 1, want: 5 }];
  await expect(takeOver(engine, workspaceId, campaignId)).rejects.toMatchObject({ code: "HE404" });
  await expect(grant(engine, { workspaceId, senderId, lanes })).rejects.toMatchObject({ code: "HE404" });
  expect((await grant(engine, { workspaceId, senderId: foreign.senderId, lanes })).map(({ reason }) => reason)).toEqual(["stale"]);
  await expect(finalise(engine, workspaceId, campaignId)).rejects.toMatchObject({ code: "HE404" });
  expect(await record(engine, workspaceId, [result(handed, "failed")])).toBe(0);
  expect(await merge(engine, workspaceId, [receipt(handed, "read")])).toMatchObject({ matched: 0, moved: 0 });
  expect(await recover(engine, workspaceId, campaignId)).toBe(0);
  expect(await returnLost(engine, { workspaceId, senderId, campaignId, epoch: 1, held: [] })).toBe(0);
  expect(await skipOpen(engine, workspaceId, campaignId, "expired")).toBe(0);
  expect(await everything()).toEqual(before);
});

test("the door appends to the inbox, and that is all it can do", async () => {
  const door = await db.connect("door");
  await door.query("begin");
  expect(await attempt(door, "insert into webhook_inbox (provider, body) values ('meta', 'x')")).toEqual({ rowCount: 1 });
  expect(await attempt(door, "insert into webhook_inbox (provider, body, drained_at) values ('meta', 'x', now())")).toEqual({
    refused: "42501",
  });
  const tables = [...(await tenantTables(db.owner)).map(({ name }) => name), ...Object.keys(deploymentTables)];
  for (const name of tables) {
    expect(await attempt(door, `select 1 from ${name}`), name).toEqual({ refused: "42501" });
    expect(await attempt(door, `delete from ${name}`), name).toEqual({ refused: "42501" });
  }
  for (const name of tables.filter((one) => one !== "webhook_inbox"))
    expect(await attempt(door, `insert into ${name} default values`), name).toEqual({ refused: "42501" });
  await door.query("rollback");
});
