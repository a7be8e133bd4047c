import {
  type CampaignFilter,
  type CampaignLine,
  everyCampaign,
  listCampaigns,
  pauseCampaign,
  readCampaigns,
  reportCampaign,
  setSenderKillSwitch,
} from "@herald/campaign";
import type { CampaignId } from "@herald/kernel";
import type { VerbPorts } from "@herald/postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createWorld, type Shop, type World } from "../index.ts";

let world: World;
let shop: Shop;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  shop = await world.aShop();
});

type Ctx = Parameters<typeof listCampaigns>[0];
const act = <Input, Value>(verb: (ctx: Ctx, input: Input) => Promise<Value>, input: Input, by: Shop = shop): Promise<Value> =>
  world.verbs.inTransaction(by.actor, shop.workspaceId, (ports: VerbPorts) => verb({ ...ports, allows: () => true }, input));
const set = (text: string, values: readonly unknown[] = []) => world.database.owner.query(text, [...values]);
const launch = async (people = 2): Promise<CampaignId> =>
  shop
    .aCampaign()
    .with(await shop.contacts(people))
    .launch();
async function list(
  view: Parameters<typeof listCampaigns>[1]["view"] = "all",
  filter: Partial<CampaignFilter> = {},
  after: string | null = null,
  limit = 50,
) {
  const page = await act(listCampaigns, { view, filter: { ...everyCampaign, ...filter }, after, limit });
  if (!page.ok) throw new Error("a member may read the list");
  return page.value;
}
async function lineOf(campaignId: CampaignId): Promise<CampaignLine> {
  const read = await act(readCampaigns, { campaignIds: [campaignId] });
  const line = read.ok ? read.value.campaigns[0] : undefined;
  if (!line) throw new Error("the campaign has a line");
  return line;
}
const draft = async (name: string): Promise<string> =>
  (
    await world.database.owner.query<{ id: string }>(
      "insert into campaign_drafts (workspace_id, name, content, created_by, updated_by) values ($1, $2, $3, $4, $4) returning id",
      [
        shop.workspaceId,
        name,
        { senderId: shop.sender.senderId, template: { name: "offer", language: "en" }, seen: { eligible: 7 } },
        shop.actor.userId,
      ],
    )
  ).rows[0]?.id ?? "";

describe("pages", () => {
  test("go from the newest to the oldest and meet each campaign and each draft once, however many were made in one moment", async () => {
    const made = [await launch(), await draft("One"), await launch(), await launch(), await draft("Two"), await launch()];
    await set("update campaign_history set created_at = '2026-11-21 10:00:00.123456+00' where workspace_id = $1", [shop.workspaceId]);
    await set("update campaign_drafts set created_at = '2026-11-21 10:00:00.123456+00' where workspace_id = $1 and name = 'Two'", [
      shop.workspaceId,
    ]);
    const met: string[] = [];
    let after: string | null = null;
    do {
      const page = await list("all", {}, after, 2);
      expect(page.campaigns.length + page.drafts.length).toBeLessThanOrEqual(2);
      met.push(...page.campaigns.map(({ campaignId }) => campaignId), ...page.drafts.map(({ draftId }) => draftId));
      after = page.next;
    } while (after !== null);
    expect(met.toSorted()).toEqual(made.toSorted());
  });

  test("a draft says what it has so far; one that was launched is a campaign and no draft", async () => {
    const draftId = await draft("Spring");
    const launched = await draft("Gone");
    await set("update campaign_drafts set launched_campaign_id = $2 where id = $1", [launched, await launch()]);
    const { drafts, campaigns } = await list("drafts");
    expect(campaigns).toEqual([]);
    expect(drafts).toMatchObject([
      {
        draftId,
        name: "Spring",
        templateName: "offer",
        eligible: 7,
        sender: { displayNumber: "+1 650 555 0100" },
        updatedBy: shop.actor.userId,
      },
    ]);
  });
});

describe("filters", () => {
  test.each<[string, (campaignId: CampaignId) => Promise<unknown>, Partial<CampaignFilter>]>([
    [
      "a part of the name, in any case",
      (id) => set("update campaign_history set name = '100 % Spring_sale' where id = $1", [id]),
      { search: "% spring_" },
    ],
    ["statuses", (id) => set("update campaign_history set status = 'failed' where id = $1", [id]), { statuses: ["failed", "cancelled"] }],
    [
      "the time it was made",
      (id) => set("update campaign_history set created_at = '2026-01-05 12:00+00' where id = $1", [id]),
      { fromMs: Date.parse("2026-01-05T12:00:00Z"), toMs: Date.parse("2026-01-05T12:00:00.001Z") },
    ],
  ])("%s", async (_what, arrange, filter) => {
    const [wanted] = [await launch(), await launch(), await draft("Another")];
    await arrange(wanted);
    const page = await list("all", filter);
    expect(page.campaigns.map(({ campaignId }) => campaignId)).toEqual([wanted]);
    expect(page.drafts).toEqual([]);
  });

  test("the sender, the template, whose it is; drafts are asked the same", async () => {
    const [campaignId, draftId] = [await launch(), await draft("Mine")];
    const { senderId } = shop.sender;
    const { templateId } = shop.template;
    const stranger = await world.aShop();
    for (const filter of [{ senderId }, { createdBy: shop.actor.userId }, { senderId, templateId: null }]) {
      const page = await list("all", filter);
      expect([page.campaigns[0]?.campaignId, page.drafts[0]?.draftId], JSON.stringify(filter)).toEqual([campaignId, draftId]);
    }
    expect((await list("all", { templateId })).campaigns).toHaveLength(1);
    for (const filter of [
      { senderId: stranger.sender.senderId },
      { createdBy: stranger.actor.userId },
      { templateId: stranger.template.templateId },
    ])
      expect(await list("all", filter), JSON.stringify(filter)).toMatchObject({ campaigns: [], drafts: [] });
  });

  test("tries of a draft are hidden until they are asked for", async () => {
    const campaignId = await launch();
    await set("alter table campaign_history disable trigger keep_frozen");
    await set("update campaign_history set kind = 'test' where id = $1", [campaignId]);
    await set("alter table campaign_history enable trigger keep_frozen");
    expect((await list()).campaigns).toEqual([]);
    expect((await list("all", { kind: "test" })).campaigns).toHaveLength(1);
  });
});

const sendingSince = (campaignId: CampaignId) =>
  set(
    "update campaign_history set status = 'sending', started_at = now() - interval '5 minutes', created_at = now() - interval '5 minutes' where id = $1",
    [campaignId],
  );
const health = (columns: string) =>
  set(`insert into number_health (workspace_id, sender_id, ${columns.split("=")[0]}) values ($1, $2, ${columns.split("=")[1]})`, [
    shop.workspaceId,
    shop.sender.senderId,
  ]);
const block = (scope: string, id: string) =>
  set("insert into blocks (workspace_id, scope, scope_id, class, code) values ($1, $2::block_scope, $3, 'NUMBER', '131045')", [
    shop.workspaceId,
    scope,
    id,
  ]);

describe("a stall in the list is the stall of the campaign's report", () => {
  test.each<[string, (campaignId: CampaignId) => Promise<unknown>]>([
    ["no_sender_running", async () => undefined],
    ["not_started", (id) => set("update campaign_history set started_at = null where id = $1", [id])],
    ["killed", () => act(setSenderKillSwitch, { senderId: shop.sender.senderId, on: true, note: "wrong link" })],
    ["blocked", () => block("number", shop.sender.senderId)],
    ["breaker_open", () => health("opened_at=now() - interval '1 minute'")],
    ["resting", () => health("rest_until=now() + interval '1 minute'")],
    ["provider_unreachable", (id) => set("update campaign_messages set reason = 'no_connection' where campaign_id = $1", [id])],
    ["not_prepared", (id) => set("update campaign_messages set reason = 'not_prepared' where campaign_id = $1", [id])],
    [
      "portfolio_limit",
      async () => {
        const { rows } = await set(
          "insert into portfolios (workspace_id, provider, provider_portfolio_id, messaging_limit) values ($1, 'meta', gen_random_uuid()::text, 0) returning id",
          [shop.workspaceId],
        );
        await set("update sources set portfolio_id = $2 where id = $1", [shop.sender.sourceId, rows[0].id]);
      },
    ],
    [
      "none",
      (id) =>
        set("insert into number_lanes (workspace_id, sender_id, campaign_id, granted_at) values ($1, $2, $3, now())", [
          shop.workspaceId,
          shop.sender.senderId,
          id,
        ]),
    ],
  ])("%s", async (stall, arrange) => {
    const campaignId = await launch();
    await set("update campaign_messages set next_at = now() - interval '1 hour' where campaign_id = $1", [campaignId]);
    await sendingSince(campaignId);
    await arrange(campaignId);
    const report = await act(reportCampaign, { campaignId });
    const expected = stall === "none" ? null : stall;
    expect(report.ok && report.value.stalled).toBe(expected);
    expect((await lineOf(campaignId)).stalled).toBe(expected);
    expect((await list("attention")).campaigns.map((line) => line.campaignId)).toEqual(expected === null ? [] : [campaignId]);
  });
});

describe("needs attention", () => {
  const paused = (reasons: string) => (id: CampaignId) =>
    set(`update campaign_history set status = 'paused', pause_reasons = '${reasons}' where id = $1`, [id]);
  const messages = (state: string, age: string) => (id: CampaignId) =>
    set(
      `update campaign_messages set state = '${state}', reason = 'test', next_at = null, changed_at = now() - interval '${age}' where campaign_id = $1`,
      [id],
    );
  const ended = (status: string, age: string) => (id: CampaignId) =>
    set(`update campaign_history set status = '${status}', finished_at = now() - interval '${age}' where id = $1`, [id]);
  test.each<[string, readonly string[], readonly ((id: CampaignId) => Promise<unknown>)[]]>([
    ["an operator paused it", [], [paused("{operator}")]],
    ["its template changed", ["template_changed"], [paused("{operator,template_changed}")]],
    ["it missed its start and asks", ["schedule_missed"], [paused("{schedule_missed}")]],
    [
      "its start is overdue",
      ["schedule_missed"],
      [(id) => set("update campaign_history set status = 'scheduled', scheduled_at = now() - interval '1 minute' where id = $1", [id])],
    ],
    [
      "its start is to come",
      [],
      [(id) => set("update campaign_history set status = 'scheduled', scheduled_at = now() + interval '1 minute' where id = $1", [id])],
    ],
    [
      "the account is refused while it waits for its time",
      ["blocked"],
      [
        (id) => set("update campaign_history set status = 'scheduled', scheduled_at = now() + interval '1 hour' where id = $1", [id]),
        () => block("waba", shop.sender.sourceId),
      ],
    ],
    ["unknown for a moment", [], [paused("{operator}"), messages("unknown", "1 minute")]],
    ["unknown for long", ["unknown"], [paused("{operator}"), messages("unknown", "3 minutes")]],
    ["unknown at its end", ["unknown"], [messages("unknown", "3 days"), ended("partially_sent", "3 days")]],
    ["unknown, and ended long ago: no receipt can come any more", [], [messages("unknown", "31 days"), ended("partially_sent", "31 days")]],
    ["held for an hour", [], [paused("{operator}"), messages("held", "1 hour")]],
    ["held for more than a day", ["held"], [paused("{operator}"), messages("held", "25 hours")]],
    ["held at its end", ["held"], [messages("held", "25 hours"), ended("cancelled", "1 hour")]],
    ["it went well", [], [messages("accepted", "1 hour"), ended("sent", "1 hour")]],
  ])("%s", async (_what, causes, arrangements) => {
    const campaignId = await launch();
    for (const arrange of arrangements) await arrange(campaignId);
    const { campaigns } = await list("attention");
    expect(campaigns.map((line) => line.attention)).toEqual(causes.length === 0 ? [] : [causes]);
    const figures = await act(readCampaigns, { campaignIds: [] });
    expect(figures).toMatchObject({ value: { campaigns: [], attention: causes.length === 0 ? 0 : 1 } });
  });
});

test("a pause tells who made it and why, to a member who may not read the audit log", async () => {
  const campaignId = await launch();
  await act(pauseCampaign, { campaignId, note: "wrong link" });
  expect(await lineOf(campaignId)).toMatchObject({
    status: "paused",
    pauseReasons: ["operator"],
    stop: { by: shop.actor.userId, note: "wrong link" },
  });
});

test("what is measured of late goes before what the number would give; the end follows from it", async () => {
  const campaignId = await launch(8);
  await sendingSince(campaignId);
  await set("insert into number_lanes (workspace_id, sender_id, campaign_id, granted_at) values ($1, $2, $3, now())", [
    shop.workspaceId,
    shop.sender.senderId,
    campaignId,
  ]);
  const expected = await lineOf(campaignId);
  expect(expected.perSecond).toBeCloseTo(80 * 0.97, 1);
  await set(
    "insert into campaign_pace_samples (workspace_id, campaign_id, at, settled, deferred, asked) values ($1, $2, now() - interval '4 seconds', 0, 0, 0), ($1, $2, now(), 8, 0, 8)",
    [shop.workspaceId, campaignId],
  );
  const measured = await lineOf(campaignId);
  expect(measured.perSecond).toBeCloseTo(2, 1);
  expect((measured.endsAtMs ?? 0) - Date.now()).toBeGreaterThan(3000);
});

test("L10: to another workspace's member there is no list, no line and no figure", async () => {
  const campaignId = await launch();
  await draft("Secret");
  await set("update campaign_history set status = 'paused', pause_reasons = '{template_changed}' where id = $1", [campaignId]);
  const stranger = await world.aShop();
  expect(await act(listCampaigns, { view: "all", filter: everyCampaign, after: null, limit: 50 }, stranger)).toMatchObject({
    value: { campaigns: [], drafts: [] },
  });
  expect(await act(readCampaigns, { campaignIds: [campaignId] }, stranger)).toMatchObject({ value: { campaigns: [], attention: 0 } });
});
