import fc from "fast-check";
import { expect, test } from "vitest";
import { type Chunk, type ChunkEntry, type FrozenChunk, maxChunkBytes, maxChunkEntries, maxEntryBytes } from "./chunk.ts";
import { ChunkCutter, frozenEntry } from "./chunk-cutter.ts";

const entry = (value: string): ChunkEntry => ({
  to: { channel: "whatsapp", kind: "phone", value: "+51987654321" },
  parameters: { body: [{ name: "1", value }] },
});
const emptyBytes = frozenEntry(entry("")).bytes;
/** Bytes of a text in UTF-8, reckoned another way than the code under test does. */
const utf8Bytes = (text: string): number => encodeURIComponent(text).replaceAll(/%[\dA-F]{2}/g, "x").length;

const read = ({ chunkNo, json }: FrozenChunk): Chunk => ({ chunkNo, entries: JSON.parse(json) as ChunkEntry[] });

function cut(entries: readonly ChunkEntry[]) {
  const cutter = new ChunkCutter();
  const placed = entries.map((one) => cutter.add(frozenEntry(one)));
  const early = cutter.takeFull();
  const { chunkCount } = cutter;
  const frozen = [...early, ...cutter.finish()];
  return { frozen, chunks: frozen.map(read), placed, chunkCount };
}

test("an entry is measured in bytes of UTF-8, not in characters", () => {
  expect(frozenEntry(entry("aé€😀")).bytes).toBe(emptyBytes + 1 + 2 + 3 + 4);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      expect(frozenEntry(entry(value))).toEqual({ json: JSON.stringify(entry(value)), bytes: utf8Bytes(JSON.stringify(entry(value))) });
    }),
  );
});

test("a chunk holds 1,000 entries and not one more", () => {
  const { frozen, chunks, placed, chunkCount } = cut(Array.from({ length: 2001 }, (_, number) => entry(String(number))));
  expect(chunks.map(({ entries }) => entries.length)).toEqual([maxChunkEntries, maxChunkEntries, 1]);
  expect(frozen.map(({ entryCount }) => entryCount)).toEqual([maxChunkEntries, maxChunkEntries, 1]);
  expect(chunkCount).toBe(3);
  expect(placed[1000]).toEqual({ chunkNo: 1, entryNo: 0 });
});

test("a chunk's entries as JSON are 900 KB at the most, and a chunk is not cut before it has to be", () => {
  const { chunks, frozen } = cut(Array.from({ length: 40 }, () => entry("€".repeat(20_000))));
  const sizes = frozen.map(({ json }) => utf8Bytes(json));
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
  const exact = cut(entriesWith(0)).frozen;
  expect(exact).toHaveLength(1);
  expect(utf8Bytes(exact[0]?.json ?? "")).toBe(maxChunkBytes);
  expect(cut(entriesWith(1)).chunks).toHaveLength(2);
});

test("chunks one after another are the input in its order, each entry at the place it was told", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60_000), { maxLength: 60 }), fc.array(fc.nat(5), { maxLength: 60 }), (lengths, takes) => {
      const entries = lengths.map((length, number) => entry(`${number}:${"x".repeat(length)}`));
      const cutter = new ChunkCutter();
      const chunks: Chunk[] = [];
      const placed = [];
      for (const [at, one] of entries.entries()) {
        placed.push(cutter.add(frozenEntry(one)));
        if (takes[at] === 0) chunks.push(...cutter.takeFull().map(read));
      }
      const { chunkCount } = cutter;
      chunks.push(...cutter.finish().map(read));
      expect(chunks.map(({ chunkNo }) => chunkNo)).toEqual(chunks.map((_, number) => number));
      expect(chunkCount).toBe(chunks.length);
      expect(chunks.flatMap((chunk) => chunk.entries)).toEqual(entries);
      expect(placed.map(({ chunkNo, entryNo }) => chunks[chunkNo]?.entries[entryNo])).toEqual(entries);
    }),
    { numRuns: 50 },
  );
});

test("no entries make no chunk", () => {
  expect(cut([])).toEqual({ frozen: [], chunks: [], placed: [], chunkCount: 0 });
});
