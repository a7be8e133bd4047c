import type { Dispatcher, SettleReport, SliceReport } from "@herald/campaign";
import type { CampaignId, WorkspaceId } from "@herald/kernel";

/** Ids only: what an activity is given stays in Temporal's history (law L12). */
export type CampaignRef = { readonly workspaceId: WorkspaceId; readonly campaignId: CampaignId };

/** Short and idempotent: each may run twice, and the second time finds its work done. Served by the role `workflows`. */
export type RecordActivities = {
  /** Reads the ledger, settles what can be, and ends the campaign when `mayFinish` and nothing is left to do. */
  lookAtCampaign(input: CampaignRef & { readonly mayFinish: boolean }): Promise<SettleReport>;
  /** Puts the next chunks into the cache; answers the number of the chunk to go on from. */
  stageChunks(input: CampaignRef & { readonly fromChunkNo: number; readonly chunkCount: number }): Promise<number>;
  /** Commits the flag `cancelled`; answers the number of that control. */
  cancelCampaign(input: CampaignRef): Promise<number>;
};

/** Long, with heartbeats, fenced by the campaign's epoch: two that overlap cannot both send. Served by the role `dispatch`. */
export type SliceActivities = {
  dispatchSlice(input: CampaignRef & { readonly maxMs: number }): Promise<SliceReport>;
};

export type Activities = RecordActivities & SliceActivities;

/** What the edge needs of the inside: functions of the domain with their ports already bound. */
export type RecordDeps = {
  readonly settleCampaign: (input: CampaignRef & { readonly mayFinish: boolean }) => Promise<SettleReport>;
  readonly stageChunks: (input: CampaignRef & { readonly fromChunkNo: number; readonly chunkCount: number }) => Promise<number>;
  readonly cancelCampaign: (input: CampaignRef) => Promise<number>;
};
export type SliceDeps = {
  readonly dispatcher: Dispatcher;
  /** Monotonic milliseconds. */
  readonly monotonicMs: () => number;
};
