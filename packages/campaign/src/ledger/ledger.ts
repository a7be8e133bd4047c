import type { CampaignId, MessageId, WorkspaceId } from "@herald/kernel";
import type { Receipt } from "@herald/provider";
import type { BucketCounts, MessageState } from "./message-state.ts";

/** What the answer to one request does to its message. Pure: made by `settleOutcome`. */
export type Settlement = {
  readonly state: Exclude<MessageState, "dispatching" | "skipped">;
  /** Word for the operator, e.g. a code's class, or why a request never began: `too_late`, `no_connection`, `not_prepared`, `cancelled`. */
  readonly reason: string | null;
  /** For `queued` and `deferred`: due this long after the flush. Null: waits until a block is cured. */
  readonly retryInMs: number | null;
  /** For `deferred` without a block: how often the message may be tried in all; used up, it is `failed`. The ledger keeps the tally. */
  readonly maxAttempts: number;
  readonly providerMessageId: string | null;
  readonly code: string | null;
  readonly class: string | null;
  readonly detail: string | null;
  /** The attempt counts against the message's tries. A request that never began does not. */
  readonly countsAsAttempt: boolean;
  readonly block: BlockScope | null;
  /** The wait grows with the tries before this one: `retryInMs` × `backOff` ^ tries. */
  readonly backOff: 1 | 2 | 4;
  /** What the answer says of the number's own pace: `slow` lowers it, `rest` stops the whole number for `retryInMs`. */
  readonly pace: "slow" | "rest" | null;
};
export type BlockScope = "number" | "waba" | "template";

export type AttemptResult = {
  readonly messageId: MessageId;
  readonly attempt: number;
  readonly campaignId: CampaignId;
  /** Monotonic distance from begin to answer, ms; null when it never began. */
  readonly latencyMs: number | null;
  readonly settlement: Settlement;
};

/** One receipt for one attempt, already parsed; matched by provider id first, by our opaque id second, never by phone. */
export type ReceiptRecord = {
  readonly providerMessageId: string;
  readonly attemptRef: AttemptRef | null;
  readonly receipt: Receipt | "failed";
  readonly atMs: number;
  /** For `failed`: what it does to the message. */
  readonly settlement: Settlement | null;
  readonly pricing: { readonly category: string; readonly type: string } | null;
};
/** What the opaque id says, its MAC checked. */
export type AttemptRef = { readonly campaignId: CampaignId; readonly messageId: MessageId; readonly attempt: number };

/** The most results one transaction takes: it has two seconds. */
export const maxResultsPerCall = 500;

export type ReceiptMerge = { readonly matched: number; readonly moved: number; readonly parked: number };

/** Evidence always merges by attempt, never fenced by an epoch (law L4); it only moves forward (law L9). */
export type Ledger = {
  readonly record: (workspaceId: WorkspaceId, results: readonly AttemptResult[]) => Promise<number>;
  readonly mergeReceipts: (workspaceId: WorkspaceId, records: readonly ReceiptRecord[]) => Promise<ReceiptMerge>;
  /** Counters and the independent recount, read in one snapshot. */
  readonly balance: (workspaceId: WorkspaceId, campaignId: CampaignId) => Promise<LedgerBalance>;
};
export type LedgerBalance = {
  readonly planned: number;
  readonly counts: BucketCounts;
  readonly recount: BucketCounts;
  readonly isBalanced: boolean;
};

/** Opaque ids name our attempt and nobody's person; the MAC keeps strangers from inventing receipts. */
export type OpaqueIds = {
  readonly encode: (ref: AttemptRef) => string;
  /** Null for text that is not ours or was altered. */
  readonly decode: (opaqueId: string) => AttemptRef | null;
};
