export type { TemporalUnreachable } from "./answers.ts";
export { openTemporal, type Temporal } from "./open-temporal.ts";
