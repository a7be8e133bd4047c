import type { Draft, SavedDraft } from "@herald/campaign";
import { z } from "zod";
import { isoOf, time } from "./times.ts";

const version = z.int().min(1);
export const DraftAnswer = z.strictObject({ draftId: z.uuid(), version });
export const presentDraft = ({ draftId, version }: Pick<Draft, "draftId" | "version">): z.input<typeof DraftAnswer> => ({
  draftId,
  version,
});

export const SavedDraftAnswer = DraftAnswer.extend({ updatedAt: time });
export const presentSavedDraft = ({ updatedAtMs, ...saved }: SavedDraft): z.input<typeof SavedDraftAnswer> => ({
  ...presentDraft(saved),
  updatedAt: isoOf(updatedAtMs),
});

export const DiscardedDraftAnswer = z.strictObject({ draftId: z.uuid() });
export const presentDiscardedDraft = ({ draftId }: Pick<Draft, "draftId">): z.input<typeof DiscardedDraftAnswer> => ({ draftId });
