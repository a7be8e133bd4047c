import type { ChunkCache, ChunkStore } from "@herald/campaign";
import type { CampaignId, WorkspaceId } from "@herald/kernel";

/**
 * The cache first, the truth when it has nothing; what came from the truth is staged again, without the reader waiting for it.
 * Rejects only when the truth does. `onDegraded` hears of each chunk that the cache did not have, so that the campaign shows it.
 */
export function createLayeredChunkStore(
  cache: ChunkCache,
  truth: ChunkStore,
  onDegraded: (workspaceId: WorkspaceId, campaignId: CampaignId) => void,
): ChunkStore {
  return {
    async read(workspaceId, campaignId, chunkNo) {
      const staged = await cache.read(workspaceId, campaignId, chunkNo);
      if (staged !== null) return staged;
      onDegraded(workspaceId, campaignId);
      const chunk = await truth.read(workspaceId, campaignId, chunkNo);
      if (chunk !== null) void cache.put(workspaceId, campaignId, chunk);
      return chunk;
    },
  };
}
