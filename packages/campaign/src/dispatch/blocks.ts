import { err, type NotAllowed, type NotFound, notAllowed, notFound, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import { storableText } from "../compose/draft.ts";
import type { CampaignCtx } from "../ctx.ts";
import type { BlockScope } from "../ledger/ledger.ts";

/** A refusal that stops a number, an account or a template until its cause is gone. Each cause is a block of its own. */
export type Block = {
  /** A Postgres bigint kept as text. */
  readonly blockId: string;
  readonly scope: BlockScope;
  /** Of the sender, the source or the template. */
  readonly scopeId: string;
  readonly class: string;
  readonly code: string | null;
  readonly detail: string;
  readonly sinceMs: number;
  /** Campaigns that have not ended and that it reaches. */
  readonly campaigns: number;
};
export const CureInput = z.strictObject({ note: storableText(500).trim().min(1) });
export type CureBlock = z.output<typeof CureInput> & { readonly blockId: string };
export type CuredBlock = {
  readonly blockId: string;
  /** Messages that are due now. Of a block that holds thousands the rest follow within seconds, and it is open until then. */
  readonly freed: number;
};

export type BlockPort = {
  /** The open ones of the workspace, oldest first. */
  readonly open: () => Promise<readonly Block[]>;
  /**
   * Frees what waits and wakes the workflow in every campaign that it reaches and no other block does, and writes the audit entry; null when there is
   * no such block. A cured one stays as it is: 0. What is too much for one transaction is left to `liftLapsed`.
   */
  readonly cure: (blockId: string, note: string) => Promise<number | null>;
};

/** What stops this workspace's sending until somebody acts. */
export async function listBlocks(ctx: CampaignCtx): Promise<Result<readonly Block[], NotAllowed>> {
  return ctx.allows("campaign.read") ? ok(await ctx.blocks.open()) : err(notAllowed("campaign.read"));
}

/** The cause is gone: all of its campaigns go on that no other cause stops. If it is not gone, those in flight by then are refused too, each at the cost of a try, and a new block opens. */
export async function cureBlock(ctx: CampaignCtx, input: CureBlock): Promise<Result<CuredBlock, NotFound | NotAllowed>> {
  if (!ctx.allows("campaign.control")) return err(notAllowed("campaign.control"));
  const freed = await ctx.blocks.cure(input.blockId, input.note);
  return freed === null ? err(notFound("block")) : ok({ blockId: input.blockId, freed });
}
