import { createRecordActivities, createSliceActivities, type RecordDeps, type SliceDeps } from "@herald/activities";
import { taskQueues } from "@herald/temporal/contract";
import type { DataConverter } from "@temporalio/client";
import type { Served } from "./run-worker.ts";

/** Workflows and the short activities beside them. The cache bounds memory: a waiting campaign is rebuilt from its history when it wakes. */
export function workflowQueue(deps: RecordDeps, dataConverter: DataConverter, bundlePath: string): Served {
  return {
    taskQueue: taskQueues.workflows,
    workflowBundle: { codePath: bundlePath },
    activities: createRecordActivities(deps),
    dataConverter,
    maxCachedWorkflows: 200,
    maxConcurrentWorkflowTaskExecutions: 20,
    maxConcurrentActivityTaskExecutions: 20,
    workflowTaskPollerBehavior: { type: "autoscaling" },
    activityTaskPollerBehavior: { type: "autoscaling" },
  };
}

/** Slices. One is a place in its number's loop, mostly waiting, so a process can take many; what bounds the sending is the number's pace. */
export function dispatchQueue(deps: SliceDeps, dataConverter: DataConverter, maxSlices: number): Served {
  return {
    taskQueue: taskQueues.dispatch,
    activities: createSliceActivities(deps),
    dataConverter,
    maxConcurrentActivityTaskExecutions: maxSlices,
    activityTaskPollerBehavior: { type: "autoscaling" },
  };
}
