import { shop } from "@herald/demo";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acceptedOf, agrees, launch, peopleFrom, reportWhen } from "./testing/campaign.ts";
import { type CampaignTruth, portfolioTruth, refusedWith, truthOf } from "./testing/truth.ts";
import { eventually, openWorld, type World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.end());

const perSecond = ({ requests, firstAtMs, lastAtMs }: CampaignTruth): number => ((requests - 1) * 1000) / (lastAtMs - firstAtMs);

// one number for all: what leaves it well comes first, what keeps it waiting for a minute comes last
describe("answers that speak of pace", () => {
  test("the portfolio's limit is kept, not run into: the rest waits, and is sent when the limit is raised", async () => {
    const { product, operator } = world;
    const inAnHour = { at: new Date(Date.now() + 3_600_000).toISOString() };
    const campaignId = await launch(world, { name: "Twenty people a day", people: peopleFrom(0, 40), schedule: inAnHour });
    // a limit that is known at the launch is the launch's business: this one comes after it
    await product.simulator.begin("portfolio-limit");
    await product.simulator.act({
      do: "notice",
      field: "business_capability_update",
      value: { max_daily_conversations_per_business: 20, max_phone_numbers_per_business: 2 },
    });
    await reportWhen(world, campaignId, "the limit to be known", (view) => view.pace.portfolio?.limit === 20);
    await expect(launch(world, { name: "Too many for a day", people: peopleFrom(0, 40) })).rejects.toMatchObject({ status: 422 });
    await operator.schedule(campaignId, { now: true });
    const held = await reportWhen(world, campaignId, "twenty accepted", (view) => acceptedOf(view) === 20);
    expect(held.pace.portfolio).toEqual({ limit: 20, reserved: 20 });
    expect(held.ledger.counts["queued"]).toBe(20);
    const { requests } = await truthOf(product, campaignId);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await truthOf(product, campaignId)).requests).toBe(requests);
    expect(await portfolioTruth(product)).toMatchObject({ limit: 20, overLimit: 0, maxCounted: 20 });
    expect((await operator.campaign(campaignId)).blocks).toEqual([]);

    await product.simulator.begin("slow-answers");
    await product.simulator.act({ do: "messaging_limit", businessId: shop.portfolio.providerId, tier: "TIER_2K" });
    const done = await reportWhen(world, campaignId, "the rest", (view) => view.campaign.status === "sent", 90_000);
    expect(done.pace.portfolio).toEqual({ limit: 2000, reserved: 40 });
    await agrees(world, campaignId);
  });

  test("131056, too many to one person: that person waits 1 s, then 4 s; nobody else is kept and the number keeps its pace", async () => {
    await world.product.simulator.begin("soon-pair");
    const campaignId = await launch(world, { name: "Too many to one", people: peopleFrom(780, 60) });
    const waiting = await reportWhen(world, campaignId, "only the refused to wait", (view) => acceptedOf(view) === 53);
    expect(waiting.deferred).toEqual([expect.objectContaining({ class: "SOON", code: "131056", count: 7, cure: "none" })]);
    expect(waiting.deferred[0]?.sentence).toMatch(
      /^7 wait until .* UTC, because the provider could not take them at that moment \(131056\)\./,
    );
    expect(waiting.pace.isSlowed).toBe(false);

    await reportWhen(world, campaignId, "all accepted", (view) => view.campaign.status === "sent");
    const truth = await truthOf(world.product, campaignId);
    const pairs = refusedWith(truth, 131056);
    expect(pairs.length).toBe(7);
    for (const [first, second, third] of pairs) {
      expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(1000);
      expect((third?.atMs ?? 0) - (second?.atMs ?? 0)).toBeGreaterThanOrEqual(4000);
    }
    expect(truth.requests).toBe(60 + 2 * 7);
    await agrees(world, campaignId);
  });

  test("130429, too fast: the number is slowed and shows it, every message is accepted in the end", async () => {
    await world.product.simulator.begin("soon-throttle");
    const throttled = await launch(world, { name: "Too fast", people: peopleFrom(780, 60) });
    const slowed = await reportWhen(world, throttled, "the number to be slowed", (view) => view.pace.isSlowed);
    expect(slowed.pace.effectivePerSecond).toBeLessThan(slowed.pace.capPerSecond * 0.9);
    expect(slowed.blocks).toEqual([]);
    await reportWhen(world, throttled, "all accepted", (view) => view.campaign.status === "sent");
    expect(refusedWith(await truthOf(world.product, throttled), 130429).length).toBe(20);
    await agrees(world, throttled);

    await world.product.simulator.script([]);
    const next = await launch(world, { name: "After too fast", people: peopleFrom(420, 60) });
    const { pace } = await reportWhen(world, next, "the next campaign", (view) => view.campaign.status === "sent");
    const seen = await truthOf(world.product, next);
    expect(pace.isSlowed).toBe(true);
    // the first slots of a campaign that joins an idle number may lie within one horizon of 200 ms
    expect(perSecond(seen)).toBeLessThan(pace.effectivePerSecond * 1.1);
    expect(perSecond(seen)).toBeLessThan(pace.capPerSecond * 0.9);
  });

  test("most answers are trouble: the breaker opens, single messages probe the number, and it heals by itself", async () => {
    await world.product.simulator.script([{ answer: { kind: "refuse", code: 131016 } }]);
    const campaignId = await launch(world, { name: "All trouble", people: peopleFrom(1260, 60) });
    const open = await reportWhen(world, campaignId, "the breaker to open", (view) => view.pace.breakerOpenSince !== null);
    expect(open.blocks).toEqual([]);
    // what was granted before it opened is answered within a second
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const before = (await truthOf(world.product, campaignId)).requests;
    await eventually("a probe", 10_000, async () => (await truthOf(world.product, campaignId)).requests > before);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await truthOf(world.product, campaignId)).requests).toBe(before + 1);

    await world.product.simulator.script([]);
    const healed = await reportWhen(world, campaignId, "it to heal", (view) => view.pace.breakerOpenSince === null);
    expect(acceptedOf(healed)).toBeGreaterThanOrEqual(1);
    const done = await reportWhen(world, campaignId, "all accepted", (view) => view.campaign.status === "sent", 60_000);
    expect(acceptedOf(done)).toBe(60);
    await agrees(world, campaignId);
  });

  test("131057, in maintenance: the whole number rests and says until when; the upgrade behind it becomes its plan", async () => {
    await world.product.simulator.begin("number-rest");
    const campaignId = await launch(world, { name: "In maintenance", people: peopleFrom(480, 60) });
    const resting = await reportWhen(world, campaignId, "the number to rest", (view) => view.pace.restUntil !== null);
    expect(resting.pace.restCode).toBe("131057");
    const restMs = Date.parse(resting.pace.restUntil ?? "") - Date.now();
    expect(restMs).toBeGreaterThan(50_000);
    expect(restMs).toBeLessThanOrEqual(121_000);
    expect(resting.blocks).toEqual([]);
    const upgraded = await reportWhen(world, campaignId, "the new plan", (view) => view.pace.capPerSecond === 1000);
    expect(upgraded.pace.planLevel).toBe("HIGH");

    await eventually(
      "nothing under way",
      10_000,
      async () => (await world.operator.campaign(campaignId)).ledger.counts["dispatching"] === 0,
    );
    const { requests } = await truthOf(world.product, campaignId);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await truthOf(world.product, campaignId)).requests).toBe(requests);
    await world.operator.control(campaignId, "cancel");
    const ended = await reportWhen(world, campaignId, "the cancelled campaign", (view) => view.campaign.status === "cancelled");
    expect(ended.skips.find((skip) => skip.reason === "cancelled")?.count).toBe(60 - acceptedOf(ended));
    await agrees(world, campaignId);
  });
});
