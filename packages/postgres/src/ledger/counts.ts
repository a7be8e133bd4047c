import type { Bucket, BucketCounts } from "@herald/campaign";

// The order is that of the ledger's columns; the domain's own list is a value, which an adapter does not import.
const bucketNames = [
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
] as const satisfies readonly Bucket[];

export type CountColumns = Readonly<Record<(typeof bucketNames)[number], number>>;

/** SQL: one column per bucket of `herald.campaign_counts` or `herald.recount`, optionally with a prefix to their names. */
export const countColumns = (alias: string, prefix = ""): string =>
  bucketNames.map((name) => `${alias}.${name} as "${prefix}${name}"`).join(", ");

export const toCounts = (row: Readonly<Record<string, unknown>>, prefix = ""): BucketCounts =>
  Object.fromEntries(bucketNames.map((name) => [name, row[`${prefix}${name}`]])) as unknown as Record<Bucket, number>;

export const isSame = (left: BucketCounts, right: BucketCounts): boolean => bucketNames.every((name) => left[name] === right[name]);
export const totalOf = (counts: BucketCounts): number => bucketNames.reduce((sum, name) => sum + counts[name], 0);
