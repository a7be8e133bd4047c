import { Context } from "@temporalio/activity";
import type { RecordActivities, RecordDeps } from "./activities.ts";
import { atTheEdge } from "./failure.ts";

export function createRecordActivities(deps: RecordDeps): RecordActivities {
  return {
    lookAtCampaign: atTheEdge(audibly(deps.settleCampaign)),
    stageChunks: atTheEdge(audibly(deps.stageChunks)),
    cancelCampaign: atTheEdge(audibly(deps.cancelCampaign)),
  };
}

/**
 * A worker that is killed over a look falls silent, and the look is given to another after the heartbeat timeout instead of its full time.
 * By a timer, because its statements are bounded by the database's own timeouts; a short one never beats, and costs no Action.
 */
function audibly<Input, Output>(activity: (input: Input) => Promise<Output>): (input: Input) => Promise<Output> {
  return async (input) => {
    const context = Context.current();
    const { heartbeatTimeoutMs } = context.info;
    if (heartbeatTimeoutMs === undefined || heartbeatTimeoutMs <= 0) return activity(input);
    const beating = setInterval(() => context.heartbeat(), heartbeatTimeoutMs / 3);
    try {
      return await activity(input);
    } finally {
      clearInterval(beating);
    }
  };
}
