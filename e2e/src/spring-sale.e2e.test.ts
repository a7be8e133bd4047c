import { audit, launchSpringSale, recipientsOfSpringSale, springSaleRules, toCsv, untilFinal } from "@herald/demo";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually, openWorld, type World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.end());

const csvOf = (from: number, to: number): string => toCsv(recipientsOfSpringSale().slice(from, to));

describe("a campaign from a CSV file to receipts, through every part of the product", () => {
  test("ledger, provider and MongoDB agree message by message, with failures, opt-outs and replies on the way", async () => {
    await world.product.simulator.script(springSaleRules);
    const { preview, launch } = await launchSpringSale(world.operator, { name: "sale.csv", csv: csvOf(0, 500) }, "All agree");
    expect(preview.excluded).toContainEqual({ reason: "opted_out", count: 5 });
    expect(launch).toMatchObject({ planned: 500, eligible: preview.eligible, start: "starting" });

    const final = await untilFinal(world.operator, launch.campaignId, 60_000);
    const { problems, comparison } = await audit(world.stack.settings, world.product.simulator, launch.campaignId);
    expect(problems).toEqual([]);
    expect(comparison).toMatchObject({ doubled: 0, lost: 0, ambiguous: 0, isBalanced: true });
    expect(comparison.refusedThere).toBeGreaterThan(0);
    expect(final.campaign.status).toBe("partially_sent");
    expect(final.skips).toContainEqual({ reason: "opted_out", count: 5 });

    const { maxRequestsPerSlidingSecond } = await world.product.simulator.summary();
    expect(Math.max(...Object.values(maxRequestsPerSlidingSecond))).toBeLessThanOrEqual(80);
  });

  test("once a pause is acknowledged no new request begins, and a resume sends the rest, nobody twice", async () => {
    await world.product.simulator.script([]);
    const { launch } = await launchSpringSale(world.operator, { name: "pause.csv", csv: csvOf(500, 1100) }, "Paused");
    await eventually("the first hundred requests", 30_000, async () => (await requests()) > 600);
    await world.operator.control(launch.campaignId, "pause");
    const atAcknowledgement = await requests();
    await eventually(
      "the campaign to stand still",
      5000,
      async () => (await world.operator.campaign(launch.campaignId)).ledger.counts["dispatching"] === 0,
    );
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await requests()).toBe(atAcknowledgement);
    expect((await world.operator.campaign(launch.campaignId)).campaign.status).toBe("paused");

    await world.operator.control(launch.campaignId, "resume");
    await untilFinal(world.operator, launch.campaignId, 60_000);
    const { problems, comparison } = await audit(world.stack.settings, world.product.simulator, launch.campaignId);
    expect(problems).toEqual([]);
    expect(comparison).toMatchObject({ doubled: 0, lost: 0 });
  });

  test("a cancelled campaign leaves out what was not begun, and says so", async () => {
    const { launch } = await launchSpringSale(world.operator, { name: "cancel.csv", csv: csvOf(1100, 1900) }, "Cancelled");
    await eventually(
      "some requests",
      30_000,
      async () => (await world.operator.campaign(launch.campaignId)).ledger.counts["queued"] !== launch.eligible,
    );
    await world.operator.control(launch.campaignId, "cancel");
    const final = await untilFinal(world.operator, launch.campaignId, 30_000);
    expect(final.campaign.status).toBe("cancelled");
    expect(final.ledger.counts["queued"]).toBe(0);
    expect(final.skips.find((skip) => skip.reason === "cancelled")?.count).toBeGreaterThan(0);
    expect((await audit(world.stack.settings, world.product.simulator, launch.campaignId)).problems).toEqual([]);
  });
});

const requests = async (): Promise<number> => (await world.product.simulator.summary()).totals.requests;
