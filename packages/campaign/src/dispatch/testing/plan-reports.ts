import type { Look, PlanTuning, SliceEnd } from "../plan.ts";

/** Reports as the activities would give them; a test names only what it is about. */
export const tuning: PlanTuning = {
  recoveryWaitMs: 30_000,
  blockedRecheckMs: 60_000,
  idleRecheckMs: 5_000,
  settlePollMs: 5_000,
  settleUnknownMs: 900_000,
  settleHeldMs: 86_400_000,
};
export const nothingOpen = { queued: 0, deferred: 0, dispatching: 0, unknown: 0, held: 0 };
export const lookOf = (seen: Partial<Look> = {}): Look => ({
  isFinal: false,
  status: "sending",
  flag: "running",
  controlSeq: 0,
  open: { ...nothingOpen, queued: 10 },
  nextDueAtMs: 1000,
  scheduledAtMs: null,
  expiresAtMs: 1_000_000,
  chunkCount: 3,
  nowMs: 1000,
  ...seen,
});
export const sliceOf = (reason: SliceEnd["reason"], granted = 10, controlSeq = 0): SliceEnd => ({ reason, granted, controlSeq });
