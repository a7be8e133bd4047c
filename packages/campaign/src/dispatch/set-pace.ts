import { type CampaignId, err, type NotAllowed, type NotFound, notAllowed, notFound, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import { storableText } from "../compose/draft.ts";
import type { CampaignCtx } from "../ctx.ts";
import { isFinal } from "../ledger/campaign-status.ts";
import type { WrongStatus } from "./control-campaign.ts";
import type { CampaignControl, CampaignPace } from "./controls.ts";

export const PaceInput = z
  .strictObject({
    /** Share of the number among its campaigns. */
    weight: z.number().min(0.1).max(10).optional(),
    /** Messages per second of this campaign; null: the number's pace alone. Above what the number may, it changes nothing. */
    maxPerSecond: z.number().min(0.1).max(1000).nullable().optional(),
    note: storableText(500).trim().optional(),
  })
  .refine((pace) => pace.weight !== undefined || pace.maxPerSecond !== undefined, "name a weight or a maximum per second");
export type SetPace = z.output<typeof PaceInput> & { readonly campaignId: CampaignId };

/** How fast a campaign sends, and its share among others; obeyed like a pause: by every grant made after the commit. Allowed until the campaign ends. */
export async function setPace(
  ctx: CampaignCtx,
  input: SetPace,
): Promise<Result<CampaignControl & CampaignPace, NotFound | NotAllowed | WrongStatus>> {
  if (!ctx.allows("campaign.control")) return err(notAllowed("campaign.control"));
  const control = await ctx.controls.lock(input.campaignId);
  if (!control) return err(notFound("campaign"));
  if (control.flag === "cancelled" || isFinal(control.status)) return err({ type: "wrong_status", status: control.status, action: "rate" });
  const { campaignId, note, ...pace } = input;
  return ok(await ctx.controls.setPace(campaignId, { ...pace, note: note ?? null }));
}
