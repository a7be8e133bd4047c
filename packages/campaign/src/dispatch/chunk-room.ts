/** What all campaigns of a process keep in memory together, at up to 900 KB each; more only when there are too many campaigns for it. */
const chunksInMemory = 48;
/** Alone: the one being sent, the next ones, and a few for late retries. In a crowd: the one being sent, and one for a late retry. */
const [mostKept, fewestKept] = [6, 2];

/** Shares the memory for chunks among the campaigns that are being sent from one process. */
export class ChunkRoom {
  #campaigns = 0;

  enter(): void {
    this.#campaigns += 1;
  }

  leave(): void {
    this.#campaigns -= 1;
  }

  /** Chunks each campaign may keep now. */
  get share(): number {
    return Math.max(fewestKept, Math.min(mostKept, Math.floor(chunksInMemory / Math.max(1, this.#campaigns))));
  }
}
