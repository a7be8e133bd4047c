import type { CampaignId, WorkspaceId } from "@herald/kernel";
import type { DispatchTuning } from "./tuning.ts";

/** All that enters a dispatch workflow: ids, never people (law L12). Fields are only ever added, and then optional. */
export type DispatchInput = {
  readonly workspaceId: WorkspaceId;
  readonly campaignId: CampaignId;
  readonly runNo: number;
  /** Fixed for a run at its start, so that a replay sees the same timeouts. Absent: `defaultTuning`. */
  readonly tuning?: Partial<DispatchTuning>;
};

/** What a finished workflow leaves in its history: totals only. */
export type DispatchSummary = {
  readonly status: string;
  readonly slices: number;
  readonly failedSlices: number;
  readonly granted: number;
};
