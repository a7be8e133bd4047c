import type { CampaignId, Clock, MessageId, SenderId, WorkspaceId } from "@herald/kernel";
import type { FrozenTemplate, MessageProvider, Outcome, SenderAccount } from "@herald/provider";
import type { AttemptResult, Ledger, OpaqueIds } from "../ledger/ledger.ts";
import { settleOutcome } from "../provider/settle-outcome.ts";
import type { ChunkWindow } from "./chunk-window.ts";
import { ClockMap } from "./clock-map.ts";
import {
  type Gate,
  type GrantAnswer,
  type GrantedMessage,
  type LaneAnswer,
  type LaneReason,
  type PaceSettings,
  slotWindowMs,
} from "./gate.ts";
import { ResultBuffer } from "./result-buffer.ts";

export type EngineLog = {
  readonly info: (event: string, facts: Readonly<Record<string, unknown>>) => void;
  readonly warn: (event: string, facts: Readonly<Record<string, unknown>>) => void;
};
export type NumberSenderDeps = {
  readonly gate: Gate;
  readonly ledger: Ledger;
  readonly provider: MessageProvider;
  readonly opaqueIds: OpaqueIds;
  readonly clock: Clock;
  readonly log: EngineLog;
  readonly settings: SenderSettings;
};
export type SenderSettings = {
  readonly pace: PaceSettings;
  /** Requests granted or in flight at once; a full window asks for no grant. */
  readonly maxInFlight: number;
  readonly flushEveryMs: number;
};
/** One campaign's place in a number's loop. Opened and closed by a slice. */
export type Lane = {
  readonly campaignId: CampaignId;
  readonly epoch: number;
  readonly template: FrozenTemplate;
  readonly account: SenderAccount;
  readonly chunks: ChunkWindow;
  reason: LaneReason;
  granted: number;
  /** Granted here and not yet in the ledger. */
  unrecorded: number;
  askAgainAtMs: number;
};

const clockProbes = 5;
const errorBackOffMs = 250;

/**
 * Sends for one number, for all its campaigns in this process: asks the gate, waits for each slot, makes the request, records what came back.
 * Runs while it has a lane. Nothing begins outside its slot's window (laws L2, L5), and nothing begins that the gate did not grant.
 */
export class NumberSender {
  readonly #deps: NumberSenderDeps;
  readonly #workspaceId: WorkspaceId;
  readonly #senderId: SenderId;
  readonly #lanes = new Map<CampaignId, Lane>();
  readonly #clockMap = new ClockMap();
  readonly #results: ResultBuffer;
  /** Granted to this process and not yet in the ledger, by attempt (a message may be granted again before its last flush is answered): what `returnLost` must leave alone. */
  readonly #held = new Map<string, { readonly messageId: MessageId; readonly attempt: number; readonly lane: Lane }>();
  #inFlight = 0;
  #holdUntilMs = 0;
  #mayHaveLostGrant = false;
  #loops: Promise<unknown> | null = null;

  constructor(deps: NumberSenderDeps, workspaceId: WorkspaceId, senderId: SenderId) {
    this.#deps = deps;
    this.#workspaceId = workspaceId;
    this.#senderId = senderId;
    this.#results = new ResultBuffer(deps.ledger, workspaceId, (recorded) => this.#forget(recorded));
  }

  /** A newer epoch of the same campaign replaces the older lane, which then reads `stale`. */
  open(lane: Lane): void {
    const older = this.#lanes.get(lane.campaignId);
    if (older) older.reason = "stale";
    this.#lanes.set(lane.campaignId, lane);
    this.#loops ??= Promise.all([this.#askLoop(), this.#flushLoop()]).finally(() => {
      this.#loops = null;
    });
  }

  /** Asks no more for this lane, waits until what was granted is in the ledger (bounded), and tries a last flush. */
  async close(lane: Lane, maxWaitMs: number): Promise<void> {
    if (this.#lanes.get(lane.campaignId) === lane) this.#lanes.delete(lane.campaignId);
    const deadlineMs = this.#deps.clock.monotonicMs() + maxWaitMs;
    while (lane.unrecorded > 0 && this.#deps.clock.monotonicMs() < deadlineMs) await this.#deps.clock.sleep(10);
    await this.#results.flush();
  }

  async #askLoop(): Promise<void> {
    const { clock, gate, log, settings } = this.#deps;
    let isFresh = true;
    while (this.#lanes.size > 0) {
      try {
        if (isFresh) await this.#probeClock();
        isFresh = false;
        if (this.#mayHaveLostGrant) await this.#returnLost();
        const now = clock.monotonicMs();
        const room = settings.maxInFlight - this.#inFlight;
        const asking = [...this.#lanes.values()].filter((lane) => lane.askAgainAtMs <= now && lane.reason !== "stale");
        if (now < this.#holdUntilMs || room <= 0 || asking.length === 0) {
          await clock.sleep(Math.max(1, Math.min(this.#holdUntilMs > now ? this.#holdUntilMs - now : 10, 250)));
          continue;
        }
        this.#mayHaveLostGrant = true;
        const answer = await gate.grant({
          workspaceId: this.#workspaceId,
          senderId: this.#senderId,
          lanes: asking.map((lane) => ({ campaignId: lane.campaignId, epoch: lane.epoch, want: room })),
          pace: settings.pace,
        });
        this.#mayHaveLostGrant = false;
        this.#take(answer, asking);
      } catch (error) {
        log.warn("grant.failed", { senderId: this.#senderId, error });
        await clock.sleep(errorBackOffMs);
      }
    }
  }

  async #probeClock(): Promise<void> {
    const { clock, gate, settings } = this.#deps;
    for (let probe = 0; probe < clockProbes; probe += 1) this.#clockMap.observe(await gate.readClock());
    // a step of the clock just before this process began cannot be seen: let every slot granted before it run out
    this.#holdUntilMs = clock.monotonicMs() + settings.pace.horizonMs + slotWindowMs;
  }

  async #returnLost(): Promise<void> {
    for (const lane of this.#lanes.values()) {
      const held = [...this.#held.values()].filter((holding) => holding.lane.campaignId === lane.campaignId);
      const returned = await this.#deps.gate.returnLost(this.#workspaceId, this.#senderId, {
        campaignId: lane.campaignId,
        epoch: lane.epoch,
        held: held.map(({ messageId, attempt }) => ({ messageId, attempt })),
      });
      if (returned > 0) this.#deps.log.warn("grant.returned", { campaignId: lane.campaignId, returned });
    }
    this.#mayHaveLostGrant = false;
  }

  #take(answer: GrantAnswer, asking: readonly Lane[]): void {
    const { pace } = this.#deps.settings;
    const isInStep = this.#clockMap.observe(answer);
    if (!isInStep) {
      this.#holdUntilMs = answer.answeredMs + pace.horizonMs + slotWindowMs;
      this.#deps.log.warn("clock.stepped", { senderId: this.#senderId });
    }
    for (const laneAnswer of answer.lanes) {
      const lane = asking.find((one) => one.campaignId === laneAnswer.campaignId);
      if (!lane) continue;
      lane.reason = laneAnswer.reason;
      lane.askAgainAtMs = answer.answeredMs + laneAnswer.waitMs;
      lane.granted += laneAnswer.messages.length;
      this.#begin(lane, laneAnswer, isInStep ? this.#clockMap.toMonotonicMs(answer.databaseMs) : null);
    }
  }

  #begin(lane: Lane, answer: LaneAnswer, grantedAtMs: number | null): void {
    answer.messages.forEach((message, index) => {
      this.#held.set(attemptKey(message), { messageId: message.messageId, attempt: message.attempt, lane });
      lane.unrecorded += 1;
      this.#inFlight += 1;
      const slotMs = grantedAtMs === null ? null : grantedAtMs + answer.firstMs + index * answer.stepMs;
      void this.#attempt(lane, message, slotMs).finally(() => {
        this.#inFlight -= 1;
      });
    });
  }

  /** One attempt from slot to result. Whatever goes wrong before the first byte gives the message back; after it, the outcome is unknown. */
  async #attempt(lane: Lane, message: GrantedMessage, slotMs: number | null): Promise<void> {
    const { clock } = this.#deps;
    let begunMs: number | null = null;
    let outcome: Outcome = { kind: "not_started", cause: "cancelled" };
    try {
      const entry = slotMs === null ? null : await lane.chunks.entry(message.chunkNo, message.entryNo);
      if (slotMs !== null && entry === null) {
        outcome = {
          kind: "refused",
          class: "ROW",
          code: null,
          detail: "its frozen parameters are missing",
          retryAfterMs: null,
          maxAttempts: 1,
        };
      } else if (slotMs !== null && entry !== null) {
        const opaqueId = this.#deps.opaqueIds.encode({
          campaignId: lane.campaignId,
          messageId: message.messageId,
          attempt: message.attempt,
        });
        for (let early = slotMs - clock.monotonicMs(); early > 0; early = slotMs - clock.monotonicMs()) await clock.sleep(early);
        begunMs = clock.monotonicMs();
        const window = { notAfterMs: slotMs + slotWindowMs };
        outcome = await this.#deps.provider.send(
          lane.account,
          { to: entry.to, template: lane.template, parameters: entry.parameters, opaqueId },
          window,
        );
      }
    } catch (error) {
      this.#deps.log.warn("attempt.broke", { campaignId: lane.campaignId, messageId: message.messageId, error });
      // an adapter that throws after it was called has told nothing: the safe reading is that the request was made
      if (begunMs !== null) outcome = { kind: "ambiguous", cause: "connection_lost", detail: "the adapter failed" };
    }
    this.#results.add({
      messageId: message.messageId,
      attempt: message.attempt,
      campaignId: lane.campaignId,
      latencyMs: begunMs === null || outcome.kind === "not_started" ? null : clock.monotonicMs() - begunMs,
      settlement: settleOutcome(outcome),
    });
  }

  async #flushLoop(): Promise<void> {
    const { clock, log, settings } = this.#deps;
    while (this.#lanes.size > 0 || this.#inFlight > 0 || this.#results.size > 0) {
      await clock.sleep(settings.flushEveryMs);
      await this.#results
        .flush()
        .catch((error: unknown) => log.warn("flush.failed", { senderId: this.#senderId, waiting: this.#results.size, error }));
    }
  }

  #forget(recorded: readonly AttemptResult[]): void {
    for (const result of recorded) {
      const holding = this.#held.get(attemptKey(result));
      if (holding) holding.lane.unrecorded -= 1;
      this.#held.delete(attemptKey(result));
    }
  }
}

const attemptKey = (of: { readonly messageId: MessageId; readonly attempt: number }): string => `${of.messageId}:${of.attempt}`;
