/** A request may begin this long after its slot, so two that keep a rate may come this much closer than it says. */
const slotWindowMs = 15;
/** The way to the simulator is not always equally long. */
const jitterMs = 5;

/**
 * When the last request came that the rate forbids: one that followed its predecessor sooner than the rate's step, less the width of a slot.
 * 0 when there was none. Takes requests of one campaign in the order they came.
 */
export function lastAboveRate(requests: readonly { readonly atMs: number }[], perSecond: number): number {
  const leastGapMs = 1000 / perSecond - slotWindowMs - jitterMs;
  return requests.reduce((lastMs, { atMs }, index) => {
    const before = requests[index - 1];
    return before !== undefined && atMs - before.atMs < leastGapMs ? atMs : lastMs;
  }, 0);
}
