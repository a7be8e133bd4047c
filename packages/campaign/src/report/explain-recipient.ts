import {
  type CampaignId,
  err,
  type MessageId,
  type NotAllowed,
  type NotFound,
  notAllowed,
  notFound,
  ok,
  type Result,
} from "@herald/kernel";
import type { CampaignCtx } from "../ctx.ts";
import { decisionsAbout } from "./decisions-about.ts";
import type { MessageLine, RecipientBackground } from "./recipient-port.ts";
import type { OpenBlock } from "./report-port.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

/** Why one recipient got it, or did not: the fact that decided, and everything that led to it. */
export type RecipientStory = RecipientBackground & {
  readonly message: MessageLine;
  readonly verdict: Verdict;
  /** What stops the campaign's sends now, for a message that waits for a cure. */
  readonly blocks: readonly OpenBlock[];
};

/** The story of one recipient. What a person decided is told where it concerns this message. */
export async function explainRecipient(
  ctx: CampaignCtx,
  input: { readonly campaignId: CampaignId; readonly messageId: MessageId },
): Promise<Result<RecipientStory, NotFound | NotAllowed>> {
  if (!ctx.allows("campaign.read")) return err(notAllowed("campaign.read"));
  const message = await ctx.recipients.find(input.campaignId, input.messageId);
  if (!message) return err(notFound("message"));
  const background = await ctx.recipients.background(input.campaignId, message);
  const blocks = message.state === "deferred" ? await ctx.reports.openBlocks(input.campaignId) : [];
  return ok({
    ...background,
    decisions: decisionsAbout(message, background.decisions),
    message,
    verdict: verdictOf(message, background.campaign.status),
    blocks,
  });
}
