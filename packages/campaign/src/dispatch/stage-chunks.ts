import type { CampaignId, WorkspaceId } from "@herald/kernel";
import type { ChunkCache, ChunkStore } from "../freeze/chunk.ts";

/** Chunks kept ready before the sender: about 12 MB at the largest, 20,000 recipients at the most. */
export const stagedAhead = 20;

/** Puts one chunk into the cache; false when the cache is away. Asked by a slice that moves on, in the background. */
export type StageChunk = (workspaceId: WorkspaceId, campaignId: CampaignId, chunkNo: number) => Promise<boolean>;

/**
 * Puts the next chunks into the cache; answers how many. Rejects when the cache is away: the caller notes it and goes on, because that costs
 * nothing but speed, the sender reads the truth.
 */
export async function stageChunks(
  deps: { readonly truth: ChunkStore; readonly cache: ChunkCache },
  input: { readonly workspaceId: WorkspaceId; readonly campaignId: CampaignId; readonly fromChunkNo: number; readonly chunkCount: number },
): Promise<number> {
  const end = Math.min(input.chunkCount, input.fromChunkNo + stagedAhead);
  let staged = 0;
  for (let chunkNo = input.fromChunkNo; chunkNo < end; chunkNo += 1) {
    const chunk = await deps.truth.read(input.workspaceId, input.campaignId, chunkNo);
    if (!chunk) continue;
    await deps.cache.put(input.workspaceId, input.campaignId, chunk);
    staged += 1;
  }
  return staged;
}
