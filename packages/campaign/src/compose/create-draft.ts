import { err, type NotAllowed, notAllowed, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import type { CampaignCtx } from "../ctx.ts";
import { storableText } from "./draft.ts";
import { DraftContentInput } from "./draft-content.ts";
import type { Draft } from "./drafts.ts";

/** A draft may be nameless; a campaign may not. */
export const draftName = storableText(200).trim();
export const CreateDraftInput = z.strictObject({ name: draftName.default(""), content: DraftContentInput.default({}) });
export type CreateDraft = z.output<typeof CreateDraftInput>;

/** Begins a campaign: nothing is checked against senders, templates or people yet. */
export async function createDraft(ctx: CampaignCtx, input: CreateDraft): Promise<Result<Pick<Draft, "draftId" | "version">, NotAllowed>> {
  if (!ctx.allows("campaign.write")) return err(notAllowed("campaign.write"));
  return ok(await ctx.drafts.create(input));
}
