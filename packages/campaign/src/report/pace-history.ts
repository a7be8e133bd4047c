import {
  type CampaignId,
  err,
  minutes,
  type NotAllowed,
  type NotFound,
  notAllowed,
  notFound,
  ok,
  type Result,
  seconds,
} from "@herald/kernel";
import type { CampaignCtx } from "../ctx.ts";
import type { Campaign } from "../freeze/campaigns.ts";
import type { ControlAct } from "./report-port.ts";

/** The newest quarter of an hour, or all of it. */
export const paceWindows = ["15m", "all"] as const;
export type PaceWindow = (typeof paceWindows)[number];

export type PacePoint = {
  /** End of the step. */
  readonly atMs: number;
  readonly perSecond: number;
};
/** `toMs` null: it is paused still. */
export type Pause = { readonly fromMs: number; readonly toMs: number | null };
export type PaceHistory = {
  readonly window: PaceWindow;
  readonly stepMs: number;
  /** At most 300, evenly apart, oldest first; none before the campaign started. */
  readonly points: readonly PacePoint[];
  readonly pauses: readonly Pause[];
};
/** Messages per second over the last `overMs`. */
export type MeasuredPace = { readonly perSecond: number; readonly overMs: number };

const mostPoints = 300;
const shortWindowMs = minutes(15);
/** Answers are written within a quarter of a second, sampled within one more: what is younger would show a fall that is none. */
const settledAfterMs = seconds(2);
/** Shown after the end, so that the curve comes down. */
const afterEndMs = seconds(10);
const measuredOverMs = seconds(30);
const leastMeasuredMs = seconds(5);

/** How fast a campaign was sent, second by second or as fine as 300 points allow, and when it was paused. */
export async function readPaceHistory(
  ctx: CampaignCtx,
  input: { readonly campaignId: CampaignId; readonly window: PaceWindow },
): Promise<Result<PaceHistory, NotFound | NotAllowed>> {
  if (!ctx.allows("campaign.read")) return err(notAllowed("campaign.read"));
  const campaign = await ctx.campaigns.find(input.campaignId);
  if (!campaign) return err(notFound("campaign"));
  const pauses = pausesOf(await ctx.reports.controlActs(campaign.campaignId));
  const steps = stepsOf(ctx.nowMs, campaign, input.window);
  if (steps === null) return ok({ window: input.window, stepMs: seconds(1), points: [], pauses });
  const asked = await ctx.reports.askedAt(campaign.campaignId, steps);
  return ok({ window: input.window, stepMs: steps.stepMs, points: pointsOf(asked, steps), pauses });
}

/** What a campaign really did in the last half minute; null while it has not started, or too short a time ago. */
export async function measurePace(ctx: Pick<CampaignCtx, "nowMs" | "reports">, campaign: Campaign): Promise<MeasuredPace | null> {
  if (campaign.startedAtMs === null || campaign.finishedAtMs !== null) return null;
  const toMs = ctx.nowMs - settledAfterMs;
  const fromMs = Math.max(campaign.startedAtMs, toMs - measuredOverMs);
  const overMs = toMs - fromMs;
  if (overMs < leastMeasuredMs) return null;
  const [before = 0, after = 0] = await ctx.reports.askedAt(campaign.campaignId, { fromMs, stepMs: overMs, steps: 1 });
  return { perSecond: rateOf(before, after, overMs), overMs };
}

type Steps = { readonly fromMs: number; readonly stepMs: number; readonly steps: number };

/** Whole seconds, aligned to their own length: a later question then has the same steps, and the curve does not tremble. */
export function stepsOf(nowMs: number, campaign: Pick<Campaign, "startedAtMs" | "finishedAtMs">, window: PaceWindow): Steps | null {
  if (campaign.startedAtMs === null) return null;
  const endMs = Math.min(
    nowMs - settledAfterMs,
    campaign.finishedAtMs === null ? Number.POSITIVE_INFINITY : campaign.finishedAtMs + afterEndMs,
  );
  const beginMs = window === "15m" ? Math.max(campaign.startedAtMs, endMs - shortWindowMs) : campaign.startedAtMs;
  // one step less than there may be: the first one begins before the window wherever that is not a multiple of its length
  const stepMs = seconds(Math.max(1, Math.ceil((endMs - beginMs) / seconds(mostPoints - 1))));
  const fromMs = Math.floor(beginMs / stepMs) * stepMs;
  const steps = Math.floor((endMs - fromMs) / stepMs);
  return steps < 1 ? null : { fromMs, stepMs, steps };
}

const pointsOf = (asked: readonly number[], { fromMs, stepMs }: Steps): readonly PacePoint[] =>
  asked.slice(1).map((after, index) => ({
    atMs: fromMs + (index + 1) * stepMs,
    perSecond: rateOf(asked[index] ?? 0, after, stepMs),
  }));

/** One decimal, as it is shown. */
const rateOf = (before: number, after: number, overMs: number): number =>
  Math.round(Math.max(0, ((after - before) / overMs) * 1000) * 10) / 10;

/** A pause lasts until the campaign goes on, or is stopped for good. */
export function pausesOf(acts: readonly ControlAct[]): readonly Pause[] {
  const pauses: Pause[] = [];
  let fromMs: number | null = null;
  for (const { action, atMs } of acts) {
    if (action === "paused") fromMs ??= atMs;
    else if (fromMs !== null) {
      pauses.push({ fromMs, toMs: atMs });
      fromMs = null;
    }
  }
  if (fromMs !== null) pauses.push({ fromMs, toMs: null });
  return pauses;
}
