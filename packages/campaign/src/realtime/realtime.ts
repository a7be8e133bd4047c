import type { CampaignId, WorkspaceId } from "@herald/kernel";

/** "Something changed": never personal data (law L12). Panels refetch what they show. */
export type RealtimeEvent = {
  readonly name: "campaign.changed";
  readonly workspaceId: WorkspaceId;
  readonly campaignId: CampaignId;
  readonly atMs: number;
};

export const workspaceChannel = (workspaceId: WorkspaceId): string => `private-workspace-${workspaceId}`;

export type Realtime = { readonly publish: (events: readonly RealtimeEvent[]) => Promise<void> };
export type ChangeFeed = {
  /** Campaigns whose counters moved after the given time of the database's clock. */
  readonly movedSince: (
    sinceMs: number,
  ) => Promise<readonly { readonly workspaceId: WorkspaceId; readonly campaignId: CampaignId; readonly movedAtMs: number }[]>;
};
