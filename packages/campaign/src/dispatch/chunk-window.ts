import type { Chunk, ChunkEntry } from "../freeze/chunk.ts";
import { stagedAhead } from "./stage-chunks.ts";

/** Chunks one campaign keeps in memory: the one being sent, the next ones, and a few for late retries. */
const keptChunks = 6;
const chunksAhead = 2;
/** Who sent before us staged as far ahead as we do. The second half of that is staged again, since it may have died over it. */
const trustedAhead = stagedAhead / 2;

/** The frozen parameters a sender is about to need, read ahead so that no slot waits for a store, and staged further ahead so that no read waits for Postgres. */
export class ChunkWindow {
  readonly #read: (chunkNo: number) => Promise<Chunk | null>;
  readonly #stage: (chunkNo: number) => Promise<boolean>;
  readonly #chunkCount: number;
  readonly #chunksByNo = new Map<number, Promise<Chunk | null>>();
  #furthestNo = -1;
  #stagedTo = 0;
  #isStaging = false;

  /** @param stage puts one chunk into the cache; false when that cannot be done now. Never rejects. */
  constructor(read: (chunkNo: number) => Promise<Chunk | null>, stage: (chunkNo: number) => Promise<boolean>, chunkCount: number) {
    this.#read = read;
    this.#stage = stage;
    this.#chunkCount = chunkCount;
  }

  /** Null when the chunk or the entry does not exist: a defect of the freeze, never a reason to guess. */
  async entry(chunkNo: number, entryNo: number): Promise<ChunkEntry | null> {
    // a late retry lies behind the front: what follows it was sent long ago
    if (chunkNo >= this.#furthestNo) this.#moveTo(chunkNo);
    return (await this.#load(chunkNo))?.entries[entryNo] ?? null;
  }

  #moveTo(chunkNo: number): void {
    const steps = chunkNo - this.#furthestNo;
    // a jump is a retry here and there: what lies ahead of it was staged, and sent, before
    const isMovingOn = this.#furthestNo >= 0 && steps > 0 && steps <= chunksAhead;
    this.#furthestNo = chunkNo;
    for (let ahead = 1; ahead <= chunksAhead; ahead += 1) if (chunkNo + ahead < this.#chunkCount) void this.#load(chunkNo + ahead);
    if (isMovingOn && !this.#isStaging) void this.#stageAhead();
  }

  /** In the background and one by one, so that it takes nothing from a slot. Ends where the cache is away; the next chunk of the sender tries again. */
  async #stageAhead(): Promise<void> {
    this.#isStaging = true;
    for (;;) {
      const chunkNo = Math.max(this.#stagedTo, this.#furthestNo + trustedAhead);
      if (chunkNo >= Math.min(this.#chunkCount, this.#furthestNo + stagedAhead) || !(await this.#stage(chunkNo))) break;
      this.#stagedTo = chunkNo + 1;
    }
    this.#isStaging = false;
  }

  #load(chunkNo: number): Promise<Chunk | null> {
    const known = this.#chunksByNo.get(chunkNo);
    this.#chunksByNo.delete(chunkNo);
    const chunk = known ?? this.#read(chunkNo);
    this.#chunksByNo.set(chunkNo, chunk);
    if (!known) {
      // a failed read is not kept: the next message of the chunk asks again
      chunk.catch(() => {
        if (this.#chunksByNo.get(chunkNo) === chunk) this.#chunksByNo.delete(chunkNo);
      });
      const oldest = this.#chunksByNo.keys().next();
      if (this.#chunksByNo.size > keptChunks && !oldest.done) this.#chunksByNo.delete(oldest.value);
    }
    return chunk;
  }
}
