import { expect, test } from "vitest";
import { changesBetween } from "./audience-changes.ts";
import type { AudienceCounts } from "./audience-counts.ts";

const before: AudienceCounts = {
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
  const now: AudienceCounts = {
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

test("a reason that is gone counts nobody now, and one that a caller names twice is counted once", () => {
  const twice = { ...before, excluded: [...before.excluded, { reason: "opted_out", count: 2 }] } as const;
  expect(changesBetween(twice, { ...before, excluded: [{ reason: "opted_out", count: 10 }] })).toEqual([
    { what: "no_consent", from: 180, to: 0 },
  ]);
});
