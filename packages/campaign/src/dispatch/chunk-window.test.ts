import { expect, test } from "vitest";
import type { Chunk } from "../freeze/chunk.ts";
import { aChunk } from "../testing/engine-world.ts";
import { ChunkRoom } from "./chunk-room.ts";
import { ChunkWindow } from "./chunk-window.ts";

function aWindow(
  chunkCount: number,
  read: (chunkNo: number) => Promise<Chunk | null> = async (chunkNo) => aChunk(chunkNo),
  stage: (chunkNo: number) => Promise<boolean> = async () => true,
  room = new ChunkRoom(),
) {
  const reads: number[] = [];
  const staged: number[] = [];
  const window = new ChunkWindow(
    (chunkNo) => {
      reads.push(chunkNo);
      return read(chunkNo);
    },
    (chunkNo) => {
      staged.push(chunkNo);
      return stage(chunkNo);
    },
    chunkCount,
    room,
  );
  /** The sender is at this chunk; what goes on behind its back has come to rest. */
  const at = async (chunkNo: number) => {
    await window.entry(chunkNo, 0);
    for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
  };
  return { reads, staged, window, at };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

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

/** Of these chunks the ones that are read again when they are asked for. */
async function rereadOf({ reads, window }: ReturnType<typeof aWindow>, chunkNos: readonly number[]): Promise<readonly number[]> {
  const before = reads.length;
  for (const chunkNo of chunkNos) await window.entry(chunkNo, 0);
  return reads.slice(before);
}

test("fifty campaigns in one process keep two chunks each: the memory for chunks is shared", async () => {
  const room = new ChunkRoom();
  const windows = Array.from({ length: 50 }, () => aWindow(100, undefined, undefined, room));
  for (const chunkNo of range(0, 8)) for (const { at } of windows) await at(chunkNo);
  for (const one of windows) {
    expect(one.reads, "each chunk was read once, none ahead").toEqual(range(0, 8));
    expect(await rereadOf(one, [7, 6, 5])).toEqual([5]);
  }
});

test.each([16, 24])("late retries in a crowd of %i cost neither the chunk being sent nor one that was read ahead", async (campaigns) => {
  const room = new ChunkRoom();
  for (let entered = 1; entered < campaigns; entered += 1) room.enter();
  const { reads, at } = aWindow(100, undefined, undefined, room);
  for (const chunkNo of range(50, 54)) {
    await at(chunkNo);
    for (const late of [3, 17, 9]) await at(late);
  }
  const ofTheFront = reads.filter((chunkNo) => chunkNo >= 50);
  expect(new Set(ofTheFront).size, "each was read once").toBe(ofTheFront.length);
});

test("who is left alone may keep six again", async () => {
  const room = new ChunkRoom();
  const windows = Array.from({ length: 50 }, () => aWindow(100, undefined, undefined, room));
  for (const { window } of windows.slice(1)) window.close();
  const [last = aWindow(0)] = windows;
  for (const chunkNo of range(0, 8)) await last.at(chunkNo);
  expect(await rereadOf(last, [7, 6, 5, 4, 3])).toEqual([3]);
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

test("chunks are staged twenty ahead of the sender, each once, up to the last", async () => {
  const { staged, at } = aWindow(45);
  await at(0);
  expect(staged, "what the workflow or the last slice staged is trusted half of the way").toEqual([]);
  await at(1);
  expect(staged).toEqual(range(11, 21));
  for (const chunkNo of range(2, 45)) {
    await at(chunkNo);
    expect(staged.at(-1)).toBe(Math.min(44, chunkNo + 19));
  }
  expect(staged).toEqual(range(11, 45));
});

test("a retry here and there stages nothing: what lies ahead of it was sent before", async () => {
  const { staged, at } = aWindow(200);
  for (const chunkNo of [3, 50, 7, 90]) await at(chunkNo);
  expect(staged).toEqual([]);
});

test("a cache that is away is asked once for each chunk the sender moves on, and filled again when it is back", async () => {
  let isAway = true;
  const { staged, at } = aWindow(100, undefined, async () => !isAway);
  for (const chunkNo of [0, 1, 2, 3]) await at(chunkNo);
  expect(staged).toEqual([11, 12, 13]);
  isAway = false;
  await at(4);
  expect(staged.slice(3)).toEqual(range(14, 24));
});

test("staging that hangs neither holds a message nor is begun twice", async () => {
  const { staged, window } = aWindow(100, undefined, () => new Promise<boolean>(() => undefined));
  for (const chunkNo of [0, 1, 2, 3]) expect(await window.entry(chunkNo, 0)).toEqual(aChunk(chunkNo).entries[0]);
  expect(staged).toEqual([11]);
});
