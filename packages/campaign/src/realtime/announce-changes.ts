import type { CampaignId } from "@herald/kernel";
import type { CampaignMove, ChangeFeed, Realtime } from "./realtime.ts";

/** A move carries the time of its statement, and is seen at its commit. No transaction of ours lasts longer than this. */
const lookBackMs = 5000;

/** `sinceMs`: the newest move told. `toldAtMs`: the moves told within the look-back, so that a late commit is news and a second look is not. */
export type AnnounceState = { sinceMs: number; readonly toldAtMs: Map<string, number> };
/** `nowMs` by the database's clock, as all times of the feed. */
export const openAnnounceState = (nowMs: number): AnnounceState => ({ sinceMs: nowMs, toldAtMs: new Map() });

/**
 * One event per campaign that changed since the last look, also when a move of an earlier time commits after a later one.
 * Called at most 4 times a second. When nobody could be told, the next look tells it.
 */
export async function announceChanges(
  deps: { readonly changes: ChangeFeed; readonly realtime: Realtime },
  state: AnnounceState,
): Promise<number> {
  const moves = await deps.changes.movedSince(state.sinceMs - lookBackMs);
  const news = moves.filter((move) => !state.toldAtMs.has(keyOf(move)));
  if (news.length === 0) return 0;
  const newestByCampaign = new Map<CampaignId, CampaignMove>();
  for (const move of news) {
    const known = newestByCampaign.get(move.campaignId);
    if (!known || known.movedAtMs < move.movedAtMs) newestByCampaign.set(move.campaignId, move);
  }
  await deps.realtime.publish(
    [...newestByCampaign.values()].map(({ workspaceId, campaignId, movedAtMs }) => ({
      name: "campaign.changed",
      workspaceId,
      campaignId,
      atMs: movedAtMs,
    })),
  );
  for (const move of news) {
    state.toldAtMs.set(keyOf(move), move.movedAtMs);
    state.sinceMs = Math.max(state.sinceMs, move.movedAtMs);
  }
  for (const [key, toldAtMs] of state.toldAtMs) if (toldAtMs <= state.sinceMs - lookBackMs) state.toldAtMs.delete(key);
  return newestByCampaign.size;
}

const keyOf = ({ campaignId, shard, movedAtMs }: CampaignMove): string => `${campaignId}:${shard}:${movedAtMs}`;
