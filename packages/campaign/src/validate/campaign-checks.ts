import type { AudiencePreview } from "../audience/preview-audience.ts";
import type { SenderCondition } from "../compose/content.ts";
import type { ScheduledStart } from "../compose/schedule.ts";
import type { Block } from "../dispatch/blocks.ts";
import type { SkipReason } from "../ledger/message-state.ts";

/** In the order in which an operator cures them. */
export const checkKeys = [
  "sender",
  "template",
  "placeholders",
  "media",
  "consent",
  "frequency_cap",
  "day_limit",
  "recipient_limit",
  "time",
] as const;
export type CheckKey = (typeof checkKeys)[number];
/** `warn`: it can be launched, and something should be known first, or cannot be told yet. `bad`: a launch is refused. */
export const checkStates = ["ok", "warn", "bad"] as const;
export type CheckState = (typeof checkStates)[number];

export type CheckBlock = Pick<Block, "blockId" | "class" | "code" | "detail">;

/** `problem`: what is wrong, in a word; null exactly where the state is `ok`. Null figures cannot be told before something else is cured (`not_known`). */
type Check<Key extends CheckKey, Problem extends string, Facts> = {
  readonly key: Key;
  readonly state: CheckState;
  readonly facts: Facts & { readonly problem: Problem | null };
};
export type SenderCheck = Check<
  "sender",
  "not_chosen" | "not_found" | "not_connected" | "not_allowed" | "killed" | "blocked",
  {
    readonly displayNumber: string | null;
    readonly killedBy: SenderCondition["killedBy"];
    /** Of the number or its account: what is sent waits until they are cured. */
    readonly blocks: readonly CheckBlock[];
  }
>;
export type TemplateCheck = Check<
  "template",
  "not_known" | "not_chosen" | "missing" | "not_approved" | "unsupported_part" | "blocked",
  {
    readonly status: string | null;
    readonly category: string | null;
    readonly approvedLanguages: readonly string[];
    readonly unsupportedParts: readonly string[];
    readonly blocks: readonly CheckBlock[];
  }
>;
export type PlaceholdersCheck = Check<
  "placeholders",
  "not_known" | "missing" | "unknown" | "too_large" | "people_without_value",
  {
    /** Placeholders that nothing fills, and sources of none. */
    readonly missing: readonly string[];
    readonly unknown: readonly string[];
    /** Per placeholder: people who read the fallback, and people left out because nothing gives it a value. */
    readonly fallbacks: Readonly<Record<string, number>>;
    readonly peopleWithoutValue: Readonly<Record<string, number>>;
    /** Whose message is over 64 KB. */
    readonly contactId: string | null;
  }
>;
export type MediaCheck = Check<"media", "not_known" | "not_https", { readonly isNeeded: boolean | null; readonly link: string | null }>;
export type ConsentCheck = Check<
  "consent",
  "not_known" | "left_out",
  {
    /** Marketing goes only to people who have agreed to it. */
    readonly isNeeded: boolean | null;
    readonly noConsent: number | null;
    readonly optedOut: number | null;
    readonly suppressed: number | null;
    readonly notInHistory: number | null;
  }
>;
export type FrequencyCapCheck = Check<"frequency_cap", "not_known" | "left_out", { readonly leftOut: number | null }>;
export type DayLimitCheck = Check<
  "day_limit",
  "not_known" | "over_limit" | "several_days",
  {
    /** Of the sender's portfolio in 24 h; null: none is known. `reserved`: places that are taken now. */
    readonly limit: number | null;
    readonly reserved: number | null;
    /** Places that count for its start; null: no limit is known. Of a start after today (`isAfterToday`) all of them: those taken now have expired by then. */
    readonly free: number | null;
    readonly isAfterToday: boolean;
    readonly eligible: number | null;
    /** How many of them it takes, if nothing else is sent; null: never, or not known. */
    readonly days: number | null;
  }
>;
export type RecipientLimitCheck = Check<
  "recipient_limit",
  "not_known" | "no_audience" | "part_not_found" | "nobody_chosen" | "nobody_eligible" | "too_many",
  {
    /** People that one campaign of this workspace may reach. */
    readonly max: number | null;
    readonly matched: number | null;
    readonly eligible: number | null;
    readonly excluded: readonly { readonly reason: SkipReason; readonly count: number }[];
    /** A list, import or contact of the audience that is not of this workspace. */
    readonly partId: string | null;
  }
>;
export type TimeCheck = Check<
  "time",
  "not_known" | "no_time" | "time_passed" | "unknown_zone" | "too_far" | "clock_change" | "expires_first",
  {
    /** From the first to the last message, if the sender sends nothing else. */
    readonly seconds: number | null;
    readonly perSecond: number | null;
    /** Null: now. */
    readonly startsAtMs: number | null;
    readonly adjusted: ScheduledStart["adjusted"];
  }
>;
export type CampaignCheck =
  | SenderCheck
  | TemplateCheck
  | PlaceholdersCheck
  | MediaCheck
  | ConsentCheck
  | FrequencyCapCheck
  | DayLimitCheck
  | RecipientLimitCheck
  | TimeCheck;

export type CampaignChecks = {
  readonly checks: readonly CampaignCheck[];
  /** Null while a check forbids it. */
  readonly preview: AudiencePreview | null;
};
