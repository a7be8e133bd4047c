import type { CampaignId, WorkspaceId } from "@herald/kernel";

/** Outbox rows for Temporal: start a campaign's workflow, or wake it after a control. */
export type LaunchOrder = {
  readonly outboxId: string;
  readonly kind: "workflow.start" | "workflow.wake";
  readonly workspaceId: WorkspaceId;
  readonly campaignId: CampaignId;
  readonly runNo: number;
  readonly controlSeq: number;
};
export type LaunchFeed = {
  readonly claim: (limit: number) => Promise<readonly LaunchOrder[]>;
  readonly markDone: (outboxIds: readonly string[]) => Promise<void>;
  /** Comes back after `retryInMs`. */
  readonly markProblem: (outboxId: string, problem: string, retryInMs: number) => Promise<void>;
  /** Campaigns that must have an open workflow. */
  readonly toWatch: () => Promise<
    readonly { readonly workspaceId: WorkspaceId; readonly campaignId: CampaignId; readonly runNo: number }[]
  >;
};
/** The durable side, as the domain sees it. Idempotent by workflow id. */
export type Launcher = {
  readonly start: (order: { readonly workspaceId: WorkspaceId; readonly campaignId: CampaignId; readonly runNo: number }) => Promise<void>;
  readonly wake: (order: {
    readonly workspaceId: WorkspaceId;
    readonly campaignId: CampaignId;
    readonly runNo: number;
    readonly controlSeq: number;
  }) => Promise<void>;
};
