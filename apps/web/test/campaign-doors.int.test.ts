import { randomUUID } from "node:crypto";
import { defaultPace } from "@herald/campaign";
import type { Shop } from "@herald/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Services } from "../src/doors/services.ts";
import { refusalOf, rowCounts } from "./refusal.ts";
import { allRoutes } from "./routes.ts";
import { type Call, createDoorWorld, type DoorWorld, jsonOf, open, type Person } from "./world.ts";

let doors: DoorWorld;
let shop: Shop;
let foreign: Shop;
let owner: Person;
let handlerOf: (path: string) => Parameters<typeof open>[0];

beforeAll(async () => {
  doors = await createDoorWorld();
  shop = await doors.world.aShop();
  foreign = await doors.world.aShop();
  owner = await doors.aPerson();
  await doors.join(owner, shop.workspaceId, "owner");
  const routes = await allRoutes();
  handlerOf = (path) => {
    const route = routes.find((candidate) => candidate.path === path && candidate.method === "POST");
    if (!route) throw new Error(`no door at ${path}`);
    return route.handler;
  };
});
afterAll(() => doors.close());

const bulkSend = "/api/campaigns/bulk-send";
const draft = (changes: object = {}) => ({
  workspaceId: shop.workspaceId,
  name: "Spring sale",
  senderId: shop.sender.senderId,
  template: { name: shop.template.frozen.name, language: shop.template.frozen.language },
  audience: { tags: ["canada"] },
  variables: { "body.1": { from: "static", value: "hello" } },
  ...changes,
});
const send = (body: Call["body"], options: { readonly key?: string; readonly services?: Services } = {}): Promise<Response> =>
  open(
    handlerOf(bulkSend),
    options.services ?? doors.services,
    "POST",
    { path: bulkSend, headers: { "idempotency-key": options.key ?? randomUUID() }, ...(body !== undefined && { body }) },
    owner,
  );
const refusal = (request: () => Promise<Response>) => refusalOf(doors, request);
/** Canadians: marketing to the United States is refused by the domain. */
async function canadians(count: number, options: { readonly field?: string } = {}): Promise<void> {
  const people = await shop.contacts(count, { tag: "canada", consent: "granted" });
  for (const [index, { contactId }] of people.entries()) {
    const number = `+1416${String(Math.floor(Math.random() * 9_000_000) + 1_000_000)}`;
    await doors.world.database.owner.query("update contact_addresses set value = $2 where contact_id = $1", [contactId, number]);
    if (options.field !== undefined) {
      await doors.world.database.owner.query("update contacts set fields = jsonb_build_object('long', $2::text) where id = $1", [
        contactId,
        `${options.field}${index}`,
      ]);
    }
  }
}

describe("a campaign that cannot be sent is refused as a typed problem, and nothing is written", () => {
  test("nobody eligible, with the reasons", async () => {
    await shop.contacts(3, { tag: "silent", consent: null });
    expect(await refusal(() => send(draft({ audience: { tags: ["silent"] } })))).toMatchObject({
      type: "urn:herald:problem:nobody_eligible",
      status: 422,
      matched: 3,
      excluded: [{ reason: "no_consent", count: 3 }],
    });
  });

  test("ids of another workspace answer like ids that nobody has", async () => {
    await canadians(1);
    const { rows } = await doors.world.database.owner.query<{ id: string }>(
      "insert into recipient_lists (workspace_id, name) values ($1, 'Theirs') returning id",
      [foreign.workspaceId],
    );
    for (const changes of [
      { workspaceId: foreign.workspaceId },
      { workspaceId: randomUUID() },
      { senderId: foreign.sender.senderId },
      { senderId: randomUUID() },
      { audience: { listIds: [rows[0]?.id] } },
      { audience: { listIds: [randomUUID()] } },
    ]) {
      expect(await refusal(() => send(draft(changes))), JSON.stringify(changes)).toMatchObject({
        type: "urn:herald:problem:not_found",
        status: 404,
      });
    }
  });

  test("a template that is missing, not approved, or not approved in that language", async () => {
    const { name } = shop.template.frozen;
    const inGerman = { template: { name, language: "de" } };
    expect(await refusal(() => send(draft(inGerman)))).toMatchObject({
      type: "urn:herald:problem:template_not_approved",
      approvedLanguages: ["en_US"],
    });
    expect(await refusal(() => send(draft({ template: { name: foreign.template.frozen.name, language: "en_US" } })))).toMatchObject({
      type: "urn:herald:problem:template_not_approved",
      template: { status: "MISSING" },
    });
    await doors.world.database.owner.query("update templates set status = 'PAUSED' where id = $1", [shop.template.templateId]);
    try {
      expect(await refusal(() => send(draft()))).toMatchObject({
        type: "urn:herald:problem:template_not_approved",
        template: { status: "PAUSED" },
      });
    } finally {
      await doors.world.database.owner.query("update templates set status = 'APPROVED' where id = $1", [shop.template.templateId]);
    }
  });

  test("a variable that the template needs is missing, or one it does not have is given", async () => {
    expect(await refusal(() => send(draft({ variables: { "body.2": { from: "static", value: "x" } } })))).toMatchObject({
      type: "urn:herald:problem:invalid_input",
      status: 422,
      issues: [{ path: "variables.body.1" }, { path: "variables.body.2" }],
    });
  });

  test("values that are not as they must be, each with its path", async () => {
    const problem = await refusal(() => send(draft({ name: "", senderId: "x", audience: {}, surprise: 1 })));
    expect(problem).toMatchObject({ type: "urn:herald:problem:invalid_input" });
    expect((problem["issues"] as { path: string }[]).map(({ path }) => path).toSorted()).toEqual(["audience", "body", "name", "senderId"]);
    expect(await refusal(() => send("{"))).toMatchObject({ type: "urn:herald:problem:malformed_body", status: 400 });
    expect(await refusal(() => send(draft({ schedule: { at: "2020-01-01T00:00:00Z" } })))).toMatchObject({
      type: "urn:herald:problem:time_passed",
    });
  });

  test("what one person would receive is over 64 KB", async () => {
    await canadians(1);
    expect(await refusal(() => send(draft({ variables: { "body.1": { from: "static", value: "x".repeat(65_000) } } })))).toMatchObject({
      type: "urn:herald:problem:entry_too_large",
      status: 422,
    });
  });

  test("a request over 12 MB", async () => {
    expect(await refusal(() => send(JSON.stringify(draft({ name: "x".repeat(12_000_001) }))))).toMatchObject({
      type: "urn:herald:problem:body_too_large",
      status: 413,
    });
  });

  test("Temporal or Redis is not configured", async () => {
    const bare = await doors.servicesWith({ TEMPORAL_ADDRESS: "", UPSTASH_REDIS_REST_URL: "", UPSTASH_REDIS_REST_TOKEN: "" });
    expect(await refusal(() => send(draft(), { services: bare }))).toMatchObject({
      type: "urn:herald:problem:not_configured",
      status: 503,
      parts: ["temporal", "redis"],
    });
  });

  test("the database is away", async () => {
    const away = await doors.servicesWith({ VERBS_DATABASE_URL: "postgresql://herald_verbs:x@127.0.0.1:1/postgres" });
    expect(await refusal(() => send(draft(), { services: away }))).toMatchObject({ type: "urn:herald:problem:unavailable", status: 503 });
  });
});

describe("an idempotency key", () => {
  test("is required", async () => {
    for (const key of ["", "two words", "x".repeat(201)]) {
      expect(await refusal(() => send(draft(), { key }))).toMatchObject({
        type: "urn:herald:problem:idempotency_key_missing",
        status: 400,
      });
    }
  });

  test("makes a repetition answer the same campaign, and refuses another body", async () => {
    await canadians(1);
    const key = randomUUID();
    const first = await send(draft(), { key });
    expect(first.status).toBe(202);
    const launched = await jsonOf(first);
    const before = await rowCounts(doors);
    expect(await jsonOf(await send(draft(), { key }))).toEqual(launched);
    expect(await rowCounts(doors)).toEqual(before);
    expect(await refusal(() => send(draft({ name: "Another" }), { key }))).toMatchObject({
      type: "urn:herald:problem:idempotency_conflict",
      status: 422,
    });
  });

  test("launches once, however many requests arrive at the same moment", async () => {
    await canadians(1);
    const { campaign_history: before = 0 } = await rowCounts(doors);
    const key = randomUUID();
    const statuses = (await Promise.all(Array.from({ length: 5 }, () => send(draft(), { key })))).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 202 && status !== 409)).toEqual([]);
    expect(statuses).toContain(202);
    expect((await rowCounts(doors))["campaign_history"]).toBe(before + 1);
  });

  test("of a request that failed may be used again", async () => {
    const key = randomUUID();
    expect((await send(draft({ audience: { tags: ["no such tag"] } }), { key })).status).toBe(422);
    await canadians(1);
    expect((await send(draft(), { key })).status).toBe(202);
  });
});

test("with Temporal unreachable a campaign is accepted, and says that it starts by itself", async () => {
  await canadians(1);
  const services = await doors.servicesWith({ TEMPORAL_ADDRESS: "127.0.0.1:1" });
  const response = await send(draft(), { services });
  expect(response.status).toBe(202);
  const { campaignId, ...answer } = await jsonOf(response);
  expect(answer).toMatchObject({ start: "queued", note: "Temporal unreachable: starts by itself." });
  const { rows } = await doors.world.database.owner.query("select kind from outbox where ref ->> 'campaignId' = $1", [campaignId]);
  expect(rows).toEqual([{ kind: "workflow.start" }]);
});

test("a launch while a kill switch is on says that nothing is sent until it is let go", async () => {
  await canadians(1);
  await doors.world.database.owner.query("update workspaces set kill_switch = true where id = $1", [shop.workspaceId]);
  const response = await send(draft());
  expect([response.status, (await jsonOf(response))["note"]]).toEqual([
    202,
    "The kill switch of the workspace is on: nothing is sent until it is let go.",
  ]);
});

test("a pause is acknowledged one horizon and a margin after its commit, not before", async () => {
  const campaignId = await doors.aCampaign(shop);
  const path = "/api/campaigns/[campaignId]/pause";
  const startedMs = performance.now();
  const response = await open(
    handlerOf(path),
    doors.services,
    "POST",
    { path, params: { campaignId }, body: { note: "wrong link" } },
    owner,
  );
  expect(await jsonOf(response)).toEqual({ campaignId, flag: "paused", controlSeq: 1, status: "paused" });
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(defaultPace.horizonMs + 25);
});

test.each(["pause", "resume", "cancel"])("a campaign that has ended refuses: %s", async (verb) => {
  const campaignId = await doors.aCampaign(shop);
  await doors.world.database.owner.query("update campaign_history set status = 'sent' where id = $1", [campaignId]);
  const path = `/api/campaigns/[campaignId]/${verb}`;
  const problem = await refusal(() => open(handlerOf(path), doors.services, "POST", { path, params: { campaignId } }, owner));
  expect(problem).toMatchObject({ type: "urn:herald:problem:wrong_status", status: 409, cure: expect.stringContaining("It has ended") });
});
