import type { OverflowedResults, ResultOverflow, SetAside } from "../ledger/result-overflow.ts";

/** The second store in memory: what was put stays until it is removed, and it can be away. */
export class ScriptedOverflow {
  batches: OverflowedResults[] = [];
  setAside: SetAside[] = [];
  /** How long ago what is set aside was tried last. */
  untriedForMs = 0;
  refusals = new Map<string, number>();
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
      return this.batches.filter(({ overflowId }) => !this.#isAside(overflowId)).slice(0, limit);
    },
    remove: async (overflowIds) => {
      this.#mustBeThere();
      this.batches = this.batches.filter(({ overflowId }) => !overflowIds.includes(overflowId));
      this.setAside = this.setAside.filter(({ overflowId }) => !overflowIds.includes(overflowId));
    },
    noteRefusal: async (overflowId) => {
      this.#mustBeThere();
      const refusals = (this.refusals.get(overflowId) ?? 0) + 1;
      this.refusals.set(overflowId, refusals);
      this.untriedForMs = 0;
      return refusals;
    },
    setAside: async (overflowId, campaignIds) => {
      this.#mustBeThere();
      const batch = this.batches.find((one) => one.overflowId === overflowId);
      if (batch) this.setAside.push({ overflowId, putAtMs: batch.putAtMs, workspaceId: batch.workspaceId, campaignIds });
    },
    aside: async () => {
      this.#mustBeThere();
      return this.setAside;
    },
    takeAside: async (limit, untriedForMs) => {
      this.#mustBeThere();
      if (this.untriedForMs < untriedForMs) return [];
      return this.batches.filter(({ overflowId }) => this.#isAside(overflowId)).slice(0, limit);
    },
  };

  get results(): number {
    return this.batches.reduce((sum, batch) => sum + batch.results.length, 0);
  }

  #isAside(overflowId: string): boolean {
    return this.setAside.some((batch) => batch.overflowId === overflowId);
  }

  #mustBeThere(): void {
    if (this.isAway) throw new Error("the overflow is away");
  }
}
