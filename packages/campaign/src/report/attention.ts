import { hours, minutes, seconds } from "@herald/kernel";
import { isFinal } from "../ledger/campaign-status.ts";
import type { CampaignFacts } from "./campaign-list-port.ts";
import { type Stall, stallOf } from "./stall.ts";

/**
 * Why a campaign needs somebody. Each one goes away by an act of a person, or by the cause's own end; a pause by an operator is no such cause:
 * somebody knows of it already.
 */
export const attentionCauses = ["stalled", "blocked", "template_changed", "schedule_missed", "unknown", "held"] as const;
export type AttentionCause = (typeof attentionCauses)[number];

/** By then a receipt has come for nearly everything that was sent: what is still unknown is an operator's to decide. */
const undecidedAfterMs = minutes(2);
/** Held messages may be given up after this; twin of `herald.held_patience`. */
const heldPatienceMs = hours(24);
/** A start is kept within seconds. */
const overdueAfterMs = seconds(30);

type Judged = Pick<
  CampaignFacts,
  "status" | "flag" | "pauseReasons" | "counts" | "blocks" | "unknownSinceMs" | "heldSinceMs" | "scheduledAtMs" | "startedAtMs" | "sending"
>;

/** As `stallOf` says it in the campaign's report. */
export function stallOfLine(nowMs: number, { sending, status, startedAtMs, counts, blocks }: Judged): Stall | null {
  if (sending === null) return null;
  const causes = sending.unbegun.map((why) => ({ state: "queued" as const, class: why }));
  return stallOf(nowMs, { campaign: { status, startedAtMs }, ledger: { counts }, causes, blocks, pace: sending }, sending.lastGrantAtMs);
}

/** What of a campaign waits for somebody; empty: nothing. The one definition of "needs attention". */
export function attentionOf(nowMs: number, line: Judged): readonly AttentionCause[] {
  const { status, flag, pauseReasons, counts, blocks, unknownSinceMs, heldSinceMs, scheduledAtMs } = line;
  const hasEnded = isFinal(status);
  const isPaused = status === "paused" || flag === "paused";
  const isOverdue = status === "scheduled" && flag === "running" && scheduledAtMs !== null && nowMs - scheduledAtMs > overdueAfterMs;
  const holds: Readonly<Record<AttentionCause, boolean>> = {
    stalled: stallOfLine(nowMs, line) !== null,
    blocked: !hasEnded && flag !== "cancelled" && blocks.length > 0,
    template_changed: isPaused && !hasEnded && pauseReasons.includes("template_changed"),
    schedule_missed: isOverdue || (isPaused && !hasEnded && pauseReasons.includes("schedule_missed")),
    unknown: counts.unknown > 0 && (hasEnded || isOlder(nowMs, unknownSinceMs, undecidedAfterMs)),
    held: counts.held > 0 && (hasEnded || isOlder(nowMs, heldSinceMs, heldPatienceMs)),
  };
  return attentionCauses.filter((cause) => holds[cause]);
}

const isOlder = (nowMs: number, sinceMs: number | null, ageMs: number): boolean => sinceMs !== null && nowMs - sinceMs > ageMs;
