import type { CampaignId, WorkspaceId } from "@herald/kernel";

/** The version grows when workers of two releases could not share a queue; old workers then drain the old one. */
export const taskQueues = { workflows: "herald-workflows-v1", dispatch: "herald-dispatch-v1" } as const;

export const workflowTypes = { bulkCampaignDispatch: "bulkCampaignDispatchWorkflow" } as const;

/** An Update that carries the number of a committed control. The flag itself is in Postgres: this only wakes the workflow. */
export const controlChangedName = "controlChanged";

/** Set at start, where they are free. Registered on every namespace as Keyword. */
export const searchAttributeNames = { workspaceId: "WorkspaceId", campaignId: "CampaignId" } as const;

/**
 * One open workflow per campaign and run: a second start of the same id is the same workflow.
 * Run 0 is the campaign itself; run n > 0 sends again what an operator chose, over just those messages.
 */
export const dispatchWorkflowId = (workspaceId: WorkspaceId, campaignId: CampaignId, runNo: number): string =>
  `campaign:${workspaceId}:${campaignId}${runNo === 0 ? "" : `:r${runNo}`}`;

/** Temporal drops a second Update of the same id: a wake-up that is retried acts once. */
export const controlUpdateId = (controlSeq: number): string => `control:${controlSeq}`;
