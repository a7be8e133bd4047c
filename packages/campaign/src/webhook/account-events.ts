import type { WorkspaceId } from "@herald/kernel";
import type { AccountEvent, ProviderEvent } from "@herald/provider";

/** A connected account here, by its own id. */
export type AccountOwner = { readonly workspaceId: WorkspaceId; readonly sourceId: string };

/**
 * What the provider says about accounts, their templates and numbers. Each event counts once and only while it is the newest word about its thing,
 * so they may come in any order and any number of times.
 */
export type AccountPort = {
  /** Null: nobody here has connected the account. */
  readonly ownerOf: (provider: string, providerAccountId: string) => Promise<AccountOwner | null>;
  /**
   * A template that cannot be sent blocks its open campaigns and one that can be sent again is cured; another category pauses them
   * (`template_changed`); a restriction blocks the account until its release; limits and marks to look up again are kept.
   */
  readonly record: (owner: AccountOwner, event: AccountEvent) => Promise<void>;
};

const kinds: ReadonlySet<ProviderEvent["kind"]> = new Set<AccountEvent["kind"]>([
  "template_status",
  "template_changed",
  "number_changed",
  "portfolio_limit",
  "account_state",
]);

export const isAccountEvent = (event: ProviderEvent): event is AccountEvent => kinds.has(event.kind);

/**
 * Lifts the blocks whose time is over, by itself or because their cause ended, part by part in turn, so that a large one keeps no other waiting.
 * Answers how many. One that fails stays and holds up no other; rejects with all failures at the end.
 */
export async function liftLapsed(deps: { readonly lapsed: LapsedBlocks }): Promise<number> {
  const blocks = await deps.lapsed.list();
  const failures: unknown[] = [];
  for (let left = blocks; left.length > 0; ) {
    const unfinished: LapsedBlock[] = [];
    for (const block of left) {
      try {
        if (!(await deps.lapsed.lift(block))) unfinished.push(block);
      } catch (error) {
        failures.push(error);
      }
    }
    left = unfinished;
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${blocks.length} blocks were not lifted`);
  return blocks.length;
}

export type LapsedBlocks = {
  /** Over all workspaces, the longest due first. */
  readonly list: () => Promise<readonly LapsedBlock[]>;
  /** Frees a part of what it holds; true once nothing is left and it is closed, and for one that is not to be lifted any more. Nothing is sent before. */
  readonly lift: (block: LapsedBlock) => Promise<boolean>;
};
export type LapsedBlock = { readonly workspaceId: WorkspaceId; readonly blockId: string };
