import type { ResultOverflow } from "@herald/campaign";

export type AgedOverflow = {
  readonly overflow: ResultOverflow;
  /** How long the oldest batch has waited, as the newest look saw it, ms; 0 when none waits. Null: nobody has looked yet. */
  readonly ageMs: () => number | null;
  /** What is set aside, as the newest look saw it: how many batches, and how long ago the oldest was put, ms. Null: nobody has looked yet. */
  readonly aside: () => { readonly batches: number; readonly ageMs: number } | null;
};

/** Remembers what each look at the overflow saw, so that a reading of health never waits for a store that may be away. */
export function agedOverflow(overflow: ResultOverflow, nowMs: () => number): AgedOverflow {
  let oldestPutAtMs: number | null | undefined;
  let asidePutAtMs: readonly number[] | undefined;
  const ageOf = (putAtMs: number | null | undefined): number =>
    putAtMs === null || putAtMs === undefined ? 0 : Math.max(0, nowMs() - putAtMs);
  return {
    overflow: {
      ...overflow,
      async take(limit) {
        const batches = await overflow.take(limit);
        oldestPutAtMs = batches[0]?.putAtMs ?? null;
        return batches;
      },
      async aside() {
        const batches = await overflow.aside();
        asidePutAtMs = batches.map(({ putAtMs }) => putAtMs);
        return batches;
      },
    },
    ageMs: () => (oldestPutAtMs === undefined ? null : ageOf(oldestPutAtMs)),
    aside: () => (asidePutAtMs === undefined ? null : { batches: asidePutAtMs.length, ageMs: ageOf(asidePutAtMs[0]) }),
  };
}
