import { expect, test } from "vitest";
import { paceSpan } from "./pace-ratio.ts";

test("the ratio is what was sent of what the cap allowed between the first and the last request", () => {
  const begins = Array.from({ length: 781 }, (_, index) => 5000 + index * 12.5);
  const { seconds, ratio } = paceSpan(begins.toReversed(), 80);
  expect(seconds).toBe(9.75);
  expect(ratio).toBeCloseTo(781 / (80 * 9.75), 10);
});

test("one request has no pace", () => {
  expect(() => paceSpan([1], 80)).toThrow("two requests");
});
