const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;
const STEPS_MS = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400].map((seconds) => seconds * SECOND_MS);

/** Round moments between two, at most `most` of them (at least one step is always taken). */
export function timeTicks(fromMs: number, toMs: number, most: number): number[] {
  const stepMs = STEPS_MS.find((step) => (toMs - fromMs) / step <= Math.max(1, most)) ?? DAY_MS;
  const marginMs = (toMs - fromMs) * 0.03;
  const ticks: number[] = [];
  for (let at = Math.ceil((fromMs + marginMs) / stepMs) * stepMs; at <= toMs - marginMs; at += stepMs) ticks.push(at);
  return ticks;
}
