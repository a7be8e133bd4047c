import { expect, test } from "vitest";
import { aCampaignId, aWorkspaceId } from "../testing/ids.ts";
import { drainLaunches, watchCampaigns } from "./drain-launches.ts";
import type { Launcher, LaunchFeed, LaunchOrder } from "./start-feed.ts";

const anOrder = (number: number, kind: LaunchOrder["kind"] = "workflow.start"): LaunchOrder => ({
  outboxId: String(number),
  kind,
  workspaceId: aWorkspaceId(),
  campaignId: aCampaignId(number),
  runNo: 0,
  controlSeq: 0,
});

function aWorld(orders: readonly LaunchOrder[], isRefused: (order: { readonly campaignId: string }) => boolean = () => false) {
  const done: string[] = [];
  const problems: (readonly [string, string, number])[] = [];
  const launched: string[] = [];
  const launch = (kind: string) => async (order: { readonly campaignId: string }) => {
    if (isRefused(order)) throw new Error("no such namespace");
    launched.push(`${kind} ${order.campaignId}`);
  };
  const feed: LaunchFeed = {
    claim: async (limit) => orders.filter(({ outboxId }) => !done.includes(outboxId)).slice(0, limit),
    markDone: async (outboxIds) => void done.push(...outboxIds),
    markProblem: async (...problem) => void problems.push(problem),
    toWatch: async () => orders,
  };
  const launcher: Launcher = { start: launch("start"), wake: launch("wake") };
  return { done, problems, launched, deps: { feed, launcher } };
}

test("orders start and wake workflows, and are done one by one", async () => {
  const world = aWorld([anOrder(1), anOrder(2, "workflow.wake")]);
  expect(await drainLaunches(world.deps, 10)).toBe(2);
  expect(world.launched).toEqual([`start ${aCampaignId(1)}`, `wake ${aCampaignId(2)}`]);
  expect(world.done).toEqual(["1", "2"]);
});

test("an order that fails keeps its problem, comes back a second later, and holds up no other", async () => {
  const world = aWorld([anOrder(1), anOrder(2)], ({ campaignId }) => campaignId === aCampaignId(1));
  expect(await drainLaunches(world.deps, 10)).toBe(1);
  expect(world.problems).toEqual([["1", "no such namespace", 1000]]);
  expect(world.done).toEqual(["2"]);
});

test("an order whose workflow started but could not be marked is repeated", async () => {
  const world = aWorld([anOrder(1)]);
  const { markDone } = world.deps.feed;
  Object.assign(world.deps.feed, { markDone: () => Promise.reject(new Error("the store is away")) });
  expect(await drainLaunches(world.deps, 10)).toBe(0);
  expect(world.problems).toHaveLength(1);
  Object.assign(world.deps.feed, { markDone });
  expect(await drainLaunches(world.deps, 10)).toBe(1);
  expect(world.launched).toHaveLength(2);
});

test("the watchdog starts every campaign that is not final, also behind one that cannot be started, and tells of that", async () => {
  const world = aWorld([anOrder(1), anOrder(2), anOrder(3)], ({ campaignId }) => campaignId === aCampaignId(2));
  await expect(watchCampaigns(world.deps)).rejects.toThrow("1 of 3 campaigns could not be started");
  expect(world.launched).toEqual([`start ${aCampaignId(1)}`, `start ${aCampaignId(3)}`]);
  expect(await watchCampaigns(aWorld([anOrder(1)]).deps)).toBe(1);
});
