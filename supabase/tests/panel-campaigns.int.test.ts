import { type CampaignFilter, everyCampaign, listCampaigns } from "@herald/campaign";
import type { CampaignId } from "@herald/kernel";
import { createVerbs, type VerbPorts, type Verbs } from "@herald/postgres";
import { aMember } from "@herald/testkit";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aSending, type Launched, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";

const many = 10_000;

let db: LawDatabase;
let verbs: Verbs;
let actor: Awaited<ReturnType<typeof aMember>>;
let own: Launched;
let stranger: string;

// a shop of some years: nearly all have ended, some with messages that nobody decided about, each counted in 16 shards
const manySql = `
  with made as (
    insert into campaign_history (workspace_id, name, status, sender_id, source_id, template_id, frozen_template, audience, variables, expires_at, planned, frozen_at,
        created_by, created_at, started_at, finished_at)
      select h.workspace_id, 'Campaign ' || n, (case when n % 10 < 6 then 'sent' when n % 10 < 9 then 'partially_sent' else 'failed' end)::campaign_status, h.sender_id,
        h.source_id, h.template_id, h.frozen_template, h.audience, h.variables, now(), 1000, now(), $2, now() - n * interval '2 hours', now() - n * interval '2 hours',
        now() - n * interval '2 hours'
      from campaign_history h cross join generate_series(1, $3::int) n where h.id = $1
    returning id, workspace_id, sender_id, source_id, template_id, created_at
  ), controlled as (
    insert into campaign_controls (campaign_id, workspace_id, sender_id, source_id, template_id, is_marketing)
      select id, workspace_id, sender_id, source_id, template_id, true from made
  )
  insert into campaign_counters (campaign_id, shard, workspace_id, accepted, read, unknown)
    select m.id, s, m.workspace_id, 30, 30, case when s = 0 and m.created_at > now() - interval '10 days' then 2 else 0 end from made m cross join generate_series(0, 15) s`;

beforeAll(async () => {
  db = await lawDatabase();
  verbs = createVerbs({ url: db.urls.verbs, applicationName: "test-list", maxConnections: 1 });
  const sending = await aSending(db.owner, { capPerSecond: 80 });
  actor = await aMember(db.owner, sending.workspaceId, "viewer");
  own = await launched(db.owner, sending, await people(db.owner, sending.workspaceId, 200));
  await db.owner.query(manySql, [own.campaignId, actor.userId, many]);
  // a live one with much in its way
  await db.owner.query("update campaign_history set status = 'sending', started_at = now() where id = $1", [own.campaignId]);
  await db.owner.query(
    "insert into blocks (workspace_id, scope, scope_id, class, code, detail) values ($1, 'template', $2, 'TEMPLATE', '132001', 'gone')",
    [own.workspaceId, own.templateId],
  );
  await db.owner.query(
    "insert into audit_log (workspace_id, actor_kind, actor_id, action, resource_kind, resource_id, detail) values ($1, 'user', $2, 'campaign.paused', 'campaign', $3, $4), ($1, 'user', $2, 'sender.kill_switch_set', 'sender', $5, $4)",
    [own.workspaceId, actor.userId, own.campaignId, { on: true, note: "wrong link" }, own.senderId],
  );
  await db.owner.query("update phone_numbers set kill_switch = true where id = $1", [own.senderId]);
  await db.owner.query("vacuum analyze campaign_history, campaign_controls, campaign_counters");
  stranger = (await aMember(db.owner, (await aSending(db.owner)).workspaceId)).userId;
});
afterAll(async () => {
  await verbs?.close();
  await db?.drop();
});

const act = <Input, Value>(
  verb: (ctx: Parameters<typeof listCampaigns>[0], input: Input) => Promise<Value>,
  input: Input,
): Promise<Value> => verbs.inTransaction(actor, own.workspaceId, (ports: VerbPorts) => verb({ ...ports, allows: () => true }, input));
const list = async (view: "all" | "attention", filter: Partial<CampaignFilter> = {}, after: string | null = null) => {
  const page = await act(listCampaigns, { view, filter: { ...everyCampaign, ...filter }, after, limit: 50 });
  if (!page.ok) throw new Error("a member may read the list");
  return page.value;
};

describe(`of ${many.toLocaleString("en")} campaigns`, () => {
  test("a page sums the counters of the campaigns it shows, and of no other", async () => {
    const client = await db.connect("owner");
    const read = async (): Promise<number> => {
      await client.query("select pg_stat_clear_snapshot()");
      const { rows } = await client.query<{ n: string }>(
        "select seq_tup_read + idx_tup_fetch as n from pg_stat_user_tables where relname = 'campaign_counters'",
      );
      return Number(rows[0]?.n);
    };
    const alone = createVerbs({ url: db.urls.verbs, applicationName: "test-counters", maxConnections: 1 });
    const before = await read();
    const page = await alone.inTransaction(actor, own.workspaceId, (ports) =>
      listCampaigns({ ...ports, allows: () => true }, { view: "all", filter: everyCampaign, after: null, limit: 50 }),
    );
    await alone.close();
    await expect.poll(read, { timeout: 15_000 }).toBeGreaterThan(before);
    expect(page.ok && page.value.campaigns).toHaveLength(50);
    expect((await read()) - before).toBeLessThanOrEqual(51 * 16);
  });

  test("what is unknown is found among all that ended within 30 days", async () => {
    const { campaigns } = await list("attention");
    // of each ten three ended partly, one every two hours over ten days; and the live one
    expect(campaigns.length).toBeGreaterThan(30);
    expect(campaigns.every(({ attention }) => attention.length > 0)).toBe(true);
  });
});

const asMember = <T>(userId: string, read: (client: pg.Client) => Promise<T>): Promise<T> => db.asApi("authenticated", userId, read);
const rowsOf = async (client: pg.Client, text: string, values: readonly unknown[] = []) => (await client.query(text, [...values])).rows;

test("a block names what it stops in words, and the campaigns that wait for it", async () => {
  await asMember(actor.userId, async (client) => {
    const { rows: known } = await db.owner.query("select name, language from templates where id = $1", [own.templateId]);
    expect(await rowsOf(client, "select scope, subject_name, subject_detail, class, code, campaigns from open_blocks")).toEqual([
      {
        scope: "template",
        subject_name: known[0].name,
        subject_detail: known[0].language,
        class: "TEMPLATE",
        code: "132001",
        campaigns: 1,
      },
    ]);
    expect(await rowsOf(client, "select campaign_id, name from blocked_campaigns")).toEqual([
      { campaign_id: own.campaignId, name: "Campaign" },
    ]);
  });
});

test("a number says where it stands, and who stopped it and why, to whom the audit log is closed", async () => {
  await asMember(actor.userId, async (client) => {
    expect(
      await rowsOf(client, "select sender_id, is_stopped, stopped_by, stop_note, cap_per_second, live_campaigns from sender_lines"),
    ).toEqual([
      {
        sender_id: own.senderId,
        is_stopped: true,
        stopped_by: actor.userId,
        stop_note: "wrong link",
        cap_per_second: 80,
        live_campaigns: 1,
      },
    ]);
    expect(await rowsOf(client, "select is_stopped, is_deployment_stopped, live_campaigns from workspace_switches")).toEqual([
      { is_stopped: false, is_deployment_stopped: false, live_campaigns: 1 },
    ]);
  });
});

test.each(["open_blocks", "blocked_campaigns", "sender_lines", "workspace_switches"])(
  "L10: a stranger reads nothing of a workspace in %s",
  async (view) => {
    const count = (userId: string) =>
      asMember(userId, (client) => rowsOf(client, `select count(*)::int as n from ${view} where workspace_id = $1`, [own.workspaceId]));
    expect(await count(actor.userId)).not.toEqual([{ n: 0 }]);
    expect(await count(stranger)).toEqual([{ n: 0 }]);
  },
);

test("L10: who stopped a campaign or a number, and why, is told to nobody else", async () => {
  const words = (userId: string) =>
    asMember(userId, (client) =>
      rowsOf(client, "select note from herald.last_stop($1) union all select note from herald.last_switch($2)", [
        own.campaignId as CampaignId,
        own.senderId,
      ]),
    );
  expect(await words(actor.userId)).toEqual([{ note: "wrong link" }, { note: "wrong link" }]);
  expect(await words(stranger)).toEqual([]);
});

test("the lines of campaigns are no part of the API", async () => {
  await asMember(actor.userId, (client) =>
    expect(client.query("select from herald.campaign_lines")).rejects.toMatchObject({ code: "42501" }),
  );
});
