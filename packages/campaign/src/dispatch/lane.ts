import type { CampaignId, MessageId } from "@herald/kernel";
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
  /** Granted here, and its result is neither in the ledger nor in the overflow. */
  unrecorded: number;
  /** Attempts whose results wait in the overflow: the ledger still reads `dispatching`, and must not take them for lost. */
  readonly overflowed: { readonly messageId: MessageId; readonly attempt: number }[];
  /** Monotonic. */
  askAgainAtMs: number;
};

/** A lane that another epoch replaced stays stale, whatever an answer says that was on its way then. */
export function noteAnswer(lane: Lane, answer: LaneAnswer, answeredMs: number): void {
  if (lane.reason !== "stale") lane.reason = answer.reason;
  lane.askAgainAtMs = answeredMs + answer.waitMs;
  lane.granted += answer.messages.length;
}
