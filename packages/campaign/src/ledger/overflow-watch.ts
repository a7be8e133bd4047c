import type { WorkspaceId } from "@herald/kernel";
import { type DrainOverflowDeps, drainOverflow } from "./drain-overflow.ts";
import type { SetAside } from "./result-overflow.ts";

/** What the deployment knows about results outside the ledger. An operator decides about unknown messages only once they were read. */
export type OverflowWatch = {
  /** The database's clock, ms since the Unix epoch: whatever became unknown before this moment was unknown before the look that follows. */
  readonly clockMs: () => Promise<number>;
  /**
   * @param seen `waiting` 0: read empty, but for what is set aside, which holds up the campaigns that it names. An older look never replaces a newer
   * one, and each names all that is set aside.
   */
  readonly note: (seen: {
    readonly waiting: number;
    readonly setAside: readonly NamedAside[];
    readonly lookedAtMs: number;
  }) => Promise<void>;
};

export type NamedAside = SetAside & { readonly workspaceId: WorkspaceId };

/** One pass of `drainOverflow`, and then a look whether anything still waits. An overflow that cannot be looked at is not noted, so it counts as unread. */
export async function watchOverflow(deps: DrainOverflowDeps & { readonly overflowWatch: OverflowWatch }, limit: number): Promise<number> {
  try {
    return await drainOverflow(deps, limit);
  } finally {
    const lookedAtMs = await deps.overflowWatch.clockMs();
    // in this order: what another process sets aside between the two is seen by the second
    const waiting = await deps.overflow.take(limit);
    const aside = await deps.overflow.aside();
    const setAside = aside.filter((batch): batch is NamedAside => batch.workspaceId !== null);
    // one that names nobody may be anybody's: it counts as unread until a person has judged it
    await deps.overflowWatch.note({ waiting: waiting.length + aside.length - setAside.length, setAside, lookedAtMs });
  }
}
