import type { Activities } from "@herald/activities";
import type { SettleReport, SliceReason } from "@herald/campaign";
import { ApplicationFailure } from "@temporalio/common";

export type Slice = { readonly reason: SliceReason; readonly grant?: number; readonly defer?: number; readonly lose?: number };

/**
 * One campaign in memory, with the shapes of the real reports. What slices do is scripted; controls, due times and what settles are the test's to move.
 * `calls` names every activity call in order.
 */
export class FakeCampaign {
  readonly calls: string[] = [];
  flag: SettleReport["flag"] = "running";
  controlSeq = 0;
  status: SettleReport["status"] = "queued";
  scheduledAtMs: number | null = null;
  /** What becomes of a start that is seen late; here every start that is due counts as late. */
  latePolicy: "send" | "skip" | "ask" = "send";
  runNo = 0;
  expiresAtMs = Date.now() + 3_600_000;
  queued: number;
  dueAtMs: number[] = [];
  unknown = 0;
  accepted = 0;
  /** Slices in order; the last one repeats. A function runs in the slice's place. */
  script: (Slice | (() => Promise<Slice> | Slice))[] = [];
  /** How many attempts of the next slices throw. */
  failNextAttempts = 0;
  stageFails = false;
  chunkCount = 3;

  constructor(queued: number) {
    this.queued = queued;
  }

  control(flag: SettleReport["flag"]): number {
    this.flag = flag;
    if (flag === "running" && this.status === "paused") this.status = "queued";
    this.controlSeq += 1;
    return this.controlSeq;
  }

  readonly activities: Activities = {
    lookAtCampaign: async ({ mayFinish }) => {
      this.calls.push(mayFinish ? "finish" : "look");
      if (this.scheduledAtMs !== null && this.scheduledAtMs <= Date.now()) {
        this.scheduledAtMs = null;
        this.#release();
      }
      if (this.flag === "cancelled") this.#leaveOut();
      const waiting = this.queued + this.dueAtMs.length;
      if (mayFinish && waiting === 0) this.status = this.flag === "cancelled" ? "cancelled" : this.unknown > 0 ? "partially_sent" : "sent";
      return this.#report();
    },
    stageChunks: async ({ fromChunkNo, chunkCount }) => {
      this.calls.push("stage");
      if (this.stageFails) throw ApplicationFailure.retryable("the cache is away", "Unreachable");
      return Math.min(chunkCount, fromChunkNo + 20);
    },
    dispatchSlice: async () => {
      this.calls.push("slice");
      if (this.failNextAttempts > 0) {
        this.failNextAttempts -= 1;
        throw ApplicationFailure.retryable("the database is away", "Unreachable");
      }
      if (this.flag !== "running") return this.#end(this.flag, 0);
      return this.#run();
    },
    cancelCampaign: async () => {
      this.calls.push("cancel");
      return this.flag === "cancelled" ? this.controlSeq : this.control("cancelled");
    },
  };

  async #run() {
    const next = this.script.length > 1 ? this.script.shift() : this.script[0];
    const slice = typeof next === "function" ? await next() : (next ?? { reason: "drained" as const, grant: this.queued });
    const nowMs = Date.now();
    const due = this.dueAtMs.filter((atMs) => atMs <= nowMs).length;
    this.dueAtMs = this.dueAtMs.filter((atMs) => atMs > nowMs);
    const granted = Math.min(this.queued, slice.grant ?? this.queued) + due;
    this.queued -= granted - due;
    for (let index = 0; index < (slice.defer ?? 0); index += 1) this.dueAtMs.push(nowMs + 150);
    this.unknown += slice.lose ?? 0;
    this.accepted += granted - (slice.defer ?? 0) - (slice.lose ?? 0);
    if (this.status === "queued") this.status = "sending";
    return this.#end(slice.reason, granted);
  }

  #end(reason: SliceReason, granted: number) {
    return { reason, granted, controlSeq: this.controlSeq };
  }

  #release(): void {
    this.status = "queued";
    if (this.latePolicy === "skip") this.control("cancelled");
    if (this.latePolicy === "ask") {
      this.status = "paused";
      this.control("paused");
    }
  }

  #leaveOut(): void {
    this.queued = 0;
    this.dueAtMs = [];
  }

  #report(): SettleReport {
    const nowMs = Date.now();
    return {
      isFinal: ["sent", "partially_sent", "failed", "cancelled"].includes(this.status),
      status: this.scheduledAtMs === null ? this.status : "scheduled",
      flag: this.flag,
      controlSeq: this.controlSeq,
      open: { queued: this.queued, deferred: this.dueAtMs.length, dispatching: 0, unknown: this.unknown, held: 0 },
      nextDueAtMs: this.queued > 0 ? nowMs : this.dueAtMs.length > 0 ? Math.min(...this.dueAtMs) : null,
      scheduledAtMs: this.scheduledAtMs,
      expiresAtMs: this.expiresAtMs,
      chunkCount: this.chunkCount,
      nowMs,
      runNo: this.runNo,
    };
  }
}

/** Every activity runs twice, as Temporal may have it; what the second run answers counts. */
export function eachTwice(activities: Activities): Activities {
  return {
    lookAtCampaign: async (input) => (await activities.lookAtCampaign(input), activities.lookAtCampaign(input)),
    stageChunks: async (input) => (await activities.stageChunks(input), activities.stageChunks(input)),
    dispatchSlice: async (input) => (await activities.dispatchSlice(input), activities.dispatchSlice(input)),
    cancelCampaign: async (input) => (await activities.cancelCampaign(input), activities.cancelCampaign(input)),
  };
}
