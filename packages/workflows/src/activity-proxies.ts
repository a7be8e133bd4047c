import type { RecordActivities, SliceActivities } from "@herald/activities";
import { type DispatchTuning, taskQueues } from "@herald/temporal/contract";
import { type ActivityInterfaceFor, proxyActivities } from "@temporalio/workflow";

/**
 * Looks and finishing. Idempotent, so tried until they succeed: an outage of a store delays a campaign and never fails it.
 * The timeout leaves room for leaving out 100,000 messages of a cancelled campaign.
 */
export function recordsOf(tuning: DispatchTuning): ActivityInterfaceFor<Pick<RecordActivities, "lookAtCampaign" | "cancelCampaign">> {
  return proxyActivities<Pick<RecordActivities, "lookAtCampaign" | "cancelCampaign">>({
    startToCloseTimeout: "120s",
    heartbeatTimeout: tuning.heartbeatTimeoutMs,
    retry: { initialInterval: "1s", backoffCoefficient: 2, maximumInterval: "60s" },
  });
}

/** Fills a cache that may be missing. Given up soon, because a slice without it reads the same from Postgres. */
export function stagingOf(tuning: DispatchTuning): ActivityInterfaceFor<Pick<RecordActivities, "stageChunks">> {
  return proxyActivities<Pick<RecordActivities, "stageChunks">>({
    startToCloseTimeout: "30s",
    heartbeatTimeout: tuning.heartbeatTimeoutMs,
    retry: { initialInterval: "1s", backoffCoefficient: 2, maximumAttempts: 2 },
  });
}

/**
 * Sends. A retry is safe because each attempt raises the campaign's epoch and never sends what an older one committed to.
 * Bounded, so that the workflow hears of a lasting outage and waits for it to pass instead of burning attempts.
 */
export function slicesOf(tuning: DispatchTuning): ActivityInterfaceFor<SliceActivities> {
  return proxyActivities<SliceActivities>({
    taskQueue: taskQueues.dispatch,
    startToCloseTimeout: tuning.sliceTimeoutMs,
    heartbeatTimeout: tuning.heartbeatTimeoutMs,
    retry: {
      initialInterval: tuning.sliceRetryMs,
      backoffCoefficient: 2,
      maximumInterval: tuning.sliceRetryMs * 30,
      maximumAttempts: 3,
    },
  });
}
