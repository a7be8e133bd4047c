import {
  announceChanges,
  openAnnounceState,
  openSampleState,
  pauseCampaign,
  type RealtimeEvent,
  samplePace,
  setSenderKillSwitch,
} from "@herald/campaign";
import type { CampaignId } from "@herald/kernel";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorld, type Shop, type World } from "../index.ts";

let world: World;
let shop: Shop;
beforeAll(async () => {
  world = await createWorld();
  shop = await world.aShop();
});
afterAll(() => world.close());

const launch = async (count: number): Promise<CampaignId> =>
  shop
    .aCampaign()
    .with(await shop.contacts(count))
    .launch();
const act = (verb: (ctx: Parameters<typeof pauseCampaign>[0]) => Promise<{ readonly ok: boolean }>) =>
  world.verbs.inTransaction(shop.actor, shop.workspaceId, (ports) => verb({ ...ports, allows: () => true }));
const sample = (campaignId: CampaignId, secondsAgo: number, asked: number, lookingSecondsBefore: number | null) =>
  world.database.owner.query(
    `insert into campaign_pace_samples (workspace_id, campaign_id, at, settled, deferred, asked, looking_since)
     values ($1, $2, to_timestamp(1800000000 - $3::double precision), $4, 0, $4, to_timestamp(1800000000 - $3::double precision - $5::double precision))`,
    [shop.workspaceId, campaignId, secondsAgo, asked, lookingSecondsBefore],
  );
const nowMs = 1_800_000_000_000;
const askedAt = (campaignId: CampaignId, secondsAgo: number, stepSeconds: number, steps: number) =>
  world.verbs.inTransaction(shop.actor, shop.workspaceId, ({ reports }) =>
    reports.askedAt(campaignId, { fromMs: nowMs - secondsAgo * 1000, stepMs: stepSeconds * 1000, steps }),
  );

test("the worker's loop writes what the counters say", async () => {
  const campaignId = await launch(6);
  const state = openSampleState();
  await samplePace(world.engine, state);
  await world.database.owner.query("update campaign_messages set state = 'accepted', next_at = null where campaign_id = $1", [campaignId]);
  expect(await samplePace(world.engine, state)).toBe(1);
  const [before, after] = await world.verbs.inTransaction(shop.actor, shop.workspaceId, ({ reports }) =>
    reports.askedAt(campaignId, { fromMs: (state.lookedAtMs ?? 0) - 60_000, stepMs: 60_001, steps: 1 }),
  );
  expect([before, after]).toEqual([0, 6]);
});

test("requests lie in the second that was looked at: after a pause there is no burst, and where nobody looked they are spread", async () => {
  const campaignId = await launch(1);
  await sample(campaignId, 100, 80, 1);
  await sample(campaignId, 99, 160, 1);
  // a pause of a minute, watched
  await sample(campaignId, 39, 240, 1);
  // ten seconds that nobody watched
  await sample(campaignId, 29, 1040, null);
  expect(await askedAt(campaignId, 101, 1, 3)).toEqual([0, 80, 160, 160]);
  expect(await askedAt(campaignId, 42, 1, 4)).toEqual([160, 160, 160, 240, 320]);
  expect(await askedAt(campaignId, 39, 5, 2)).toEqual([240, 640, 1040]);
  expect(await askedAt(campaignId, 20, 10, 1)).toEqual([1040, 1040]);
});

test("a pause and a kill switch are told to the panels at the next look, though no counter moves; with who did it and why", async () => {
  const campaignId = await launch(2);
  const { databaseMs } = await world.engine.gate.readClock();
  const told: RealtimeEvent[] = [];
  const state = openAnnounceState(databaseMs);
  const look = () =>
    announceChanges({ changes: world.engine.changes, realtime: { publish: async (events) => void told.push(...events) } }, state);
  await look();
  told.length = 0;
  await act((ctx) => pauseCampaign(ctx, { campaignId, note: "wrong link" }));
  await look();
  expect(told.map((event) => event.campaignId)).toEqual([campaignId]);
  const control = await world.verbs.inTransaction(shop.actor, shop.workspaceId, ({ reports }) => reports.control(campaignId));
  expect(control).toEqual({
    flag: "paused",
    controlSeq: 1,
    last: { action: "paused", atMs: expect.any(Number), userId: shop.actor.userId, note: "wrong link" },
  });
  told.length = 0;
  expect(await look(), "once").toBe(0);
  await act((ctx) => setSenderKillSwitch(ctx, { senderId: shop.sender.senderId, on: true, note: "complaints" }));
  await look();
  expect(told.map((event) => event.campaignId)).toContain(campaignId);
});
