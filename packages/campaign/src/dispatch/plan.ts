/**
 * What a dispatch workflow does next, and why. Pure: no clock, no I/O, no library; time arrives inside reports, by the database's clock.
 * One record is changed in place, because a control may be noted while the answer of an activity is awaited.
 */
export type DispatchPlan = {
  readonly tuning: PlanTuning;
  /** 0: the campaign itself. n > 0: an operator opened it again, to send some of its messages once more. */
  readonly runNo: number;
  step: Step;
  status: string;
  chunkCount: number;
  /** Chunks before this one were put into the cache before the first slice, as far as it could take them; 0: not yet. Slices stage what follows as they advance. */
  stagedTo: number;
  /** The newest control that was announced, and the newest one that a report has taken into account. */
  heardSeq: number;
  seenSeq: number;
  slices: number;
  failedSlices: number;
  failuresInARow: number;
  granted: number;
  grantedLast: number;
  settlingSinceMs: number | null;
  settleLooks: number;
};

/** Patience, in milliseconds; what each means is said in the workflow's contract. */
export type PlanTuning = {
  readonly recoveryWaitMs: number;
  readonly blockedRecheckMs: number;
  readonly idleRecheckMs: number;
  readonly settlePollMs: number;
  readonly settleUnknownMs: number;
  readonly settleHeldMs: number;
};

export type Step = Action | Wait;
export type Action =
  /** Reads the ledger and settles what can be settled; only `mayFinish` gives up on what is still ambiguous or held. */
  | { readonly do: "look"; readonly mayFinish: boolean }
  | { readonly do: "stage"; readonly fromChunkNo: number }
  | { readonly do: "dispatch" }
  | { readonly do: "end" };
/** Until a control moves, and no longer than `forMs`. */
export type Wait = { readonly do: "wait"; readonly why: WaitReason; readonly forMs: number; readonly next: Action };
export type WaitReason = "scheduled" | "paused" | "blocked" | "deferred" | "recovering" | "settling";

/** What of a look at the campaign the plan reads. */
export type Look = {
  readonly isFinal: boolean;
  readonly status: string;
  readonly flag: "running" | "paused" | "cancelled";
  readonly controlSeq: number;
  readonly open: Readonly<Record<"queued" | "deferred" | "dispatching" | "unknown" | "held", number>>;
  readonly nextDueAtMs: number | null;
  readonly scheduledAtMs: number | null;
  readonly expiresAtMs: number;
  readonly chunkCount: number;
  readonly nowMs: number;
  /** The run that the campaign is in. Not in reports of before resends. */
  readonly runNo?: number;
};
export type SliceEnd = {
  readonly reason: "drained" | "paused" | "cancelled" | "blocked" | "expired" | "time_up" | "stopping" | "stale" | "final";
  readonly granted: number;
  readonly controlSeq: number;
};

/** What one run hands to the next when its history has grown long. */
export type PlanCarry = Pick<DispatchPlan, "stagedTo" | "slices" | "failedSlices" | "granted" | "settlingSinceMs">;

const longestRecovery = 10;
const longestSettlePoll = 180;

export function openPlan(tuning: PlanTuning, carry: Partial<PlanCarry> = {}, runNo = 0): DispatchPlan {
  return {
    tuning,
    runNo,
    step: look,
    status: "queued",
    chunkCount: 0,
    stagedTo: 0,
    heardSeq: -1,
    seenSeq: -1,
    slices: 0,
    failedSlices: 0,
    failuresInARow: 0,
    granted: 0,
    grantedLast: 0,
    settlingSinceMs: null,
    settleLooks: 0,
    ...carry,
  };
}

export const carryOf = ({ stagedTo, slices, failedSlices, granted, settlingSinceMs }: DispatchPlan): PlanCarry => ({
  stagedTo,
  slices,
  failedSlices,
  granted,
  settlingSinceMs,
});

/** A control was committed: a wait ends. Nothing is decided here, since the flag itself is in the database. */
export function noteControl(plan: DispatchPlan, controlSeq: number): void {
  plan.heardSeq = Math.max(plan.heardSeq, controlSeq);
}

export const isWoken = (plan: DispatchPlan): boolean => plan.heardSeq > plan.seenSeq;

export function noteWaited(plan: DispatchPlan, waited: Wait): void {
  // an announcement is taken once, so that one without a control behind it cannot keep the plan awake
  plan.seenSeq = Math.max(plan.seenSeq, plan.heardSeq);
  plan.step = waited.next;
}

export function noteLook(plan: DispatchPlan, seen: Look, didTryToFinish: boolean): void {
  plan.seenSeq = Math.max(plan.seenSeq, seen.controlSeq);
  plan.status = seen.status;
  plan.chunkCount = seen.chunkCount;
  plan.step = afterLook(plan, seen, didTryToFinish);
}

/** `toChunkNo` null: the cache could not be filled. A slice then reads the truth behind it, and stages what follows if it can. */
export function noteStaged(plan: DispatchPlan, toChunkNo: number | null): void {
  plan.stagedTo = toChunkNo ?? plan.chunkCount;
  plan.step = { do: "dispatch" };
}

export function noteSlice(plan: DispatchPlan, end: SliceEnd): void {
  plan.seenSeq = Math.max(plan.seenSeq, end.controlSeq);
  plan.slices += 1;
  plan.granted += end.granted;
  plan.grantedLast = end.granted;
  if (end.granted > 0) {
    plan.settlingSinceMs = null;
    plan.settleLooks = 0;
  }
  plan.step = afterSlice(plan, end);
}

/** All attempts of a slice failed. The next one takes the campaign over and names what the dead one left open. */
export function noteSliceFailed(plan: DispatchPlan): void {
  plan.failedSlices += 1;
  plan.step = recovery(plan);
}

export const summaryOf = ({ status, slices, failedSlices, granted }: DispatchPlan) => ({ status, slices, failedSlices, granted });

/** One line for whoever opens the workflow in Temporal's own screen. */
export function describePlan({ step, granted, slices, failedSlices }: DispatchPlan): string {
  return `${step.do === "wait" ? `waiting: ${step.why}` : step.do}; ${granted} granted in ${slices} slices, ${failedSlices} failed`;
}

function afterSlice(plan: DispatchPlan, end: SliceEnd): Step {
  // another attempt owns the campaign: two owners that took it from each other at once would both send nothing
  if (end.reason === "stale") return recovery(plan);
  plan.failuresInARow = 0;
  if (end.reason === "time_up" || end.reason === "stopping") return dispatchOrStage(plan);
  if (end.reason === "blocked") return wait("blocked", plan.tuning.blockedRecheckMs, look);
  return look;
}

function afterLook(plan: DispatchPlan, seen: Look, didTryToFinish: boolean): Step {
  const { tuning } = plan;
  const { queued, deferred, dispatching, unknown, held } = seen.open;
  if (seen.isFinal) return { do: "end" };
  // it had ended, and was opened again before this run heard of the end: what is to send now is the newer run's
  if (seen.runNo !== undefined && seen.runNo > plan.runNo) return { do: "end" };
  if (seen.flag !== "cancelled") {
    const untilExpiryMs = Math.max(tuning.idleRecheckMs, seen.expiresAtMs - seen.nowMs);
    if (seen.status === "scheduled" && seen.scheduledAtMs !== null)
      // due and not released: somebody holds it, and there is nothing to do but look again
      return wait("scheduled", seen.scheduledAtMs > seen.nowMs ? seen.scheduledAtMs - seen.nowMs : tuning.idleRecheckMs, look);
    if (queued + deferred > 0) {
      // what a dead worker left behind is named unknown also while nothing else may happen
      if (seen.flag === "paused") return wait("paused", dispatching > 0 ? tuning.idleRecheckMs : untilExpiryMs, look);
      const dueInMs = seen.nextDueAtMs === null ? null : seen.nextDueAtMs - seen.nowMs;
      // a grant whose answer was lost: its messages come back to the queue, long before the others come due
      if (dispatching > 0 && (dueInMs === null || dueInMs > tuning.idleRecheckMs)) return recover(tuning);
      return dueInMs === null
        ? wait("blocked", Math.min(tuning.blockedRecheckMs, untilExpiryMs), look)
        : untilDue(plan, dueInMs, untilExpiryMs);
    }
  }
  if (dispatching > 0) return recover(tuning);

  plan.settlingSinceMs ??= seen.nowMs;
  const settlingMs = seen.nowMs - plan.settlingSinceMs;
  const patienceMs = Math.max(unknown > 0 ? tuning.settleUnknownMs : 0, held > 0 ? tuning.settleHeldMs : 0);
  if (settlingMs < patienceMs) {
    const pollMs = doubling(tuning.settlePollMs, plan.settleLooks, longestSettlePoll);
    plan.settleLooks += 1;
    return wait("settling", Math.min(pollMs, patienceMs - settlingMs), look);
  }
  if (!didTryToFinish) return { do: "look", mayFinish: true };
  // the ledger would not have it ended, and shows nothing to do: look again, but not at once
  return wait("settling", tuning.idleRecheckMs, { do: "look", mayFinish: true });
}

/** Left by a worker that died: the next slice raises the fence, after which nobody can report on them. */
const recover = (tuning: PlanTuning): Wait => wait("recovering", tuning.idleRecheckMs, { do: "dispatch" });

function untilDue(plan: DispatchPlan, dueInMs: number, untilExpiryMs: number): Step {
  if (dueInMs > untilExpiryMs) return wait("deferred", untilExpiryMs, look);
  if (dueInMs > 0) return wait("deferred", dueInMs, { do: "dispatch" });
  // due, yet the last slice sent nothing (its campaign was blocked, or another owner held the rows): never twice in a row at once
  const didNothing = plan.slices > 0 && plan.grantedLast === 0;
  return didNothing ? wait("blocked", plan.tuning.idleRecheckMs, { do: "dispatch" }) : dispatchOrStage(plan);
}

function dispatchOrStage(plan: DispatchPlan): Action {
  // a resend picks single messages out of all chunks: there is nothing that follows from the first ones
  return plan.runNo === 0 && plan.stagedTo === 0 && plan.chunkCount > 0 ? { do: "stage", fromChunkNo: 0 } : { do: "dispatch" };
}

function recovery(plan: DispatchPlan): Step {
  const forMs = doubling(plan.tuning.recoveryWaitMs, plan.failuresInARow, longestRecovery);
  plan.failuresInARow += 1;
  return wait("recovering", forMs, { do: "dispatch" });
}

const look: Action = { do: "look", mayFinish: false };
const wait = (why: WaitReason, forMs: number, next: Action): Wait => ({ do: "wait", why, forMs, next });
const doubling = (firstMs: number, times: number, longest: number): number => firstMs * Math.min(2 ** times, longest);
