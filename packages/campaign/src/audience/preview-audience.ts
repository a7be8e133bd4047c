import { type InvalidInput, ok, type Result } from "@herald/kernel";
import type { CampaignDraft } from "../compose/draft.ts";
import { fillParameters } from "../compose/fill-parameters.ts";
import type { CampaignCtx } from "../ctx.ts";
import type { SkipReason } from "../ledger/message-state.ts";
import { checkDraft, type DraftProblem } from "../validate/check-campaign.ts";
import { exclusionOf } from "./exclude.ts";

const firstShown = 10;

export type AudiencePreview = {
  readonly matched: number;
  readonly eligible: number;
  readonly excluded: readonly { readonly reason: SkipReason; readonly count: number }[];
  readonly first: readonly {
    readonly contactId: string;
    readonly displayName: string;
    readonly parameters: Readonly<Record<string, string>>;
  }[];
  /** Per placeholder, how many people will read its fallback. */
  readonly fallbacks: Readonly<Record<string, number>>;
  readonly maxRecipients: number;
  readonly isOverLimit: boolean;
  /** At the sender's pace, seconds from the first to the last message. */
  readonly durationSeconds: number;
};

/** Who would get it, who would not and why, and how the first ones read. Changes nothing. */
export async function previewAudience(
  ctx: CampaignCtx,
  draft: CampaignDraft,
): Promise<Result<AudiencePreview, DraftProblem | InvalidInput>> {
  const checked = await checkDraft(ctx, "campaign.preview", draft);
  if (!checked.ok) return checked;
  const { sender, template, placeholders } = checked.value;
  const { maxRecipients } = await ctx.campaigns.limits();
  const counts = new Map<SkipReason, number>();
  const fallbacks: Record<string, number> = {};
  const first: AudiencePreview["first"][number][] = [];
  let matched = 0;
  let eligible = 0;
  for await (const page of ctx.audiences.pages(draft.audience)) {
    for (const person of page) {
      matched += 1;
      const filled = fillParameters(placeholders, draft.variables, person);
      const reason = exclusionOf(person, template.frozen) ?? (filled.missing.length > 0 ? "missing_variable" : null);
      if (reason !== null) {
        counts.set(reason, (counts.get(reason) ?? 0) + 1);
        continue;
      }
      eligible += 1;
      for (const key of filled.fellBack) fallbacks[key] = (fallbacks[key] ?? 0) + 1;
      if (first.length < firstShown) {
        const parameters = Object.fromEntries(
          [...filled.parameters.body, ...(filled.parameters.header ?? [])].map(({ name, value }) => [name, value]),
        );
        first.push({ contactId: person.contactId, displayName: person.displayName, parameters });
      }
    }
  }
  return ok({
    matched,
    eligible,
    excluded: [...counts].map(([reason, count]) => ({ reason, count })).sort((one, other) => other.count - one.count),
    first,
    fallbacks,
    maxRecipients,
    isOverLimit: eligible > maxRecipients,
    durationSeconds: Math.ceil(eligible / sender.capPerSecond),
  });
}
