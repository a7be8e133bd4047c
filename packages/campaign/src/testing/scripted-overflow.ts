import type { OverflowedResults, ResultOverflow } from "../ledger/result-overflow.ts";

/** The second store in memory: what was put stays until it is removed, and it can be away. */
export class ScriptedOverflow {
  batches: OverflowedResults[] = [];
  isAway = false;
  /** The next puts are stored, and their answer is lost. */
  losePutAnswers = 0;
  puts = 0;

  readonly overflow: ResultOverflow = {
    put: async (workspaceId, results) => {
      this.#mustBeThere();
      this.puts += 1;
      this.batches.push({ overflowId: String(this.puts), putAtMs: 0, workspaceId, results });
      if (this.losePutAnswers > 0) {
        this.losePutAnswers -= 1;
        throw new Error("the answer of the put was lost");
      }
    },
    take: async (limit) => {
      this.#mustBeThere();
      return this.batches.slice(0, limit);
    },
    remove: async (overflowIds) => {
      this.#mustBeThere();
      this.batches = this.batches.filter(({ overflowId }) => !overflowIds.includes(overflowId));
    },
  };

  get results(): number {
    return this.batches.reduce((sum, batch) => sum + batch.results.length, 0);
  }

  #mustBeThere(): void {
    if (this.isAway) throw new Error("the overflow is away");
  }
}
