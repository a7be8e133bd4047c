export type { Activities, RecordActivities, RecordDeps, SliceActivities, SliceDeps } from "./activities.ts";
export { createRecordActivities } from "./record-activities.ts";
export { createSliceActivities } from "./slice-activities.ts";
