import type { AudiencePreview, CampaignCheck, TimeCheck } from "@herald/campaign";
import type { CountryCount } from "./country-times.ts";

/** What the door of the preview answers. */
export type PreviewAnswer = AudiencePreview & { readonly countries: readonly CountryCount[] };

type ShownTimeCheck = Omit<TimeCheck, "facts"> & {
  readonly facts: Omit<TimeCheck["facts"], "startsAtMs"> & { readonly startsAt: string | null };
};
/** A check as the door tells it: times are texts there. */
export type ShownCheck = Exclude<CampaignCheck, TimeCheck> | ShownTimeCheck;
export type ChecksAnswer = { readonly checks: readonly ShownCheck[]; readonly preview: PreviewAnswer | null };

const order = ["ok", "warn", "bad"] as const;
export const worstOf = (checks: readonly Pick<ShownCheck, "state">[]): (typeof order)[number] =>
  order.findLast((state) => checks.some((check) => check.state === state)) ?? "ok";

/** Nobody can mend it here: who may not send is told so in the place of the button. */
export const isLeftToOthers = (check: ShownCheck): boolean => check.key === "sender" && check.facts.problem === "not_allowed";
export const mendable = (checks: readonly ShownCheck[]): readonly ShownCheck[] => checks.filter((check) => !isLeftToOthers(check));
