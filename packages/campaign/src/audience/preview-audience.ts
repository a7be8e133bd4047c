import { type ContactId, ok, type Result } from "@herald/kernel";
import type { RecipientParameters } from "@herald/provider";
import type { z } from "zod";
import { type CampaignDraft, CampaignDraftInput } from "../compose/draft.ts";
import { measuredFrom, ScheduleInput, startOf } from "../compose/schedule.ts";
import { usedPerSecond } from "../compose/used-share.ts";
import type { CampaignCtx } from "../ctx.ts";
import type { RecipientLimit } from "../freeze/campaigns.ts";
import { type EntryTooLarge, maxEntryBytes } from "../freeze/chunk.ts";
import { type CheckedDraft, checkDraft, type DraftProblem } from "../validate/check-campaign.ts";
import type { Alike, Candidate, ReadFields } from "./audience.ts";
import { type AudienceCounts, countsOf } from "./audience-counts.ts";
import { judgeRecipient } from "./judge-recipient.ts";
import { tally } from "./tally.ts";

const firstShown = 20;
/** Of whom twenty will mostly do. */
const firstLooked = 100;
const mostLooked = 10_000;
/** Up to so many bytes a person's own value is taken for like any other one. */
const longestAlikeBytes = 200;
/** In JSON a byte becomes at most so many. */
const escapedBytes = 6;

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

/** Judges everybody who was chosen as the launch will: once for all who are alike, since of 100,000 people there are few kinds. */
export async function readAudience(
  ctx: CampaignCtx,
  draft: CampaignDraft,
  checked: CheckedDraft,
  limit: RecipientLimit,
): Promise<Result<AudiencePreview, EntryTooLarge>> {
  const told = await tally(kindsOf(ctx, draft, checked), checked, draft.variables);
  // near the largest message everybody's own words count
  const isExact = told.ok && told.value.mostBytes + checked.placeholders.length * longestAlikeBytes * escapedBytes <= maxEntryBytes;
  const tallied = isExact ? told : await tally(eachOf(ctx, draft), checked, draft.variables);
  if (!tallied.ok) return tallied;
  const { matched, eligible, excluded, countries, fallbacks, missingVariables } = tallied.value;
  return ok({
    ...countsOf(matched, eligible, excluded),
    countries: [...countries].map(([country, count]) => ({ country, count })).toSorted((one, other) => other.count - one.count),
    first: await firstOf(ctx, draft, checked, Math.min(firstShown, eligible)),
    fallbacks,
    missingVariables,
    ...limit,
    isOverLimit: eligible > limit.maxRecipients,
    durationSeconds: Math.ceil(eligible / usedPerSecond(checked.sender.capPerSecond)),
  });
}

async function* kindsOf({ audiences }: CampaignCtx, { audience, variables }: CampaignDraft, checked: CheckedDraft): AsyncGenerator<Alike> {
  yield* await audiences.alike(audience, readFieldsOf(checked, variables));
}

async function* eachOf({ audiences }: CampaignCtx, { audience }: CampaignDraft): AsyncGenerator<Alike> {
  for await (const page of audiences.pages(audience)) for (const one of page) yield { one, people: 1 };
}

/** A link is media only by what it says; of any other field it matters whether a person has a value. */
function readFieldsOf({ placeholders }: CheckedDraft, variables: CampaignDraft["variables"]): ReadFields {
  const asIs = new Set<string>();
  const filled = new Set<string>();
  for (const { key, part } of placeholders) {
    const source = variables[key];
    if (source?.from === "field") (part === "header_media" ? asIs : filled).add(source.field);
  }
  return { asIs: [...asIs], filled: [...filled].filter((field) => !asIs.has(field)), mostBytes: longestAlikeBytes };
}

/** How the first ones read, in the order of the launch; `count` are there. Those looked at at once grow, for an audience that begins with people left out. */
async function firstOf(ctx: CampaignCtx, draft: CampaignDraft, checked: CheckedDraft, count: number): Promise<AudiencePreview["first"]> {
  const first: AudiencePreview["first"][number][] = [];
  let last: ContactId | null = null;
  for (let looked = firstLooked; first.length < count; looked = Math.min(looked * 10, mostLooked)) {
    const people: readonly Candidate[] = await ctx.audiences.after(draft.audience, last, looked);
    for (const person of people) {
      const judged = judgeRecipient(checked, draft.variables, person);
      if (judged.ok && judged.value.isEligible && first.length < count)
        first.push({
          contactId: person.contactId,
          displayName: person.displayName,
          parameters: valuesOf(judged.value.entry.parameters),
        });
    }
    if (people.length < looked) break;
    last = people.at(-1)?.contactId ?? null;
  }
  return first;
}

const valuesOf = (parameters: RecipientParameters): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...(parameters.header ?? []).map(({ name, value }) => [`header.${name}`, value]),
    ...(parameters.headerMediaUrl === undefined ? [] : [["header.media", parameters.headerMediaUrl]]),
    ...parameters.body.map(({ name, value }) => [`body.${name}`, value]),
    ...(parameters.buttons ?? []).map(({ index, urlSuffix }) => [`button.${index}`, urlSuffix]),
  ]);
