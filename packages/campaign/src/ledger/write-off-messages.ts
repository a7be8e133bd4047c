import { type CampaignId, err, notAllowed, notFound, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import type { CampaignCtx } from "../ctx.ts";
import { type Decided, type DecidedOf, maxDecided } from "./decisions.ts";
import { type DecisionProblem, decidedMessageIds, decisionNote } from "./resend-messages.ts";

export const WriteOffInput = z.strictObject({
  what: z.enum(["unknown", "held"]).default("unknown"),
  messageIds: decidedMessageIds.optional(),
  note: decisionNote,
});
export type WriteOffMessages = z.output<typeof WriteOffInput> & { readonly campaignId: CampaignId };

/**
 * Gives messages up that are unknown, or that the provider has held for more than a day: they become `failed` with the reason `written_off` and are not
 * sent again. A receipt that comes later still lifts them, so
 * this is harmless at any status of the campaign. Moves at most 5,000 a call and says how many are left.
 */
export async function writeOffMessages(ctx: CampaignCtx, input: WriteOffMessages): Promise<Result<DecidedOf<Decided>, DecisionProblem>> {
  if (!ctx.allows("campaign.control")) return err(notAllowed("campaign.control"));
  if (!(await ctx.controls.lock(input.campaignId))) return err(notFound("campaign"));
  const { isOverflowUnread, ...decided } = await ctx.decisions.writeOff(
    input.campaignId,
    { what: input.what, messageIds: input.messageIds ?? null },
    { note: input.note, limit: maxDecided },
  );
  if (isOverflowUnread) return err({ type: "overflow_unread" });
  return decided.moved > 0 ? ok({ campaignId: input.campaignId, ...decided }) : err({ type: "nothing_to_decide", what: input.what });
}
