import type { Clock } from "@herald/kernel";

export type FakeClock = Clock & {
  /** Moves both clocks and wakes who has slept long enough, in order. */
  readonly advance: (durationMs: number) => Promise<void>;
};

/** A clock that stands still until it is told otherwise. */
export function fakeClock(startMs = 1_700_000_000_000): FakeClock {
  let elapsedMs = 0;
  let sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];
  return {
    nowMs: () => startMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    sleep: (durationMs) =>
      new Promise((resolve) => {
        sleepers.push({ atMs: elapsedMs + durationMs, wake: resolve });
      }),
    async advance(durationMs) {
      const endMs = elapsedMs + durationMs;
      for (;;) {
        const next = sleepers.toSorted((a, b) => a.atMs - b.atMs)[0];
        if (!next || next.atMs > endMs) break;
        elapsedMs = next.atMs;
        sleepers = sleepers.filter((one) => one !== next);
        next.wake();
        await new Promise((resolve) => setImmediate(resolve)); // lets the woken one run before time goes on
      }
      elapsedMs = endMs;
    },
  };
}
