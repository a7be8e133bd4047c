import { drainOverflow } from "./drain-overflow.ts";
import type { Ledger } from "./ledger.ts";
import type { ResultOverflow } from "./result-overflow.ts";

/** What the deployment knows about results outside the ledger. An operator decides about unknown messages only once they were read. */
export type OverflowWatch = {
  /** The database's clock, ms since the Unix epoch: whatever became unknown before this moment was unknown before the look that follows. */
  readonly clockMs: () => Promise<number>;
  /** @param seen `waiting` 0: read empty. An older look never replaces a newer one. */
  readonly note: (seen: { readonly waiting: number; readonly lookedAtMs: number }) => Promise<void>;
};

/** One pass of `drainOverflow`, and then a look whether anything still waits. An overflow that cannot be looked at is not noted, so it counts as unread. */
export async function watchOverflow(
  deps: { readonly overflow: ResultOverflow; readonly ledger: Pick<Ledger, "record">; readonly overflowWatch: OverflowWatch },
  limit: number,
): Promise<number> {
  try {
    return await drainOverflow(deps, limit);
  } finally {
    const lookedAtMs = await deps.overflowWatch.clockMs();
    const waiting = await deps.overflow.take(limit);
    await deps.overflowWatch.note({ waiting: waiting.length, lookedAtMs });
  }
}
