import type { CampaignId } from "@herald/kernel";
import type { ChangeFeed, Realtime } from "./realtime.ts";

/** Counters carry the time of their statement, not of their commit: look back this far, and tell only what is newer than last told. */
const lookBackMs = 5000;

export type AnnounceState = { sinceMs: number; readonly toldByCampaign: Map<CampaignId, number> };
export const openAnnounceState = (nowMs: number): AnnounceState => ({ sinceMs: nowMs, toldByCampaign: new Map() });

/** One event per campaign whose counters moved since the last look. Called at most 4 times a second. */
export async function announceChanges(
  deps: { readonly changes: ChangeFeed; readonly realtime: Realtime },
  state: AnnounceState,
): Promise<number> {
  const moved = await deps.changes.movedSince(state.sinceMs - lookBackMs);
  const news = moved.filter((change) => (state.toldByCampaign.get(change.campaignId) ?? 0) < change.movedAtMs);
  if (news.length === 0) return 0;
  await deps.realtime.publish(
    news.map(({ workspaceId, campaignId, movedAtMs }) => ({ name: "campaign.changed", workspaceId, campaignId, atMs: movedAtMs })),
  );
  for (const change of news) {
    state.toldByCampaign.set(change.campaignId, change.movedAtMs);
    state.sinceMs = Math.max(state.sinceMs, change.movedAtMs);
  }
  for (const [campaignId, toldMs] of state.toldByCampaign)
    if (toldMs < state.sinceMs - 2 * lookBackMs) state.toldByCampaign.delete(campaignId);
  return news.length;
}
