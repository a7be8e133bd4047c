import { type CampaignId, type DraftId, hours, type InvalidInput, type NotFound, ok, parseDraftId, type Result } from "@herald/kernel";
import { z } from "zod";
import { AudienceCountsInput } from "../audience/audience-counts.ts";
import { CampaignDraftInput, idOf, storableText } from "../compose/draft.ts";
import type { Draft, DraftLaunched } from "../compose/drafts.ts";
import { OfferInput } from "../compose/offer.ts";
import { openDraft } from "../compose/open-draft.ts";
import { defaultExpiryHours, latePolicies, type ScheduledStart, ScheduleInput, startOf, type TimePassed } from "../compose/schedule.ts";
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
  expiresInHours: z.number().int().min(1).max(168).default(defaultExpiryHours),
  offer: OfferInput.default([]),
  /** The draft that this is: it is launched with the campaign, once. */
  draftId: idOf<DraftId>(parseDraftId, "draft").optional(),
  /** What the operator was shown; when it no longer holds, nothing is launched. */
  expected: AudienceCountsInput.optional(),
});
export type LaunchCampaign = z.output<typeof LaunchCampaignInput>;

export type LaunchProblem = DraftProblem | FreezeProblem | TimePassed | DraftLaunched;
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
  // before the audience is read: who launches the same draft at once waits here, and then sees that it is done
  const draft: Result<Draft | null, NotFound | DraftLaunched> =
    input.draftId === undefined ? ok(null) : await openDraft(ctx, input.draftId);
  if (!draft.ok) return draft;
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
    offer: input.offer,
    scheduledAtMs: schedule?.atMs ?? null,
    scheduleZone: schedule?.zone ?? null,
    latePolicy: input.ifLate,
    expiresAtMs: (schedule?.atMs ?? ctx.nowMs) + hours(input.expiresInHours),
  });
  const { expected } = input;
  const frozen = await freezeAudience(ctx, campaignId, input, checked.value, { startsAtMs: schedule?.atMs ?? null, expected });
  if (!frozen.ok) return frozen;
  if (draft.value) await ctx.drafts.markLaunched(draft.value.draftId, campaignId);
  return ok({ campaignId, ...frozen.value, schedule });
}
