import { expect, test } from "vitest";
import { paceBefore } from "./pace-before.ts";

const evenly = (perSecond: number, fromMs: number, toMs: number): number[] =>
  Array.from({ length: ((toMs - fromMs) * perSecond) / 1000 }, (_, index) => fromMs + (index * 1000) / perSecond);

test("the pace is that of the second before the kill, not of the best second", () => {
  expect(paceBefore([...evenly(1000, 0, 2000), ...evenly(400, 2000, 4000)], 4000)).toBe(400);
});

test("what came after the kill does not count, and the second ends with the last request before it", () => {
  expect(paceBefore([...evenly(1000, 0, 3000), ...evenly(1000, 5000, 6000)], 3600)).toBe(1000);
});

test("no request, no pace", () => {
  expect(paceBefore([], 100)).toBe(0);
});
