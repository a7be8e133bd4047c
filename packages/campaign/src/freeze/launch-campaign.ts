import { type CampaignId, hours, type InvalidInput, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import { CampaignDraftInput, storableText } from "../compose/draft.ts";
import { latePolicies, type ScheduledStart, ScheduleInput, startOf, type TimePassed } from "../compose/schedule.ts";
import type { CampaignCtx } from "../ctx.ts";
import { checkDraft, type DraftProblem } from "../validate/check-campaign.ts";
import { type FreezeProblem, type Frozen, freezeAudience } from "./freeze-audience.ts";

export const LaunchCampaignInput = CampaignDraftInput.extend({
  name: storableText(200).trim().min(1),
  /** Absent: now. */
  schedule: ScheduleInput.optional(),
  /** What becomes of a scheduled start that could not be kept within 15 minutes. */
  ifLate: z.enum(latePolicies).default("send"),
  /** What is not begun by then is left out; counted from the start. */
  expiresInHours: z.number().int().min(1).max(168).default(72),
});
export type LaunchCampaign = z.output<typeof LaunchCampaignInput>;

export type LaunchProblem = DraftProblem | FreezeProblem | TimePassed;
export type Launched = Frozen & {
  readonly campaignId: CampaignId;
  /** Null: it starts now. */
  readonly schedule: ScheduledStart | null;
};

/**
 * Freezes audience, template and parameters, writes the ledger and the order to start, all in the caller's one transaction (law L8).
 * On any problem the caller rolls back and nothing is written.
 */
export async function launchCampaign(ctx: CampaignCtx, input: LaunchCampaign): Promise<Result<Launched, LaunchProblem>> {
  const checked = await checkDraft(ctx, "campaign.send", input);
  if (!checked.ok) return checked;
  const start: Result<ScheduledStart | null, TimePassed | InvalidInput> =
    input.schedule === undefined ? ok(null) : startOf(input.schedule, ctx.nowMs);
  if (!start.ok) return start;
  const schedule = start.value;
  const { sender, template } = checked.value;
  const campaignId = await ctx.campaigns.create({
    kind: "bulk",
    name: input.name,
    senderId: sender.senderId,
    sourceId: sender.sourceId,
    templateId: template.templateId,
    frozenTemplate: template.frozen,
    audience: input.audience,
    variables: input.variables,
    scheduledAtMs: schedule?.atMs ?? null,
    scheduleZone: schedule?.zone ?? null,
    latePolicy: input.ifLate,
    expiresAtMs: (schedule?.atMs ?? ctx.nowMs) + hours(input.expiresInHours),
  });
  const frozen = await freezeAudience(ctx, campaignId, input, checked.value, schedule?.atMs ?? null);
  return frozen.ok ? ok({ campaignId, ...frozen.value, schedule }) : frozen;
}
