import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Action,
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
  type SliceEnd,
  type Step,
} from "./plan.ts";
import { lookOf, nothingOpen, sliceOf, tuning } from "./testing/plan-reports.ts";

/** A campaign whose slices end for any reason, whose store fails at times, and that somebody controls. Its truth is apart from the plan. */
type Turn = {
  readonly reason: SliceEnd["reason"];
  readonly share: number;
  readonly fails: boolean;
  readonly control: "pause" | "resume" | "cancel" | null;
  readonly loses: boolean;
};
const turn: fc.Arbitrary<Turn> = fc.record({
  reason: fc.constantFrom("drained", "time_up", "stopping", "blocked", "stale"),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  fails: fc.boolean(),
  control: fc.constantFrom(null, null, null, "pause", "resume", "cancel"),
  loses: fc.boolean(),
});

test("whatever happens, a campaign ends balanced, never sends while stopped, and never spins", () => {
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 30 }), fc.integer({ min: 1, max: 50_000 }), (turns, planned) => {
      const truth = { queued: planned, sent: 0, unknown: 0, skipped: 0, flag: "running" as Look["flag"], seq: 0, isFinal: false, nowMs: 0 };
      const plan = openPlan(tuning);
      const queue = [...turns];
      let atOnce = 0;
      for (let steps = 0; plan.step.do !== "end"; steps += 1) {
        expect(steps).toBeLessThan(20_000);
        const next = queue.shift() ?? {
          reason: "drained",
          share: 1,
          fails: false,
          control: truth.flag === "paused" ? "resume" : null,
          loses: false,
        };
        if (next.control !== null && truth.flag !== "cancelled") {
          truth.flag = ({ pause: "paused", resume: "running", cancel: "cancelled" } as const)[next.control];
          truth.seq += 1;
          noteControl(plan, truth.seq);
        }
        atOnce = plan.step.do === "wait" ? 0 : atOnce + 1;
        expect(atOnce).toBeLessThan(turns.length + planned / 1000 + 20);
        play(plan, plan.step, next, truth);
      }
      expect(truth.sent + truth.unknown + truth.skipped).toBe(planned);
      expect(truth.queued).toBe(0);
    }),
  );
});

function play(
  plan: DispatchPlan,
  step: Step,
  next: Turn,
  truth: {
    queued: number;
    sent: number;
    unknown: number;
    skipped: number;
    flag: Look["flag"];
    seq: number;
    isFinal: boolean;
    nowMs: number;
  },
): void {
  if (step.do === "wait") {
    if (!(step.forMs >= 0)) throw new Error(`a wait of ${step.forMs} ms`);
    if (!isWoken(plan)) truth.nowMs += step.forMs;
    noteWaited(plan, step);
  } else act(plan, step, next, truth);
}

function act(plan: DispatchPlan, step: Action, next: Turn, truth: Parameters<typeof play>[3]): void {
  if (step.do === "stage") noteStaged(plan, next.fails ? null : step.fromChunkNo + 20);
  else if (step.do === "dispatch") {
    if (next.fails) return noteSliceFailed(plan);
    if (truth.flag !== "running") return noteSlice(plan, sliceOf(truth.flag, 0, truth.seq));
    const granted = next.reason === "drained" ? truth.queued : Math.floor(truth.queued * next.share);
    const lost = next.loses && granted > 0 ? 1 : 0;
    truth.queued -= granted;
    truth.unknown += lost;
    truth.sent += granted - lost;
    noteSlice(plan, sliceOf(next.reason, granted, truth.seq));
  } else if (step.do === "look") {
    if (truth.flag === "cancelled") {
      truth.skipped += truth.queued;
      truth.queued = 0;
    }
    if (step.mayFinish && truth.queued === 0) truth.isFinal = true;
    noteLook(
      plan,
      lookOf({
        isFinal: truth.isFinal,
        flag: truth.flag,
        controlSeq: truth.seq,
        open: { ...nothingOpen, queued: truth.queued, unknown: truth.unknown },
        nextDueAtMs: truth.queued > 0 ? truth.nowMs : null,
        nowMs: truth.nowMs,
        expiresAtMs: Number.MAX_SAFE_INTEGER,
        chunkCount: Math.ceil((truth.queued + truth.sent) / 1000),
      }),
      step.mayFinish,
    );
  }
}
