import type { ResultOverflow } from "@herald/campaign";

export type AgedOverflow = {
  readonly overflow: ResultOverflow;
  /** How long the oldest batch has waited, as the newest look saw it, ms; 0 when none waits. Null: nobody has looked yet. */
  readonly ageMs: () => number | null;
};

/** Remembers what each look at the overflow saw, so that a reading of health never waits for a store that may be away. */
export function agedOverflow(overflow: ResultOverflow, nowMs: () => number): AgedOverflow {
  let oldestPutAtMs: number | null | undefined;
  return {
    overflow: {
      ...overflow,
      async take(limit) {
        const batches = await overflow.take(limit);
        oldestPutAtMs = batches[0]?.putAtMs ?? null;
        return batches;
      },
    },
    ageMs: () => (oldestPutAtMs === undefined ? null : oldestPutAtMs === null ? 0 : Math.max(0, nowMs() - oldestPutAtMs)),
  };
}
