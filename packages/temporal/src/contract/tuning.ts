/** How patient a dispatch workflow is. Durations in milliseconds. */
export type DispatchTuning = {
  /** How long one slice sends before it hands back; below the activity's start-to-close timeout. */
  readonly sliceMs: number;
  readonly sliceTimeoutMs: number;
  /** A worker that is silent this long is taken for dead, and its slice is given to another. */
  readonly heartbeatTimeoutMs: number;
  /** First wait before a failed attempt of a slice is retried; doubles up to 30 × that. */
  readonly sliceRetryMs: number;
  /** First wait after a slice failed for good; doubles up to 10 × that. An outage delays a campaign and never fails it. */
  readonly recoveryWaitMs: number;
  /** How often a campaign that is blocked, or waits for nothing nameable, looks again. */
  readonly blockedRecheckMs: number;
  /** The least pause after a slice that sent nothing. */
  readonly idleRecheckMs: number;
  /** First look at what must still settle; doubles up to 180 × that. */
  readonly settlePollMs: number;
  /** How long a campaign stays open for ambiguous sends. Later evidence still merges. */
  readonly settleUnknownMs: number;
  /** … and for messages that the provider holds for a quality review. */
  readonly settleHeldMs: number;
  /** Events after which a run hands over to a new one, unless the server suggests it earlier: a worker that takes over reads them all. */
  readonly maxHistoryEvents: number;
};

export const defaultTuning: DispatchTuning = {
  sliceMs: 240_000,
  sliceTimeoutMs: 300_000,
  heartbeatTimeoutMs: 30_000,
  sliceRetryMs: 2_000,
  recoveryWaitMs: 30_000,
  blockedRecheckMs: 60_000,
  idleRecheckMs: 5_000,
  settlePollMs: 5_000,
  settleUnknownMs: 15 * 60_000,
  settleHeldMs: 24 * 3_600_000,
  maxHistoryEvents: 2_000,
};
