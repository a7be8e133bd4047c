import type { Logger } from "@herald/observability";
import { BackOff } from "../back-off.ts";
import { sleepUnless } from "../system-clock.ts";

export type Loop = {
  readonly name: string;
  /** One pass; answers how much it did. */
  readonly pass: () => Promise<number>;
  readonly restMs: number;
  /** `when_idle`: a pass that did something is followed by the next at once. `always`: a fixed beat. */
  readonly rests: "when_idle" | "always";
};

export type LoopWatch = { readonly passed: (name: string, count: number) => void; readonly failed: (name: string) => void };

const firstWaitMs = 250;
const longestWaitMs = 30_000;

/** Runs until `stop`. A pass that fails is logged and tried again later; it stops neither its own loop nor another. */
export async function runLoop(
  loop: Loop,
  deps: { readonly log: Logger; readonly watch: LoopWatch; readonly stop: AbortSignal },
): Promise<void> {
  const backOff = new BackOff(firstWaitMs, longestWaitMs);
  while (!deps.stop.aborted) {
    try {
      const count = await loop.pass();
      if (backOff.failures > 0) deps.log.info("loop.recovered", { loop: loop.name, failures: backOff.failures });
      backOff.reset();
      deps.watch.passed(loop.name, count);
      if (count === 0 || loop.rests === "always") await sleepUnless(loop.restMs, deps.stop);
    } catch (error) {
      const waitMs = backOff.next();
      deps.watch.failed(loop.name);
      deps.log.warn("loop.failed", { loop: loop.name, failures: backOff.failures, waitMs: Math.round(waitMs), error });
      await sleepUnless(waitMs, deps.stop);
    }
  }
}
