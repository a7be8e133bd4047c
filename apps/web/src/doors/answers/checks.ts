import { type CampaignCheck, type CampaignChecks, checkStates, skipReasons } from "@herald/campaign";
import { z } from "zod";
import { PreviewAnswer, presentPreview } from "./campaign.ts";
import { isoOrNull, time } from "./times.ts";

const count = z.int().min(0);
const known = count.nullable();
const counts = z.record(z.string(), count);
const names = z.array(z.string());
const blocks = z.array(z.strictObject({ blockId: z.string(), class: z.string(), code: z.string().nullable(), detail: z.string() }));

const check = <Key extends CampaignCheck["key"], Facts extends z.core.$ZodLooseShape>(key: Key, facts: Facts) =>
  z.strictObject({
    key: z.literal(key),
    state: z.enum(checkStates),
    /** `problem`: a word; null exactly where the state is ok. */
    facts: z.strictObject({ ...facts, problem: z.string().nullable() }),
  });

/** Null figures cannot be told before something else is cured. */
export const ChecksAnswer = z.strictObject({
  checks: z.array(
    z.discriminatedUnion("key", [
      check("sender", {
        displayNumber: z.string().nullable(),
        killedBy: z.enum(["deployment", "workspace", "number"]).nullable(),
        blocks,
      }),
      check("template", {
        status: z.string().nullable(),
        category: z.string().nullable(),
        approvedLanguages: names,
        unsupportedParts: names,
        blocks,
      }),
      check("placeholders", {
        missing: names,
        unknown: names,
        fallbacks: counts,
        peopleWithoutValue: counts,
        contactId: z.uuid().nullable(),
      }),
      check("media", { isNeeded: z.boolean().nullable(), link: z.string().nullable() }),
      check("consent", { isNeeded: z.boolean().nullable(), noConsent: known, optedOut: known, suppressed: known, notInHistory: known }),
      check("frequency_cap", { leftOut: known }),
      check("day_limit", { limit: known, reserved: known, free: known, isAfterToday: z.boolean(), eligible: known, days: known }),
      check("recipient_limit", {
        max: known,
        matched: known,
        eligible: known,
        excluded: z.array(z.strictObject({ reason: z.enum(skipReasons), count })),
        partId: z.uuid().nullable(),
      }),
      check("time", {
        seconds: known,
        perSecond: z.number().nullable(),
        startsAt: time.nullable(),
        adjusted: z.enum(["skipped_by_clock_change", "earlier_of_two"]).nullable(),
      }),
    ]),
  ),
  preview: PreviewAnswer.nullable(),
});

export const presentChecks = ({ checks, preview }: CampaignChecks): z.input<typeof ChecksAnswer> => ({
  checks: checks.map(presentCheck),
  preview: preview && presentPreview(preview),
});

type CheckAnswer = z.input<typeof ChecksAnswer>["checks"][number];
function presentCheck(one: CampaignCheck): CheckAnswer {
  if (one.key !== "time") return one as CheckAnswer;
  const { startsAtMs, ...facts } = one.facts;
  return { ...one, facts: { ...facts, startsAt: isoOrNull(startsAtMs) } };
}
