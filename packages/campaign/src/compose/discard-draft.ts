import { type DraftId, err, type NotAllowed, type NotFound, notAllowed, ok, type Result } from "@herald/kernel";
import type { CampaignCtx } from "../ctx.ts";
import type { DraftLaunched } from "./drafts.ts";
import { openDraft } from "./open-draft.ts";

/** Throws a draft away for good. One that was launched stays: it says what its campaign was made of. */
export async function discardDraft(
  ctx: CampaignCtx,
  { draftId }: { readonly draftId: DraftId },
): Promise<Result<{ readonly draftId: DraftId }, NotAllowed | NotFound | DraftLaunched>> {
  if (!ctx.allows("campaign.write")) return err(notAllowed("campaign.write"));
  const draft = await openDraft(ctx, draftId);
  if (!draft.ok) return draft;
  await ctx.drafts.discard(draftId);
  return ok({ draftId });
}
