import type { SliceSignals } from "@herald/campaign";
import { Context } from "@temporalio/activity";
import type { SliceActivities, SliceDeps } from "./activities.ts";
import { atTheEdge } from "./failure.ts";

/** The SDK throttles what reaches the server; this only spares it the calls. */
const heartbeatEveryMs = 1000;

export function createSliceActivities(deps: SliceDeps): SliceActivities {
  return { dispatchSlice: atTheEdge((input) => deps.dispatcher.runSlice(input, signalsOf(Context.current(), deps.monotonicMs))) };
}

/**
 * A shutdown of the worker, a pause by an operator of Temporal and a lost lease all mean the same to a slice: begin nothing new, record what is
 * in flight, and return. It returns rather than fails, so the workflow gives the next slice to another worker at once.
 */
function signalsOf(context: Context, monotonicMs: () => number): SliceSignals {
  let beatenAtMs = Number.NEGATIVE_INFINITY;
  return {
    isStopping: () => context.cancellationSignal.aborted,
    // Driven by the slice's own progress, not by a timer: a slice that hangs falls silent. No details: the ledger is the cursor.
    heartbeat() {
      if (monotonicMs() - beatenAtMs < heartbeatEveryMs) return;
      beatenAtMs = monotonicMs();
      context.heartbeat();
    },
  };
}
