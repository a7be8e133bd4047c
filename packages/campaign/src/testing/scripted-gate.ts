import type { CampaignId } from "@herald/kernel";
import {
  type Gate,
  type GrantAnswer,
  GrantAnswerLost,
  type GrantRequest,
  type LaneAnswer,
  type LaneHolding,
  type LaneReason,
  slotWindowMs,
} from "../dispatch/gate.ts";
import { aSenderId } from "./ids.ts";
import type { Row, ScriptedLedger } from "./scripted-ledger.ts";
import type { VirtualClock } from "./virtual-clock.ts";

export type GateCall =
  | { readonly kind: "grant"; readonly atMs: number; readonly request: GrantRequest; readonly granted: number }
  | { readonly kind: "return_lost"; readonly atMs: number; readonly holding: LaneHolding; readonly returned: number }
  | { readonly kind: "clock" | "warm_up"; readonly atMs: number };

const nothing = { messages: [], skipped: 0, firstMs: 0, stepMs: 0 } as const;

/** The gate's rules in memory: pace, fence, controls and intent; consent is the real gate's own affair. Each call takes a round trip. */
export class ScriptedGate {
  readonly calls: GateCall[] = [];
  /** Slot of every granted attempt on the monotonic clock, by `message:attempt`. */
  readonly slotMs = new Map<string, number>();
  tripMs = 4;
  /** The next grants commit, and their answer is lost. */
  loseGrants = 0;
  /** A wait of the whole number: it grants nothing while this is set. */
  shut: { readonly reason: LaneReason; readonly waitMs: number } | null = null;
  readonly #clock: VirtualClock;
  readonly #ledger: ScriptedLedger;
  readonly #stepMs: number;
  #tatMs = 0;

  constructor(clock: VirtualClock, ledger: ScriptedLedger, perSecond: number) {
    this.#clock = clock;
    this.#ledger = ledger;
    this.#stepMs = 1000 / perSecond;
  }

  readonly gate: Gate = {
    takeOver: async (_workspaceId, campaignId) => {
      const campaign = this.#ledger.campaign(campaignId);
      campaign.epoch += 1;
      return { epoch: campaign.epoch, senderId: aSenderId(), isFinal: campaign.isFinal };
    },
    grant: (request) => this.#grant(request),
    returnLost: async (_workspaceId, _senderId, holding) => {
      await this.#clock.sleep(this.tripMs);
      const isHeld = (row: Row): boolean => holding.held.some((held) => held.messageId === row.messageId && held.attempt === row.attempt);
      const lost = this.#ledger.rows.filter(
        (row) => row.campaignId === holding.campaignId && row.state === "dispatching" && row.epoch === holding.epoch && !isHeld(row),
      );
      for (const row of lost) {
        row.state = "queued";
        row.nextAtMs = this.#ledger.databaseMs();
      }
      this.calls.push({ kind: "return_lost", atMs: this.#clock.monotonicMs(), holding, returned: lost.length });
      return lost.length;
    },
    recover: async (_workspaceId, campaignId, graceMs) => {
      const { epoch } = this.#ledger.campaign(campaignId);
      const left = this.#ledger.in("dispatching").filter((row) => row.campaignId === campaignId && row.epoch < epoch);
      const dead = left.filter((row) => row.sendByMs + graceMs < this.#ledger.databaseMs());
      for (const row of dead) row.state = "unknown";
      return { unknown: dead.length, waiting: left.length - dead.length };
    },
    readClock: async () => {
      const askedMs = this.#clock.monotonicMs();
      await this.#clock.sleep(this.tripMs / 2);
      const databaseMs = this.#ledger.databaseMs();
      await this.#clock.sleep(this.tripMs / 2);
      this.calls.push({ kind: "clock", atMs: askedMs });
      return { askedMs, answeredMs: this.#clock.monotonicMs(), databaseMs };
    },
    warmUp: async () => {
      this.calls.push({ kind: "warm_up", atMs: this.#clock.monotonicMs() });
      await this.#clock.sleep(this.tripMs);
    },
  };

  get grants(): readonly Extract<GateCall, { kind: "grant" }>[] {
    return this.calls.filter((call) => call.kind === "grant");
  }

  async #grant(request: GrantRequest): Promise<GrantAnswer> {
    const askedMs = this.#clock.monotonicMs();
    await this.#clock.sleep(this.tripMs / 2);
    const databaseMs = this.#ledger.databaseMs();
    const lanes = this.#decide(request, databaseMs);
    const granted = lanes.reduce((sum, lane) => sum + lane.messages.length, 0);
    this.calls.push({ kind: "grant", atMs: askedMs, request, granted });
    await this.#clock.sleep(this.tripMs / 2);
    if (this.loseGrants > 0 && granted > 0) {
      this.loseGrants -= 1;
      throw new GrantAnswerLost("the answer was lost on its way");
    }
    return { askedMs, answeredMs: this.#clock.monotonicMs(), databaseMs, lanes };
  }

  #decide({ lanes, pace }: GrantRequest, nowMs: number): readonly LaneAnswer[] {
    // the clock was set back
    if (this.#tatMs > nowMs + pace.horizonMs + 1000) this.#tatMs = nowMs + pace.horizonMs;
    const startMs = Math.max(this.#tatMs, nowMs + pace.leadMs);
    const needed = Math.max(1, Math.floor(pace.quantumMs / this.#stepMs));
    const missingMs = startMs + (needed - 1) * this.#stepMs - nowMs - pace.horizonMs;
    if (missingMs > 0) return lanes.map(({ campaignId }) => ({ ...nothing, campaignId, reason: "pace", waitMs: missingMs }));
    let left = Math.floor((nowMs + pace.horizonMs - startMs) / this.#stepMs) + 1;
    let slotMs = startMs;
    return lanes.map(({ campaignId, epoch, want }, index) => {
      const refusal = this.#refusal(campaignId, epoch);
      if (refusal !== null) return { ...nothing, campaignId, reason: refusal, waitMs: 500 };
      if (this.shut !== null) return { ...nothing, campaignId, ...this.shut };
      const due = this.#ledger.rows
        .filter((row) => row.campaignId === campaignId && row.nextAtMs !== null && row.nextAtMs <= nowMs)
        .slice(0, Math.min(want, Math.ceil(left / (lanes.length - index))));
      if (due.length === 0) return { ...nothing, campaignId, reason: "drained", waitMs: 250 };
      const firstMs = slotMs - nowMs;
      for (const row of due) {
        Object.assign(row, { state: "dispatching", attempt: row.attempt + 1, epoch, nextAtMs: null, sendByMs: slotMs + slotWindowMs });
        this.slotMs.set(`${row.messageId}:${row.attempt}`, slotMs - nowMs + this.#clock.monotonicMs());
        slotMs += this.#stepMs;
      }
      left -= due.length;
      this.#tatMs = slotMs;
      const messages = due.map(({ messageId, attempt, chunkNo, entryNo }) => ({ messageId, attempt, chunkNo, entryNo }));
      return { campaignId, reason: "granted", messages, skipped: 0, firstMs, stepMs: this.#stepMs, waitMs: 0 };
    });
  }

  #refusal(campaignId: CampaignId, epoch: number): "stale" | "paused" | "cancelled" | "killed" | "blocked" | null {
    const campaign = this.#ledger.campaign(campaignId);
    if (campaign.epoch !== epoch) return "stale";
    if (campaign.flag !== "running") return campaign.flag;
    if (this.#ledger.isKilled) return "killed";
    return campaign.isBlocked ? "blocked" : null;
  }
}
