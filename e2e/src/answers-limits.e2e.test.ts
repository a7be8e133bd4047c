import { shop } from "@herald/demo";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acceptedOf, agrees, endedWith, isCancelled, launch, peopleFrom, reportWhen } from "./testing/campaign.ts";
import { portfolioTruth, truthOf } from "./testing/truth.ts";
import { eventually, openWorld, type World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.end());

/** Nothing is under way, and nothing begins for some time. */
async function standsStill(campaignId: string): Promise<void> {
  await eventually("nothing under way", 10_000, async () => (await world.operator.campaign(campaignId)).ledger.counts["dispatching"] === 0);
  const { requests } = await truthOf(world.product, campaignId);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect((await truthOf(world.product, campaignId)).requests).toBe(requests);
}

// the number rests for a minute or two after the second test, so it comes last
describe("limits that the campaign waits for", () => {
  test("the portfolio's people a day: the limit is kept and not run into, the wait is named, and the rest is sent when it is raised", async () => {
    const { product, operator } = world;
    const inAnHour = { at: new Date(Date.now() + 3_600_000).toISOString() };
    const campaignId = await launch(world, { name: "Twenty people a day", people: peopleFrom(0, 40), schedule: inAnHour });
    // the first look at the plan is over: a later word of the provider is not overtaken by it
    await reportWhen(world, campaignId, "the plan to be read", (view) => view.pace.planCheckedAt !== null);
    // a limit that is known at the launch is the launch's business: this one comes after it
    await product.simulator.begin("portfolio-limit");
    await product.simulator.act({
      do: "notice",
      field: "business_capability_update",
      value: { max_daily_conversations_per_business: 20, max_phone_numbers_per_business: 2 },
    });
    await reportWhen(world, campaignId, "the limit to be known", (view) => view.pace.portfolio?.limit === 20);
    await expect(launch(world, { name: "Too many for a day", people: peopleFrom(0, 40) })).rejects.toMatchObject({ status: 422 });

    await operator.rate(campaignId, { maxPerSecond: 10 });
    await operator.schedule(campaignId, { now: true });
    const held = await reportWhen(
      world,
      campaignId,
      "twenty accepted and twenty left",
      (view) => acceptedOf(view) === 20 && view.ledger.counts["queued"] === 20 && view.pace.portfolio?.reserved === 20,
    );
    expect(held.pace.portfolio).toEqual({ limit: 20, reserved: 20 });
    expect(held.blocks).toEqual([]);
    await standsStill(campaignId);
    expect(await portfolioTruth(product)).toMatchObject({ limit: 20, maxCounted: 20, overLimit: 0 });
    await reportWhen(world, campaignId, "the stall to be named", (view) => view.stalled === "portfolio_limit", 45_000);

    await product.simulator.begin("slow-answers");
    await product.simulator.act({ do: "messaging_limit", businessId: shop.portfolio.providerId, tier: "TIER_2K" });
    const done = await reportWhen(world, campaignId, "the rest", endedWith("sent", 40), 90_000);
    expect(done.pace.portfolio).toEqual({ limit: 2000, reserved: 40 });
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
    await standsStill(campaignId);

    await world.operator.control(campaignId, "cancel");
    const ended = await reportWhen(world, campaignId, "the cancelled campaign", isCancelled);
    expect(ended.skips.find((skip) => skip.reason === "cancelled")?.count).toBe(60 - acceptedOf(ended));
    await agrees(world, campaignId);
  });
});
