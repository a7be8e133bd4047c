import { type ChunkEntry, type FrozenChunk, type FrozenEntry, maxChunkBytes, maxChunkEntries } from "./chunk.ts";

export type Placed = { readonly chunkNo: number; readonly entryNo: number };

export function frozenEntry(entry: ChunkEntry): FrozenEntry {
  const json = JSON.stringify(entry);
  return { json, bytes: utf8Bytes(json) };
}

/** Counted without a buffer: this code knows no platform. JSON escapes a surrogate that stands alone, so half a pair is 2 of 4 bytes. */
function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}

/** The brackets of the list; each entry then brings its comma. */
const emptyListBytes = 2;

/** Cuts a stream of entries into chunks: at 1,000 recipients or 900 KB of JSON, whichever comes first. Keeps their order. */
export class ChunkCutter {
  #chunkNo = 0;
  #entries: string[] = [];
  #bytes = emptyListBytes;
  readonly #full: FrozenChunk[] = [];

  /** @param entry of 64 KB at most: `judgeRecipient` refuses a larger one */
  add({ json, bytes }: FrozenEntry): Placed {
    if (this.#entries.length === maxChunkEntries || this.#bytes + bytes > maxChunkBytes) this.#close();
    this.#entries.push(json);
    this.#bytes += bytes + 1;
    return { chunkNo: this.#chunkNo, entryNo: this.#entries.length - 1 };
  }

  /** Chunks that are complete by now; each is handed out once. */
  takeFull(): readonly FrozenChunk[] {
    return this.#full.splice(0);
  }

  /** The rest, at the end of the stream. */
  finish(): readonly FrozenChunk[] {
    if (this.#entries.length > 0) this.#close();
    return this.takeFull();
  }

  get chunkCount(): number {
    return this.#chunkNo + (this.#entries.length > 0 ? 1 : 0);
  }

  #close(): void {
    this.#full.push({ chunkNo: this.#chunkNo, entryCount: this.#entries.length, json: `[${this.#entries.join(",")}]` });
    this.#chunkNo += 1;
    this.#entries = [];
    this.#bytes = emptyListBytes;
  }
}
