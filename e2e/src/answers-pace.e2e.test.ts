import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acceptedOf, agrees, endedWith, launch, peopleFrom, reportWhen } from "./testing/campaign.ts";
import { type CampaignTruth, refusedWith, truthOf } from "./testing/truth.ts";
import { eventually, openWorld, type World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.end());

const perSecond = ({ requests, firstAtMs, lastAtMs }: CampaignTruth): number => ((requests - 1) * 1000) / (lastAtMs - firstAtMs);

// one number for all: what leaves it well comes first
describe("answers that speak of pace", () => {
  test("131056, too many to one person: that person waits 1 s, then 4 s; nobody else is kept and the number keeps its pace", async () => {
    await world.product.simulator.begin("soon-pair");
    const campaignId = await launch(world, { name: "Too many to one", people: peopleFrom(780, 60) });
    const waiting = await reportWhen(
      world,
      campaignId,
      "only the refused to wait",
      (view) => acceptedOf(view) === 53 && view.deferred[0]?.count === 7,
    );
    expect(waiting.deferred).toEqual([expect.objectContaining({ class: "SOON", code: "131056", count: 7, cure: "none" })]);
    expect(waiting.deferred[0]?.sentence).toMatch(
      /^7 wait until .* UTC, because the provider could not take them at that moment \(131056\)\./,
    );
    expect(waiting.pace.isSlowed).toBe(false);

    await reportWhen(world, campaignId, "all accepted", endedWith("sent", 60));
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
    const throttled = await launch(world, { name: "Too fast", people: peopleFrom(1260, 60) });
    const slowed = await reportWhen(
      world,
      throttled,
      "the number to be slowed",
      ({ pace }) => pace.isSlowed && pace.effectivePerSecond < pace.capPerSecond * 0.9,
    );
    expect(slowed.blocks).toEqual([]);
    await reportWhen(world, throttled, "all accepted", endedWith("sent", 60));
    expect(refusedWith(await truthOf(world.product, throttled), 130429).length).toBe(21);
    await agrees(world, throttled);

    await world.product.simulator.script([]);
    const next = await launch(world, { name: "After too fast", people: peopleFrom(420, 60) });
    const { pace } = await reportWhen(world, next, "the next campaign", endedWith("sent", 60));
    const seen = await truthOf(world.product, next);
    expect(pace.isSlowed).toBe(true);
    // the first slots of a campaign that joins an idle number may lie within one horizon
    expect(perSecond(seen)).toBeLessThan(pace.effectivePerSecond * 1.1);
    expect(perSecond(seen)).toBeLessThan(pace.capPerSecond * 0.9);
  });

  test("most answers are trouble: the breaker opens, single messages probe the number, and it heals by itself", async () => {
    await world.product.simulator.script([{ answer: { kind: "refuse", code: 131016 } }]);
    const campaignId = await launch(world, { name: "All trouble", people: peopleFrom(1320, 60) });
    const open = await reportWhen(world, campaignId, "the breaker to open", (view) => view.pace.breakerOpenSince !== null);
    expect(open.blocks).toEqual([]);
    // what was granted before it opened is answered within a second
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const before = (await truthOf(world.product, campaignId)).requests;
    await eventually("a probe", 10_000, async () => (await truthOf(world.product, campaignId)).requests > before);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await truthOf(world.product, campaignId)).requests).toBe(before + 1);

    await world.product.simulator.script([]);
    await reportWhen(world, campaignId, "it to heal", (view) => view.pace.breakerOpenSince === null && acceptedOf(view) > 0);
    await reportWhen(world, campaignId, "all accepted", endedWith("sent", 60), 60_000);
    await agrees(world, campaignId);
  });
});
