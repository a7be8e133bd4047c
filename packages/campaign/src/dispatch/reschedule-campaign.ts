import { type CampaignId, err, type InvalidInput, notAllowed, notFound, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import { storableText } from "../compose/draft.ts";
import { latePolicies, type ScheduledStart, ScheduleInput, startOf, type TimePassed } from "../compose/schedule.ts";
import type { CampaignCtx } from "../ctx.ts";
import type { ControlProblem } from "./control-campaign.ts";
import type { CampaignControl } from "./controls.ts";

const note = storableText(500).trim().optional();
/** Another time, or now. */
export const RescheduleInput = z.union(
  [
    z.strictObject({ schedule: ScheduleInput, ifLate: z.enum(latePolicies).optional(), note }),
    z.strictObject({ now: z.literal(true), note }),
  ],
  'must be {"schedule": …} or {"now": true}',
);
export type RescheduleCampaign = z.output<typeof RescheduleInput> & { readonly campaignId: CampaignId };
export type Rescheduled = CampaignControl & { readonly schedule: ScheduledStart; readonly expiresAtMs: number };
export type RescheduleProblem = ControlProblem | TimePassed | InvalidInput;

/**
 * Moves the start of a campaign that has not started, also of one that is paused and stays so; what was frozen stays frozen (law L8), and its time to expire moves along.
 * The control row decides against a start at the same moment: one of the two comes first, and the other sees it.
 */
export async function rescheduleCampaign(ctx: CampaignCtx, input: RescheduleCampaign): Promise<Result<Rescheduled, RescheduleProblem>> {
  if (!ctx.allows("campaign.control")) return err(notAllowed("campaign.control"));
  const control = await ctx.controls.lock(input.campaignId);
  const campaign = control && (await ctx.campaigns.find(input.campaignId));
  if (!control || !campaign) return err(notFound("campaign"));
  if (campaign.status !== "scheduled" || campaign.scheduledAtMs === null || control.flag === "cancelled")
    return err({ type: "wrong_status", status: campaign.status, action: "schedule" });
  const start =
    "now" in input ? ok<ScheduledStart>({ atMs: ctx.nowMs, zone: null, local: null, adjusted: null }) : startOf(input.schedule, ctx.nowMs);
  if (!start.ok) return start;
  const { atMs, zone } = start.value;
  const isNow = "now" in input;
  const expiresAtMs = campaign.expiresAtMs + atMs - campaign.scheduledAtMs;
  const moved = await ctx.calendar.move(input.campaignId, {
    scheduledAtMs: atMs,
    scheduleZone: zone,
    latePolicy: "now" in input ? campaign.latePolicy : (input.ifLate ?? campaign.latePolicy),
    expiresAtMs,
    isNow,
    // a pause outlasts the move: only a resume lets it go
    status: !isNow ? "scheduled" : control.flag === "paused" ? "paused" : "queued",
    note: input.note ?? null,
  });
  return ok({ ...moved, schedule: start.value, expiresAtMs });
}
