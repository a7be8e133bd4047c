import { expect, test } from "vitest";
import { type FaultKind, faultKinds } from "./kinds.ts";
import { drawPlan, type TrialPlan } from "./plan.ts";

const counted = (plan: readonly TrialPlan[]): Map<FaultKind, number> => {
  const counts = new Map<FaultKind, number>();
  for (const { faults } of plan) for (const { kind } of faults) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
};

test("forty trials meet every kind of fault at least three times, whatever the seed", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const counts = counted(drawPlan({ trials: 40, seed }));
    expect(faultKinds.filter((kind) => (counts.get(kind) ?? 0) < 3)).toEqual([]);
  }
});

test("the same seed gives the same plan, another seed another one", () => {
  expect(drawPlan({ trials: 12, seed: 7 })).toEqual(drawPlan({ trials: 12, seed: 7 }));
  expect(drawPlan({ trials: 12, seed: 7 })).not.toEqual(drawPlan({ trials: 12, seed: 8 }));
});

test("a short run meets as many kinds as fit before any comes twice", () => {
  // a kill may come along with receipts that are held back
  for (const { kinds, faults } of [1, 2, 5, 9].map((trials) => {
    const counts = counted(drawPlan({ trials, seed: 3 }));
    return { kinds: counts.size, faults: [...counts.values()].reduce((sum, count) => sum + count, 0) };
  }))
    expect(kinds).toBeGreaterThanOrEqual(Math.min(faults - 1, faultKinds.length));
});

test("a trial has several faults, each kind once, all of them while its campaigns are under way", () => {
  for (const trial of drawPlan({ trials: 40, seed: 11 })) {
    expect(trial.faults.length).toBeGreaterThanOrEqual(3);
    expect(new Set(trial.faults.map(({ kind }) => kind)).size).toBe(trial.faults.length);
    expect(trial.faults.every(({ kind, atMs, forMs }) => atMs >= 100 && atMs <= 6000 && (forMs <= 9000 || kind === "receipts-held"))).toBe(
      true,
    );
    expect(trial.campaigns.every(({ recipients }) => recipients >= 60 && recipients <= 400)).toBe(true);
    expect(trial.campaigns[0]?.atMs).toBe(0);
  }
});

test("receipts stay away longer than recovery waits, and a worker is killed meanwhile", () => {
  const held = drawPlan({ trials: 40, seed: 5 }).filter(({ faults }) => faults.some(({ kind }) => kind === "receipts-held"));
  expect(held.length).toBeGreaterThanOrEqual(3);
  for (const { faults } of held) {
    expect(faults.find(({ kind }) => kind === "receipts-held")?.forMs).toBeGreaterThan(30_000);
    expect(faults.map(({ kind }) => kind)).toContain("kill-dispatch");
  }
});
