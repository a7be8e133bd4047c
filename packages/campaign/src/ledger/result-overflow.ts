import type { CampaignId, WorkspaceId } from "@herald/kernel";
import type { AttemptResult } from "./ledger.ts";

/** One put, as it is read back. */
export type OverflowedResults = {
  readonly overflowId: string;
  /** Milliseconds since the Unix epoch, by the clock of the host that put it, whole seconds. */
  readonly putAtMs: number;
  /** Null: what is stored names none that could be read. */
  readonly workspaceId: WorkspaceId | null;
  /** None: what is stored holds none that could be read. */
  readonly results: readonly AttemptResult[];
};

/** A batch that the ledger will not take: kept, and in nobody's way but of those it names. */
export type SetAside = {
  readonly overflowId: string;
  readonly putAtMs: number;
  readonly workspaceId: WorkspaceId | null;
  /** Campaigns of the results that were refused; null: they cannot be read, it may be any of the workspace. */
  readonly campaignIds: readonly CampaignId[] | null;
};

/**
 * Where results wait that the ledger could not take: evidence of a request is never dropped.
 * Merging is idempotent by attempt, so nothing is claimed: a batch may be taken twice, and is removed once the ledger has committed it.
 * Recovery may have named an attempt `unknown` before its result comes from here: it still merges.
 */
export type ResultOverflow = {
  /** Resolves once the results would survive the loss of a server; rejects when that cannot be said. */
  readonly put: (workspaceId: WorkspaceId, results: readonly AttemptResult[]) => Promise<void>;
  /** The oldest batches that are not set aside, over all workspaces, oldest first. */
  readonly take: (limit: number) => Promise<readonly OverflowedResults[]>;
  readonly remove: (overflowIds: readonly string[]) => Promise<void>;
  /** The ledger answers, and refused just this batch; answers how often by now. Kept with the batch: it outlives the process. */
  readonly noteRefusal: (overflowId: string) => Promise<number>;
  readonly setAside: (overflowId: string, campaignIds: readonly CampaignId[] | null) => Promise<void>;
  /** All that are set aside. */
  readonly aside: () => Promise<readonly SetAside[]>;
  /** Of those the ones whose last try was at least that long ago. */
  readonly takeAside: (limit: number, untriedForMs: number) => Promise<readonly OverflowedResults[]>;
};
