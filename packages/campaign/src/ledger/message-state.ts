import type { Receipt } from "@herald/provider";

/** Where one message of the ledger stands. The picture of all moves is in ARCHITECTURE.md of this package. */
export const messageStates = ["queued", "dispatching", "accepted", "held", "deferred", "failed", "unknown", "skipped"] as const;
export type MessageState = (typeof messageStates)[number];

/** What an operator counts. Every message is in exactly one bucket, so `planned` is their sum (law L1). */
export const buckets = [
  "queued",
  "dispatching",
  "deferred",
  "unknown",
  "held",
  "skipped",
  "failed",
  "accepted",
  "sent",
  "delivered",
  "read",
  "undelivered",
] as const;
export type Bucket = (typeof buckets)[number];
export type BucketCounts = Readonly<Record<Bucket, number>>;

/** One pure function of the row: its state and, once accepted, the newest attempt's receipt. The database's `message_bucket` is its twin. */
export function bucketOf(state: MessageState, receipt: Receipt | null): Bucket {
  if (state !== "accepted" || receipt === null) return state;
  return receipt === "played" ? "read" : receipt;
}

/** The buckets that messages of one state may be in. */
export const bucketsOf = (state: MessageState): readonly Bucket[] =>
  state === "accepted" ? ["accepted", "sent", "undelivered", "delivered", "read"] : [state];

export const noMessages: BucketCounts = Object.freeze(Object.fromEntries(buckets.map((bucket) => [bucket, 0])) as Record<Bucket, number>);

export const plannedOf = (counts: BucketCounts): number => buckets.reduce((sum, bucket) => sum + counts[bucket], 0);

/** Law L1: what was planned is accounted for, message by message. */
export const isBalanced = (planned: number, counts: BucketCounts): boolean =>
  plannedOf(counts) === planned && buckets.every((bucket) => counts[bucket] >= 0);

/** Work that a campaign still has to do before it can be final. */
export const openCount = (counts: BucketCounts): number =>
  counts.queued + counts.dispatching + counts.deferred + counts.unknown + counts.held;

/** Why a recipient was left out. Each has words for the operator in the message catalogue. */
export const skipReasons = [
  "opted_out",
  "no_consent",
  "suppressed",
  "contact_inactive",
  "invalid_address",
  "no_address",
  "duplicate",
  "missing_variable",
  "frequency_cap",
  "us_marketing",
  "not_in_history",
  "erased",
  "budget",
  "expired",
  "cancelled",
] as const;
export type SkipReason = (typeof skipReasons)[number];
