import { audit, launchSpringSale, springSaleCsv, springSaleRules, untilFinal } from "@herald/demo";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually, openWorld, type World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.end());

test("kill -9 of the worker, of Temporal and of Postgres in one campaign: it completes, nobody is sent twice, what is unclear is shown as such", async () => {
  const { product, stack, operator } = world;
  await product.simulator.script(springSaleRules);
  const { launch } = await launchSpringSale(operator, { name: "spring-sale.csv", csv: springSaleCsv }, "Killed three times");
  const accepted = async (): Promise<number> => (await product.simulator.summary()).totals.accepted;

  await eventually("400 messages", 60_000, async () => (await accepted()) >= 400);
  await product.kill("worker-dispatch", "SIGKILL");
  await product.start("worker-dispatch");

  await eventually("800 messages", 60_000, async () => (await accepted()) >= 800);
  await stack.kill("temporal", "SIGKILL");
  await stack.restart("temporal");

  await eventually("1,200 messages", 90_000, async () => (await accepted()) >= 1200);
  await stack.kill("postgres", "SIGKILL");
  await stack.restart("postgres");

  const final = await untilFinal(operator, launch.campaignId, 240_000);
  const { problems, comparison, ledger } = await audit(stack.settings, product.simulator, launch.campaignId, 90_000);
  expect(problems).toEqual([]);
  expect(comparison).toMatchObject({ doubled: 0, lost: 0, isBalanced: true });
  expect(["sent", "partially_sent"]).toContain(final.campaign.status);
  expect(ledger.counts["queued"]).toBe(0);
  expect(ledger.counts["dispatching"]).toBe(0);
  // what reached the provider was settled by its receipts: only requests it never saw may stay unclear
  expect(comparison.ambiguousAccepted).toBe(0);
});
