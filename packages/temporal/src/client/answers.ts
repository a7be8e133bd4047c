/** No address is set: this deployment cannot run campaigns, and says so before anything is written. */
export type TemporalNotConfigured = { readonly type: "temporal_not_configured" };
/** An address is set, and nobody answered in time. What was asked may be asked again. `detail` is for the operator. */
export type TemporalUnreachable = { readonly type: "temporal_unreachable"; readonly detail: string };

export const temporalNotConfigured: TemporalNotConfigured = { type: "temporal_not_configured" };
export const temporalUnreachable = (detail: string): TemporalUnreachable => ({ type: "temporal_unreachable", detail });
