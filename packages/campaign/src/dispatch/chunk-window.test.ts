import { expect, test } from "vitest";
import type { Chunk } from "../freeze/chunk.ts";
import { aChunk } from "../testing/engine-world.ts";
import { aCampaignId, aWorkspaceId } from "../testing/ids.ts";
import { ChunkWindow } from "./chunk-window.ts";

function aWindow(chunkCount: number, read: (chunkNo: number) => Promise<Chunk | null> = async (chunkNo) => aChunk(chunkNo)) {
  const reads: number[] = [];
  const store = {
    read: (_workspaceId: unknown, _campaignId: unknown, chunkNo: number) => {
      reads.push(chunkNo);
      return read(chunkNo);
    },
  };
  return { reads, window: new ChunkWindow(store, aWorkspaceId(), aCampaignId(), chunkCount) };
}

test("a chunk is read once, before its first message needs it", async () => {
  const { reads, window } = aWindow(4);
  for (let index = 0; index < 40; index += 1) {
    expect(await window.entry(Math.floor(index / 10), index % 10)).toEqual(aChunk(Math.floor(index / 10)).entries[index % 10]);
    // with the first message of a chunk, the next two are on their way
    expect(Math.max(...reads)).toBe(Math.min(3, Math.floor(index / 10) + 2));
  }
  expect(new Set(reads).size).toBe(4);
  expect(reads).toHaveLength(4);
});

test("a late retry reads its own chunk and none after it", async () => {
  const { reads, window } = aWindow(100);
  await window.entry(50, 0);
  const before = reads.length;
  await window.entry(3, 0);
  expect(reads.slice(before)).toEqual([3]);
});

test("memory stays bounded: a chunk that was not used for long is read again", async () => {
  const { reads, window } = aWindow(100);
  for (const chunkNo of [99, 1, 2, 3, 4, 5, 6, 7]) await window.entry(chunkNo, 0);
  await window.entry(7, 0);
  expect(reads.filter((chunkNo) => chunkNo === 7)).toHaveLength(1);
  await window.entry(1, 0);
  expect(reads.filter((chunkNo) => chunkNo === 1)).toHaveLength(2);
});

test("a read that failed is not kept: the next message asks again", async () => {
  let isAway = true;
  const { window } = aWindow(1, (chunkNo) => (isAway ? Promise.reject(new Error("the store is away")) : Promise.resolve(aChunk(chunkNo))));
  await expect(window.entry(0, 0)).rejects.toThrow("the store is away");
  isAway = false;
  expect(await window.entry(0, 0)).toEqual(aChunk(0).entries[0]);
});

test("a chunk or an entry that does not exist is null, never a guess", async () => {
  const { window } = aWindow(2, async (chunkNo) => (chunkNo === 1 ? null : aChunk(chunkNo)));
  expect(await window.entry(0, 99)).toBeNull();
  expect(await window.entry(1, 0)).toBeNull();
});
