import { randomUUID } from "node:crypto";
import { defaultPace } from "@herald/campaign";
import type { CampaignId } from "@herald/kernel";
import type { Shop } from "@herald/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MessagesAnswer } from "../src/doors/answers/message.ts";
import type { Services } from "../src/doors/services.ts";
import { refusalOf } from "./refusal.ts";
import { allRoutes, type Route } from "./routes.ts";
import { createDoorWorld, type DoorWorld, jsonOf, open, type Person } from "./world.ts";

let doors: DoorWorld;
/** Temporal and Redis are away, and no worker runs at all. */
let bare: Services;
let routes: readonly Route[];
let shop: Shop;
let owner: Person;
let member: Person;
let campaignId: CampaignId;
/** How long a door kept its answer back, and how many changes were committed by then. */
let waits: { readonly durationMs: number; readonly committed: number }[];

beforeAll(async () => {
  doors = await createDoorWorld();
  const services = await doors.servicesWith({ TEMPORAL_ADDRESS: "127.0.0.1:1", UPSTASH_REDIS_REST_URL: "", UPSTASH_REDIS_REST_TOKEN: "" });
  const sleep = async (durationMs: number): Promise<void> => {
    waits.push({ durationMs, committed: await auditCount() });
    await services.clock.sleep(durationMs);
  };
  bare = { ...services, clock: { ...services.clock, sleep } };
  routes = await allRoutes();
  owner = await doors.aPerson();
  member = await doors.aPerson();
});
afterAll(() => doors.close());
beforeEach(async () => {
  waits = [];
  shop = await doors.world.aShop();
  await doors.join(owner, shop.workspaceId, "owner");
  await doors.join(member, shop.workspaceId, "member");
  campaignId = await doors.aCampaign(shop);
});

const campaign = "/api/campaigns/[campaignId]";
const workspace = "/api/workspaces/[workspaceId]";
const sender = `${workspace}/senders/[senderId]`;
function post(path: string, body: object, person = owner, key: string = randomUUID()): Promise<Response> {
  const route = routes.find((candidate) => candidate.path === path && candidate.method === "POST");
  if (!route) throw new Error(`no door at ${path}`);
  const params = { campaignId, workspaceId: shop.workspaceId, senderId: shop.sender.senderId };
  const named = Object.fromEntries(Object.entries(params).filter(([name]) => path.includes(`[${name}]`)));
  return open(route.handler, bare, "POST", { path, params: named, body, headers: { "idempotency-key": key } }, person);
}
function get(path: string, query = ""): Promise<Response> {
  const route = routes.find((candidate) => candidate.path === path && candidate.method === "GET");
  if (!route) throw new Error(`no door at ${path}`);
  return open(route.handler, bare, "GET", { path: `${path}${query}`, params: { campaignId } }, owner);
}
const owned = (text: string, values: readonly unknown[] = []) => doors.world.database.owner.query(text, [...values]);
const auditCount = async (): Promise<number> =>
  (await owned("select from audit_log where workspace_id = $1", [shop.workspaceId])).rowCount ?? 0;
async function becomes(state: "unknown" | "failed"): Promise<void> {
  await owned(
    "update campaign_messages set state = $2, reason = 'test', next_at = null, changed_at = clock_timestamp() where campaign_id = $1",
    [campaignId, state],
  );
}
const overflowRead = () =>
  owned(`insert into overflow_watch (waiting, checked_at) values (0, clock_timestamp() + herald.overflow_margin())
    on conflict (singleton) do update set waiting = 0, checked_at = excluded.checked_at`);

describe("L6: what stops or slows is acknowledged one horizon and a margin after its commit, with Temporal, Redis and every worker away", () => {
  test.each([
    [`${campaign}/pause`, {}, { flag: "paused", status: "paused", controlSeq: 1 }],
    [`${campaign}/cancel`, {}, { flag: "cancelled", controlSeq: 1 }],
    [`${campaign}/rate`, { maxPerSecond: 5 }, { flag: "running", weight: 1, maxPerSecond: 5, controlSeq: 1 }],
    [`${workspace}/kill-switch`, { on: true, note: "complaints" }, { isKilled: true }],
    [`${sender}/kill-switch`, { on: true, note: "complaints" }, { isKilled: true }],
  ])("%s", async (path, body, answer) => {
    const before = await auditCount();
    const startedMs = performance.now();
    const response = await post(path, body);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(defaultPace.horizonMs + 25);
    expect(waits).toEqual([{ durationMs: defaultPace.horizonMs + 25, committed: before + 1 }]);
    expect([response.status, await jsonOf(response)]).toMatchObject([200, answer]);
  });
});

test.each([`${workspace}/kill-switch`, `${sender}/kill-switch`])("%s: a member may stop, and only an admin lets go again", async (path) => {
  expect((await post(path, { on: true, note: "complaints" }, member)).status).toBe(200);
  const refused = await refusalOf(doors, () => post(path, { on: false, note: "settled" }, member));
  expect(refused).toMatchObject({ status: 403, action: "sending.resume" });
  expect(await jsonOf(await post(path, { on: false, note: "settled" }))).toMatchObject({ isKilled: false });
  const { status } = await refusalOf(doors, () => post(path, { on: true }));
  expect(status, "a switch needs a note").toBe(422);
});

test("a resume while a kill switch is on says that nothing is sent until it is let go, and whose it is; the report names it at once", async () => {
  const resumed = async () => {
    await post(`${campaign}/pause`, {});
    return jsonOf(await post(`${campaign}/resume`, {}));
  };
  expect(await resumed()).toMatchObject({ flag: "running", note: null });
  await post(`${sender}/kill-switch`, { on: true, note: "complaints" });
  expect(await resumed()).toMatchObject({
    flag: "running",
    note: "The kill switch of the number is on: nothing is sent until it is let go.",
  });
  expect(await jsonOf(await get(campaign))).toMatchObject({ stalled: "killed", pace: { killedBy: "number" } });
  await post(`${workspace}/kill-switch`, { on: true, note: "complaints" });
  expect(await resumed()).toMatchObject({ note: expect.stringContaining("of the workspace") });
});

test("the causes of what no answer speaks of are told by the message's own reason", async () => {
  await becomes("unknown");
  expect(await jsonOf(await get(campaign))).toMatchObject({ causes: [{ class: "test", code: null, state: "unknown", count: 1 }] });
});

test("a resend needs a key, happens once per key, and says what it did", async () => {
  await becomes("unknown");
  await overflowRead();
  const body = { what: "unknown", note: "they asked for it" };
  expect(await refusalOf(doors, () => post(`${campaign}/resend`, body, owner, ""))).toMatchObject({
    type: "urn:herald:problem:idempotency_key_missing",
  });
  const key = randomUUID();
  expect(await refusalOf(doors, () => post(`${campaign}/resend`, { ...body, expected: 0 }, owner, key))).toMatchObject({ status: 422 });
  const answer = await jsonOf(await post(`${campaign}/resend`, { ...body, expected: 1 }, owner, key));
  expect(answer).toEqual({ campaignId, moved: 1, left: 0, controlSeq: 1, status: "queued", runNo: 0 });
  await becomes("unknown");
  await overflowRead();
  expect(
    await jsonOf(await post(`${campaign}/resend`, { ...body, expected: 1 }, owner, key)),
    "a repeated request sends nobody a third one",
  ).toEqual(answer);
  expect((await shop.messages(campaignId)).map(({ state }) => state)).toEqual(["unknown"]);
});

test("a write-off answers what it gave up", async () => {
  await becomes("unknown");
  await overflowRead();
  expect(await jsonOf(await post(`${campaign}/write-off`, { note: "too long ago" }))).toEqual({
    campaignId,
    moved: 1,
    left: 0,
    controlSeq: 1,
    status: "queued",
  });
});

test("what cannot be decided is refused with its cure, and nothing is written", async () => {
  const resend = (what: string) => refusalOf(doors, () => post(`${campaign}/resend`, { what, note: "again" }));
  expect(await resend("unknown")).toMatchObject({ type: "urn:herald:problem:nothing_to_decide", status: 409, cure: expect.any(String) });
  await becomes("unknown");
  expect(await resend("unknown")).toMatchObject({
    type: "urn:herald:problem:overflow_unread",
    status: 409,
    cure: expect.stringContaining("Try again in 20 seconds"),
  });
  await post(`${campaign}/cancel`, {});
  expect(await resend("unknown")).toMatchObject({ type: "urn:herald:problem:wrong_status", action: "resend" });
  expect(await refusalOf(doors, () => post(`${campaign}/rate`, { weight: 2 }))).toMatchObject({
    type: "urn:herald:problem:wrong_status",
    action: "rate",
  });
  expect(await refusalOf(doors, () => post(`${campaign}/rate`, {}))).toMatchObject({ type: "urn:herald:problem:invalid_input" });
});

test("a resume while a cause of the pause holds names it and what to do", async () => {
  await post(`${campaign}/pause`, {});
  await owned("update campaign_history set pause_reasons = '{operator,template_changed}' where id = $1", [campaignId]);
  await owned("update templates set category = 'AUTHENTICATION' where id = $1", [shop.template.templateId]);
  expect(await refusalOf(doors, () => post(`${campaign}/resume`, {}))).toMatchObject({
    type: "urn:herald:problem:pause_not_cured",
    status: 409,
    reasons: ["template_changed"],
    cure: expect.stringContaining("its former text and category"),
  });
});

test("the report tells what is unclear, what waits and the pace", async () => {
  await becomes("unknown");
  // an unknown message has an attempt: the gate wrote it
  await owned(
    `insert into campaign_attempts (message_id, attempt, workspace_id, campaign_id, epoch, intent_at, send_by, outcome)
     select id, attempt, workspace_id, campaign_id, 1, now(), now(), 'unknown' from campaign_messages where campaign_id = $1`,
    [campaignId],
  );
  expect(await jsonOf(await get(campaign))).toMatchObject({
    unknown: { count: 1, comparedWith: 0, within2MinShare: null, medianFirstReceiptMs: null, isOverflowRead: false },
    deferred: [],
    pace: { capPerSecond: 80, weight: 1, maxPerSecond: null, killedBy: null, portfolio: null },
    stalled: null,
  });
});

test("the ledger is read page by page by what the page before called next; a cursor that no page gave is refused", async () => {
  campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(3))
    .launch();
  await becomes("failed");
  const all = new Set((await shop.messages(campaignId)).map(({ id }): string => id));
  for (const filter of ["", "&state=failed"]) {
    const seen: string[] = [];
    for (let after = ""; ; ) {
      const page = MessagesAnswer.parse(await jsonOf(await get(`${campaign}/messages`, `?limit=2${filter}${after}`)));
      seen.push(...page.messages.map(({ messageId }) => messageId));
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    expect(seen).toHaveLength(all.size);
    expect(new Set(seen)).toEqual(all);
  }
  expect(await jsonOf(await get(`${campaign}/messages`, "?after=17"))).toMatchObject({
    status: 422,
    type: "urn:herald:problem:invalid_input",
  });
});
