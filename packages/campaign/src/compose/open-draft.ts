import { type DraftId, err, type NotFound, notFound, ok, type Result } from "@herald/kernel";
import type { CampaignCtx } from "../ctx.ts";
import type { Draft, DraftLaunched } from "./drafts.ts";

/** A draft that may still change, ours until the end of the transaction: of two who want it at once, the second sees what the first made of it. */
export async function openDraft(ctx: CampaignCtx, draftId: DraftId): Promise<Result<Draft, NotFound | DraftLaunched>> {
  const draft = await ctx.drafts.lock(draftId);
  if (!draft) return err(notFound("draft"));
  return draft.launchedCampaignId === null ? ok(draft) : err({ type: "draft_launched", campaignId: draft.launchedCampaignId });
}
