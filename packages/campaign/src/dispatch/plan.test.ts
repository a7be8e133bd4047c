import { expect, test } from "vitest";
import {
  carryOf,
  type DispatchPlan,
  isWoken,
  type Look,
  noteControl,
  noteLook,
  noteSlice,
  noteSliceFailed,
  noteStaged,
  noteWaited,
  openPlan,
  type Step,
} from "./plan.ts";
import { lookOf, nothingOpen, sliceOf, tuning } from "./testing/plan-reports.ts";

/** What the plan decides after one look at a campaign whose chunks are staged. */
function afterLook(seen: Partial<Look>, prepare: (plan: DispatchPlan) => void = () => undefined): Step {
  const plan = openPlan(tuning, { stagedTo: 3 });
  prepare(plan);
  noteLook(plan, lookOf(seen), false);
  return plan.step;
}

test("it looks first, stages, and then dispatches", () => {
  const plan = openPlan(tuning);
  expect(plan.step).toEqual({ do: "look", mayFinish: false });
  noteLook(plan, lookOf(), false);
  expect(plan.step).toEqual({ do: "stage", fromChunkNo: 0 });
  noteStaged(plan, 3);
  expect(plan.step).toEqual({ do: "dispatch" });
});

test.each([20, null])(
  "the first chunks are staged once, before the first slice, and a cache that is away does not hold it up",
  (toChunkNo) => {
    const plan = openPlan(tuning);
    noteLook(plan, lookOf({ chunkCount: 100 }), false);
    expect(plan.step).toEqual({ do: "stage", fromChunkNo: 0 });
    noteStaged(plan, toChunkNo);
    // a slice stages what follows as it advances: between two slices no second is spent on it
    for (const granted of [5_000, 60_000, 30_000]) {
      expect(plan.step).toEqual({ do: "dispatch" });
      noteSlice(plan, sliceOf("time_up", granted));
    }
    noteLook(plan, lookOf({ chunkCount: 100 }), false);
    expect(plan.step).toEqual({ do: "dispatch" });
  },
);

test("a final campaign is left alone", () => {
  expect(afterLook({ isFinal: true, open: nothingOpen, nextDueAtMs: null })).toEqual({ do: "end" });
});

test("what a lost grant left in flight is not slept over until others come due, however long that is", () => {
  const open = { ...nothingOpen, deferred: 2, dispatching: 3 };
  const recovering = { do: "wait", why: "recovering", forMs: tuning.idleRecheckMs, next: { do: "dispatch" } };
  expect(afterLook({ open, nextDueAtMs: 86_400_000, nowMs: 1000, expiresAtMs: 200_000_000 })).toEqual(recovering);
  expect(afterLook({ open, nextDueAtMs: null, nowMs: 1000, expiresAtMs: 200_000_000 })).toEqual(recovering);
  // others come due before that: their slice raises the fence as well
  expect(afterLook({ open, nextDueAtMs: 1001, nowMs: 1000 })).toEqual({ do: "wait", why: "deferred", forMs: 1, next: { do: "dispatch" } });
});

test("a scheduled campaign waits for its time by the database's clock, unless it was cancelled", () => {
  const scheduled = { status: "scheduled", scheduledAtMs: 61_000, nowMs: 1000 };
  expect(afterLook(scheduled)).toEqual({ do: "wait", why: "scheduled", forMs: 60_000, next: { do: "look", mayFinish: false } });
  expect(afterLook({ ...scheduled, flag: "cancelled", open: nothingOpen, nextDueAtMs: null })).toEqual({ do: "look", mayFinish: true });
});

test("a pause waits for a control, and no longer than until the campaign expires", () => {
  expect(afterLook({ flag: "paused" })).toEqual({ do: "wait", why: "paused", forMs: 999_000, next: { do: "look", mayFinish: false } });
});

test("only deferred left: the next slice begins when the first of them is due", () => {
  const deferred = { open: { ...nothingOpen, deferred: 4 }, nextDueAtMs: 31_000 };
  expect(afterLook(deferred)).toEqual({ do: "wait", why: "deferred", forMs: 30_000, next: { do: "dispatch" } });
  expect(afterLook({ ...deferred, nextDueAtMs: 9_000_000 })).toMatchObject({ why: "deferred", forMs: 999_000, next: { do: "look" } });
  expect(afterLook({ ...deferred, nextDueAtMs: null })).toMatchObject({ why: "blocked", forMs: 60_000 });
});

test("a slice that ran its time or met a shutdown is followed by the next at once", () => {
  for (const reason of ["time_up", "stopping"] as const) {
    const plan = openPlan(tuning);
    noteSlice(plan, sliceOf(reason));
    expect(plan.step).toEqual({ do: "dispatch" });
  }
});

test("a slice that sent nothing is never followed by another at once", () => {
  const step = afterLook({}, (plan) => noteSlice(plan, sliceOf("drained", 0)));
  expect(step).toMatchObject({ do: "wait", forMs: 5_000, next: { do: "dispatch" } });
});

test("failed slices are followed by recovery slices, further and further apart, for ever", () => {
  const plan = openPlan(tuning);
  const waitsMs = Array.from({ length: 6 }, () => {
    noteSliceFailed(plan);
    return plan.step.do === "wait" ? plan.step.forMs : null;
  });
  expect(waitsMs).toEqual([30_000, 60_000, 120_000, 240_000, 300_000, 300_000]);
  expect(plan.step).toMatchObject({ why: "recovering", next: { do: "dispatch" } });
  noteSlice(plan, sliceOf("drained"));
  noteSliceFailed(plan);
  expect(plan.step).toMatchObject({ forMs: 30_000 });
});

test("what a dead worker left in flight is taken over by another slice before anything is finished", () => {
  const step = afterLook({ open: { ...nothingOpen, dispatching: 2, unknown: 1 }, nextDueAtMs: null });
  expect(step).toMatchObject({ do: "wait", why: "recovering", next: { do: "dispatch" } });
});

test("ambiguous messages are waited for 15 minutes and held ones 24 hours, then the campaign may finish", () => {
  for (const [bucket, patienceMs] of [
    ["unknown", 900_000],
    ["held", 86_400_000],
  ] as const) {
    const plan = openPlan(tuning, { stagedTo: 3 });
    const openNow = { ...nothingOpen, [bucket]: 1 };
    let nowMs = 1000;
    let looks = 0;
    for (;;) {
      noteLook(plan, lookOf({ open: openNow, nextDueAtMs: null, nowMs }), false);
      if (plan.step.do !== "wait") break;
      expect(plan.step.why).toBe("settling");
      nowMs += plan.step.forMs;
      noteWaited(plan, plan.step);
      looks += 1;
    }
    expect(nowMs - 1000).toBe(patienceMs);
    expect(looks).toBeLessThan(120);
    expect(plan.step).toEqual({ do: "look", mayFinish: true });
  }
});

test("a receipt that defers a message while settling brings the sending back", () => {
  const plan = openPlan(tuning, { stagedTo: 3 });
  noteLook(plan, lookOf({ open: { ...nothingOpen, unknown: 1 }, nextDueAtMs: null }), false);
  noteLook(plan, lookOf({ open: { ...nothingOpen, deferred: 1 }, nextDueAtMs: 500 }), false);
  expect(plan.step).toEqual({ do: "dispatch" });
});

test("a control that is announced before its report arrives ends the wait; one that the report knew does not", () => {
  const plan = openPlan(tuning);
  noteControl(plan, 2);
  noteSlice(plan, sliceOf("paused", 1, 1));
  expect(isWoken(plan)).toBe(true);
  noteSlice(plan, sliceOf("paused", 1, 2));
  expect(isWoken(plan)).toBe(false);
});

test("an announcement without a control behind it wakes the plan once", () => {
  const plan = openPlan(tuning, { stagedTo: 3 });
  noteLook(plan, lookOf({ flag: "paused" }), false);
  noteControl(plan, 99);
  expect(isWoken(plan)).toBe(true);
  if (plan.step.do === "wait") noteWaited(plan, plan.step);
  noteLook(plan, lookOf({ flag: "paused", controlSeq: 1 }), false);
  expect(isWoken(plan)).toBe(false);
});

test("a resend run stages nothing ahead, and sends what was put back into the queue until that is done", () => {
  const plan = openPlan(tuning, {}, 2);
  noteLook(plan, lookOf({ status: "queued", runNo: 2, chunkCount: 40, open: { ...nothingOpen, queued: 3, unknown: 1 } }), false);
  expect(plan.step).toEqual({ do: "dispatch" });
  noteSlice(plan, sliceOf("drained", 3));
  noteLook(plan, lookOf({ runNo: 2, chunkCount: 40, open: nothingOpen, nextDueAtMs: null }), false);
  expect(plan.step).toEqual({ do: "look", mayFinish: true });
});

test("a run that hears of the campaign's end only after it was opened again leaves it to the newer run", () => {
  expect(afterLook({ status: "queued", runNo: 1 })).toEqual({ do: "end" });
  expect(afterLook({ status: "queued", runNo: 0 })).toEqual({ do: "dispatch" });
});

test("a campaign that missed its time and asks waits like any paused one, and goes on when somebody resumes it", () => {
  const plan = openPlan(tuning, { stagedTo: 3 });
  noteLook(plan, lookOf({ status: "paused", flag: "paused", controlSeq: 1, scheduledAtMs: 500 }), false);
  expect(plan.step).toMatchObject({ do: "wait", why: "paused" });
  noteControl(plan, 2);
  expect(isWoken(plan)).toBe(true);
  if (plan.step.do === "wait") noteWaited(plan, plan.step);
  noteLook(plan, lookOf({ status: "queued", controlSeq: 2, scheduledAtMs: 500 }), false);
  expect(plan.step).toEqual({ do: "dispatch" });
});

test("a start that is due and not released is looked at again after a rest, also when all of it has expired", () => {
  const due = { status: "scheduled", flag: "paused", scheduledAtMs: 900 } as const;
  for (const seen of [due, { ...due, expiresAtMs: 950, open: nothingOpen }])
    expect(afterLook(seen)).toMatchObject({ do: "wait", why: "scheduled", forMs: tuning.idleRecheckMs });
});

test("L3: what a dead worker left is looked at soon also while the campaign is paused, so that it is named unknown", () => {
  const open = { ...nothingOpen, queued: 10, dispatching: 2 };
  expect(afterLook({ flag: "paused", status: "paused", open })).toMatchObject({ do: "wait", why: "paused", forMs: tuning.idleRecheckMs });
});

test("a start that is moved while the plan waits for it is waited for anew, later or earlier", () => {
  const plan = openPlan(tuning, { stagedTo: 3 });
  for (const [controlSeq, scheduledAtMs] of [
    [0, 61_000],
    [1, 301_000],
    [2, 11_000],
  ] as const) {
    noteControl(plan, controlSeq);
    if (plan.step.do === "wait") noteWaited(plan, plan.step);
    expect(plan.step).toEqual({ do: "look", mayFinish: false });
    noteLook(plan, lookOf({ status: "scheduled", scheduledAtMs, controlSeq }), false);
    expect(plan.step).toMatchObject({ do: "wait", why: "scheduled", forMs: scheduledAtMs - 1000 });
  }
});

test("a run that takes over from a long one goes on from its totals", () => {
  const plan = openPlan(tuning);
  noteSlice(plan, sliceOf("time_up", 700));
  noteSliceFailed(plan);
  expect(carryOf(openPlan(tuning, carryOf(plan)))).toEqual(carryOf(plan));
  expect(carryOf(plan)).toMatchObject({ granted: 700, slices: 1, failedSlices: 1 });
});
