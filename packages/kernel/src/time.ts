/** Durations are numbers of milliseconds; these spell them. */
export const seconds = (count: number): number => count * 1000;
export const minutes = (count: number): number => seconds(count * 60);
export const hours = (count: number): number => minutes(count * 60);
export const days = (count: number): number => hours(count * 24);

/** Two clocks on purpose: wall time is for people, monotonic time is for pacing and is never stepped. */
export type Clock = {
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: () => number;
  /** Milliseconds of a clock that only moves forward; comparable within one host only. */
  readonly monotonicMs: () => number;
  readonly sleep: (durationMs: number) => Promise<void>;
};
