import { type DraftId, err, type NotAllowed, type NotFound, notAllowed, notFound, ok, type Result } from "@herald/kernel";
import type { CampaignCtx } from "../ctx.ts";
import type { StoredDraft } from "./drafts.ts";

/** A draft as it is stored now, with the version that the next save names: what is read again after `draft_moved`. */
export async function readDraft(
  ctx: CampaignCtx,
  { draftId }: { readonly draftId: DraftId },
): Promise<Result<StoredDraft, NotAllowed | NotFound>> {
  if (!ctx.allows("campaign.read")) return err(notAllowed("campaign.read"));
  const draft = await ctx.drafts.find(draftId);
  return draft ? ok(draft) : err(notFound("draft"));
}
