import type { DispatchTuning } from "@herald/temporal/contract";
import type { WebEnv } from "../env.ts";

/** The patience that workflows started from here are given; what is not set keeps its default. */
export function tuningOf(env: WebEnv): Partial<DispatchTuning> | undefined {
  const chosen: Readonly<Record<string, number | undefined>> = {
    sliceMs: env.HERALD_SLICE_MS,
    heartbeatTimeoutMs: env.HERALD_HEARTBEAT_TIMEOUT_MS,
    sliceRetryMs: env.HERALD_SLICE_RETRY_MS,
    recoveryWaitMs: env.HERALD_RECOVERY_WAIT_MS,
    settleUnknownMs: env.HERALD_SETTLE_UNKNOWN_MS,
    settleHeldMs: env.HERALD_SETTLE_HELD_MS,
  } satisfies Partial<Record<keyof DispatchTuning, number | undefined>>;
  const set = Object.entries(chosen).filter(([, value]) => value !== undefined);
  return set.length === 0 ? undefined : Object.fromEntries(set);
}
