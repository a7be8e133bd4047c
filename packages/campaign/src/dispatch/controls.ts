import type { CampaignId } from "@herald/kernel";
import type { CampaignStatus } from "../ledger/campaign-status.ts";

export type ControlFlag = "running" | "paused" | "cancelled";
export type CampaignControl = {
  readonly campaignId: CampaignId;
  readonly flag: ControlFlag;
  readonly controlSeq: number;
  readonly status: CampaignStatus;
};

export type ControlPort = {
  /** Locks the control row (FOR UPDATE) and reads it; null when the campaign is not of this workspace. */
  readonly lock: (campaignId: CampaignId) => Promise<CampaignControl | null>;
  /**
   * Flag, status and pause reasons in one step; control_seq + 1; a wake-up row for the workflow; an audit entry.
   * The caller commits; no request of this campaign begins later than one horizon after that (law L6).
   */
  readonly commit: (
    campaignId: CampaignId,
    change: { readonly flag: ControlFlag; readonly status: CampaignStatus; readonly reason: string; readonly note: string | null },
  ) => Promise<CampaignControl>;
};
