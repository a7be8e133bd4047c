import type { AttentionCause, CampaignStatus } from "@herald/campaign";
import type { StatusKind } from "@herald/ui/status";
import type { CampaignRow } from "../../doors/answers/campaign-list.ts";

/** Words of `campaigns.status`. */
export type StatusWord =
  | "scheduled"
  | "starting"
  | "sending"
  | "paused"
  | "stalled"
  | "stopping"
  | "completed"
  | "partlySent"
  | "failed"
  | "cancelled";
export type Standing = { readonly kind: StatusKind; readonly word: StatusWord };

type Early = "draft" | "pending_approval" | "approved" | "scheduled";
const isBeforeItsTime = (status: CampaignStatus): status is Early =>
  ["draft", "pending_approval", "approved", "scheduled"].includes(status);
const standings: Readonly<Record<Exclude<CampaignStatus, Early>, Standing>> = {
  queued: { kind: "sending", word: "starting" },
  sending: { kind: "sending", word: "sending" },
  paused: { kind: "paused", word: "paused" },
  sent: { kind: "completed", word: "completed" },
  partially_sent: { kind: "partlySent", word: "partlySent" },
  failed: { kind: "failed", word: "failed" },
  cancelled: { kind: "cancelled", word: "cancelled" },
};

/** Where a campaign stands, as an operator says it. A stall goes before what the row calls it. */
export function standingOf({ status, isStopping, stalled, pauseReasons }: CampaignRow): Standing {
  if (isStopping) return { kind: "cancelled", word: "stopping" };
  if (stalled !== null) return { kind: "stalled", word: "stalled" };
  if (isBeforeItsTime(status))
    // paused before its time: it starts when it is resumed, not by itself
    return pauseReasons.length > 0 ? { kind: "paused", word: "paused" } : { kind: "scheduled", word: "scheduled" };
  return standings[status];
}

/** Of what needs somebody that which the status does not say already. */
export const furtherNeeds = ({ attention, stalled }: CampaignRow): readonly AttentionCause[] =>
  attention.filter(
    (cause) => !["stalled", "template_changed", "schedule_missed"].includes(cause) && !(cause === "blocked" && stalled === "blocked"),
  );

export const isOver = ({ status }: CampaignRow): boolean => ["sent", "partially_sent", "failed", "cancelled"].includes(status);

/** Messages by what an operator asks: how far it is, what is left, and of those the provider took, how many arrived and were read. */
export function figuresOf({ planned, counts, replied }: CampaignRow) {
  const accepted = counts.accepted + counts.sent + counts.delivered + counts.read + counts.undelivered;
  const delivered = counts.delivered + counts.read;
  const share = (part: number): number | null => (accepted > 0 ? part / accepted : null);
  return {
    planned,
    done: planned - counts.queued - counts.deferred,
    left: counts.queued + counts.deferred,
    later: counts.deferred,
    accepted,
    missed: planned - accepted,
    deliveredShare: share(delivered),
    readShare: share(counts.read),
    repliedShare: share(replied),
  };
}
