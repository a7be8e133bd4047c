import { type BucketCounts, openCount } from "./message-state.ts";

export const campaignStatuses = [
  "draft",
  "pending_approval",
  "approved",
  "scheduled",
  "queued",
  "sending",
  "paused",
  "sent",
  "partially_sent",
  "failed",
  "cancelled",
] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

/**
 * The one table of transitions; a move that is not here is refused. A final campaign leads back to `queued` only by an operator's resend, which
 * starts the next run over just those messages; `scheduled` leads to `paused` when the time was missed and the campaign asks before it sends.
 */
const next: Readonly<Record<CampaignStatus, readonly CampaignStatus[]>> = {
  draft: ["pending_approval", "approved", "scheduled", "queued", "cancelled"],
  pending_approval: ["draft", "approved", "cancelled"],
  approved: ["draft", "scheduled", "queued", "cancelled"],
  scheduled: ["draft", "queued", "paused", "cancelled"],
  queued: ["sending", "paused", "sent", "partially_sent", "failed", "cancelled"],
  sending: ["paused", "sent", "partially_sent", "failed", "cancelled"],
  paused: ["queued", "sending", "sent", "partially_sent", "failed", "cancelled"],
  sent: ["queued"],
  partially_sent: ["queued", "sent"],
  failed: ["queued", "partially_sent", "sent"],
  cancelled: [],
};

export const canMove = (from: CampaignStatus, to: CampaignStatus): boolean => next[from].includes(to);
export const isFinal = (status: CampaignStatus): boolean => ["sent", "partially_sent", "failed", "cancelled"].includes(status);
export const isPausable = (status: CampaignStatus): boolean => status === "queued" || status === "sending" || status === "paused";

/**
 * `sent`: every message that was not skipped is accepted, and at least one is. `failed`: none is, also when everybody was skipped (opted out after
 * the launch, expired): nobody got anything, and `sent` would hide that; the report says why. Receipts change counts, not the status.
 * An unknown one may have been sent, so it never makes a campaign `failed`.
 */
export function finalStatus(counts: BucketCounts): "sent" | "partially_sent" | "failed" {
  const accepted = counts.accepted + counts.sent + counts.delivered + counts.read + counts.undelivered;
  if (counts.failed === 0 && openCount(counts) === 0 && accepted > 0) return "sent";
  return accepted === 0 && counts.unknown === 0 && counts.held === 0 ? "failed" : "partially_sent";
}
