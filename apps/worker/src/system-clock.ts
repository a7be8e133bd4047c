import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "@herald/kernel";

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (durationMs) => sleep(Math.max(0, durationMs)),
};

/** Sleeps, or less when the signal aborts. Never rejects. */
export async function sleepUnless(durationMs: number, stop: AbortSignal): Promise<void> {
  await sleep(durationMs, undefined, { signal: stop }).catch(() => undefined);
}
