import { expect, test } from "vitest";
import { lastAboveRate } from "./last-above-rate.ts";

const at = (...times: readonly number[]) => times.map((atMs) => ({ atMs }));

test("the last request that came too soon after the one before it is found, and slots' width is not held against it", () => {
  expect(lastAboveRate(at(0, 10, 20, 30, 130, 215, 330), 10)).toBe(30);
  expect(lastAboveRate(at(0, 10, 20, 30, 130, 160, 330), 10)).toBe(160);
  expect(lastAboveRate(at(0, 100, 200), 10)).toBe(0);
});
