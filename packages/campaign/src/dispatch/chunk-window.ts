import type { Chunk, ChunkEntry } from "../freeze/chunk.ts";
import type { ChunkRoom } from "./chunk-room.ts";
import { stagedAhead } from "./stage-chunks.ts";

const chunksAhead = 2;
/** Who sent before us staged as far ahead as we do. The second half of that is staged again, since it may have died over it. */
const trustedAhead = stagedAhead / 2;

/** The frozen parameters a sender is about to need, read ahead so that no slot waits for a store, and staged further ahead so that no read waits for Postgres. */
export class ChunkWindow {
  readonly #read: (chunkNo: number) => Promise<Chunk | null>;
  readonly #stage: (chunkNo: number) => Promise<boolean>;
  readonly #chunkCount: number;
  readonly #room: ChunkRoom;
  readonly #chunksByNo = new Map<number, Promise<Chunk | null>>();
  #furthestNo = -1;
  #stagedTo = 0;
  #isStaging = false;

  /**
   * Takes its share of the room until `close`.
   * @param stage puts one chunk into the cache; false when that cannot be done now. Never rejects.
   */
  constructor(
    read: (chunkNo: number) => Promise<Chunk | null>,
    stage: (chunkNo: number) => Promise<boolean>,
    chunkCount: number,
    room: ChunkRoom,
  ) {
    this.#read = read;
    this.#stage = stage;
    this.#chunkCount = chunkCount;
    this.#room = room;
    room.enter();
  }

  /** Gives its share back. Once. */
  close(): void {
    this.#chunksByNo.clear();
    this.#room.leave();
  }

  /** Null when the chunk or the entry does not exist: a defect of the freeze, never a reason to guess. */
  async entry(chunkNo: number, entryNo: number): Promise<ChunkEntry | null> {
    const chunk = this.#load(chunkNo);
    // a late retry lies behind the front: what follows it was sent long ago
    if (chunkNo >= this.#furthestNo) this.#moveTo(chunkNo);
    return (await chunk)?.entries[entryNo] ?? null;
  }

  #moveTo(chunkNo: number): void {
    const steps = chunkNo - this.#furthestNo;
    // a jump is a retry here and there: what lies ahead of it was staged, and sent, before
    const isMovingOn = this.#furthestNo >= 0 && steps > 0 && steps <= chunksAhead;
    this.#furthestNo = chunkNo;
    for (let ahead = 1; ahead <= this.#ahead; ahead += 1) if (chunkNo + ahead < this.#chunkCount) void this.#load(chunkNo + ahead);
    if (isMovingOn && !this.#isStaging) void this.#stageAhead();
  }

  /** Chunks read ahead now. One place of the share is for late retries, else each of them would cost a chunk that is about to be needed. */
  get #ahead(): number {
    return Math.min(chunksAhead, this.#room.share - 2);
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
      for (const oldest of this.#chunksByNo.keys()) {
        if (this.#chunksByNo.size <= this.#room.share) break;
        const isNeeded = oldest >= this.#furthestNo && oldest <= this.#furthestNo + this.#ahead;
        if (!isNeeded) this.#chunksByNo.delete(oldest);
      }
    }
    return chunk;
  }
}
