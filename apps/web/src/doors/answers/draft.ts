import type { Draft, NamedPerson, SavedDraft, StoredDraft } from "@herald/campaign";
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

export const StoredDraftAnswer = SavedDraftAnswer.extend({
  name: z.string(),
  /** As it was saved: `content` of the save. */
  content: z.record(z.string(), z.unknown()),
  /** The id of a person. */
  updatedBy: z.uuid(),
  launchedCampaignId: z.uuid().nullable(),
});
export const presentStoredDraft = ({ updatedAtMs, content, ...stored }: StoredDraft): z.input<typeof StoredDraftAnswer> => ({
  ...stored,
  content: { ...content },
  updatedAt: isoOf(updatedAtMs),
});

/** `hasConsent`: to marketing. */
const PersonAnswer = z.strictObject({
  contactId: z.uuid(),
  displayName: z.string(),
  phone: z.string().nullable(),
  hasConsent: z.boolean(),
});
export const PeopleAnswer = z.strictObject({ people: z.array(PersonAnswer) });
export const presentPeople = (people: readonly NamedPerson[]): z.input<typeof PeopleAnswer> => ({
  people: people.map((person) => ({ ...person })),
});

export const DiscardedDraftAnswer = z.strictObject({ draftId: z.uuid() });
export const presentDiscardedDraft = ({ draftId }: Pick<Draft, "draftId">): z.input<typeof DiscardedDraftAnswer> => ({ draftId });
