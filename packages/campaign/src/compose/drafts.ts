import type { CampaignId, DraftId, UserId } from "@herald/kernel";
import type { DraftContent } from "./draft-content.ts";

/** A campaign while it is composed. Once launched it stays as it was. */
export type Draft = {
  readonly draftId: DraftId;
  /** Grows by one with every save: who saves says which one it saw. */
  readonly version: number;
  readonly updatedAtMs: number;
  readonly updatedBy: UserId;
  /** Null: not launched. */
  readonly launchedCampaignId: CampaignId | null;
};
export type DraftWords = { readonly name: string; readonly content: DraftContent };

export type StoredDraft = Draft & DraftWords;

/** Drafts of the workspace of the unit of work; each change writes its audit entry. */
export type DraftPort = {
  readonly create: (words: DraftWords) => Promise<Pick<Draft, "draftId" | "version">>;
  /** As it is stored now, launched or not. Null: there is none. */
  readonly find: (draftId: DraftId) => Promise<StoredDraft | null>;
  /** Until the end of the transaction nobody else saves, discards or launches it. Null: there is none. */
  readonly lock: (draftId: DraftId) => Promise<Draft | null>;
  readonly save: (draftId: DraftId, words: DraftWords) => Promise<Pick<Draft, "version" | "updatedAtMs">>;
  readonly discard: (draftId: DraftId) => Promise<void>;
  readonly markLaunched: (draftId: DraftId, campaignId: CampaignId) => Promise<void>;
};

/** Somebody saved since the version that was sent. */
export type DraftMoved = {
  readonly type: "draft_moved";
  readonly version: number;
  readonly updatedAtMs: number;
  readonly updatedBy: UserId;
};
/** A draft is launched once. */
export type DraftLaunched = { readonly type: "draft_launched"; readonly campaignId: CampaignId };
