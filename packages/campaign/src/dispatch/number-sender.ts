import { type CampaignId, type MessageId, type SenderId, seconds, type WorkspaceId } from "@herald/kernel";
import type { AttemptResult, Ledger, Settlement } from "../ledger/ledger.ts";
import type { ResultOverflow } from "../ledger/result-overflow.ts";
import { ClockMap } from "./clock-map.ts";
import { type Gate, type GrantAnswer, type LaneAnswer, type PaceSettings, slotWindowMs } from "./gate.ts";
import { type Lane, noteAnswer } from "./lane.ts";
import { type AttemptDeps, makeAttempt, unbegun } from "./make-attempt.ts";
import { ResultBuffer } from "./result-buffer.ts";

export type NumberSenderDeps = AttemptDeps & {
  readonly gate: Gate;
  readonly ledger: Ledger;
  readonly overflow: ResultOverflow;
  readonly settings: SenderSettings;
};
export type SenderSettings = {
  readonly pace: PaceSettings;
  /** Requests granted or in flight at once; a full window asks for no grant, so it is exceeded by at most one horizon's budget. */
  readonly maxInFlight: number;
  /** While so many results wait for the ledger nothing more is granted; those in flight then come on top. A killed process leaves them unknown. */
  readonly maxUnflushed: number;
  /** The longest a result waits for its flush; a flush goes at once when `flushAt` of them wait. */
  readonly flushEveryMs: number;
  readonly flushAt: number;
  /** How long a ledger may take nothing before results go to the overflow. */
  readonly overflowAfterMs: number;
};
type Holding = { readonly messageId: MessageId; readonly attempt: number; readonly lane: Lane };

const clockProbes = 5;
const errorBackOffMs = 250;
/** A lane that is opened while the loop waits for others is asked for at most this much later. */
const longestIdleMs = 25;
const fullWindowMs = 10;
const longestFlushBackOff = 10;
/** How often the flush looks whether enough wait. */
const flushLookMs = 20;

const firstUnreachableWaitMs = seconds(2);
const longestUnreachableWaitMs = seconds(60);

/**
 * Sends for one number, for all its campaigns in this process: asks the gate, waits for each slot, makes the request, records what came back.
 * Asks while it has a lane, and flushes until every result is in the ledger or in the overflow. Nothing begins that the gate did not grant (law L2).
 */
export class NumberSender {
  readonly #deps: NumberSenderDeps;
  readonly #workspaceId: WorkspaceId;
  readonly #senderId: SenderId;
  readonly #lanes = new Map<CampaignId, Lane>();
  readonly #clockMap = new ClockMap();
  readonly #results: ResultBuffer;
  /** Granted to this process and its result not yet safe, by attempt (a message may be granted again before its last flush is answered): what `returnLost` must leave alone. */
  readonly #held = new Map<string, Holding>();
  /** Lanes of a grant that has no answer: it may have committed. */
  readonly #inDoubt = new Set<Lane>();
  #inFlight = 0;
  /** Between two slots of the number, as the gate said last. */
  #stepMs = Number.POSITIVE_INFINITY;
  #holdUntilMs = 0;
  #unreachableWaitMs = 0;
  #isAsking = false;
  #isFlushing = false;

  constructor(deps: NumberSenderDeps, workspaceId: WorkspaceId, senderId: SenderId) {
    this.#deps = deps;
    this.#workspaceId = workspaceId;
    this.#senderId = senderId;
    const { overflowAfterMs } = deps.settings;
    this.#results = new ResultBuffer({ ...deps, overflowAfterMs }, workspaceId, {
      onRecorded: (results) => this.#forget(results),
      onOverflowed: (results) => this.#putAside(results),
    });
  }

  /** A newer epoch of the same campaign replaces the older lane, which then reads `stale`. */
  open(lane: Lane): void {
    const older = this.#lanes.get(lane.campaignId);
    if (older) older.reason = "stale";
    this.#lanes.set(lane.campaignId, lane);
    if (!this.#isAsking) void this.#askLoop();
    if (!this.#isFlushing) void this.#flushLoop();
  }

  /**
   * Asks no more for this lane and waits, `maxWaitMs` at most, until no grant of it is under way and the result of all that was granted is safe.
   * Rejects when neither ledger nor overflow takes what is left; it is kept and tried again.
   */
  async close(lane: Lane, maxWaitMs: number): Promise<void> {
    const { clock } = this.#deps;
    if (this.#lanes.get(lane.campaignId) === lane) this.#lanes.delete(lane.campaignId);
    const deadlineMs = clock.monotonicMs() + maxWaitMs;
    while ((lane.unrecorded > 0 || this.#inDoubt.has(lane)) && clock.monotonicMs() < deadlineMs) await clock.sleep(10);
    if (lane.unrecorded > 0) await this.#results.secure();
  }

  async #askLoop(): Promise<void> {
    const { clock, log } = this.#deps;
    this.#isAsking = true;
    let isFresh = true;
    while (this.#lanes.size > 0 || this.#inDoubt.size > 0) {
      try {
        if (isFresh) await this.#probeClock();
        isFresh = false;
        await this.#returnLost();
        await this.#ask();
      } catch (error) {
        log.warn("grant.failed", { senderId: this.#senderId, error });
        await clock.sleep(errorBackOffMs);
      }
    }
    this.#isAsking = false;
  }

  async #probeClock(): Promise<void> {
    const { clock, gate, settings } = this.#deps;
    for (let probe = 0; probe < clockProbes; probe += 1) this.#clockMap.observe(await gate.readClock());
    // a step of the clock just before this process began cannot be seen: let every slot granted before it run out
    this.#holdUntilMs = clock.monotonicMs() + settings.pace.horizonMs + slotWindowMs;
    await gate.warmUp(this.#workspaceId, this.#senderId, settings.pace);
  }

  /** Also for a lane that was closed meanwhile: what it may have been granted never began, and must not end as `unknown`. */
  async #returnLost(): Promise<void> {
    for (const lane of this.#inDoubt) {
      const held = [...this.#held.values()].filter((holding) => holding.lane.campaignId === lane.campaignId);
      const returned = await this.#deps.gate.returnLost(this.#workspaceId, this.#senderId, {
        campaignId: lane.campaignId,
        epoch: lane.epoch,
        held: [...held.map(({ messageId, attempt }) => ({ messageId, attempt })), ...lane.overflowed],
      });
      this.#inDoubt.delete(lane);
      if (returned > 0) this.#deps.log.warn("grant.returned", { campaignId: lane.campaignId, returned });
    }
  }

  /** One grant for all lanes whose time has come, or the wait for the next of them. */
  async #ask(): Promise<void> {
    const { clock, gate, settings } = this.#deps;
    const nowMs = clock.monotonicMs();
    const lanes = [...this.#lanes.values()].filter((lane) => lane.reason !== "stale");
    const due = lanes.filter((lane) => lane.askAgainAtMs <= nowMs);
    const room = Math.min(settings.maxInFlight - this.#inFlight, settings.maxUnflushed - this.#results.size);
    if (nowMs < this.#holdUntilMs) return clock.sleep(this.#holdUntilMs - nowMs);
    // results before grants: while the ledger takes none, nothing new begins
    if (room <= 0 || this.#results.isBehind) return clock.sleep(fullWindowMs);
    if (due.length === 0) {
      const nextMs = Math.min(...lanes.map((lane) => lane.askAgainAtMs - nowMs), longestIdleMs);
      return clock.sleep(Math.max(1, nextMs));
    }
    // a grant of a few slots costs a transaction like any other; only a lane that holds nothing, a test send perhaps, waits for no quantum
    const asking = room >= Math.floor(settings.pace.quantumMs / this.#stepMs) ? due : due.filter((lane) => lane.unrecorded === 0);
    if (asking.length === 0) return clock.sleep(fullWindowMs);
    for (const lane of asking) this.#inDoubt.add(lane);
    const answer = await gate.grant({
      workspaceId: this.#workspaceId,
      senderId: this.#senderId,
      lanes: asking.map(({ campaignId, epoch }) => ({ campaignId, epoch, want: room })),
      pace: settings.pace,
    });
    this.#take(answer, asking);
    this.#inDoubt.clear();
  }

  #take(answer: GrantAnswer, asking: readonly Lane[]): void {
    const isInStep = this.#clockMap.observe(answer);
    if (!isInStep) {
      this.#holdUntilMs = answer.answeredMs + this.#deps.settings.pace.horizonMs + slotWindowMs;
      this.#deps.log.warn("clock.stepped", { senderId: this.#senderId });
    }
    for (const laneAnswer of answer.lanes) {
      const lane = asking.find((one) => one.campaignId === laneAnswer.campaignId);
      if (!lane) continue;
      noteAnswer(lane, laneAnswer, answer.answeredMs);
      if (laneAnswer.stepMs > 0) this.#stepMs = laneAnswer.stepMs;
      this.#begin(lane, laneAnswer, isInStep ? this.#clockMap.toMonotonicMs(answer.databaseMs) : null);
    }
  }

  /** `grantedAtMs` is monotonic; null hands the whole grant back. */
  #begin(lane: Lane, answer: LaneAnswer, grantedAtMs: number | null): void {
    answer.messages.forEach((message, index) => {
      this.#held.set(attemptKey(message), { messageId: message.messageId, attempt: message.attempt, lane });
      lane.unrecorded += 1;
      if (grantedAtMs === null) {
        this.#results.add(unbegun(lane, message, { kind: "not_started", cause: "cancelled" }));
        return;
      }
      this.#inFlight += 1;
      void makeAttempt(this.#deps, lane, message, grantedAtMs + answer.firstMs + index * answer.stepMs).then((result) => {
        this.#inFlight -= 1;
        this.#results.add(result);
        this.#noteReach(result.settlement);
      });
    });
  }

  /** A provider that cannot be reached is not asked once per message: the whole number waits, longer each time, and says so. */
  #noteReach({ state, reason }: Settlement): void {
    if (reason !== "no_connection") {
      if (state !== "queued") this.#unreachableWaitMs = 0;
      return;
    }
    const nowMs = this.#deps.clock.monotonicMs();
    if (nowMs < this.#holdUntilMs) return;
    this.#unreachableWaitMs = Math.min(longestUnreachableWaitMs, Math.max(firstUnreachableWaitMs, this.#unreachableWaitMs * 2));
    this.#holdUntilMs = nowMs + this.#unreachableWaitMs;
    this.#deps.log.warn("provider.unreachable", { senderId: this.#senderId, waitMs: this.#unreachableWaitMs });
  }

  async #flushLoop(): Promise<void> {
    const { clock, log, settings } = this.#deps;
    this.#isFlushing = true;
    let backOff = 1;
    let flushedAtMs = clock.monotonicMs();
    while (this.#lanes.size > 0 || this.#held.size > 0) {
      const restMs = flushedAtMs + settings.flushEveryMs * backOff - clock.monotonicMs();
      const isFull = backOff === 1 && this.#results.size >= settings.flushAt;
      if (restMs > 0 && !isFull) {
        await clock.sleep(Math.min(restMs, flushLookMs));
        continue;
      }
      flushedAtMs = clock.monotonicMs();
      try {
        await this.#results.flush();
        backOff = 1;
      } catch (error) {
        backOff = Math.min(backOff * 2, longestFlushBackOff);
        log.warn("flush.failed", { senderId: this.#senderId, waiting: this.#results.size, error });
      }
    }
    this.#isFlushing = false;
  }

  #putAside(overflowed: readonly AttemptResult[]): void {
    for (const { messageId, attempt } of overflowed)
      this.#held.get(attemptKey({ messageId, attempt }))?.lane.overflowed.push({ messageId, attempt });
    this.#forget(overflowed);
  }

  #forget(safe: readonly AttemptResult[]): void {
    for (const result of safe) {
      const holding = this.#held.get(attemptKey(result));
      if (holding) holding.lane.unrecorded -= 1;
      this.#held.delete(attemptKey(result));
    }
  }
}

const attemptKey = (of: { readonly messageId: MessageId; readonly attempt: number }): string => `${of.messageId}:${of.attempt}`;
