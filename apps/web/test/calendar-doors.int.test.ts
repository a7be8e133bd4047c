import { randomUUID } from "node:crypto";
import type { Contact, Shop } from "@herald/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refusalOf, rowCounts } from "./refusal.ts";
import { allRoutes } from "./routes.ts";
import { createDoorWorld, type DoorWorld, jsonOf, open, type Person } from "./world.ts";

let doors: DoorWorld;
let shop: Shop;
let owner: Person;
let people: readonly Contact[];
let handlerOf: (path: string, method?: string) => Parameters<typeof open>[0];

beforeAll(async () => {
  doors = await createDoorWorld();
  shop = await doors.world.aShop({ category: "UTILITY" });
  owner = await doors.aPerson();
  await doors.join(owner, shop.workspaceId, "owner");
  people = await shop.contacts(3, { tag: "all" });
  const routes = await allRoutes();
  handlerOf = (path, method = "POST") => {
    const route = routes.find((candidate) => candidate.path === path && candidate.method === method);
    if (!route) throw new Error(`no door at ${path}`);
    return route.handler;
  };
});
afterAll(() => doors.close());

const draft = () => ({
  workspaceId: shop.workspaceId,
  senderId: shop.sender.senderId,
  template: { name: shop.template.frozen.name, language: shop.template.frozen.language },
  variables: { "body.1": { from: "static", value: "hello" } },
});
const post = (path: string, body: object, params: Readonly<Record<string, string>> = {}, key: string = randomUUID()): Promise<Response> =>
  open(handlerOf(path), doors.services, "POST", { path, params, headers: { "idempotency-key": key }, body }, owner);
const launch = (changes: object = {}) =>
  post("/api/campaigns/bulk-send", { ...draft(), name: "Spring sale", audience: { tags: ["all"] }, ...changes });
const schedule = (campaignId: string, body: object) => post("/api/campaigns/[campaignId]/schedule", body, { campaignId });
const testSend = (body: object, key?: string) => post("/api/campaigns/test-send", body, {}, key);
const campaignOf = async (campaignId: string) => {
  const path = "/api/campaigns/[campaignId]";
  const response = await open(handlerOf(path, "GET"), doors.services, "GET", { path, params: { campaignId } }, owner);
  return (await jsonOf(response))["campaign"];
};

const inThirtyDays = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

test("a start on a wall clock is kept in its zone, and told by the answer and the report", async () => {
  const response = await launch({ schedule: { local: `${inThirtyDays}T09:00`, zone: "Asia/Kolkata" }, ifLate: "ask" });
  expect(response.status).toBe(202);
  const { campaignId, schedule: told, start } = await jsonOf(response);
  expect(start).toBe("scheduled");
  const at = new Date(`${inThirtyDays}T09:00:00+05:30`).toISOString();
  expect(told).toEqual({ at, zone: "Asia/Kolkata", local: `${inThirtyDays}T09:00:00`, note: null });
  expect(await campaignOf(String(campaignId))).toMatchObject({
    kind: "bulk",
    status: "scheduled",
    scheduledAt: at,
    scheduleZone: "Asia/Kolkata",
    ifLate: "ask",
  });
});

test("an unknown zone is refused with a hint, and nothing is written", async () => {
  const problem = await refusalOf(doors, () => launch({ schedule: { local: `${inThirtyDays}T09:00`, zone: "Kolkata" } }));
  expect(problem).toMatchObject({
    type: "urn:herald:problem:invalid_input",
    status: 422,
    issues: [{ path: "schedule.zone", message: "There is no time zone Kolkata.", cure: "Did you mean Asia/Kolkata?" }],
  });
});

test("a schedule that is neither an instant nor a local time with its zone is refused with both shapes", async () => {
  const problem = await refusalOf(doors, () => launch({ schedule: { local: `${inThirtyDays}T09:00` } }));
  expect(problem).toMatchObject({ status: 422, issues: [{ path: "schedule", message: expect.stringMatching(/"at".*"local"/) }] });
});

test("a time that has passed is told as it was asked for, and a wrong word for a late start is named", async () => {
  expect(await refusalOf(doors, () => launch({ schedule: { local: "2020-01-01T09:00", zone: "Asia/Kolkata" } }))).toMatchObject({
    type: "urn:herald:problem:time_passed",
    detail: "2020-01-01T09:00:00 in Asia/Kolkata (2020-01-01T03:30:00.000Z) has passed.",
  });
  const { campaignId } = await jsonOf(await launch({ schedule: { local: `${inThirtyDays}T09:00`, zone: "UTC" } }));
  const later = { local: `${inThirtyDays}T10:00`, zone: "UTC" };
  const problem = await refusalOf(doors, () => schedule(String(campaignId), { schedule: later, ifLate: "never" }));
  expect(problem).toMatchObject({ status: 422, issues: [{ path: "ifLate", message: "must be one of: send, skip, ask" }] });
});

test("a start is moved, and begins now when it is told so; then there is none to move", async () => {
  const { campaignId } = await jsonOf(await launch({ schedule: { local: `${inThirtyDays}T09:00`, zone: "UTC" } }));
  const id = String(campaignId);
  const moved = await schedule(id, { schedule: { local: `${inThirtyDays}T11:30`, zone: "UTC" }, note: "later" });
  expect(moved.status).toBe(200);
  expect(await jsonOf(moved)).toMatchObject({
    campaignId: id,
    flag: "running",
    status: "scheduled",
    controlSeq: 1,
    schedule: { at: `${inThirtyDays}T11:30:00.000Z`, zone: "UTC", note: null },
  });
  expect(await jsonOf(await schedule(id, { now: true }))).toMatchObject({ status: "queued", controlSeq: 2 });
  expect(await refusalOf(doors, () => schedule(id, { now: true }))).toMatchObject({
    type: "urn:herald:problem:wrong_status",
    status: 409,
    cure: "Its start is behind it: pause, resume or cancel it instead.",
  });
});

test("a test send is a campaign of its own kind, once per key, and says so in its report", async () => {
  const body = { ...draft(), contactIds: people.slice(0, 2).map(({ contactId }) => contactId) };
  const key = randomUUID();
  const response = await testSend(body, key);
  expect(response.status).toBe(202);
  const sent = await jsonOf(response);
  expect(sent).toMatchObject({ planned: 2 });
  const before = await rowCounts(doors);
  expect(await jsonOf(await testSend(body, key))).toMatchObject({ campaignId: sent["campaignId"] });
  expect(await rowCounts(doors)).toEqual(before);
  expect(await campaignOf(String(sent["campaignId"]))).toMatchObject({ kind: "test", planned: 2, scheduledAt: null });
});

test("a test to somebody who opted out is refused in words, and nothing is written", async () => {
  const [person] = await shop.contacts(1);
  await doors.world.database.owner.query(
    "insert into suppressions (workspace_id, contact_id, channel, kind, value, scope, reason) values ($1, $2, 'whatsapp', 'phone', $3, 'all', 'test')",
    [shop.workspaceId, person?.contactId, person?.phone],
  );
  const problem = await refusalOf(doors, () => testSend({ ...draft(), contactIds: [people[0]?.contactId, person?.contactId] }));
  expect(problem).toMatchObject({
    type: "urn:herald:problem:test_refused",
    status: 422,
    detail: expect.stringContaining("suppressed"),
    refused: [{ contactId: person?.contactId, reason: "suppressed" }],
  });
});

test("more than five people, none, or an audience are no test", async () => {
  for (const change of [
    { contactIds: [] },
    { contactIds: Array.from({ length: 6 }, () => randomUUID()) },
    { contactIds: [randomUUID()], audience: { tags: ["all"] } },
  ]) {
    expect(await refusalOf(doors, () => testSend({ ...draft(), ...change }))).toMatchObject({ status: 422 });
  }
});

test("above the workspace's limit a launch is refused with the limit, whose it is and the next step; the preview said so before", async () => {
  await doors.world.database.owner.query("update workspaces set max_recipients = 2 where id = $1", [shop.workspaceId]);
  try {
    const preview = await post("/api/campaigns/preview", { ...draft(), audience: { tags: ["all"] } });
    expect(await jsonOf(preview)).toMatchObject({ eligible: 3, maxRecipients: 2, limitedBy: "workspace", isOverLimit: true });
    expect(await refusalOf(doors, () => launch())).toMatchObject({
      type: "urn:herald:problem:too_many_recipients",
      status: 422,
      max: 2,
      limitedBy: "workspace",
      cure: expect.stringMatching(/Split.*raise/),
    });
  } finally {
    await doors.world.database.owner.query("update workspaces set max_recipients = 50000 where id = $1", [shop.workspaceId]);
  }
});
