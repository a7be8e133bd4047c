export { type ChunkCacheOptions, createChunkCache, type StagingCache, type StagingDegradation } from "./chunk-cache.ts";
export { createLayeredChunkStore } from "./layered-chunk-store.ts";
