import type { RefusalClass } from "@herald/provider";
import type { CampaignStatus } from "../ledger/campaign-status.ts";
import type { MessageState, SkipReason } from "../ledger/message-state.ts";

/**
 * The one fact that decided whether a recipient got the message. Each has words for the operator (a short reason, the fact, what would change it)
 * in the message catalogue of the panel; a test there walks this list.
 */
export const verdicts = [
  "waiting",
  "waiting_paused",
  "waiting_scheduled",
  "waiting_resend",
  "waiting_not_begun",
  "waiting_no_connection",
  "waiting_not_prepared",
  "in_flight",
  "accepted",
  "sent",
  "undelivered",
  "delivered",
  "read",
  "played",
  "held",
  "later_soon",
  "later_hours",
  "later_cured",
  "later_other",
  "blocked_template",
  "blocked_number",
  "blocked_waba",
  "blocked_token",
  "blocked_ops",
  "blocked_other",
  "unknown_timeout",
  "unknown_connection_lost",
  "unknown_unreadable_answer",
  "unknown_sender_lost",
  "unknown_other",
  "failed_soon",
  "failed_hours",
  "failed_contact",
  "failed_row",
  "failed_template",
  "failed_number",
  "failed_waba",
  "failed_token",
  "failed_ops",
  "failed_unclassified",
  "failed_late",
  "failed_written_off",
  "failed_other",
  "skipped_opted_out",
  "skipped_no_consent",
  "skipped_suppressed",
  "skipped_contact_inactive",
  "skipped_invalid_address",
  "skipped_no_address",
  "skipped_duplicate",
  "skipped_missing_variable",
  "skipped_frequency_cap",
  "skipped_us_marketing",
  "skipped_not_in_history",
  "skipped_erased",
  "skipped_budget",
  "skipped_expired",
  "skipped_cancelled",
  "skipped_other",
] as const;
export type Verdict = (typeof verdicts)[number];

/** What of a message decides. `class` is that of the newest attempt. */
export type Decisive = {
  readonly state: MessageState;
  readonly receipt: string | null;
  readonly reason: string | null;
  readonly class: string | null;
  /** Null: not in the queue; of a deferred message: it waits for a cure. */
  readonly nextAtMs: number | null;
};

/** Total: a reason that nobody wrote words for ends in the `other` of its state, never in nothing. */
export function verdictOf({ state, receipt, reason, class: refusal, nextAtMs }: Decisive, campaign: CampaignStatus): Verdict {
  switch (state) {
    case "queued":
      return queued(reason, campaign);
    case "dispatching":
      return "in_flight";
    case "accepted":
      return among(receipts, receipt) ?? "accepted";
    case "held":
      return "held";
    case "deferred":
      return nextAtMs === null
        ? (blocked[classOf(refusal, reason)] ?? "blocked_other")
        : (later[classOf(refusal, reason)] ?? "later_other");
    case "unknown":
      return unknown[reason ?? ""] ?? "unknown_other";
    case "failed":
      return ownFailure[reason ?? ""] ?? failed[classOf(refusal, reason)] ?? "failed_other";
    case "skipped":
      return skipped[reason ?? ""] ?? "skipped_other";
  }
}

function queued(reason: string | null, campaign: CampaignStatus): Verdict {
  // what holds the whole campaign outweighs what happened to this message before
  if (campaign === "paused") return "waiting_paused";
  if (campaign === "scheduled") return "waiting_scheduled";
  return waiting[reason ?? ""] ?? "waiting";
}

/** A message's own word of a refusal is its class, except where something else decided. */
const classOf = (refusal: string | null, reason: string | null): string => refusal ?? reason ?? "";

const receipts = ["sent", "undelivered", "delivered", "read", "played"] as const;
const among = <Word extends string>(words: readonly Word[], given: string | null): Word | undefined => words.find((word) => word === given);

type Table = Readonly<Record<string, Verdict>>;
const waiting: Table = {
  resend: "waiting_resend",
  too_late: "waiting_not_begun",
  cancelled: "waiting_not_begun",
  not_started: "waiting_not_begun",
  no_connection: "waiting_no_connection",
  not_prepared: "waiting_not_prepared",
};
const later: Table = {
  SOON: "later_soon",
  HOURS: "later_hours",
  TEMPLATE: "later_cured",
  NUMBER: "later_cured",
  WABA: "later_cured",
  TOKEN: "later_cured",
  OPS: "later_cured",
};
const blocked: Table = {
  TEMPLATE: "blocked_template",
  NUMBER: "blocked_number",
  WABA: "blocked_waba",
  TOKEN: "blocked_token",
  OPS: "blocked_ops",
};
const unknown: Table = {
  timeout: "unknown_timeout",
  connection_lost: "unknown_connection_lost",
  unreadable_answer: "unknown_unreadable_answer",
  sender_lost: "unknown_sender_lost",
};
const ownFailure: Table = { late: "failed_late", written_off: "failed_written_off" };
const failed: Table = {
  SOON: "failed_soon",
  HOURS: "failed_hours",
  CONTACT: "failed_contact",
  ROW: "failed_row",
  TEMPLATE: "failed_template",
  NUMBER: "failed_number",
  WABA: "failed_waba",
  TOKEN: "failed_token",
  OPS: "failed_ops",
  unclassified: "failed_unclassified",
} satisfies Record<RefusalClass, Verdict>;
const skipped: Table = {
  opted_out: "skipped_opted_out",
  no_consent: "skipped_no_consent",
  suppressed: "skipped_suppressed",
  contact_inactive: "skipped_contact_inactive",
  invalid_address: "skipped_invalid_address",
  no_address: "skipped_no_address",
  duplicate: "skipped_duplicate",
  missing_variable: "skipped_missing_variable",
  frequency_cap: "skipped_frequency_cap",
  us_marketing: "skipped_us_marketing",
  not_in_history: "skipped_not_in_history",
  erased: "skipped_erased",
  budget: "skipped_budget",
  expired: "skipped_expired",
  cancelled: "skipped_cancelled",
} satisfies Record<SkipReason, Verdict>;
