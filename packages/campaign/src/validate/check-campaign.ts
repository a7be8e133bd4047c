import {
  err,
  type InputIssue,
  type InvalidInput,
  invalidInput,
  type NotAllowed,
  type NotFound,
  notAllowed,
  notFound,
  ok,
  type Result,
} from "@herald/kernel";
import type { Sender, Template, VariableSources } from "../compose/content.ts";
import type { CampaignDraft } from "../compose/draft.ts";
import { isMediaLink, mismatchedVariables, type Placeholder, placeholdersOf, unsupportedPartsOf } from "../compose/placeholders.ts";
import type { CampaignAction, CampaignCtx } from "../ctx.ts";

export type TemplateNotApproved = {
  readonly type: "template_not_approved";
  readonly name: string;
  readonly language: string;
  readonly status: string;
  readonly approvedLanguages: readonly string[];
};
export type SenderNotReady = { readonly type: "sender_not_ready"; readonly reason: string };
export type DraftProblem = NotFound | NotAllowed | InvalidInput | TemplateNotApproved | SenderNotReady;

/** A draft whose parts exist, belong together and can be sent; still before the audience is read. */
export type CheckedDraft = { readonly sender: Sender; readonly template: Template; readonly placeholders: readonly Placeholder[] };

/** Every check that needs no recipient. Preview and launch run the same ones, so a preview never promises what the launch refuses. */
export async function checkDraft(
  ctx: CampaignCtx,
  action: CampaignAction,
  draft: CampaignDraft,
): Promise<Result<CheckedDraft, DraftProblem>> {
  if (!ctx.allows(action)) return err(notAllowed(action));
  const sender = await ctx.senders.find(draft.senderId);
  if (!sender) return err(notFound("sender"));
  if (!sender.isConnected)
    return err({ type: "sender_not_ready", reason: "The number is not connected. Reconnect it under Integrations." });
  const template = await findTemplate(ctx, sender, draft.template);
  if (!template.ok) return template;
  const placeholders = placeholdersOf(template.value);
  const issues = [...partIssues(template.value), ...variableIssues(placeholders, draft), ...mediaIssues(draft)];
  if (issues.length > 0) return err(invalidInput(...issues));
  const foreign = await ctx.audiences.missingParts(draft.audience);
  if (foreign.length > 0) return err(notFound(`audience part ${foreign[0]}`));
  return ok({ sender, template: template.value, placeholders });
}

/** The template in that language, in the sender's own account, as far as it may be sent. */
export async function findTemplate(
  ctx: CampaignCtx,
  sender: Sender,
  wanted: CampaignDraft["template"],
): Promise<Result<Template, TemplateNotApproved>> {
  const languages = await ctx.templates.findByName(sender.sourceId, wanted.name);
  const template = languages.find((candidate) => candidate.frozen.language === wanted.language);
  if (template?.status === "APPROVED") return ok(template);
  return err({
    type: "template_not_approved",
    ...wanted,
    status: template?.status ?? "MISSING",
    approvedLanguages: languages.filter((candidate) => candidate.status === "APPROVED").map((candidate) => candidate.frozen.language),
  });
}

function variableIssues(placeholders: readonly Placeholder[], draft: CampaignDraft): InputIssue[] {
  const { missing, unknown } = mismatchedVariables(placeholders, draft.variables);
  return [
    ...missing.map((key) => ({
      path: `variables.${key}`,
      message: `The template needs a value for ${key}.`,
      cure: "Give it a contact field or a fixed text.",
    })),
    ...unknown.map((key) => ({ path: `variables.${key}`, message: `The template has no placeholder ${key}.`, cure: "Remove it." })),
  ];
}

const partIssues = (template: Template): InputIssue[] =>
  unsupportedPartsOf(template).map((part) => ({
    path: "template",
    message: `Herald cannot fill this part of the template: ${part}.`,
    cure: "Choose a template without it.",
  }));

/** What every recipient would be sent is checked here; a link that stands in a person's own field is checked with the person. */
function mediaIssues(draft: CampaignDraft): InputIssue[] {
  if (!isMediaRefused(mediaLinkOf(draft.variables))) return [];
  return [
    {
      path: "variables.header.media",
      message: "The header's media must be a public HTTPS link.",
      cure: "Use an address that begins with https://.",
    },
  ];
}

/** The link that everybody's header has, or who has none of their own; null: there is none, and so while a stand-in is empty. */
export function mediaLinkOf(variables: VariableSources): string | null {
  const media = variables["header.media"];
  return (media?.from === "static" ? media.value : media?.fallback) || null;
}
export const isMediaRefused = (link: string | null): boolean => link !== null && !isMediaLink(link);
