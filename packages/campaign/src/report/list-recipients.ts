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
import type { PageOf, RecipientFilter, RecipientLine } from "./recipient-port.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

export type ListedRecipient = RecipientLine & { readonly verdict: Verdict };
export type RecipientPage = { readonly recipients: readonly ListedRecipient[]; readonly next: ContactId | null };

/** A keyset page of a campaign's recipients, each with the fact that decided. */
export async function listRecipients(
  ctx: CampaignCtx,
  input: PageOf & { readonly campaignId: CampaignId; readonly filter: RecipientFilter },
): Promise<Result<RecipientPage, NotFound | NotAllowed>> {
  if (!ctx.allows("campaign.read")) return err(notAllowed("campaign.read"));
  const campaign = await ctx.campaigns.find(input.campaignId);
  if (!campaign) return err(notFound("campaign"));
  const lines = await ctx.recipients.page(input.campaignId, input);
  return ok({
    recipients: lines.map((line) => ({ ...line, verdict: verdictOf(line, campaign.status) })),
    next: lines.length === input.limit ? (lines.at(-1)?.contactId ?? null) : null,
  });
}
