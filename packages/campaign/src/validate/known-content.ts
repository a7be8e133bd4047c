import { days, type Result } from "@herald/kernel";
import { type AudiencePreview, readAudience } from "../audience/preview-audience.ts";
import type { Sender, SenderCondition, Template } from "../compose/content.ts";
import { type CampaignDraft, namesSomebody } from "../compose/draft.ts";
import type { DraftContent } from "../compose/draft-content.ts";
import { mismatchedVariables, placeholdersOf, unsupportedPartsOf } from "../compose/placeholders.ts";
import type { CampaignCtx } from "../ctx.ts";
import type { Block } from "../dispatch/blocks.ts";
import type { RecipientLimit } from "../freeze/campaigns.ts";
import type { EntryTooLarge } from "../freeze/chunk.ts";
import { findTemplate, isMediaRefused, mediaLinkOf, type TemplateNotApproved } from "./check-campaign.ts";

/** All that is known of what was composed so far, whatever is missing. Null: cannot be known before an earlier part. */
export type Known = {
  readonly content: DraftContent;
  readonly maySend: boolean;
  readonly sender: Sender | null;
  readonly condition: SenderCondition | null;
  readonly limit: RecipientLimit | null;
  readonly blocks: readonly Block[];
  readonly template: Result<Template, TemplateNotApproved> | null;
  readonly unsupportedParts: readonly string[];
  readonly missing: readonly string[];
  readonly unknown: readonly string[];
  /** Null: nobody was named. */
  readonly foreignParts: readonly string[] | null;
  readonly audience: Result<AudiencePreview, EntryTooLarge> | null;
  /** It starts when today's places of the portfolio have expired. */
  readonly isAfterToday: boolean;
};
export const previewOf = ({ audience }: Known): AudiencePreview | null => (audience?.ok ? audience.value : null);

/** Each part as far as those before it lead. */
export async function learn(ctx: CampaignCtx, content: DraftContent, startsAtMs: number | null): Promise<Known> {
  const sender = content.senderId === undefined ? null : await ctx.senders.find(content.senderId);
  const template = sender && content.template ? await findTemplate(ctx, sender, content.template) : null;
  const parts = partsOf(template?.ok ? template.value : null, content.variables ?? {});
  const named = content.audience && namesSomebody(content.audience) ? content.audience : null;
  const known: Known = {
    content,
    maySend: ctx.allows("campaign.send"),
    sender,
    condition: sender && (await ctx.senders.condition(sender.senderId)),
    limit: sender && (await ctx.campaigns.limits(sender.senderId, startsAtMs)),
    blocks: await ctx.blocks.open(),
    template,
    ...parts,
    foreignParts: named && (await ctx.audiences.missingParts(named)),
    audience: null,
    isAfterToday: startsAtMs !== null && startsAtMs > ctx.nowMs + days(1),
  };
  return { ...known, audience: await readNamed(ctx, known) };
}

function partsOf(
  template: Template | null,
  variables: CampaignDraft["variables"],
): Pick<Known, "unsupportedParts" | "missing" | "unknown"> {
  if (!template) return { unsupportedParts: [], missing: [], unknown: [] };
  const placeholders = placeholdersOf(template);
  const written = Object.fromEntries(Object.entries(variables).filter(([, source]) => source.from === "field" || source.value !== ""));
  return {
    unsupportedParts: unsupportedPartsOf(template),
    missing: mismatchedVariables(placeholders, written).missing,
    unknown: mismatchedVariables(placeholders, variables).unknown,
  };
}

/** Reads the audience as a preview does, once nothing before it stands in the way. */
async function readNamed(ctx: CampaignCtx, known: Known): Promise<Known["audience"]> {
  const { content, sender, limit, template, missing, unknown, unsupportedParts, foreignParts } = known;
  const { audience, variables = {} } = content;
  if (!sender?.isConnected || !limit || !template?.ok || !content.template || !audience || foreignParts?.length !== 0) return null;
  if (missing.length + unknown.length + unsupportedParts.length > 0 || isMediaRefused(mediaLinkOf(variables))) return null;
  const draft: CampaignDraft = { senderId: sender.senderId, template: content.template, audience, variables };
  return readAudience(ctx, draft, { sender, template: template.value, placeholders: placeholdersOf(template.value) }, limit);
}
