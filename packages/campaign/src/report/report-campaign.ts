import { type CampaignId, err, type NotAllowed, type NotFound, notAllowed, notFound, ok, type Result } from "@herald/kernel";
import type { CampaignCtx } from "../ctx.ts";
import type { Campaign } from "../freeze/campaigns.ts";
import type { LedgerBalance } from "../ledger/ledger.ts";
import type { SkipReason } from "../ledger/message-state.ts";
import { type ExplainedHeld, explainHeld } from "./explain-held.ts";
import { type ExplainedWait, explainWaits } from "./explain-waits.ts";
import { type MeasuredPace, measurePace } from "./pace-history.ts";
import type { FailureCause, LastControl, OpenBlock, SendingPace, UnknownEvidence } from "./report-port.ts";
import { type Stall, stallOf } from "./stall.ts";

export type CampaignReport = {
  readonly campaign: Campaign;
  readonly ledger: LedgerBalance;
  readonly skips: readonly { readonly reason: SkipReason; readonly count: number }[];
  readonly causes: readonly FailureCause[];
  readonly blocks: readonly OpenBlock[];
  /** Null while none is unknown. */
  readonly unknown: UnknownEvidence | null;
  /** Null while none is held. */
  readonly held: ExplainedHeld | null;
  readonly deferred: readonly ExplainedWait[];
  readonly pace: SendingPace;
  /** Null: too little was seen of it to say. */
  readonly measured: MeasuredPace | null;
  readonly control: LastControl;
  /** A word for what holds a campaign that has something to send: at once where that is known, else after 30 s without a grant. Derived when read, never stored. */
  readonly stalled: Stall | null;
};
type ReadProblem = NotFound | NotAllowed;

/** The campaign in numbers that add up, with the reason of every stop. */
export async function reportCampaign(
  ctx: CampaignCtx,
  input: { readonly campaignId: CampaignId },
): Promise<Result<CampaignReport, ReadProblem>> {
  if (!ctx.allows("campaign.read")) return err(notAllowed("campaign.read"));
  const campaign = await ctx.campaigns.find(input.campaignId);
  if (!campaign) return err(notFound("campaign"));
  // one after the other: they share one connection and one transaction
  const ledger = await ctx.reports.balance(campaign.campaignId);
  const skips = await ctx.reports.skips(campaign.campaignId);
  const causes = await ctx.reports.causes(campaign.campaignId);
  const blocks = await ctx.reports.openBlocks(campaign.campaignId);
  const unknown = await ctx.reports.unknown(campaign.campaignId);
  const held = explainHeld(await ctx.reports.held(campaign.campaignId));
  const deferred = explainWaits(await ctx.reports.deferred(campaign.campaignId), blocks, ctx.nowMs);
  const pace = await ctx.reports.pace(campaign.campaignId);
  const measured = await measurePace(ctx, campaign);
  const control = await ctx.reports.control(campaign.campaignId);
  const lastGrantAtMs = await ctx.reports.lastGrantAtMs(campaign.campaignId);
  const stalled = stallOf(ctx.nowMs, { campaign, ledger, causes, blocks, pace }, lastGrantAtMs);
  return ok({ campaign, ledger, skips, causes, blocks, unknown, held, deferred, pace, measured, control, stalled });
}
