/**
 * Unix milliseconds, fractional, from a clock that never steps: arrivals can be ordered and a sliding second is a real second
 * even when the machine's wall clock is set.
 */
export const nowMs = (): number => performance.timeOrigin + performance.now();

export type NowMs = () => number;
