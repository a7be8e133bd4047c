import { type CampaignId, days, err, hours, invalidInput, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import { judgeRecipient } from "../audience/judge-recipient.ts";
import { CampaignDraftInput, storableText } from "../compose/draft.ts";
import type { CampaignCtx } from "../ctx.ts";
import type { SkipReason } from "../ledger/message-state.ts";
import { type CheckedDraft, checkDraft, type DraftProblem } from "../validate/check-campaign.ts";
import type { PlannedMessage } from "./campaigns.ts";
import { type EntryTooLarge, maxEntryBytes } from "./chunk.ts";
import { ChunkCutter } from "./chunk-cutter.ts";

export const LaunchCampaignInput = CampaignDraftInput.extend({
  name: storableText(200).trim().min(1),
  /** ISO 8601 with zone; absent: now. */
  scheduledAt: z.iso.datetime({ offset: true }).optional(),
  /** What is not begun by then is left out; counted from the start. */
  expiresInHours: z.number().int().min(1).max(168).default(72),
});
export type LaunchCampaign = z.output<typeof LaunchCampaignInput>;

export type NobodyEligible = {
  readonly type: "nobody_eligible";
  readonly matched: number;
  readonly excluded: readonly { readonly reason: SkipReason; readonly count: number }[];
};
export type TooManyRecipients = { readonly type: "too_many_recipients"; readonly eligible: number; readonly max: number };
export type TimePassed = { readonly type: "time_passed"; readonly scheduledAt: string };
export type LaunchProblem = DraftProblem | NobodyEligible | TooManyRecipients | EntryTooLarge | TimePassed;
export type Launched = {
  readonly campaignId: CampaignId;
  readonly planned: number;
  readonly eligible: number;
  readonly chunkCount: number;
};

const maxDaysAhead = 90;

/**
 * Freezes audience, template and parameters, writes the ledger and the order to start, all in the caller's one transaction (law L8).
 * On any problem the caller rolls back and nothing is written.
 */
export async function launchCampaign(ctx: CampaignCtx, input: LaunchCampaign): Promise<Result<Launched, LaunchProblem>> {
  const checked = await checkDraft(ctx, "campaign.send", input);
  if (!checked.ok) return checked;
  const scheduledAtMs = input.scheduledAt === undefined ? null : Date.parse(input.scheduledAt);
  if (scheduledAtMs !== null && scheduledAtMs <= ctx.nowMs) return err({ type: "time_passed", scheduledAt: input.scheduledAt ?? "" });
  if (scheduledAtMs !== null && scheduledAtMs > ctx.nowMs + days(maxDaysAhead))
    return err(invalidInput({ path: "scheduledAt", message: `A campaign can start at most ${maxDaysAhead} days from now.` }));
  const { sender, template } = checked.value;
  const campaignId = await ctx.campaigns.create({
    name: input.name,
    senderId: sender.senderId,
    sourceId: sender.sourceId,
    templateId: template.templateId,
    frozenTemplate: template.frozen,
    audience: input.audience,
    variables: input.variables,
    scheduledAtMs,
    expiresAtMs: (scheduledAtMs ?? ctx.nowMs) + hours(input.expiresInHours),
  });
  return freezeAudience(ctx, campaignId, input, checked.value);
}

async function freezeAudience(
  ctx: CampaignCtx,
  campaignId: CampaignId,
  input: LaunchCampaign,
  checked: CheckedDraft,
): Promise<Result<Launched, LaunchProblem>> {
  const { maxRecipients } = await ctx.campaigns.limits();
  const cutter = new ChunkCutter();
  const excluded = new Map<SkipReason, number>();
  let planned = 0;
  let eligible = 0;
  for await (const page of ctx.audiences.pages(input.audience)) {
    const messages: PlannedMessage[] = [];
    for (const person of page) {
      planned += 1;
      const judged = judgeRecipient(checked, input.variables, person);
      if (!judged.ok) return judged;
      if (!judged.value.isEligible) {
        const { reason } = judged.value;
        excluded.set(reason, (excluded.get(reason) ?? 0) + 1);
        messages.push({ contactId: person.contactId, skipped: reason });
        continue;
      }
      eligible += 1;
      const placed = cutter.add(judged.value.entry);
      if (placed === null) return err({ type: "entry_too_large", contactId: person.contactId, maxBytes: maxEntryBytes });
      messages.push({ contactId: person.contactId, ...placed });
    }
    if (eligible > maxRecipients) return err({ type: "too_many_recipients", eligible, max: maxRecipients });
    for (const chunk of cutter.takeFull()) await ctx.campaigns.addChunk(campaignId, chunk);
    await ctx.campaigns.addMessages(campaignId, messages);
  }
  if (eligible === 0) {
    return err({ type: "nobody_eligible", matched: planned, excluded: [...excluded].map(([reason, count]) => ({ reason, count })) });
  }
  const chunkCount = cutter.chunkCount;
  for (const chunk of cutter.finish()) await ctx.campaigns.addChunk(campaignId, chunk);
  await ctx.campaigns.seal(campaignId, { planned, chunkCount });
  return ok({ campaignId, planned, eligible, chunkCount });
}
