import type { AudiencePreview } from "../audience/preview-audience.ts";
import type { SenderCondition } from "../compose/content.ts";
import type { SkipReason } from "../ledger/message-state.ts";
import type { ConsentCheck, DayLimitCheck, FrequencyCapCheck, RecipientLimitCheck } from "./campaign-checks.ts";
import { type Known, previewOf } from "./known-content.ts";

const leftOutFor = ({ excluded }: AudiencePreview, reason: SkipReason): number => excluded.find((one) => one.reason === reason)?.count ?? 0;

export function consentCheck(known: Known): ConsentCheck {
  const preview = previewOf(known);
  const isNeeded = known.template?.ok ? known.template.value.frozen.category === "MARKETING" : null;
  if (!preview) {
    const nothing = { noConsent: null, optedOut: null, suppressed: null, notInHistory: null };
    return { key: "consent", state: "warn", facts: { isNeeded, ...nothing, problem: "not_known" } };
  }
  const counts = {
    noConsent: leftOutFor(preview, "no_consent"),
    optedOut: leftOutFor(preview, "opted_out"),
    suppressed: leftOutFor(preview, "suppressed"),
    notInHistory: leftOutFor(preview, "not_in_history"),
  };
  const isLeftOut = Object.values(counts).some((count) => count > 0);
  return { key: "consent", state: isLeftOut ? "warn" : "ok", facts: { isNeeded, ...counts, problem: isLeftOut ? "left_out" : null } };
}

export function frequencyCapCheck(known: Known): FrequencyCapCheck {
  const preview = previewOf(known);
  if (!preview) return { key: "frequency_cap", state: "warn", facts: { leftOut: null, problem: "not_known" } };
  const leftOut = leftOutFor(preview, "frequency_cap");
  return { key: "frequency_cap", state: leftOut > 0 ? "warn" : "ok", facts: { leftOut, problem: leftOut > 0 ? "left_out" : null } };
}

export function dayLimitCheck(known: Known): DayLimitCheck {
  const { condition, isAfterToday } = known;
  const preview = previewOf(known);
  const day = condition?.day ?? null;
  const limits = { limit: day?.limit ?? null, reserved: day?.reserved ?? null, free: day && freeOf(day, isAfterToday), isAfterToday };
  if (!condition || !preview)
    return { key: "day_limit", state: "warn", facts: { ...limits, eligible: null, days: null, problem: "not_known" } };
  const { eligible } = preview;
  const facts = { ...limits, eligible, days: daysFor(eligible, limits) };
  if (preview.isOverLimit && preview.limitedBy === "portfolio")
    return { key: "day_limit", state: "bad", facts: { ...facts, problem: "over_limit" } };
  return facts.days === 1
    ? { key: "day_limit", state: "ok", facts: { ...facts, problem: null } }
    : { key: "day_limit", state: "warn", facts: { ...facts, problem: "several_days" } };
}

/** Places that are taken today say nothing of a day that begins when they have expired. */
const freeOf = ({ limit, reserved }: NonNullable<SenderCondition["day"]>, isAfterToday: boolean): number =>
  isAfterToday ? limit : Math.max(0, limit - reserved);

/** Null: such a portfolio reaches nobody. */
function daysFor(eligible: number, { limit, free }: Pick<DayLimitCheck["facts"], "limit" | "free">): number | null {
  if (limit === null || free === null || eligible <= free) return 1;
  return limit === 0 ? null : (free > 0 ? 1 : 0) + Math.ceil((eligible - free) / limit);
}

export function recipientLimitCheck(known: Known): RecipientLimitCheck {
  const { foreignParts, condition } = known;
  const preview = previewOf(known);
  const facts = {
    max: condition?.maxPerCampaign ?? null,
    matched: preview?.matched ?? null,
    eligible: preview?.eligible ?? null,
    excluded: preview?.excluded ?? [],
    partId: foreignParts?.[0] ?? null,
  };
  const told = (state: RecipientLimitCheck["state"], problem: RecipientLimitCheck["facts"]["problem"]): RecipientLimitCheck => ({
    key: "recipient_limit",
    state,
    facts: { ...facts, problem },
  });
  if (foreignParts === null) return told("bad", "no_audience");
  if (facts.partId !== null) return told("bad", "part_not_found");
  if (!preview) return told("warn", "not_known");
  if (preview.matched === 0) return told("bad", "nobody_chosen");
  if (preview.eligible === 0) return told("bad", "nobody_eligible");
  return preview.isOverLimit && preview.limitedBy === "workspace" ? told("bad", "too_many") : told("ok", null);
}
