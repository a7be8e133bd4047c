import type { Chunk, ChunkCache } from "@herald/campaign";
import { type CampaignId, days, seconds, type WorkspaceId } from "@herald/kernel";
import { SealBroken, type Sealer } from "@herald/sealing";
import { createRestClient, type RestOptions } from "./rest-client.ts";

/** Why the cache was of no use. Ids only: it may be logged. */
export type StagingDegradation = {
  readonly workspaceId: WorkspaceId;
  readonly campaignId: CampaignId;
  readonly chunkNo: number;
  readonly operation: "read" | "put";
  /** `missing`: not staged, or evicted. `unreachable`: no answer, or a refusal. `unreadable`: not what we sealed for this place. */
  readonly reason: "missing" | "unreachable" | "unreadable";
  /** What the server or the network said, without values. */
  readonly detail: string | null;
};
export type ChunkCacheOptions = RestOptions & {
  readonly sealer: Sealer;
  readonly onDegraded: (degradation: StagingDegradation) => void;
  readonly deadlineMs?: number;
};
/** Neither call throws: a failure is told to `onDegraded`, and the chunk is read from the truth instead. */
export type StagingCache = ChunkCache & {
  readonly isReachable: (deadlineMs: number) => Promise<boolean>;
};

/** A chunk lives for the longest campaign, and longer while it is used. */
const ttlSeconds = days(7) / seconds(1);

export function createChunkCache({ sealer, onDegraded, deadlineMs = 1000, ...rest }: ChunkCacheOptions): StagingCache {
  const redis = createRestClient(rest, deadlineMs);
  return {
    async read(workspaceId, campaignId, chunkNo) {
      const key = keyOf(workspaceId, campaignId, chunkNo);
      const degraded = (reason: StagingDegradation["reason"], detail: string | null): null => {
        onDegraded({ workspaceId, campaignId, chunkNo, operation: "read", reason, detail });
        return null;
      };
      let body: string | null;
      try {
        body = await redis.getex<string>(key, { ex: ttlSeconds });
      } catch (error) {
        return degraded("unreachable", describe(error));
      }
      if (body === null) return degraded("missing", null);
      try {
        return openChunk(sealer, body, key);
      } catch (error) {
        if (error instanceof SealBroken) return degraded("unreadable", error.message);
        throw error;
      }
    },
    async put(workspaceId, campaignId, chunk) {
      const key = keyOf(workspaceId, campaignId, chunk.chunkNo);
      try {
        await redis.set(key, sealChunk(sealer, chunk, key), { ex: ttlSeconds });
      } catch (error) {
        onDegraded({ workspaceId, campaignId, chunkNo: chunk.chunkNo, operation: "put", reason: "unreachable", detail: describe(error) });
      }
    },
    async isReachable(healthDeadlineMs) {
      try {
        return (await createRestClient(rest, healthDeadlineMs).ping()) === "PONG";
      } catch {
        return false;
      }
    },
  };
}

/** Fixed: other readers of this cache know it. It is also what the body is sealed for, so a body moved to another key does not open. */
const keyOf = (workspaceId: WorkspaceId, campaignId: CampaignId, chunkNo: number): string =>
  `bulk_campaign_dispatch:v1:${workspaceId}:${campaignId}:${chunkNo}`;

const sealChunk = (sealer: Sealer, chunk: Chunk, key: string): string =>
  Buffer.from(sealer.seal(Buffer.from(JSON.stringify(chunk)), key)).toString("base64");

/** What opens was sealed by us for this key, so its shape is that of `sealChunk`. */
const openChunk = (sealer: Sealer, body: string, key: string): Chunk =>
  JSON.parse(Buffer.from(sealer.open(Buffer.from(body, "base64"), key)).toString("utf8")) as Chunk;

/** The SDK quotes the command, and so the body, behind the server's words. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return error.name === "UpstashError" ? (error.message.split(", command was:")[0] ?? "").slice(0, 200) : error.name;
}
