import type { WorkspaceId } from "@herald/kernel";
import type { AttemptResult, Ledger } from "../ledger/ledger.ts";

/** The most results one transaction takes. */
const maxBatch = 500;

/**
 * Results on their way to the ledger. A flush that fails keeps its results and is tried again with the next one: they are evidence, and never dropped.
 * `onRecorded` runs once the ledger has them.
 */
export class ResultBuffer {
  readonly #ledger: Ledger;
  readonly #workspaceId: WorkspaceId;
  readonly #onRecorded: (results: readonly AttemptResult[]) => void;
  #waiting: AttemptResult[] = [];
  #running: Promise<void> | null = null;
  #isBehind = false;

  constructor(ledger: Ledger, workspaceId: WorkspaceId, onRecorded: (results: readonly AttemptResult[]) => void) {
    this.#ledger = ledger;
    this.#workspaceId = workspaceId;
    this.#onRecorded = onRecorded;
  }

  add(result: AttemptResult): void {
    this.#waiting.push(result);
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** The last flush failed: what is known here is not safe yet. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** One flush at a time; rejects when the ledger could not take the results. */
  flush(): Promise<void> {
    this.#running ??= this.#flushAll()
      .then(
        () => {
          this.#isBehind = false;
        },
        (error: unknown) => {
          this.#isBehind = true;
          throw error;
        },
      )
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async #flushAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, maxBatch);
      await this.#ledger.record(this.#workspaceId, batch);
      this.#waiting = this.#waiting.slice(batch.length);
      this.#onRecorded(batch);
    }
  }
}
