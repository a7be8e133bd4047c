import { type Chunk, type ChunkEntry, maxChunkBytes, maxChunkEntries, maxEntryBytes } from "./chunk.ts";

export type Placed = { readonly chunkNo: number; readonly entryNo: number };

/** Bytes of an entry as JSON in UTF-8. Counted without a buffer: this code knows no platform. */
export function entryBytes(entry: ChunkEntry): number {
  let bytes = 0;
  for (const character of JSON.stringify(entry)) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** The brackets of the list; each entry then brings its comma. */
const emptyListBytes = 2;

/** Cuts a stream of entries into chunks: at 1,000 recipients or 900 KB of JSON, whichever comes first. Keeps their order. */
export class ChunkCutter {
  #chunkNo = 0;
  #entries: ChunkEntry[] = [];
  #bytes = emptyListBytes;
  readonly #full: Chunk[] = [];

  /** Null when the entry alone is over 64 KB. */
  add(entry: ChunkEntry): Placed | null {
    const bytes = entryBytes(entry);
    if (bytes > maxEntryBytes) return null;
    if (this.#entries.length === maxChunkEntries || this.#bytes + bytes > maxChunkBytes) this.#close();
    this.#entries.push(entry);
    this.#bytes += bytes + 1;
    return { chunkNo: this.#chunkNo, entryNo: this.#entries.length - 1 };
  }

  /** Chunks that are complete by now; each is handed out once. */
  takeFull(): readonly Chunk[] {
    return this.#full.splice(0);
  }

  /** The rest, at the end of the stream. */
  finish(): readonly Chunk[] {
    if (this.#entries.length > 0) this.#close();
    return this.takeFull();
  }

  get chunkCount(): number {
    return this.#chunkNo + (this.#entries.length > 0 ? 1 : 0);
  }

  #close(): void {
    this.#full.push({ chunkNo: this.#chunkNo, entries: this.#entries });
    this.#chunkNo += 1;
    this.#entries = [];
    this.#bytes = emptyListBytes;
  }
}
