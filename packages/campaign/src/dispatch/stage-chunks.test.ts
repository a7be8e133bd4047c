import { expect, test } from "vitest";
import type { Chunk, ChunkCache, ChunkStore } from "../freeze/chunk.ts";
import { aChunk } from "../testing/engine-world.ts";
import { aCampaignId, aWorkspaceId } from "../testing/ids.ts";
import { stageChunks, stagedAhead } from "./stage-chunks.ts";

const ids = { workspaceId: aWorkspaceId(), campaignId: aCampaignId() };

function aWorld(read: ChunkStore["read"] = async (_workspaceId, _campaignId, chunkNo) => aChunk(chunkNo)) {
  const staged: Chunk[] = [];
  const cache: ChunkCache = { read: async () => null, put: async (_workspaceId, _campaignId, chunk) => void staged.push(chunk) };
  return { staged, deps: { truth: { read }, cache } };
}

test("the next chunks are staged, no further ahead than the sender will need soon", async () => {
  const { staged, deps } = aWorld();
  expect(await stageChunks(deps, { ...ids, fromChunkNo: 3, chunkCount: 100 })).toBe(stagedAhead);
  expect(staged.map(({ chunkNo }) => chunkNo)).toEqual(Array.from({ length: stagedAhead }, (_, ahead) => 3 + ahead));
});

test("staging ends with the last chunk, and a repetition puts the same ones again", async () => {
  const { staged, deps } = aWorld();
  expect(await stageChunks(deps, { ...ids, fromChunkNo: 1, chunkCount: 3 })).toBe(2);
  expect(await stageChunks(deps, { ...ids, fromChunkNo: 1, chunkCount: 3 })).toBe(2);
  expect(staged).toEqual([aChunk(1), aChunk(2), aChunk(1), aChunk(2)]);
  expect(await stageChunks(deps, { ...ids, fromChunkNo: 3, chunkCount: 3 })).toBe(0);
});

test("a chunk that does not exist is left out, for the sender to name", async () => {
  const { staged, deps } = aWorld(async (_workspaceId, _campaignId, chunkNo) => (chunkNo === 0 ? null : aChunk(chunkNo)));
  expect(await stageChunks(deps, { ...ids, fromChunkNo: 0, chunkCount: 2 })).toBe(1);
  expect(staged).toEqual([aChunk(1)]);
});

test("a cache that is away is told to the caller", async () => {
  const { deps } = aWorld();
  const away = { ...deps, cache: { ...deps.cache, put: () => Promise.reject(new Error("the cache is away")) } };
  await expect(stageChunks(away, { ...ids, fromChunkNo: 0, chunkCount: 2 })).rejects.toThrow("the cache is away");
});
