import { randomUUID } from "node:crypto";
import type { WorkspaceId } from "@herald/kernel";
import { aMember, aWorkspace } from "@herald/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attempt, type LawDatabase, lawDatabase } from "./support/law-database.ts";

let db: LawDatabase;
let own: WorkspaceId;
let foreign: WorkspaceId;
const people: Record<"owner" | "viewer" | "stranger", string> = { owner: "", viewer: "", stranger: "" };

beforeAll(async () => {
  db = await lawDatabase();
  own = await aWorkspace(db.owner);
  foreign = await aWorkspace(db.owner);
  people.owner = (await aMember(db.owner, own, "owner")).userId;
  people.viewer = (await aMember(db.owner, own, "viewer")).userId;
  people.stranger = (await aMember(db.owner, foreign, "owner")).userId;
  for (const [name, userId] of Object.entries(people))
    await db.owner.query("insert into auth.users (id, email) values ($1, $2)", [userId, `${name}@example.com`]);
});
afterAll(() => db?.drop());

const emailsSeenBy = (role: "authenticated" | "anon", userId: string | null): Promise<readonly unknown[]> =>
  db.asApi(role, userId, async (client) =>
    (await client.query("select email from workspace_people order by email")).rows.map((row) => row["email"]),
  );

test("addresses of members are seen by their fellow members, and by nobody else", async () => {
  for (const userId of [people.owner, people.viewer])
    expect(await emailsSeenBy("authenticated", userId)).toEqual(["owner@example.com", "viewer@example.com"]);
  expect(await emailsSeenBy("authenticated", people.stranger)).toEqual(["stranger@example.com"]);
  expect(await emailsSeenBy("authenticated", randomUUID())).toEqual([]);
  expect(await emailsSeenBy("authenticated", null)).toEqual([]);
  await expect(emailsSeenBy("anon", people.owner)).rejects.toThrow("permission denied");
});

test("the function behind it answers no one about a stranger, whichever workspace is named", async () => {
  const ask = (asking: string, workspaceId: string, about: string) =>
    db.asApi(
      "authenticated",
      asking,
      async (client) => (await client.query("select herald.fellow_email($1, $2) as email", [workspaceId, about])).rows[0]?.email,
    );
  expect(await ask(people.viewer, own, people.owner)).toBe("owner@example.com");
  for (const workspaceId of [own, foreign]) {
    expect(await ask(people.stranger, workspaceId, people.owner)).toBeNull();
    expect(await ask(people.owner, workspaceId, people.stranger)).toBeNull();
  }
});

test("whoever is removed knows nobody any more, in the same moment", async () => {
  const former = (await aMember(db.owner, own, "admin")).userId;
  expect(await emailsSeenBy("authenticated", former)).toContain("owner@example.com");
  await db.owner.query("delete from workspace_members where user_id = $1", [former]);
  expect(await emailsSeenBy("authenticated", former)).toEqual([]);
});

test("members read neither invitations nor the audit log by their own token, and nobody reads auth.users", async () => {
  for (const userId of [people.owner, people.viewer]) {
    for (const table of ["invitations", "audit_log", "auth.users"])
      expect(await db.asApi("authenticated", userId, (client) => attempt(client, `select from ${table}`)), table).toEqual({
        refused: "42501",
      });
  }
  const bound = { workspaceId: own, userId: people.owner };
  expect(await db.asProduct("verbs", bound, (client) => attempt(client, "select from auth.users"))).toEqual({ refused: "42501" });
});

test("tokens are looked up and used by verbs alone: neither the API nor the engine can", async () => {
  const calls = ["select herald.invitation_of_token('x', false)", "select herald.join_by_invitation('x')", "select herald.audit_emails(1)"];
  for (const call of calls) {
    expect(await db.asApi("authenticated", people.owner, (client) => attempt(client, call)), call).toEqual({ refused: "42501" });
    expect(await db.asApi("anon", null, (client) => attempt(client, call)), call).toEqual({ refused: "42501" });
    expect(await db.asProduct("engine", { workspaceId: own }, (client) => attempt(client, call)), call).toEqual({ refused: "42501" });
  }
});

test("a verb of one workspace sees and ends no invitation of another", async () => {
  const insert = `insert into invitations (workspace_id, email, role, token_hash, invited_by, expires_at) values ($1, 'nina@example.com', 'viewer', 'hash', $2, now() + interval '1 day') returning id`;
  await db.owner.query(insert, [own, people.owner]);
  const bound = { workspaceId: foreign, userId: people.stranger };
  expect(await db.asProduct("verbs", bound, (client) => attempt(client, "select from invitations"))).toEqual({ rowCount: 0 });
  expect(await db.asProduct("verbs", bound, (client) => attempt(client, "delete from invitations"))).toEqual({ rowCount: 0 });
  expect(await db.asProduct("verbs", bound, (client) => attempt(client, insert, [own, people.stranger]))).toEqual({ refused: "42501" });
});

test("an address has one open invitation at a workspace, in lower case, and who accepted it stands beside when", async () => {
  const client = await db.connect("owner");
  await client.query("begin");
  const insert = (email: string, rest: string) =>
    attempt(
      client,
      `insert into invitations (workspace_id, email, role, token_hash, invited_by, expires_at, accepted_at, accepted_by) values ($1, $2, 'viewer', gen_random_uuid()::text::bytea, $3, now(), ${rest})`,
      [own, email, people.owner],
    );
  expect(await insert("one@example.com", "null, null")).toEqual({ rowCount: 1 });
  expect(await insert("one@example.com", "null, null")).toEqual({ refused: "23505" });
  expect(await insert("one@example.com", "now(), gen_random_uuid()")).toEqual({ rowCount: 1 });
  expect(await insert("Two@example.com", "null, null")).toEqual({ refused: "23514" });
  expect(await insert("two@example.com", "now(), null")).toEqual({ refused: "23514" });
  await client.query("rollback");
});
