export type PaceSpan = { readonly seconds: number; readonly ratio: number };

/**
 * How much of a number's cap was used: requests ÷ (cap × time from the first to the last of them).
 * Takes begin times in milliseconds, in any order.
 */
export function paceSpan(beginsMs: readonly number[], capPerSecond: number): PaceSpan {
  if (beginsMs.length < 2) throw new RangeError("a pace needs two requests at least");
  const { firstMs, lastMs } = beginsMs.reduce(
    (span, atMs) => ({ firstMs: Math.min(span.firstMs, atMs), lastMs: Math.max(span.lastMs, atMs) }),
    { firstMs: Number.POSITIVE_INFINITY, lastMs: Number.NEGATIVE_INFINITY },
  );
  const seconds = (lastMs - firstMs) / 1000;
  return { seconds, ratio: beginsMs.length / (capPerSecond * seconds) };
}
