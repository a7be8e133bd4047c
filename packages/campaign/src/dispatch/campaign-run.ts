import type { CampaignId, WorkspaceId } from "@herald/kernel";
import type { FrozenTemplate } from "@herald/provider";
import type { CampaignStatus } from "../ledger/campaign-status.ts";
import type { BucketCounts } from "../ledger/message-state.ts";
import type { ControlFlag } from "./controls.ts";

/** What the workflow and a slice need to know of a campaign; one read, no personal data. */
export type CampaignProgress = {
  readonly status: CampaignStatus;
  readonly flag: ControlFlag;
  readonly controlSeq: number;
  /** 0, or the number of the newest resend. */
  readonly runNo: number;
  readonly planned: number;
  readonly chunkCount: number;
  readonly counts: BucketCounts;
  readonly scheduledAtMs: number | null;
  readonly expiresAtMs: number;
  /** The earliest `next_at` of a waiting message; null when none has one. */
  readonly nextDueAtMs: number | null;
  /** The database's clock at the read. */
  readonly nowMs: number;
};

/** The engine's side of a campaign, each call its own transaction under the engine's role. */
export type CampaignRunPort = {
  readonly progress: (workspaceId: WorkspaceId, campaignId: CampaignId) => Promise<CampaignProgress | null>;
  /** scheduled → queued once its time has come; seen more than `lateAfterMs` later, as its late policy says. Nothing when it is not due. */
  readonly release: (workspaceId: WorkspaceId, campaignId: CampaignId, lateAfterMs: number) => Promise<void>;
  /** Temporal's own cancellation means cancel: flag, control_seq and audit entry by the system. Changes nothing on a campaign already cancelled or final. Answers the control_seq that holds. */
  readonly cancel: (workspaceId: WorkspaceId, campaignId: CampaignId) => Promise<number>;
  /** Queued and deferred messages become skipped; at most `limit` a call, answers how many. */
  readonly skipOpen: (workspaceId: WorkspaceId, campaignId: CampaignId, reason: "cancelled" | "expired", limit: number) => Promise<number>;
  /** The final status, only while nothing is queued, deferred or dispatching; answers the status that now holds. */
  readonly finalise: (workspaceId: WorkspaceId, campaignId: CampaignId) => Promise<CampaignStatus>;
  readonly markStagingDegraded: (workspaceId: WorkspaceId, campaignId: CampaignId) => Promise<void>;
  readonly senderAccount: (
    workspaceId: WorkspaceId,
    campaignId: CampaignId,
  ) => Promise<{ readonly providerNumberId: string; readonly accessToken: string; readonly capPerSecond: number }>;
  readonly frozenTemplate: (workspaceId: WorkspaceId, campaignId: CampaignId) => Promise<FrozenTemplate>;
};
