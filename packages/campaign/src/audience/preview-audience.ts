import { ok, type Result } from "@herald/kernel";
import type { RecipientParameters } from "@herald/provider";
import type { z } from "zod";
import { type CampaignDraft, CampaignDraftInput } from "../compose/draft.ts";
import { measuredFrom, ScheduleInput, startOf } from "../compose/schedule.ts";
import { usedPerSecond } from "../compose/used-share.ts";
import type { CampaignCtx } from "../ctx.ts";
import type { RecipientLimit } from "../freeze/campaigns.ts";
import type { EntryTooLarge } from "../freeze/chunk.ts";
import type { SkipReason } from "../ledger/message-state.ts";
import { type CheckedDraft, checkDraft, type DraftProblem } from "../validate/check-campaign.ts";
import { type AudienceCounts, countsOf } from "./audience-counts.ts";
import { judgeRecipient } from "./judge-recipient.ts";

const firstShown = 20;

export type AudiencePreview = RecipientLimit &
  AudienceCounts & {
    /** Of the eligible, the most frequent first; null: not known. */
    readonly countries: readonly { readonly country: string | null; readonly count: number }[];
    readonly first: readonly {
      readonly contactId: string;
      readonly displayName: string;
      /** By placeholder: `body.1`, `header.media`, `button.0`. */
      readonly parameters: Readonly<Record<string, string>>;
    }[];
    /** Per placeholder, how many people will read its fallback. */
    readonly fallbacks: Readonly<Record<string, number>>;
    /** Per placeholder, how many people are left out (`missing_variable`) because nothing gives it a value. */
    readonly missingVariables: Readonly<Record<string, number>>;
    readonly isOverLimit: boolean;
    /** Seconds from the first to the last message, if the sender sends nothing else: the cap as far as it is used. */
    readonly durationSeconds: number;
  };

/** `schedule`: as a launch takes it, absent for now. What a daily limit leaves depends on the day. */
export const PreviewInput = CampaignDraftInput.extend({ schedule: ScheduleInput.optional() });
export type Preview = z.output<typeof PreviewInput>;

/** Who would get it, who would not and why, and how the first ones read. Changes nothing. */
export async function previewAudience(
  ctx: CampaignCtx,
  { schedule, ...draft }: Preview,
): Promise<Result<AudiencePreview, DraftProblem | EntryTooLarge>> {
  const checked = await checkDraft(ctx, "campaign.preview", draft);
  if (!checked.ok) return checked;
  const startsAtMs = measuredFrom(schedule === undefined ? ok(null) : startOf(schedule, ctx.nowMs));
  return readAudience(ctx, draft, checked.value, await ctx.campaigns.limits(draft.senderId, startsAtMs));
}

/** Judges everybody who was chosen, as the launch will. */
export async function readAudience(
  ctx: CampaignCtx,
  draft: CampaignDraft,
  checked: CheckedDraft,
  limit: RecipientLimit,
): Promise<Result<AudiencePreview, EntryTooLarge>> {
  const counts = new Map<SkipReason, number>();
  const countries = new Map<string | null, number>();
  const fallbacks: Record<string, number> = {};
  const missingVariables: Record<string, number> = {};
  const first: AudiencePreview["first"][number][] = [];
  let matched = 0;
  let eligible = 0;
  for await (const page of ctx.audiences.pages(draft.audience)) {
    for (const person of page) {
      matched += 1;
      const judged = judgeRecipient(checked, draft.variables, person);
      if (!judged.ok) return judged;
      if (!judged.value.isEligible) {
        counts.set(judged.value.reason, (counts.get(judged.value.reason) ?? 0) + 1);
        for (const key of judged.value.missing) missingVariables[key] = (missingVariables[key] ?? 0) + 1;
        continue;
      }
      const { entry, fellBack } = judged.value;
      eligible += 1;
      countries.set(person.country, (countries.get(person.country) ?? 0) + 1);
      for (const key of fellBack) fallbacks[key] = (fallbacks[key] ?? 0) + 1;
      if (first.length < firstShown)
        first.push({ contactId: person.contactId, displayName: person.displayName, parameters: valuesOf(entry.parameters) });
    }
  }
  return ok({
    ...countsOf(matched, eligible, counts),
    countries: [...countries].map(([country, count]) => ({ country, count })).toSorted((one, other) => other.count - one.count),
    first,
    fallbacks,
    missingVariables,
    ...limit,
    isOverLimit: eligible > limit.maxRecipients,
    durationSeconds: Math.ceil(eligible / usedPerSecond(checked.sender.capPerSecond)),
  });
}

const valuesOf = (parameters: RecipientParameters): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...(parameters.header ?? []).map(({ name, value }) => [`header.${name}`, value]),
    ...(parameters.headerMediaUrl === undefined ? [] : [["header.media", parameters.headerMediaUrl]]),
    ...parameters.body.map(({ name, value }) => [`body.${name}`, value]),
    ...(parameters.buttons ?? []).map(({ index, urlSuffix }) => [`button.${index}`, urlSuffix]),
  ]);
