import { days, hours, minutes, seconds } from "@herald/kernel";
import { expect, test } from "vitest";
import type { Campaign } from "../freeze/campaigns.ts";
import { aCampaign, asViewer, fakeCtx, nowMs } from "../testing/fake-ctx.ts";
import { aCampaignId } from "../testing/ids.ts";
import { measurePace, paceWindows, pausesOf, readPaceHistory, stepsOf } from "./pace-history.ts";

const campaignId = aCampaignId();
const running = (startedAgoMs: number, finishedAgoMs: number | null = null): Campaign =>
  aCampaign({ startedAtMs: nowMs - startedAgoMs, finishedAtMs: finishedAgoMs === null ? null : nowMs - finishedAgoMs });
/** Steady: so many requests per second since the campaign began. */
const steady = (campaign: Campaign, perSecond: number) => ({
  controlActs: async () => [],
  askedAt: async (_campaignId: unknown, { fromMs, stepMs, steps }: { fromMs: number; stepMs: number; steps: number }) =>
    Array.from({ length: steps + 1 }, (_, step) =>
      Math.max(0, ((fromMs + step * stepMs - (campaign.startedAtMs ?? 0)) / 1000) * perSecond),
    ),
});

test.each([seconds(10), minutes(1), minutes(5), minutes(15), hours(3), days(3)])(
  "however long it has run (%i ms), 300 points at most, in whole seconds, up to two seconds ago",
  (agoMs) => {
    for (const window of paceWindows) {
      const steps = stepsOf(nowMs, running(agoMs), window);
      if (!steps) throw new Error("it has started");
      const endMs = steps.fromMs + steps.steps * steps.stepMs;
      expect(steps.steps).toBeLessThanOrEqual(300);
      expect(steps.stepMs % 1000).toBe(0);
      expect(steps.fromMs % steps.stepMs).toBe(0);
      expect(endMs).toBeLessThanOrEqual(nowMs - 2000);
      expect(nowMs - 2000 - endMs).toBeLessThan(steps.stepMs);
      expect(steps.fromMs).toBeGreaterThan(nowMs - (window === "all" ? agoMs : Math.min(agoMs, minutes(15) + 2000)) - steps.stepMs);
    }
  },
);

test("a campaign that has ended shows its end, not the quarter of an hour before now", () => {
  const steps = stepsOf(nowMs, running(days(1), hours(20)), "15m");
  expect(steps && steps.fromMs + steps.steps * steps.stepMs).toBeLessThanOrEqual(nowMs - hours(20) + seconds(10));
  expect(steps?.fromMs).toBeGreaterThanOrEqual(nowMs - hours(20) - minutes(16));
});

test("a steady pace is told as it is, and nothing of a campaign that has not started", async () => {
  const campaign = running(minutes(5));
  const { ctx } = fakeCtx({ campaign, allowed: asViewer, reports: steady(campaign, 76.9) });
  const history = await readPaceHistory(ctx, { campaignId, window: "15m" });
  if (!history.ok) throw new Error("it has a pace");
  expect(new Set(history.value.points.slice(1).map(({ perSecond }) => perSecond))).toEqual(new Set([76.9]));
  const waiting = fakeCtx({ campaign: aCampaign({ startedAtMs: null }), reports: { controlActs: async () => [] } });
  expect(await readPaceHistory(waiting.ctx, { campaignId, window: "all" })).toMatchObject({ value: { points: [] } });
});

test("the pace is measured over half a minute, and not said before five seconds were seen or after the end", async () => {
  const measured = async (campaign: Campaign) => measurePace(fakeCtx({ reports: steady(campaign, 20) }).ctx, campaign);
  expect(await measured(running(minutes(5)))).toEqual({ perSecond: 20, overMs: 30_000 });
  expect(await measured(running(seconds(10)))).toEqual({ perSecond: 20, overMs: 8000 });
  expect(await measured(running(seconds(6)))).toBeNull();
  expect(await measured(running(minutes(5), seconds(1)))).toBeNull();
  expect(await measured(aCampaign({ startedAtMs: null }))).toBeNull();
});

test("a pause lasts until the campaign goes on; pausing twice is one pause; one that is on has no end", () => {
  const act = (action: "paused" | "resumed" | "cancelled", atMs: number) => ({ action, atMs });
  expect(pausesOf([act("paused", 1), act("paused", 2), act("resumed", 5), act("resumed", 6), act("paused", 8)])).toEqual([
    { fromMs: 1, toMs: 5 },
    { fromMs: 8, toMs: null },
  ]);
  expect(pausesOf([act("paused", 1), act("cancelled", 3)])).toEqual([{ fromMs: 1, toMs: 3 }]);
});

test("L10: a campaign of another workspace has no pace, and whoever may not read campaigns reads none", async () => {
  const { ctx } = fakeCtx({ campaign: running(minutes(1)) });
  expect(await readPaceHistory(ctx, { campaignId: aCampaignId(2), window: "all" })).toMatchObject({ error: { type: "not_found" } });
  const closed = fakeCtx({ campaign: running(minutes(1)), allowed: [] });
  expect(await readPaceHistory(closed.ctx, { campaignId, window: "all" })).toMatchObject({ error: { type: "not_allowed" } });
});
