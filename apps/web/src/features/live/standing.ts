import type { StatusKind } from "@herald/ui/status";
import type { Report } from "./report.ts";

type CampaignStatus = Report["campaign"]["status"];
export type StandingWord = CampaignStatus | "stalled" | "stopping";
export type Standing = { readonly kind: StatusKind; readonly word: StandingWord };

const kinds: Readonly<Record<CampaignStatus, StatusKind>> = {
  draft: "draft",
  pending_approval: "draft",
  approved: "draft",
  scheduled: "scheduled",
  queued: "sending",
  sending: "sending",
  paused: "paused",
  sent: "completed",
  partially_sent: "partlySent",
  failed: "failed",
  cancelled: "cancelled",
};
const finals: readonly CampaignStatus[] = ["sent", "partially_sent", "failed", "cancelled"];
export const isOver = ({ campaign }: Pick<Report, "campaign">): boolean => finals.includes(campaign.status);
/** Stopped for good, and not yet at its end: what is open is being left out. */
export const isStopping = (report: Report): boolean => report.control.flag === "cancelled" && !isOver(report);

/** Where a campaign stands, in one word. */
export function standingOf(report: Report): Standing {
  if (isStopping(report)) return { kind: "cancelled", word: "stopping" };
  if (report.stalled !== null) return { kind: "stalled", word: "stalled" };
  const { status } = report.campaign;
  // paused before its time: it stays scheduled, and its flag holds it
  if (status === "scheduled" && report.control.flag === "paused") return { kind: "paused", word: "paused" };
  return { kind: kinds[status], word: status };
}

/** Messages that nothing but time holds: they are due, or in flight. */
export const dueOf = ({ ledger }: Pick<Report, "ledger">): number => ledger.counts.queued + ledger.counts.dispatching;
/** Messages that a stop for good would leave out. */
export const unsentOf = ({ ledger }: Pick<Report, "ledger">): number => ledger.counts.queued + ledger.counts.deferred;
export const acceptedOf = ({ ledger: { counts } }: Pick<Report, "ledger">): number =>
  counts.accepted + counts.sent + counts.delivered + counts.read + counts.undelivered;

export type TimeLeft =
  /** Nothing is on its way, or nothing can be said because it does not move. */
  | { readonly kind: "none" }
  | { readonly kind: "unknown" }
  | { readonly kind: "moment" }
  | { readonly kind: "minutes"; readonly minutes: number };

/** How long what is due takes at the pace that was measured, not at the one that was planned. */
export function timeLeftOf(report: Report): TimeLeft {
  const { status } = report.campaign;
  const isMoving = (status === "sending" || status === "queued") && report.control.flag === "running" && report.stalled === null;
  const due = dueOf(report);
  if (!isMoving || due === 0) return { kind: "none" };
  if (report.measured === null || report.measured.perSecond <= 0) return { kind: "unknown" };
  const leftS = due / report.measured.perSecond;
  return leftS < 60 ? { kind: "moment" } : { kind: "minutes", minutes: Math.round(leftS / 60) };
}

export type Controls = {
  readonly pause: boolean;
  readonly resume: boolean;
  readonly speed: boolean;
  readonly stop: boolean;
  readonly reschedule: boolean;
};
/** What the state allows; who looks may not be allowed to. */
export function controlsOf(report: Report): Controls {
  const { status } = report.campaign;
  const isOpen = !isOver(report) && report.control.flag !== "cancelled";
  const isScheduled = status === "scheduled";
  return {
    pause: isOpen && (status === "queued" || status === "sending"),
    resume: isOpen && (status === "paused" || (isScheduled && report.control.flag === "paused")),
    speed: isOpen,
    stop: isOpen,
    reschedule: isOpen && isScheduled,
  };
}

/** What was just done by this person, shown until the answers of the server have caught up with it. */
export type Said = {
  readonly atMs: number;
  /** Of the door's answer; null: it has none, and the next answer knows. */
  readonly controlSeq: number | null;
  readonly change: (report: Report) => Report;
};
export function withSaid(report: Report, asOfMs: number, said: Said | null): Report {
  if (said === null) return report;
  const isKnown = said.controlSeq === null ? asOfMs > said.atMs : report.control.controlSeq >= said.controlSeq;
  return isKnown ? report : said.change(report);
}
