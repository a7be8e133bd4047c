import fc from "fast-check";
import { expect, test } from "vitest";
import { type Chunk, type ChunkEntry, maxChunkBytes, maxChunkEntries, maxEntryBytes } from "./chunk.ts";
import { ChunkCutter, entryBytes } from "./chunk-cutter.ts";

const entry = (value: string): ChunkEntry => ({
  to: { channel: "whatsapp", kind: "phone", value: "+51987654321" },
  parameters: { body: [{ name: "1", value }] },
});
const emptyBytes = entryBytes(entry(""));
/** Bytes of a text in UTF-8, reckoned another way than the code under test does. */
const utf8Bytes = (text: string): number => encodeURIComponent(text).replaceAll(/%[\dA-F]{2}/g, "x").length;

function cut(entries: readonly ChunkEntry[]) {
  const cutter = new ChunkCutter();
  const placed = entries.map((one) => cutter.add(one));
  const early = cutter.takeFull();
  const { chunkCount } = cutter;
  return { chunks: [...early, ...cutter.finish()], placed, chunkCount };
}

test("an entry is measured in bytes of UTF-8, not in characters", () => {
  expect(entryBytes(entry("aé€😀"))).toBe(emptyBytes + 1 + 2 + 3 + 4);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      expect(entryBytes(entry(value))).toBe(utf8Bytes(JSON.stringify(entry(value))));
    }),
  );
});

test("a chunk holds 1,000 entries and not one more", () => {
  const { chunks, placed, chunkCount } = cut(Array.from({ length: 2001 }, (_, number) => entry(String(number))));
  expect(chunks.map(({ entries }) => entries.length)).toEqual([maxChunkEntries, maxChunkEntries, 1]);
  expect(chunkCount).toBe(3);
  expect(placed[1000]).toEqual({ chunkNo: 1, entryNo: 0 });
});

test("a chunk's entries as JSON are 900 KB at the most, and a chunk is not cut before it has to be", () => {
  const { chunks } = cut(Array.from({ length: 40 }, () => entry("€".repeat(20_000))));
  const sizes = chunks.map(({ entries }) => utf8Bytes(JSON.stringify(entries)));
  expect(chunks.length).toBeGreaterThan(1);
  for (const size of sizes) expect(size).toBeLessThanOrEqual(maxChunkBytes);
  expect(sizes[0]).toBeGreaterThan(maxChunkBytes - maxEntryBytes);
});

test("a chunk of exactly 900 KB is one chunk, a byte more makes two", () => {
  const count = 20;
  const texts = Math.floor((maxChunkBytes - 2 - (count - 1)) / count) - emptyBytes;
  const rest = maxChunkBytes - 2 - (count - 1) - count * (emptyBytes + texts);
  const entriesWith = (more: number) =>
    Array.from({ length: count }, (_, number) => entry("x".repeat(texts + (number === 0 ? rest + more : 0))));
  const exact = cut(entriesWith(0)).chunks;
  expect(exact).toHaveLength(1);
  expect(utf8Bytes(JSON.stringify(exact[0]?.entries))).toBe(maxChunkBytes);
  expect(cut(entriesWith(1)).chunks).toHaveLength(2);
});

test("an entry of 64 KB is taken, one byte more is refused and takes no place", () => {
  const cutter = new ChunkCutter();
  expect(cutter.add(entry("x".repeat(maxEntryBytes - emptyBytes + 1)))).toBeNull();
  expect(cutter.add(entry("x".repeat(maxEntryBytes - emptyBytes)))).toEqual({ chunkNo: 0, entryNo: 0 });
  expect(cutter.chunkCount).toBe(1);
});

test("chunks one after another are the input in its order, each entry at the place it was told", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60_000), { maxLength: 60 }), fc.array(fc.nat(5), { maxLength: 60 }), (lengths, takes) => {
      const entries = lengths.map((length, number) => entry(`${number}:${"x".repeat(length)}`));
      const cutter = new ChunkCutter();
      const chunks: Chunk[] = [];
      const placed = [];
      for (const [at, one] of entries.entries()) {
        placed.push(cutter.add(one));
        if (takes[at] === 0) chunks.push(...cutter.takeFull());
      }
      const { chunkCount } = cutter;
      chunks.push(...cutter.finish());
      expect(chunks.map(({ chunkNo }) => chunkNo)).toEqual(chunks.map((_, number) => number));
      expect(chunkCount).toBe(chunks.length);
      expect(chunks.flatMap((chunk) => chunk.entries)).toEqual(entries);
      expect(placed.map((place) => place && chunks[place.chunkNo]?.entries[place.entryNo])).toEqual(entries);
    }),
    { numRuns: 50 },
  );
});

test("no entries make no chunk", () => {
  expect(cut([])).toEqual({ chunks: [], placed: [], chunkCount: 0 });
});
