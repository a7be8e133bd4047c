export { createChunkCache, type StagingDegradation } from "./chunk-cache.ts";
export { createLayeredChunkStore } from "./layered-chunk-store.ts";
