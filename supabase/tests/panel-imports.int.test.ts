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

async function aTenant(name: string): Promise<{ readonly workspaceId: string; readonly userId: string }> {
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
  const refused = (client: pg.Client) => client.query("select from import_row_errors where workspace_id = $1", [own.workspaceId]);
  expect((await db.asApi("authenticated", own.userId, refused)).rowCount).toBe(2);
  expect((await db.asApi("authenticated", other.userId, refused)).rowCount).toBe(0);
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
