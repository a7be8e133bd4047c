import { type CampaignId, type MessageId, seconds } from "@herald/kernel";
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
  /** How long the gate expects the last reason to hold. */
  waitMs: number;
  /** Monotonic. */
  askAgainAtMs: number;
  /** Monotonic: until then it asks for nothing, whatever the gate says, since what was frozen for it cannot be read. */
  notBeforeMs: number;
};

/** However long a wait is said to be: a pause, a newer epoch or a cure is noticed within this. */
const longestSilenceMs = seconds(5);

/** A lane that another epoch replaced stays stale, whatever an answer says that was on its way then. */
export function noteAnswer(lane: Lane, answer: LaneAnswer, answeredMs: number): void {
  if (lane.reason !== "stale") lane.reason = answer.reason;
  lane.waitMs = answer.waitMs;
  lane.askAgainAtMs = Math.max(lane.notBeforeMs, answeredMs + Math.min(answer.waitMs, longestSilenceMs));
  lane.granted += answer.messages.length;
}
