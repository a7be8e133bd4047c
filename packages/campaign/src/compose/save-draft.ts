import { type DraftId, err, type NotAllowed, type NotFound, notAllowed, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import type { CampaignCtx } from "../ctx.ts";
import { draftName } from "./create-draft.ts";
import { DraftContentInput } from "./draft-content.ts";
import type { Draft, DraftLaunched, DraftMoved } from "./drafts.ts";
import { openDraft } from "./open-draft.ts";

export const SaveDraftInput = z.strictObject({
  name: draftName,
  content: DraftContentInput,
  /** The one that was read; the next one is the answer's. */
  version: z.number().int().min(1),
});
export type SaveDraft = z.output<typeof SaveDraftInput> & { readonly draftId: DraftId };
export type SavedDraft = Pick<Draft, "draftId" | "version" | "updatedAtMs">;

/** Replaces a draft whole, unless somebody saved it since: nobody's work is written over unseen. */
export async function saveDraft(
  ctx: CampaignCtx,
  { draftId, version, name, content }: SaveDraft,
): Promise<Result<SavedDraft, NotAllowed | NotFound | DraftMoved | DraftLaunched>> {
  if (!ctx.allows("campaign.write")) return err(notAllowed("campaign.write"));
  const draft = await openDraft(ctx, draftId);
  if (!draft.ok) return draft;
  if (draft.value.version !== version) {
    const { updatedAtMs, updatedBy } = draft.value;
    return err({ type: "draft_moved", version: draft.value.version, updatedAtMs, updatedBy });
  }
  return ok({ draftId, ...(await ctx.drafts.save(draftId, { name, content })) });
}
