import { type CampaignId, err, type NotAllowed, notAllowed, ok, type Result } from "@herald/kernel";
import type { CampaignCtx } from "../ctx.ts";
import { isFinal } from "../ledger/campaign-status.ts";
import { type AttentionCause, attentionOf, stallOfLine } from "./attention.ts";
import type { CampaignFacts, CampaignFilter, DraftFacts, ListCursor } from "./campaign-list-port.ts";
import type { Stall } from "./stall.ts";

/** What of the list is asked for. `attention`: what needs somebody, see `attentionOf`; `sent`: without drafts. */
export const campaignViews = ["all", "sent", "drafts", "attention"] as const;
export type CampaignView = (typeof campaignViews)[number];

export type CampaignLine = CampaignFacts & {
  readonly stalled: Stall | null;
  readonly attention: readonly AttentionCause[];
  /** Requests a second: as measured of late, else what its number leaves it; null unless it is queued or sends. */
  readonly perSecond: number | null;
  /** When what is queued is sent, at that pace; null: nobody can say. */
  readonly endsAtMs: number | null;
};
export type CampaignPage = {
  readonly campaigns: readonly CampaignLine[];
  readonly drafts: readonly DraftFacts[];
  /** Null: there are no more. */
  readonly next: ListCursor | null;
};

/** Nobody works through more of them in one list. */
export const maxAttention = 200;

/** A page of the workspace's campaigns, the newest first, drafts among them by the time they were begun. */
export async function listCampaigns(
  ctx: CampaignCtx,
  input: { readonly view: CampaignView; readonly filter: CampaignFilter; readonly after: ListCursor | null; readonly limit: number },
): Promise<Result<CampaignPage, NotAllowed>> {
  if (!ctx.allows("campaign.read")) return err(notAllowed("campaign.read"));
  const { view, filter, after, limit } = input;
  if (view === "attention") return ok({ campaigns: await inNeed(ctx, filter), drafts: [], next: null });
  // one more than is shown tells whether there is a next page
  const campaigns = view === "drafts" ? [] : await ctx.campaignList.page(filter, after, limit + 1);
  const drafts = view === "sent" || filter.statuses !== null ? [] : await ctx.campaignList.drafts(filter, after, limit + 1);
  const shown = [...campaigns, ...drafts].toSorted(newestFirst).slice(0, limit);
  const isShown = new Set(shown.map(({ cursor }) => cursor));
  return ok({
    campaigns: campaigns.filter(({ cursor }) => isShown.has(cursor)).map((facts) => lineOf(ctx.nowMs, facts)),
    drafts: drafts.filter(({ cursor }) => isShown.has(cursor)),
    next: campaigns.length + drafts.length > limit ? (shown.at(-1)?.cursor ?? null) : null,
  });
}

/** Rows that a screen shows already, as they are now. Of the ids those of other workspaces are left out. */
export async function readCampaigns(
  ctx: CampaignCtx,
  input: { readonly campaignIds: readonly CampaignId[] },
): Promise<Result<{ readonly campaigns: readonly CampaignLine[]; readonly attention: number }, NotAllowed>> {
  if (!ctx.allows("campaign.read")) return err(notAllowed("campaign.read"));
  const campaigns = await ctx.campaignList.named(input.campaignIds);
  const attention = (await openInNeed(ctx, everyCampaign)).length + (await ctx.campaignList.undecidedCount(everyCampaign));
  return ok({ campaigns: campaigns.map((facts) => lineOf(ctx.nowMs, facts)), attention });
}

export const everyCampaign: CampaignFilter = {
  kind: "bulk",
  statuses: null,
  senderId: null,
  templateId: null,
  createdBy: null,
  fromMs: null,
  toMs: null,
  search: null,
};

/** An open campaign beyond these is not looked at: nobody runs so many at once. */
const mostOpen = 1000;

async function openInNeed(ctx: CampaignCtx, filter: CampaignFilter): Promise<readonly CampaignLine[]> {
  const open = await ctx.campaignList.open(filter, mostOpen);
  return open.map((facts) => lineOf(ctx.nowMs, facts)).filter(({ attention }) => attention.length > 0);
}

async function inNeed(ctx: CampaignCtx, filter: CampaignFilter): Promise<readonly CampaignLine[]> {
  const open = await openInNeed(ctx, filter);
  const ended = (await ctx.campaignList.undecided(filter, maxAttention)).map((facts) => lineOf(ctx.nowMs, facts));
  return [...open, ...ended].toSorted(newestFirst).slice(0, maxAttention);
}

/** By the cursor: its first part is the time, so that a page ends between two rows and never within one. */
function newestFirst(one: { readonly cursor: ListCursor }, other: { readonly cursor: ListCursor }): number {
  const [oneAt = "", oneId = ""] = one.cursor.split("_");
  const [otherAt = "", otherId = ""] = other.cursor.split("_");
  if (oneAt !== otherAt) return oneAt < otherAt ? 1 : -1;
  return oneId < otherId ? -1 : 1;
}

/** What the facts mean at this moment. */
export function lineOf(nowMs: number, facts: CampaignFacts): CampaignLine {
  const stalled = stallOfLine(nowMs, facts);
  const isMoving = stalled === null && !isFinal(facts.status) && facts.flag === "running";
  const perSecond = isMoving ? paceOf(facts) : null;
  const openCount = facts.counts.queued + facts.counts.dispatching;
  const endsAtMs = perSecond !== null && openCount > 0 ? nowMs + Math.ceil((openCount / perSecond) * 1000) : null;
  return { ...facts, stalled, attention: attentionOf(nowMs, facts), perSecond, endsAtMs };
}

function paceOf({ sending }: CampaignFacts): number | null {
  if (sending === null) return null;
  // its share of the number, and no more than its own ceiling
  const share = (sending.effectivePerSecond * sending.weight) / (sending.weight + sending.otherWeight);
  const perSecond = sending.measuredPerSecond ?? Math.min(share, sending.maxPerSecond ?? share);
  return perSecond > 0 ? perSecond : null;
}
