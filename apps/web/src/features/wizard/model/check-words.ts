import type { ShownCheck } from "./answers.ts";
import type { StepKey } from "./draft-content.ts";

/** Where what is wrong can be mended. */
export const stepOfCheck: Readonly<Record<ShownCheck["key"], StepKey>> = {
  sender: "content",
  template: "content",
  placeholders: "content",
  media: "content",
  consent: "audience",
  frequency_cap: "audience",
  day_limit: "audience",
  recipient_limit: "audience",
  time: "when",
};

type WordOf<Check extends ShownCheck> = Check extends ShownCheck ? `${Check["key"]}_${NonNullable<Check["facts"]["problem"]>}` : never;
/** One for each way in which a check can have something to say. */
export type ProblemWord = WordOf<ShownCheck>;
/** The table of the type above: the key and its problem belong together, which the compiler cannot follow through a template. */
export const problemWordOf = (check: ShownCheck): ProblemWord | null =>
  check.facts.problem === null ? null : (`${check.key}_${check.facts.problem}` as ProblemWord);

export type OkWord =
  | Exclude<ShownCheck["key"], "media" | "consent" | "day_limit">
  | "media_ready"
  | "media_none"
  | "consent_given"
  | "consent_not_needed"
  | "day_limit_fits"
  | "day_limit_fits_later"
  | "day_limit_none";

export function okWordOf(check: ShownCheck): OkWord {
  if (check.key === "media") return check.facts.isNeeded === true ? "media_ready" : "media_none";
  if (check.key === "consent") return check.facts.isNeeded === true ? "consent_given" : "consent_not_needed";
  if (check.key === "day_limit") {
    if (check.facts.limit === null) return "day_limit_none";
    return check.facts.isAfterToday ? "day_limit_fits_later" : "day_limit_fits";
  }
  return check.key;
}

const sumOf = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
/** As the place stands in the template's text. */
const asWritten = (key: string): string => `{{${key.replace(/^(?:body|header)\./, "")}}}`;

/** What the words are filled with; `placeOf`: the name of a place that stands in no text. Times are added by whoever knows the reader's zone. */
export function valuesOf(
  check: ShownCheck,
  placeOf: (key: string) => string | null = () => null,
): Readonly<Record<string, string | number>> {
  const namesOf = (keys: readonly string[]): string => keys.map((key) => placeOf(key) ?? asWritten(key)).join(", ");
  switch (check.key) {
    case "sender":
      return {
        number: check.facts.displayNumber ?? "",
        killedBy: check.facts.killedBy ?? "number",
        blocks: check.facts.blocks.map(({ detail, code }) => detail || code || "").join("; "),
      };
    case "template":
      return {
        status: (check.facts.status ?? "").toLowerCase(),
        languages: check.facts.approvedLanguages.join(", "),
        parts: check.facts.unsupportedParts.join(", "),
        blocks: check.facts.blocks.map(({ detail, code }) => detail || code || "").join("; "),
      };
    case "placeholders":
      return {
        missing: namesOf(check.facts.missing),
        unknown: namesOf(check.facts.unknown),
        fellBack: sumOf(check.facts.fallbacks),
        leftOut: sumOf(check.facts.peopleWithoutValue),
      };
    case "media":
      return { link: check.facts.link ?? "" };
    case "consent": {
      const { noConsent, optedOut, suppressed, notInHistory } = check.facts;
      const numbers = { noConsent: noConsent ?? 0, optedOut: optedOut ?? 0, suppressed: suppressed ?? 0, notInHistory: notInHistory ?? 0 };
      return { ...numbers, leftOut: sumOf(numbers) };
    }
    case "frequency_cap":
      return { leftOut: check.facts.leftOut ?? 0 };
    case "day_limit": {
      const { limit, free, eligible, days } = check.facts;
      return { limit: limit ?? 0, left: free ?? 0, eligible: eligible ?? 0, days: days ?? 0 };
    }
    case "recipient_limit":
      return { max: check.facts.max ?? 0, matched: check.facts.matched ?? 0, eligible: check.facts.eligible ?? 0 };
    case "time":
      return {
        seconds: check.facts.seconds ?? 0,
        rate: Math.round(check.facts.perSecond ?? 0),
        adjusted: check.facts.adjusted ?? "none",
      };
  }
}
