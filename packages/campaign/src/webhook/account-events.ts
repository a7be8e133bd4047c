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

/** Restrictions that end by themselves: lifts those whose time is over. Answers how many. */
export async function liftLapsed(deps: { readonly lapsed: LapsedBlocks }): Promise<number> {
  const blocks = await deps.lapsed.list();
  for (const block of blocks) await deps.lapsed.lift(block);
  return blocks.length;
}

export type LapsedBlocks = {
  readonly list: () => Promise<readonly LapsedBlock[]>;
  /** Cures it as an operator would; a cured block stays as it is. */
  readonly lift: (block: LapsedBlock) => Promise<void>;
};
export type LapsedBlock = { readonly workspaceId: WorkspaceId; readonly blockId: string };
