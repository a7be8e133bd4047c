import { randomUUID } from "node:crypto";
import { eventually, type Shop } from "@herald/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refusalOf } from "./refusal.ts";
import { allRoutes } from "./routes.ts";
import { createDoorWorld, type DoorWorld, jsonOf, open, type Person } from "./world.ts";

let doors: DoorWorld;
let shop: Shop;
let foreign: Shop;
let owner: Person;
let routes: Awaited<ReturnType<typeof allRoutes>>;

beforeAll(async () => {
  doors = await createDoorWorld();
  shop = await doors.world.aShop({ category: "UTILITY" });
  foreign = await doors.world.aShop({ category: "UTILITY" });
  owner = await doors.aPerson();
  await doors.join(owner, shop.workspaceId, "owner");
  await doors.join(owner, foreign.workspaceId, "owner");
  routes = await allRoutes();
});
afterAll(() => doors.close());

type Asked = { readonly params?: Record<string, string>; readonly query?: string; readonly body?: object; readonly key?: string };
function ask(method: string, path: string, { params, query = "", body, key }: Asked): Promise<Response> {
  const route = routes.find((candidate) => candidate.path === path && candidate.method === method);
  if (!route) throw new Error(`no door ${method} ${path}`);
  const headers = key === undefined ? {} : { "idempotency-key": key };
  return open(
    route.handler,
    doors.services,
    method,
    { path: `${path}${query}`, headers, ...(params && { params }), ...(body && { body }) },
    owner,
  );
}
const answerOf = async (response: Response, status = 200): Promise<Record<string, unknown>> => {
  const body = await jsonOf(response);
  expect(response.status, JSON.stringify(body)).toBe(status);
  return body;
};
const drafts = "/api/workspaces/[workspaceId]/drafts";
const oneDraft = `${drafts}/[draftId]`;
const created = async (body: object = {}): Promise<{ workspaceId: string; draftId: string }> => {
  const { draftId } = await answerOf(await ask("POST", drafts, { params: { workspaceId: shop.workspaceId }, body }));
  return { workspaceId: shop.workspaceId, draftId: String(draftId) };
};
const rowOf = async (draftId: string) =>
  (await doors.world.database.owner.query("select * from campaign_drafts where id = $1", [draftId])).rows[0];

const content = (tag: string) => ({
  senderId: shop.sender.senderId,
  template: { name: shop.template.frozen.name, language: shop.template.frozen.language },
  audience: { tags: [tag] },
  variables: { "body.1": { from: "static", value: "hello" } },
});
const send = (body: object, key = randomUUID()): Promise<Response> =>
  ask("POST", "/api/campaigns/bulk-send", { key, body: { workspaceId: shop.workspaceId, name: "Spring sale", ...body } });
const checksOf = async (body: object) => {
  const answer = await answerOf(await ask("POST", "/api/campaigns/checks", { body: { workspaceId: shop.workspaceId, ...body } }));
  return answer as { checks: { key: string; state: string; facts: Record<string, unknown> }[]; preview: Record<string, unknown> | null };
};

test("a draft is saved step by step, under the version that was read", async () => {
  const params = await created({ name: "Spring" });
  const saved = await answerOf(
    await ask("PUT", oneDraft, { params, body: { name: "Spring sale", content: content("spring"), version: 1 } }),
  );
  expect(saved).toEqual({ draftId: params.draftId, version: 2, updatedAt: expect.stringMatching(/^\d{4}-.*Z$/) });
  expect(await rowOf(params.draftId)).toMatchObject({
    name: "Spring sale",
    content: content("spring"),
    version: 2,
    updated_by: owner.userId,
  });
  const refused = await refusalOf(doors, () => ask("PUT", oneDraft, { params, body: { name: "Other", content: {}, version: 1 } }));
  expect(refused).toMatchObject({
    type: "urn:herald:problem:draft_moved",
    status: 409,
    version: 2,
    updatedAt: saved["updatedAt"],
    updatedBy: owner.userId,
  });
});

test("a draft is read as it is stored, and its people by name; those of another workspace are not told", async () => {
  const params = await created({ name: "Read", content: content("read") });
  expect(await answerOf(await ask("GET", oneDraft, { params }))).toEqual({
    draftId: params.draftId,
    name: "Read",
    content: content("read"),
    version: 1,
    updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    updatedBy: owner.userId,
    launchedCampaignId: null,
  });
  const elsewhere = { workspaceId: foreign.workspaceId, draftId: params.draftId };
  expect(await refusalOf(doors, () => ask("GET", oneDraft, { params: elsewhere }))).toMatchObject({ status: 404 });
  const [own] = await shop.contacts(1, { tag: "named" });
  const [other] = await foreign.contacts(1, { tag: "named" });
  const { workspaceId } = params;
  const query = `?contactIds=${own?.contactId},${other?.contactId}`;
  expect(await answerOf(await ask("GET", "/api/workspaces/[workspaceId]/people", { params: { workspaceId }, query }))).toEqual({
    people: [expect.objectContaining({ contactId: own?.contactId, phone: expect.stringMatching(/^\+/) })],
  });
});

/** Sends while somebody else holds the draft, so that all of them meet at its lock. */
async function atOnce(draftId: string, requests: readonly (() => Promise<Response>)[]): Promise<readonly Response[]> {
  const holder = await doors.world.database.owner.connect();
  try {
    await holder.query("begin");
    await holder.query("select from campaign_drafts where id = $1 for update", [draftId]);
    const sent = requests.map((request) => request());
    await eventually("all wait for the draft", async () => {
      const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
      return (await doors.world.database.owner.query(waiting)).rowCount === requests.length;
    });
    await holder.query("commit");
    return await Promise.all(sent);
  } finally {
    holder.release();
  }
}

test("of two who save the same version at once, one is taken", async () => {
  const params = await created();
  const save = (name: string) => () => ask("PUT", oneDraft, { params, body: { name, content: {}, version: 1 } });
  const both = await atOnce(params.draftId, [save("mine"), save("yours")]);
  expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]));
  expect(await rowOf(params.draftId)).toMatchObject({ version: 2 });
});

test("L10: a draft of another workspace of the same person is not found through this one", async () => {
  const { draftId } = await created();
  const params = { workspaceId: foreign.workspaceId, draftId };
  for (const [method, body] of [
    ["PUT", { name: "x", content: {}, version: 1 }],
    ["DELETE", undefined],
  ] as const)
    expect(await refusalOf(doors, () => ask(method, oneDraft, { params, ...(body && { body }) }))).toMatchObject({ status: 404 });
});

test("a draft is launched once: of two launches at once with keys of their own, one wins and the other is told its campaign", async () => {
  await shop.contacts(30, { tag: "once" });
  const { draftId, ...params } = await created({ name: "Once", content: content("once") });
  const launch = () => send({ ...content("once"), draftId });
  const answers = await atOnce(draftId, [launch, launch]);
  const bodies = await Promise.all(answers.map(jsonOf));
  expect(new Set(answers.map(({ status }) => status)), JSON.stringify(bodies)).toEqual(new Set([202, 409]));
  const won = bodies.find(({ planned }) => planned !== undefined);
  const lost = bodies.find(({ type }) => type !== undefined);
  expect(lost).toMatchObject({ type: "urn:herald:problem:draft_launched", campaignId: won?.["campaignId"] });
  expect(await rowOf(draftId)).toMatchObject({ launched_campaign_id: won?.["campaignId"] });
  const { rows } = await doors.world.database.owner.query("select from campaign_history where workspace_id = $1 and name = 'Spring sale'", [
    shop.workspaceId,
  ]);
  expect(rows).toHaveLength(1);
  for (const [method, body] of [
    ["PUT", { name: "x", content: {}, version: 1 }],
    ["DELETE", undefined],
  ] as const)
    expect(await refusalOf(doors, () => ask(method, oneDraft, { params: { ...params, draftId }, ...(body && { body }) }))).toMatchObject({
      type: "urn:herald:problem:draft_launched",
      campaignId: won?.["campaignId"],
    });
});

test("the same launch repeated under its key answers as it did the first time", async () => {
  await shop.contacts(2, { tag: "again" });
  const { draftId } = await created();
  const key = randomUUID();
  const first = await answerOf(await send({ ...content("again"), draftId }, key), 202);
  expect(await answerOf(await send({ ...content("again"), draftId }, key), 202)).toMatchObject({ campaignId: first["campaignId"] });
});

test("an audience that changed since it was shown is not launched: the figures are told, nothing is written, and the draft stays open", async () => {
  await shop.contacts(3, { tag: "moving" });
  const { checks, preview } = await checksOf(content("moving"));
  expect(checks.filter(({ state }) => state === "bad")).toEqual([]);
  const { matched, eligible, excluded } = preview as { matched: number; eligible: number; excluded: object[] };
  await shop.contacts(2, { tag: "moving" });
  const { draftId } = await created();
  const body = { ...content("moving"), draftId, expected: { matched, eligible, excluded } };
  const problem = await refusalOf(doors, () => send(body));
  expect(problem).toMatchObject({
    type: "urn:herald:problem:audience_changed",
    status: 409,
    expected: { matched: 3, eligible: 3, excluded: [] },
    actual: { matched: 5, eligible: 5, excluded: [] },
    changes: [
      { what: "eligible", from: 3, to: 5 },
      { what: "matched", from: 3, to: 5 },
    ],
  });
  expect(await rowOf(draftId)).toMatchObject({ launched_campaign_id: null, version: 1 });
  expect(await answerOf(await send({ ...body, expected: problem["actual"] }), 202)).toMatchObject({ planned: 5 });
});

test("L8: the offer is kept with the campaign", async () => {
  await shop.contacts(1, { tag: "offer" });
  const offer = [{ label: "Discount", value: "20 % until Sunday" }];
  const { campaignId } = await answerOf(await send({ ...content("offer"), offer }), 202);
  const { rows } = await doors.world.database.owner.query("select offer from campaign_history where id = $1", [campaignId]);
  expect(rows).toEqual([{ offer }]);
});

test("checks of an empty draft are an answer and no problem; a shape that no draft has is one", async () => {
  const { checks, preview } = await checksOf({});
  expect(preview).toBeNull();
  expect(checks.filter(({ state }) => state === "bad").map(({ key, facts }) => [key, facts["problem"]])).toEqual([
    ["sender", "not_chosen"],
    ["template", "not_chosen"],
    ["recipient_limit", "no_audience"],
  ]);
  expect(
    await refusalOf(doors, () => ask("POST", "/api/campaigns/checks", { body: { workspaceId: shop.workspaceId, sender: "x" } })),
  ).toMatchObject({
    type: "urn:herald:problem:invalid_input",
    status: 422,
  });
});

test("checks say what stands in the way of the number, and how much of today its portfolio leaves", async () => {
  await shop.contacts(4, { tag: "limits" });
  const { owner: db } = doors.world.database;
  const source = "(select source_id from phone_numbers where id = $1)";
  await db.query(
    `with made as (insert into portfolios (workspace_id, provider, provider_portfolio_id, messaging_limit, reserved) values ($2, 'meta', gen_random_uuid()::text, 10, 7) returning id)
     update sources set portfolio_id = made.id from made where sources.id = ${source}`,
    [shop.sender.senderId, shop.workspaceId],
  );
  await db.query("update phone_numbers set kill_switch = true where id = $1", [shop.sender.senderId]);
  await db.query(
    "insert into blocks (workspace_id, scope, scope_id, class, code, detail) values ($1, 'number', $2, 'NUMBER', '131042', 'unpaid')",
    [shop.workspaceId, shop.sender.senderId],
  );
  try {
    const { checks, preview } = await checksOf(content("limits"));
    const of = (key: string) => checks.find((check) => check.key === key);
    expect(of("sender")).toMatchObject({
      state: "warn",
      facts: { problem: "killed", killedBy: "number", blocks: [{ code: "131042", detail: "unpaid" }] },
    });
    expect(of("day_limit")).toEqual({
      key: "day_limit",
      state: "bad",
      facts: { limit: 10, reserved: 7, free: 3, isAfterToday: false, eligible: 4, days: 2, problem: "over_limit" },
    });
    expect(preview).toMatchObject({ limitedBy: "portfolio", maxRecipients: 3, isOverLimit: true });
    expect(await refusalOf(doors, () => send(content("limits")))).toMatchObject({
      type: "urn:herald:problem:too_many_recipients",
      limitedBy: "portfolio",
    });
    const inThreeDays = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const later = await checksOf({ ...content("limits"), schedule: { start: "at", at: inThreeDays } });
    expect(later.checks.find(({ key }) => key === "day_limit")).toMatchObject({
      state: "ok",
      facts: { free: 10, isAfterToday: true, days: 1 },
    });
    const body = { workspaceId: shop.workspaceId, ...content("limits"), schedule: { at: inThreeDays } };
    expect(await answerOf(await ask("POST", "/api/campaigns/preview", { body })), "the figures of the checks").toEqual(later.preview);
  } finally {
    await db.query("update sources set portfolio_id = null where id = (select source_id from phone_numbers where id = $1)", [
      shop.sender.senderId,
    ]);
    await db.query("update phone_numbers set kill_switch = false where id = $1", [shop.sender.senderId]);
    await db.query("update blocks set cured_at = now() where scope_id = $1", [shop.sender.senderId]);
  }
});

test("a test send takes what a draft holds", async () => {
  const [person] = await shop.contacts(1, { tag: "self" });
  const { senderId, template, variables } = content("self");
  const body = { workspaceId: shop.workspaceId, senderId, template, variables, contactIds: [person?.contactId] };
  expect(await answerOf(await ask("POST", "/api/campaigns/test-send", { key: randomUUID(), body }), 202)).toMatchObject({ planned: 1 });
});
