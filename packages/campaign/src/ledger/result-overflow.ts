import type { WorkspaceId } from "@herald/kernel";
import type { AttemptResult } from "./ledger.ts";

/** One put, as it is read back. */
export type OverflowedResults = {
  readonly overflowId: string;
  /** Milliseconds since the Unix epoch, by the clock of the host that put it, whole seconds. */
  readonly putAtMs: number;
  readonly workspaceId: WorkspaceId;
  readonly results: readonly AttemptResult[];
};

/**
 * Where results wait that the ledger could not take: evidence of a request is never dropped.
 * Merging is idempotent by attempt, so nothing is claimed: a batch may be taken twice, and is removed once the ledger has committed it.
 * Recovery may have named an attempt `unknown` before its result comes from here: it still merges.
 */
export type ResultOverflow = {
  /** Resolves once the results would survive the loss of a server; rejects when that cannot be said. */
  readonly put: (workspaceId: WorkspaceId, results: readonly AttemptResult[]) => Promise<void>;
  /** The oldest batches, over all workspaces, oldest first. */
  readonly take: (limit: number) => Promise<readonly OverflowedResults[]>;
  readonly remove: (overflowIds: readonly string[]) => Promise<void>;
};
