import { expect, test } from "vitest";
import type { Figures } from "./draft-content.ts";
import { changesBetween, figuresOf, leftOut } from "./figures.ts";

const before: Figures = {
  matched: 5000,
  eligible: 4812,
  excluded: [
    { reason: "no_consent", count: 180 },
    { reason: "opted_out", count: 8 },
  ],
};

test("the same figures in another order are no change", () => {
  expect(changesBetween(before, { ...before, excluded: before.excluded.toReversed() })).toEqual([]);
});

test("what changed is named with both figures, how many will receive it first", () => {
  const now: Figures = {
    matched: 5001,
    eligible: 4809,
    excluded: [
      { reason: "no_consent", count: 180 },
      { reason: "opted_out", count: 11 },
      { reason: "frequency_cap", count: 1 },
    ],
  };
  expect(changesBetween(before, now)).toEqual([
    { what: "eligible", from: 4812, to: 4809 },
    { what: "matched", from: 5000, to: 5001 },
    { what: "opted_out", from: 8, to: 11 },
    { what: "frequency_cap", from: 0, to: 1 },
  ]);
});

test("chosen less left out is who receives it", () => {
  expect(leftOut(before)).toBe(188);
  expect(figuresOf(Object.assign({ first: [] }, before))).toEqual(before);
});
