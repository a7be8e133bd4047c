import { type Role, roles, type WorkspaceId } from "@herald/kernel";
import { aMember, aWorkspace } from "@herald/testkit";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attempt, type LawDatabase, lawDatabase } from "./support/law-database.ts";

let db: LawDatabase;
beforeAll(async () => {
  db = await lawDatabase();
});
afterAll(() => db?.drop());

const names = async (client: pg.Client): Promise<readonly string[]> =>
  (await client.query<{ file_name: string }>("select file_name from imports_history order by created_at desc")).rows.map(
    ({ file_name }) => file_name,
  );

async function aTenant(name: string): Promise<{ readonly workspaceId: WorkspaceId; readonly userId: string }> {
  const workspaceId = await aWorkspace(db.owner);
  const { userId } = await aMember(db.owner, workspaceId, "viewer");
  const at = (minutes: number): string => `now() - interval '${minutes} minutes'`;
  await db.owner.query(
    `with batches as (insert into import_batches (workspace_id, file_name, mapping, created_at) values
        ($1, $2 || ' first', '{}', ${at(3)}), ($1, $2 || ' third', '{}', ${at(1)}) returning id)
      insert into import_row_errors (workspace_id, import_batch_id, row_no, reason, cells) select $1, id, 1, 'test', '["+1"]' from batches`,
    [workspaceId, name],
  );
  await db.owner.query(`insert into cancelled_imports (workspace_id, file_name, created_at) values ($1, $2 || ' second', ${at(2)})`, [
    workspaceId,
    name,
  ]);
  return { workspaceId, userId };
}

test("a member reads the imports of their workspace, cancelled ones among them, in the order of their time; a stranger reads none", async () => {
  const own = await aTenant("own");
  const other = await aTenant("other");
  expect(await db.asApi("authenticated", own.userId, names)).toEqual(["own third", "own second", "own first"]);
  expect(await db.asApi("authenticated", other.userId, names)).toEqual(["other third", "other second", "other first"]);
  expect(await db.asApi("authenticated", "00000000-0000-4000-8000-000000000009", names)).toEqual([]);
});

test("the cells that an import refused are read by those who may import, and not by a viewer, a stranger or another workspace's owner", async () => {
  const own = await aTenant("cells");
  const other = await aTenant("others");
  const cells = (client: pg.Client) => client.query("select cells from import_row_errors where workspace_id = $1", [own.workspaceId]);
  const seenBy = async (userId: string) => (await db.asApi("authenticated", userId, cells)).rowCount;
  const seen = {} as Record<Role, number | null>;
  for (const role of roles) seen[role] = await seenBy((await aMember(db.owner, own.workspaceId, role)).userId);
  expect(seen).toEqual({ owner: 2, admin: 2, member: 2, viewer: 0 });
  expect(await seenBy((await aMember(db.owner, other.workspaceId, "owner")).userId)).toBe(0);
  expect(await seenBy("00000000-0000-4000-8000-000000000009")).toBe(0);
  // who imports in one workspace and only looks on in another reads the cells of the first
  await db.owner.query("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'owner')", [
    other.workspaceId,
    own.userId,
  ]);
  const everything = await db.asApi("authenticated", own.userId, (client) => client.query("select workspace_id from import_row_errors"));
  expect(new Set(everything.rows.map((row) => row["workspace_id"]))).toEqual(new Set([other.workspaceId]));
});

test("nobody writes a cancellation through the API, and a verb writes none for another workspace", async () => {
  const own = await aTenant("own");
  const other = await aTenant("other");
  const write = (client: pg.Client) =>
    attempt(client, "insert into cancelled_imports (workspace_id, file_name) values ($1, 'x')", [own.workspaceId]);
  const insufficientPrivilege = { refused: "42501" };
  for (const role of ["authenticated", "anon"] as const) expect(await db.asApi(role, own.userId, write)).toEqual(insufficientPrivilege);
  expect(await db.asProduct("verbs", other, write)).toEqual(insufficientPrivilege);
  expect(await db.asProduct("verbs", own, write)).toEqual({ rowCount: 1 });
});

test("a page of a long history is read from its indexes, and no further than it is long", async () => {
  const { workspaceId, userId } = await aTenant("long");
  await db.owner.query(
    "insert into import_batches (workspace_id, file_name, mapping, created_at) select $1, 'file ' || n, '{}', now() - n * interval '1 hour' from generate_series(1, 20000) n",
    [workspaceId],
  );
  await db.owner.query("analyze import_batches, cancelled_imports");
  const plan = await db.asApi("authenticated", userId, async (client) =>
    (
      await client.query<{ "QUERY PLAN": string }>(
        "explain select * from imports_history where workspace_id = $1 and created_at < now() - interval '1 day' order by created_at desc limit 51",
        [workspaceId],
      )
    ).rows
      .map((line) => line["QUERY PLAN"])
      .join("\n"),
  );
  expect(plan).toContain("import_batches_recent");
  expect(plan).not.toContain("Seq Scan on import_batches");
});
