import {
  type CampaignId,
  type ContactId,
  err,
  type NotAllowed,
  type NotFound,
  notAllowed,
  notFound,
  ok,
  type Result,
} from "@herald/kernel";
import type { CampaignCtx } from "../ctx.ts";
import type { ExportLine } from "./recipient-port.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

export type OpenedExport = { readonly campaignId: CampaignId; readonly name: string; readonly atMs: number };
export type ExportPage = { readonly rows: readonly (ExportLine & { readonly verdict: Verdict })[]; readonly next: ContactId | null };

/** How many rows one short transaction of an export reads. */
const rowsPerPage = 2000;

/** Whether somebody may take a campaign's people away, and what the file is called. */
export async function openExport(
  ctx: CampaignCtx,
  input: { readonly campaignId: CampaignId },
): Promise<Result<OpenedExport, NotFound | NotAllowed>> {
  if (!ctx.allows("contacts.export")) return err(notAllowed("contacts.export"));
  const campaign = await ctx.campaigns.find(input.campaignId);
  return campaign ? ok({ campaignId: campaign.campaignId, name: campaign.name, atMs: ctx.nowMs }) : err(notFound("campaign"));
}

/**
 * One page of an export. Pages are transactions of their own: nothing is kept open for as long as somebody's download takes, and each recipient, of whom
 * the frozen audience has exactly one, stands as it was when its page was read.
 */
export async function exportRecipients(
  ctx: CampaignCtx,
  input: { readonly campaignId: CampaignId; readonly after: ContactId | null },
): Promise<Result<ExportPage, NotFound | NotAllowed>> {
  if (!ctx.allows("contacts.export")) return err(notAllowed("contacts.export"));
  const campaign = await ctx.campaigns.find(input.campaignId);
  if (!campaign) return err(notFound("campaign"));
  const lines = await ctx.recipients.exportPage(input.campaignId, { after: input.after, limit: rowsPerPage });
  return ok({
    rows: lines.map((line) => ({ ...line, verdict: verdictOf(line, campaign.status) })),
    next: lines.length === rowsPerPage ? (lines.at(-1)?.contactId ?? null) : null,
  });
}
