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
/**
 * The last move of one shard of a campaign's counters, with the full precision of the database's clock. Per shard, because gate and results commit
 * side by side: under a maximum per campaign, a move that commits after a later one would never be seen.
 */
export type CampaignMove = {
  readonly workspaceId: WorkspaceId;
  readonly campaignId: CampaignId;
  /** -1: the campaign itself changed, and no counter: its status, flag, pace or time, or a switch that holds it. */
  readonly shard: number;
  readonly movedAtMs: number;
};
export type ChangeFeed = {
  /** What moved after the given time of the database's clock: counters, and what operators and the engine change beside them. */
  readonly movedSince: (sinceMs: number) => Promise<readonly CampaignMove[]>;
};
