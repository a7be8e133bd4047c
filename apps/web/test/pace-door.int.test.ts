import { randomUUID } from "node:crypto";
import type { CampaignId } from "@herald/kernel";
import type { Shop } from "@herald/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allRoutes, type Route } from "./routes.ts";
import { createDoorWorld, type DoorWorld, jsonOf, open, type Person } from "./world.ts";

let doors: DoorWorld;
let routes: readonly Route[];
let shop: Shop;
let viewer: Person;
let campaignId: CampaignId;
beforeAll(async () => {
  doors = await createDoorWorld();
  routes = await allRoutes();
  shop = await doors.world.aShop();
  viewer = await doors.aPerson();
  await doors.join(viewer, shop.workspaceId, "viewer");
  campaignId = await doors.aCampaign(shop);
});
afterAll(() => doors.close());

const owned = (text: string, values: readonly unknown[]) => doors.world.database.owner.query(text, [...values]);
function call(method: "GET" | "POST", path: string, of: string, person: Person, body?: object): Promise<Response> {
  const route = routes.find((candidate) => candidate.path === path.split("?")[0] && candidate.method === method);
  if (!route) throw new Error(`no door at ${path}`);
  return open(route.handler, doors.services, method, { path, params: { campaignId: of }, ...(body && { body }) }, person);
}
const pace = "/api/campaigns/[campaignId]/pace";

type PaceAnswer = {
  readonly window: string;
  readonly stepSeconds: number;
  readonly points: readonly { readonly at: string; readonly perSecond: number }[];
  readonly pauses: readonly { readonly from: string; readonly to: string | null }[];
};

test("the pace of a campaign that has run for a day: 300 points at most, its pauses, and a quarter of an hour unless all of it is asked for", async () => {
  expect(await jsonOf(await call("GET", pace, campaignId, viewer)), "before it starts").toMatchObject({ window: "15m", points: [] });
  await owned("update campaign_history set status = 'sending', started_at = now() - interval '1 day' where id = $1", [campaignId]);
  await owned(
    `insert into campaign_pace_samples (workspace_id, campaign_id, at, settled, deferred, asked, looking_since)
     select $1, $2, now() - make_interval(secs => 86400 - n), n * 20, 0, n * 20, now() - make_interval(secs => 86410 - n) from generate_series(10, 86400, 10) n`,
    [shop.workspaceId, campaignId],
  );
  const owner = await doors.aPerson();
  await doors.join(owner, shop.workspaceId, "owner");
  expect((await call("POST", "/api/campaigns/[campaignId]/pause", campaignId, owner, {})).status).toBe(200);
  for (const [window, spanSeconds] of [
    ["15m", 900],
    ["all", 86_400],
  ] as const) {
    const answer = (await jsonOf(await call("GET", `${pace}?window=${window}`, campaignId, viewer))) as PaceAnswer;
    expect(answer).toMatchObject({ window, pauses: [{ to: null }] });
    expect(answer.points.length).toBeLessThanOrEqual(300);
    expect(answer.points.length).toBeGreaterThan(spanSeconds / answer.stepSeconds - 3);
    expect(new Set(answer.points.slice(1, -2).map(({ perSecond }) => perSecond))).toEqual(new Set([20]));
  }
});

test("another window is refused, and a campaign that is foreign or that nobody has is not found", async () => {
  expect((await call("GET", `${pace}?window=1h`, campaignId, viewer)).status).toBe(422);
  const foreign = await doors.aCampaign(await doors.world.aShop());
  for (const of of [foreign, randomUUID(), "not-an-id"]) expect((await call("GET", pace, of, viewer)).status).toBe(404);
});

test("the report says who paused it and why, how fast it goes, and what the provider wrote", async () => {
  const answer = await jsonOf(await call("GET", "/api/campaigns/[campaignId]", campaignId, viewer));
  expect(answer).toMatchObject({
    control: { flag: "paused", controlSeq: 1, last: { action: "paused", note: null } },
    measured: { overMs: 30_000 },
  });
});
