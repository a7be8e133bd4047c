import type { CampaignFacts } from "./report.ts";

type Of = Pick<CampaignFacts, "workspaceId" | "campaignId">;

export const overviewHref = ({ workspaceId, campaignId }: Of): string => `/panel/w/${workspaceId}/campaigns/${campaignId}`;

/** Buckets of the ledger that make up each step from accepted to read. */
export const acceptedBuckets = "accepted,sent,undelivered,delivered,read";
export const sentBuckets = "sent,undelivered,delivered,read";
export const deliveredBuckets = "delivered,read";

/** The recipients' tab, narrowed to buckets of the ledger (with commas between), and to a reason, class or code within them. */
export function recipientsHref(of: Of, state?: string, reason?: string | null): string {
  const query = new URLSearchParams({ ...(state !== undefined && { state }), ...(reason && { reason }) }).toString();
  return `${overviewHref(of)}/recipients${query === "" ? "" : `?${query}`}`;
}
