import type { CampaignId } from "@herald/kernel";
import type { FrozenTemplate, SenderAccount } from "@herald/provider";
import type { ChunkWindow } from "./chunk-window.ts";
import type { LaneAnswer, LaneReason } from "./gate.ts";

/** One campaign's place in a number's loop. Opened and closed by a slice; `epoch` is the slice's fence (law L4). */
export type Lane = {
  readonly campaignId: CampaignId;
  readonly epoch: number;
  readonly template: FrozenTemplate;
  readonly account: SenderAccount;
  readonly chunks: ChunkWindow;
  /** What the gate said last. */
  reason: LaneReason;
  granted: number;
  /** Granted here and not yet in the ledger. */
  unrecorded: number;
  /** Monotonic. */
  askAgainAtMs: number;
};

/** A lane that another epoch replaced stays stale, whatever an answer says that was on its way then. */
export function noteAnswer(lane: Lane, answer: LaneAnswer, answeredMs: number): void {
  if (lane.reason !== "stale") lane.reason = answer.reason;
  lane.askAgainAtMs = answeredMs + answer.waitMs;
  lane.granted += answer.messages.length;
}
