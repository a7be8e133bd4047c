import { aMember } from "@herald/testkit";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aSending, launched, people, type Sending } from "./support/launched.ts";
import { attempt, type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { type PlanNode, readsOf, rowsRead } from "./support/plans.ts";

const many = 100_000;
const few = 3;

let db: LawDatabase;
let own: Sending;
let memberId: string;
let strangerId: string;
let draftId: string;
beforeAll(async () => {
  db = await lawDatabase();
  own = await aSending(db.owner);
  memberId = (await aMember(db.owner, own.workspaceId, "viewer")).userId;
  const foreign = await aSending(db.owner);
  strangerId = (await aMember(db.owner, foreign.workspaceId, "owner")).userId;
  await populate(own.workspaceId, many);
  await populate(foreign.workspaceId, few);
  const { rows } = await db.owner.query<{ id: string }>(
    "insert into campaign_drafts (workspace_id, name, created_by, updated_by) values ($1, 'Spring', $2, $2) returning id",
    [own.workspaceId, memberId],
  );
  draftId = rows[0]?.id ?? "";
});
afterAll(() => db?.drop());

/** People of one import, all on one list and with one tag; every tenth on a second list and with a second tag. */
async function populate(workspaceId: string, count: number): Promise<void> {
  const client = await db.connect("owner");
  await client.query("set session_replication_role = replica");
  await client.query(
    "insert into import_batches (workspace_id, file_name, mapping) values ($1, 'people.csv', '{}'), ($1, 'none.csv', '{}')",
    [workspaceId],
  );
  await client.query("insert into recipient_lists (workspace_id, name) values ($1, 'Everybody'), ($1, 'Some'), ($1, 'Nobody')", [
    workspaceId,
  ]);
  await client.query(
    `insert into contacts (workspace_id, display_name, import_batch_id) select $1, 'Person ' || n, (select id from import_batches where workspace_id = $1 and file_name = 'people.csv')
     from generate_series(1, $2::int) n`,
    [workspaceId, count],
  );
  for (const [list, tag, every] of [
    ["Everybody", "all", 1],
    ["Some", "some", 10],
  ]) {
    const numbered = "(select id, row_number() over (order by id) as n from contacts where workspace_id = $1) c where n % $3::int = 0";
    await client.query(
      `insert into recipient_list_members (workspace_id, recipient_list_id, contact_id)
       select $1, (select id from recipient_lists where workspace_id = $1 and name = $2), c.id from ${numbered}`,
      [workspaceId, list, every],
    );
    await client.query(`insert into contact_tags (workspace_id, contact_id, tag) select $1, c.id, $2 from ${numbered}`, [
      workspaceId,
      tag,
      every,
    ]);
  }
  await client.query("vacuum (analyze) contacts, contact_tags, recipient_lists, recipient_list_members, import_batches");
}

const views = {
  audience_lists: "select name, people from audience_lists where workspace_id = $1 order by name",
  audience_tags: "select tag as name, people from audience_tags where workspace_id = $1 order by tag",
  audience_imports: "select file_name as name, people from audience_imports where workspace_id = $1 order by file_name",
} as const;
const partsFor = async (client: pg.Client, view: keyof typeof views): Promise<Record<string, number>> => {
  const { rows } = await client.query<{ name: string; people: number }>(views[view], [own.workspaceId]);
  return Object.fromEntries(rows.map(({ name, people }) => [name, people]));
};
const expected = {
  audience_lists: { Everybody: many, Nobody: 0, Some: many / 10 },
  audience_tags: { all: many, some: many / 10 },
  audience_imports: { "none.csv": 0, "people.csv": many },
};

describe.each(Object.keys(views) as (keyof typeof views)[])("%s", (view) => {
  test("a member sees its own workspace's parts with their people", async () => {
    expect(await db.asApi("authenticated", memberId, (client) => partsFor(client, view))).toEqual(expected[view]);
  });

  test("L10: a member of another workspace sees none of them, only its own; the anonymous may not ask", async () => {
    expect(await db.asApi("authenticated", strangerId, (client) => partsFor(client, view))).toEqual({});
    const all = await db.asApi("authenticated", strangerId, (client) => client.query<{ people: number }>(`select people from ${view}`));
    expect(all.rows.every(({ people }) => people <= few)).toBe(true);
    expect(await db.asApi("anon", null, (client) => attempt(client, `select 1 from ${view}`))).toEqual({ refused: "42501" });
  });

  test("of 100,000 people it counts by an index, and reads no person", async () => {
    const plan = await db.asApi("authenticated", memberId, async (client) => {
      const { rows } = await client.query<{ "QUERY PLAN": readonly { readonly Plan: PlanNode }[] }>(
        `explain (analyze, format json) ${views[view].replace("$1", `'${own.workspaceId}'`)}`,
      );
      return rows[0]?.["QUERY PLAN"][0]?.Plan;
    });
    const reads = readsOf(plan ? [plan] : [], "contacts", "contact_tags", "recipient_list_members");
    expect(new Set(reads.map((node) => node["Node Type"]))).toEqual(new Set(["Index Only Scan"]));
    expect(Math.max(...reads.map(rowsRead))).toBeLessThanOrEqual(1.2 * many);
  });
});

test("a draft is read by members of its workspace alone, and written through no API", async () => {
  const read = (userId: string) =>
    db.asApi("authenticated", userId, (client) => attempt(client, "select 1 from campaign_drafts where id = $1", [draftId]));
  expect([await read(memberId), await read(strangerId)]).toEqual([{ rowCount: 1 }, { rowCount: 0 }]);
  for (const statement of [
    "update campaign_drafts set name = 'x'",
    "delete from campaign_drafts",
    "insert into campaign_drafts default values",
  ])
    expect(await db.asApi("authenticated", memberId, (client) => attempt(client, statement)), statement).toEqual({ refused: "42501" });
});

test("drafts of a workspace are listed, newest first, by their index", async () => {
  const listSql = `explain (format json) select id, name, updated_at from campaign_drafts where workspace_id = '${own.workspaceId}' and launched_campaign_id is null
    order by updated_at desc, id limit 50`;
  const plan = await db.asApi("authenticated", memberId, async (client) => {
    await client.query("set local enable_seqscan = off");
    return JSON.stringify((await client.query(listSql)).rows);
  });
  expect(plan).toContain("campaign_drafts_open");
  expect(plan).not.toContain('"Sort"');
});

test("L8: a draft that was launched never changes, whoever asks, and a campaign comes of one draft only", async () => {
  const { campaignId } = await launched(db.owner, own, await people(db.owner, own.workspaceId, 1));
  const second = await db.owner.query<{ id: string }>(
    "insert into campaign_drafts (workspace_id, created_by, updated_by) values ($1, $2, $2) returning id",
    [own.workspaceId, memberId],
  );
  await db.owner.query("update campaign_drafts set launched_campaign_id = $2 where id = $1", [draftId, campaignId]);
  for (const change of ["launched_campaign_id = null", "name = 'Other'", "content = '{}'", "version = version + 1"])
    await expect(db.owner.query(`update campaign_drafts set ${change} where id = $1`, [draftId]), change).rejects.toMatchObject({
      code: "HE008",
    });
  await expect(
    db.owner.query("update campaign_drafts set launched_campaign_id = $2 where id = $1", [second.rows[0]?.id, campaignId]),
  ).rejects.toMatchObject({ code: "23505" });
});

test("L10: a draft cannot name a campaign of another workspace", async () => {
  const foreign = await aSending(db.owner);
  const { campaignId } = await launched(db.owner, foreign, await people(db.owner, foreign.workspaceId, 1));
  await expect(
    db.owner.query("insert into campaign_drafts (workspace_id, created_by, updated_by, launched_campaign_id) values ($1, $2, $2, $3)", [
      own.workspaceId,
      memberId,
      campaignId,
    ]),
  ).rejects.toMatchObject({ code: "23503" });
});
