/** A request of one lane. */
export type LaneRequest = { readonly atMs: number; readonly lane: string };

/** Requests of each lane in `[fromMs, toMs)`, as a share of all; lanes in the order given. */
export function sharesBetween(requests: readonly LaneRequest[], lanes: readonly string[], fromMs: number, toMs: number): readonly number[] {
  const within = requests.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
  return lanes.map((lane) => within.filter((request) => request.lane === lane).length / Math.max(1, within.length));
}

/** How far the worst share lies from what its weight gives it, in percent of the latter. */
export function worstErrorPct(shares: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Math.max(...shares.map((share, index) => Math.abs((share * total) / (weights[index] ?? Number.NaN) - 1) * 100));
}

export type Recovery = {
  readonly lanes: readonly string[];
  readonly weights: readonly number[];
  /** What the number gives them together from now on. */
  readonly perSecond: number;
  readonly atMs: number;
  readonly untilMs: number;
};

const windowMs = 1000;
const stepMs = 10;
/** A tenth is let go, and one message, so that a slow pace is not judged by whole messages. */
const tolerance = 0.1;

/**
 * From `atMs` to the beginning of the first second from which on every lane has its new share of the number in every second; null when that never comes.
 */
export function recoveredAfterMs(requests: readonly LaneRequest[], { lanes, weights, perSecond, atMs, untilMs }: Recovery): number | null {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const isRecovered = (fromMs: number): boolean =>
    lanes.every((lane, index) => {
      const wanted = (perSecond * (weights[index] ?? 0)) / total;
      const got = requests.filter((request) => request.lane === lane && request.atMs >= fromMs && request.atMs < fromMs + windowMs).length;
      return got >= wanted * (1 - tolerance) - 1;
    });
  let recovered: number | null = null;
  for (let fromMs = atMs; fromMs + windowMs <= untilMs; fromMs += stepMs) {
    if (!isRecovered(fromMs)) recovered = null;
    else recovered ??= fromMs - atMs;
  }
  return recovered;
}
