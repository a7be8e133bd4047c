import type { CampaignId, WorkspaceId } from "@herald/kernel";
import { type Client, WorkflowNotFoundError, WorkflowUpdateStage } from "@temporalio/client";
import {
  defineSearchAttributeKey,
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
} from "@temporalio/common";
import {
  controlChangedName,
  controlUpdateId,
  type DispatchInput,
  type DispatchTuning,
  dispatchWorkflowId,
  searchAttributeNames,
  taskQueues,
  workflowTypes,
} from "../contract/index.ts";

export type CampaignRef = { readonly workspaceId: WorkspaceId; readonly campaignId: CampaignId; readonly runNo: number };

const workspaceKey = defineSearchAttributeKey(searchAttributeNames.workspaceId, "KEYWORD");
const campaignKey = defineSearchAttributeKey(searchAttributeNames.campaignId, "KEYWORD");

export async function startDispatch(client: Client, order: CampaignRef, tuning: Partial<DispatchTuning> | undefined): Promise<void> {
  const { workspaceId, campaignId, runNo } = order;
  const input: DispatchInput = { workspaceId, campaignId, runNo, ...(tuning === undefined ? {} : { tuning }) };
  try {
    await client.workflow.start(workflowTypes.bulkCampaignDispatch, {
      args: [input],
      taskQueue: taskQueues.workflows,
      workflowId: dispatchWorkflowId(workspaceId, campaignId, runNo),
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      typedSearchAttributes: [
        { key: workspaceKey, value: workspaceId },
        { key: campaignKey, value: campaignId },
      ],
    });
  } catch (error) {
    // it has run to its end: the order was carried out before
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

export async function wakeDispatch(client: Client, order: CampaignRef & { readonly controlSeq: number }): Promise<void> {
  const handle = client.workflow.getHandle(dispatchWorkflowId(order.workspaceId, order.campaignId, order.runNo));
  try {
    await handle.startUpdate(controlChangedName, {
      args: [order.controlSeq],
      updateId: controlUpdateId(order.controlSeq),
      waitForStage: WorkflowUpdateStage.ACCEPTED,
    });
  } catch (error) {
    // not started yet, or ended: both read the flag themselves
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
