/**
 * Messages per second that a number sends at a cap, while nothing slows it. Only to tell people how long something takes: the gate paces by
 * `herald.pace_of`, and `supabase/tests/number-health.int.test.ts` holds the two to the same shares.
 */
export const usedPerSecond = (capPerSecond: number): number => capPerSecond * (capPerSecond <= 20 ? 0.96 : 0.97);
