import type { CampaignId, DraftId, SenderId, TemplateId, UserId } from "@herald/kernel";
import type { ControlFlag, PauseReason } from "../dispatch/controls.ts";
import type { CampaignKind } from "../freeze/campaigns.ts";
import type { CampaignStatus } from "../ledger/campaign-status.ts";
import type { BucketCounts } from "../ledger/message-state.ts";
import type { OpenBlock, SendingPace } from "./report-port.ts";

/** Which campaigns of the workspace; null: whichever. */
export type CampaignFilter = {
  readonly kind: CampaignKind;
  readonly statuses: readonly CampaignStatus[] | null;
  readonly senderId: SenderId | null;
  readonly templateId: TemplateId | null;
  readonly createdBy: UserId | null;
  /** Made at this time or later, and before that one. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** A part of the name, in any case. */
  readonly search: string | null;
};
/** Where a page ends: the newest first, by the time they were made. Opaque to whoever hands it back. */
export type ListCursor = string;

/** A campaign that sends, as `stallOf` and the expected end need it. */
export type SendingFacts = Pick<
  SendingPace,
  | "isMarketing"
  | "weight"
  | "maxPerSecond"
  | "capPerSecond"
  | "effectivePerSecond"
  | "killedBy"
  | "restUntilMs"
  | "breakerOpenSinceMs"
  | "portfolio"
  | "isInboxBehind"
> & {
  /** What the other campaigns weigh that share its number now. */
  readonly otherWeight: number;
  /** Requests a second within the last 15 s; null: too few were seen. */
  readonly measuredPerSecond: number | null;
  /** Why requests could not even begin: `no_connection`, `not_prepared`. */
  readonly unbegun: readonly string[];
  /** As `ReportPort.lastGrantAtMs`. */
  readonly lastGrantAtMs: number | null;
};

/** One campaign as the database knows it. */
export type CampaignFacts = {
  readonly cursor: ListCursor;
  readonly campaignId: CampaignId;
  readonly name: string;
  readonly kind: CampaignKind;
  readonly status: CampaignStatus;
  readonly flag: ControlFlag;
  readonly planned: number;
  readonly pauseReasons: readonly PauseReason[];
  readonly createdBy: UserId | null;
  readonly createdAtMs: number;
  readonly scheduledAtMs: number | null;
  readonly scheduleZone: string | null;
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
  readonly sender: { readonly senderId: SenderId; readonly displayNumber: string; readonly verifiedName: string };
  readonly template: { readonly templateId: TemplateId; readonly name: string; readonly language: string };
  readonly counts: BucketCounts;
  /** People who wrote after it. */
  readonly replied: number;
  /** Who paused or stopped it last, and why; `by` is null when it was no person. */
  readonly stop: { readonly by: UserId | null; readonly atMs: number; readonly note: string | null } | null;
  /** Open ones that reach it. Empty once it has ended. */
  readonly blocks: readonly Pick<OpenBlock, "blockId" | "scope" | "class" | "code">[];
  /** Since when the oldest of them waits; null: there are none, or the campaign has ended. */
  readonly unknownSinceMs: number | null;
  readonly heldSinceMs: number | null;
  /** Null unless it is queued or sending. */
  readonly sending: SendingFacts | null;
};

/** A draft that was not launched. */
export type DraftFacts = {
  readonly cursor: ListCursor;
  readonly draftId: DraftId;
  readonly name: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly updatedBy: UserId | null;
  readonly sender: { readonly displayNumber: string; readonly verifiedName: string } | null;
  readonly templateName: string | null;
  /** How many would receive it by the last preview; null: none was made. */
  readonly eligible: number | null;
};

/** Reads of the list of campaigns, under the workspace of the unit of work. The newest first. */
export type CampaignListPort = {
  readonly page: (filter: CampaignFilter, after: ListCursor | null, limit: number) => Promise<readonly CampaignFacts[]>;
  readonly drafts: (filter: CampaignFilter, after: ListCursor | null, limit: number) => Promise<readonly DraftFacts[]>;
  readonly named: (campaignIds: readonly CampaignId[]) => Promise<readonly CampaignFacts[]>;
  /** Those that have not ended. */
  readonly open: (filter: CampaignFilter, limit: number) => Promise<readonly CampaignFacts[]>;
  /** Those that ended within 30 days and have unknown or held messages; no receipt comes after that. */
  readonly undecided: (filter: CampaignFilter, limit: number) => Promise<readonly CampaignFacts[]>;
  readonly undecidedCount: (filter: CampaignFilter) => Promise<number>;
};
