import type { RecordDeps } from "@herald/activities";
import { type ChunkCache, type ChunkStore, type StageChunk, stageChunks, stagedAhead } from "@herald/campaign";
import { type CampaignId, seconds, type WorkspaceId } from "@herald/kernel";

/** A cache that did not answer is left alone for this long: reading the truth only to put it nowhere would load Postgres twice. */
const restMs = seconds(10);

/** Whether the cache answered lately; whoever meets its silence tells. */
export class CacheOutage {
  readonly #monotonicMs: () => number;
  #untilMs = Number.NEGATIVE_INFINITY;

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
  }

  note(): void {
    this.#untilMs = this.#monotonicMs() + restMs;
  }

  get isOn(): boolean {
    return this.#monotonicMs() < this.#untilMs;
  }
}

export type StagingOptions = {
  /** Never throws: what goes wrong is noted in `outage`. Null: none is configured. */
  readonly cache: ChunkCache | null;
  readonly outage: CacheOutage;
  readonly truth: ChunkStore;
  readonly noteDegraded: (workspaceId: WorkspaceId, campaignId: CampaignId) => void;
};
export type Staging = {
  /** The activity before the first slice. */
  readonly stageChunks: RecordDeps["stageChunks"];
  /** What a slice asks for as it advances. */
  readonly stageChunk: StageChunk;
};

class CacheAway extends Error {
  override readonly name = "CacheAway";
}

/** Fills a cache that may be missing: then a sender reads Postgres, and the campaign shows it. Rejects when Postgres fails. */
export function createStaging({ cache, outage, truth, noteDegraded }: StagingOptions): Staging {
  const telling: ChunkCache = {
    read: async () => null,
    async put(workspaceId, campaignId, chunk) {
      if (!outage.isOn) await cache?.put(workspaceId, campaignId, chunk);
      if (outage.isOn) throw new CacheAway("the cache took no chunk");
    },
  };
  const isStaged = async (input: Parameters<typeof stageChunks>[1]): Promise<boolean> => {
    if (cache === null || outage.isOn) return false;
    try {
      await stageChunks({ truth, cache: telling }, input);
      return true;
    } catch (error) {
      if (error instanceof CacheAway) return false;
      throw error;
    }
  };
  return {
    async stageChunks(input) {
      if (!(await isStaged(input))) noteDegraded(input.workspaceId, input.campaignId);
      return Math.min(input.chunkCount, input.fromChunkNo + stagedAhead);
    },
    stageChunk: (workspaceId, campaignId, chunkNo) => isStaged({ workspaceId, campaignId, fromChunkNo: chunkNo, chunkCount: chunkNo + 1 }),
  };
}
