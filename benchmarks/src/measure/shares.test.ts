import { expect, test } from "vitest";
import { type LaneRequest, recoveredAfterMs, sharesBetween, worstErrorPct } from "./shares.ts";

/** `perSecond` requests of one lane, evenly from `fromMs` to `toMs`. */
const steadily = (lane: string, perSecond: number, fromMs: number, toMs: number): readonly LaneRequest[] =>
  Array.from({ length: ((toMs - fromMs) * perSecond) / 1000 }, (_, index) => ({ lane, atMs: fromMs + (index * 1000) / perSecond }));

test("shares are of what lies in the span, and the error is measured against what the weight gives", () => {
  const requests = [...steadily("a", 20, 0, 2000), ...steadily("b", 20, 0, 2000), ...steadily("c", 40, 0, 2000), { lane: "a", atMs: 2000 }];
  const shares = sharesBetween(requests, ["a", "b", "c"], 0, 2000);
  expect(shares).toEqual([0.25, 0.25, 0.5]);
  expect(worstErrorPct(shares, [1, 1, 2])).toBe(0);
  expect(worstErrorPct([0.24, 0.26, 0.5], [1, 1, 2])).toBeCloseTo(4, 10);
});

test("the others have recovered from the second in which each has its new share, and every second after it", () => {
  const slow = [...steadily("a", 25, 0, 1300), ...steadily("b", 50, 0, 1300)];
  const fast = [...steadily("a", 100 / 3, 1300, 6000), ...steadily("b", 200 / 3, 1300, 6000)];
  const recovery = { lanes: ["a", "b"], weights: [1, 2], perSecond: 100, atMs: 1000, untilMs: 6000 };
  const afterMs = recoveredAfterMs([...slow, ...fast], recovery);
  expect(afterMs).toBeGreaterThanOrEqual(0);
  expect(afterMs).toBeLessThanOrEqual(300);
  expect(recoveredAfterMs(slow, recovery)).toBeNull();
});
