import type { RecordActivities, RecordDeps } from "./activities.ts";
import { atTheEdge } from "./failure.ts";

export function createRecordActivities(deps: RecordDeps): RecordActivities {
  return {
    lookAtCampaign: atTheEdge(deps.settleCampaign),
    stageChunks: atTheEdge(deps.stageChunks),
    cancelCampaign: atTheEdge(deps.cancelCampaign),
  };
}
