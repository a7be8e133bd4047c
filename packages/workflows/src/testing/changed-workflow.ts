import type { RecordActivities } from "@herald/activities";
import type { DispatchInput } from "@herald/temporal/contract";
import { proxyActivities } from "@temporalio/workflow";

const records = proxyActivities<Pick<RecordActivities, "cancelCampaign">>({ startToCloseTimeout: "120s", retry: { maximumAttempts: 1 } });

/** The workflow under its released name with another first command: what somebody may ship by accident. */
export async function bulkCampaignDispatchWorkflow({ workspaceId, campaignId }: DispatchInput): Promise<void> {
  await records.cancelCampaign({ workspaceId, campaignId });
}
