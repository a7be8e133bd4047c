import type { CampaignId, MessageId, SenderId, WorkspaceId } from "@herald/kernel";

/** A request may begin in [slot, slot + this]: a later one is forfeited, never shifted. */
export const slotWindowMs = 15;

/** Numbers of the gate; measured choices, see docs/adr/0005-pace-settings.md. */
export type PaceSettings = {
  /** How far ahead of the clock slots may be granted. */
  readonly horizonMs: number;
  /** The least budget worth a transaction. */
  readonly quantumMs: number;
  /** The least time between a grant's commit and its first slot. */
  readonly leadMs: number;
};
export const defaultPace: PaceSettings = { horizonMs: 150, quantumMs: 37.5, leadMs: 20 };

export type LaneRequest = { readonly campaignId: CampaignId; readonly epoch: number; readonly want: number };
export type GrantRequest = {
  readonly workspaceId: WorkspaceId;
  readonly senderId: SenderId;
  readonly lanes: readonly LaneRequest[];
  readonly pace: PaceSettings;
};

/** Why a lane got what it got. Only `granted` carries messages. */
export const laneReasons = [
  "granted",
  "pace", // the budget of this moment is spent
  "turn", // another campaign of the number goes first
  "rate", // the campaign's own ceiling is reached
  "drained", // no message is due
  "paused",
  "cancelled",
  "blocked", // the number, the account or the template is refused until somebody cures it
  "killed", // a kill switch is on
  "stale", // another attempt of the slice took over (law L4)
  "resting", // the provider asked the whole number to wait
  "breaker_open", // most answers of the number were failures: one message at a time tries whether it is well again
  "portfolio_limit", // no place is left among the people the portfolio may reach in 24 h
  "inbox_behind", // marketing waits until what people wrote has been read
] as const;
export type LaneReason = (typeof laneReasons)[number];

export type GrantedMessage = {
  readonly messageId: MessageId;
  readonly attempt: number;
  readonly chunkNo: number;
  readonly entryNo: number;
};
export type LaneAnswer = {
  readonly campaignId: CampaignId;
  readonly reason: LaneReason;
  readonly messages: readonly GrantedMessage[];
  readonly skipped: number;
  /** Slot i is `databaseMs + firstMs + i * stepMs`. */
  readonly firstMs: number;
  readonly stepMs: number;
  /** Ask again after this. */
  readonly waitMs: number;
};
export type GrantAnswer = {
  /** Monotonic times of this process around the call, and the database's clock inside it. */
  readonly askedMs: number;
  readonly answeredMs: number;
  readonly databaseMs: number;
  readonly lanes: readonly LaneAnswer[];
};

export type ClockReading = { readonly askedMs: number; readonly answeredMs: number; readonly databaseMs: number };

/** The one place where budget, fence, controls, consent and intent are decided, in one transaction. */
export type Gate = {
  /** A new attempt of a slice takes the campaign over: epoch + 1. */
  readonly takeOver: (workspaceId: WorkspaceId, campaignId: CampaignId) => Promise<Takeover>;
  readonly grant: (request: GrantRequest) => Promise<GrantAnswer>;
  /** After a lost answer: every dispatching row of this epoch that the process does not hold goes back, it never began. */
  readonly returnLost: (workspaceId: WorkspaceId, senderId: SenderId, lane: LaneHolding) => Promise<number>;
  /** Attempts of dead epochs that nobody can report on any more become `unknown`. Answers how many, and how many still wait for their grace. */
  readonly recover: (workspaceId: WorkspaceId, campaignId: CampaignId, graceMs: number) => Promise<Recovery>;
  readonly readClock: () => Promise<ClockReading>;
  /** Grants nothing: what a first grant costs more than others, its plans above all, is paid before slots depend on it. */
  readonly warmUp: (workspaceId: WorkspaceId, senderId: SenderId, pace: PaceSettings) => Promise<void>;
};
export type Takeover = { readonly epoch: number; readonly senderId: SenderId; readonly isFinal: boolean };
export type LaneHolding = {
  readonly campaignId: CampaignId;
  readonly epoch: number;
  readonly held: readonly { readonly messageId: MessageId; readonly attempt: number }[];
};
export type Recovery = { readonly unknown: number; readonly waiting: number };

/** The answer of a grant was lost on its way: it may have committed. */
export class GrantAnswerLost extends Error {
  override readonly name = "GrantAnswerLost";
}
