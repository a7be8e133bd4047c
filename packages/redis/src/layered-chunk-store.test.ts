import type { Chunk, ChunkCache, ChunkStore } from "@herald/campaign";
import type { CampaignId, WorkspaceId } from "@herald/kernel";
import { expect, test, vi } from "vitest";
import { createLayeredChunkStore } from "./layered-chunk-store.ts";
import { aCampaign, aChunk } from "./testing/chunks.ts";

const { workspaceId, campaignId } = aCampaign();

function stores(staged: Chunk | null, frozen: Chunk | null) {
  const cache = { read: vi.fn<ChunkCache["read"]>(async () => staged), put: vi.fn<ChunkCache["put"]>(async () => {}) } satisfies ChunkCache;
  const truth = { read: vi.fn<ChunkStore["read"]>(async () => frozen) } satisfies ChunkStore;
  const onDegraded = vi.fn<(workspaceId: WorkspaceId, campaignId: CampaignId) => void>();
  return { cache, truth, onDegraded, store: createLayeredChunkStore(cache, truth, onDegraded) };
}

test("a staged chunk costs the truth nothing", async () => {
  const { store, truth, cache, onDegraded } = stores(aChunk(0), null);
  expect(await store.read(workspaceId, campaignId, 0)).toEqual(aChunk(0));
  expect([truth.read, cache.put, onDegraded].map((call) => call.mock.calls.length)).toEqual([0, 0, 0]);
});

test("a chunk that is not staged comes from the truth, is staged again and counted", async () => {
  const { store, cache, onDegraded } = stores(null, aChunk(3));
  expect(await store.read(workspaceId, campaignId, 3)).toEqual(aChunk(3));
  expect(cache.put).toHaveBeenCalledExactlyOnceWith(workspaceId, campaignId, aChunk(3));
  expect(onDegraded).toHaveBeenCalledExactlyOnceWith(workspaceId, campaignId);
});

test("the reader does not wait for the chunk to be staged again", async () => {
  const { store, cache } = stores(null, aChunk(0));
  cache.put.mockReturnValue(new Promise(() => {}));
  expect(await store.read(workspaceId, campaignId, 0)).toEqual(aChunk(0));
});

test("a chunk that does not exist is not staged", async () => {
  const { store, cache } = stores(null, null);
  expect(await store.read(workspaceId, campaignId, 9)).toBeNull();
  expect(cache.put).not.toHaveBeenCalled();
});

test("a truth that fails is told to the reader: nothing is guessed", async () => {
  const { store, truth } = stores(null, null);
  truth.read.mockRejectedValue(new Error("Postgres is away"));
  await expect(store.read(workspaceId, campaignId, 0)).rejects.toThrow("Postgres is away");
});
