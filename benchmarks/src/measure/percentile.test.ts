import { expect, test } from "vitest";
import { percentile, rounded } from "./percentile.ts";

test("a percentile is a value that occurred: the smallest with at least that share at or below it", () => {
  const values = Array.from({ length: 20 }, (_, index) => 20 - index);
  expect(percentile(values, 0.95)).toBe(19);
  expect(percentile(values, 1)).toBe(20);
  expect(percentile([7], 0.5)).toBe(7);
  expect(() => percentile([], 0.5)).toThrow("no values");
});

test("a figure is printed with the decimals it is good for", () => {
  expect(rounded(0.970349, 4)).toBe(0.9703);
});
