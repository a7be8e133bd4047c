import type { CampaignId, WorkspaceId } from "@herald/kernel";
import type { Chunk, ChunkEntry, ChunkStore } from "../freeze/chunk.ts";

/** Chunks one campaign keeps in memory: the one being sent, the next ones, and a few for late retries. */
const keptChunks = 6;
const chunksAhead = 2;

/** The frozen parameters a sender is about to need, read ahead so that no slot waits for a store. */
export class ChunkWindow {
  readonly #store: ChunkStore;
  readonly #workspaceId: WorkspaceId;
  readonly #campaignId: CampaignId;
  readonly #chunkCount: number;
  readonly #chunksByNo = new Map<number, Promise<Chunk | null>>();
  #furthestNo = -1;

  constructor(store: ChunkStore, workspaceId: WorkspaceId, campaignId: CampaignId, chunkCount: number) {
    this.#store = store;
    this.#workspaceId = workspaceId;
    this.#campaignId = campaignId;
    this.#chunkCount = chunkCount;
  }

  /** Null when the chunk or the entry does not exist: a defect of the freeze, never a reason to guess. */
  async entry(chunkNo: number, entryNo: number): Promise<ChunkEntry | null> {
    // a late retry lies behind the front: what follows it was sent long ago
    if (chunkNo >= this.#furthestNo) {
      this.#furthestNo = chunkNo;
      for (let ahead = 1; ahead <= chunksAhead; ahead += 1) if (chunkNo + ahead < this.#chunkCount) void this.#load(chunkNo + ahead);
    }
    return (await this.#load(chunkNo))?.entries[entryNo] ?? null;
  }

  #load(chunkNo: number): Promise<Chunk | null> {
    const known = this.#chunksByNo.get(chunkNo);
    this.#chunksByNo.delete(chunkNo);
    const chunk = known ?? this.#store.read(this.#workspaceId, this.#campaignId, chunkNo);
    this.#chunksByNo.set(chunkNo, chunk);
    if (!known) {
      // a failed read is not kept: the next message of the chunk asks again
      chunk.catch(() => {
        if (this.#chunksByNo.get(chunkNo) === chunk) this.#chunksByNo.delete(chunkNo);
      });
      const oldest = this.#chunksByNo.keys().next();
      if (this.#chunksByNo.size > keptChunks && !oldest.done) this.#chunksByNo.delete(oldest.value);
    }
    return chunk;
  }
}
