import type { Clock, WorkspaceId } from "@herald/kernel";
import type { EngineLog } from "../engine-log.ts";
import { type AttemptResult, type Ledger, maxResultsPerCall } from "../ledger/ledger.ts";
import type { ResultOverflow } from "../ledger/result-overflow.ts";

export type ResultBufferDeps = {
  readonly ledger: Ledger;
  readonly overflow: ResultOverflow;
  readonly clock: Clock;
  readonly log: EngineLog;
  /** A ledger that took nothing for this long is away, and the results go to the overflow. Also the longest wait for one answer of it. */
  readonly overflowAfterMs: number;
};
/** Each is told of results that are safe now, and may be told of the same ones twice. */
export type ResultBufferHooks = {
  readonly onRecorded: (results: readonly AttemptResult[]) => void;
  readonly onOverflowed: (results: readonly AttemptResult[]) => void;
};

/** A connection that broke silently may hang for minutes. */
class LedgerSilent extends Error {
  override readonly name = "LedgerSilent";
}

const pollMs = 250;

/**
 * Results on their way to the ledger. They are evidence, and never dropped: what the ledger cannot take goes to the overflow, what neither takes
 * stays here and is tried again. Both merge by attempt, so a result that reaches them twice counts once.
 */
export class ResultBuffer {
  readonly #deps: ResultBufferDeps;
  readonly #workspaceId: WorkspaceId;
  readonly #hooks: ResultBufferHooks;
  readonly #waiting = new Set<AttemptResult>();
  #running: Promise<void> | null = null;
  /** Monotonic: when the first of the flushes began that have failed since the last success. */
  #behindSinceMs: number | null = null;

  constructor(deps: ResultBufferDeps, workspaceId: WorkspaceId, hooks: ResultBufferHooks) {
    this.#deps = deps;
    this.#workspaceId = workspaceId;
    this.#hooks = hooks;
  }

  add(result: AttemptResult): void {
    this.#waiting.add(result);
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** The ledger took nothing when it was asked last. Stays so, also with nothing waiting, until it takes something again. */
  get isBehind(): boolean {
    return this.#behindSinceMs !== null;
  }

  /** One flush at a time, of what waits when it begins; rejects when the ledger could not take the results, also when the overflow has them now. */
  flush(): Promise<void> {
    this.#running ??= this.#flushWaiting().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** The last flush of a lane: what the ledger does not take at once goes to the overflow. Rejects when neither has it; it is kept then. */
  async secure(): Promise<void> {
    // twice: one that is under way may have begun before the last of these came
    for (let flushes = 0; flushes < 2 && !this.isBehind; flushes += 1) await this.flush().catch(() => undefined);
    if (this.isBehind) await this.#moveOver();
  }

  async #flushWaiting(): Promise<void> {
    const { clock, ledger, log, overflowAfterMs } = this.#deps;
    let left = this.#waiting.size;
    while (left > 0 || this.isBehind) {
      const startedMs = clock.monotonicMs();
      // an empty batch asks a ledger that was away whether it is back
      const batch = [...this.#waiting].slice(0, maxResultsPerCall);
      try {
        await this.#inTime(ledger.record(this.#workspaceId, batch));
      } catch (error) {
        this.#behindSinceMs ??= startedMs;
        if (clock.monotonicMs() - this.#behindSinceMs >= overflowAfterMs)
          await this.#moveOver().catch((failure: unknown) => log.warn("overflow.failed", { waiting: this.#waiting.size, error: failure }));
        throw error;
      }
      this.#behindSinceMs = null;
      // what was put aside meanwhile is not here any more
      left = batch.length === 0 ? 0 : left - batch.length;
      this.#drop(batch, this.#hooks.onRecorded);
    }
  }

  async #moveOver(): Promise<void> {
    const results = [...this.#waiting];
    if (results.length === 0) return;
    await this.#deps.overflow.put(this.#workspaceId, results);
    this.#drop(results, this.#hooks.onOverflowed);
    this.#deps.log.warn("results.overflowed", { results: results.length });
  }

  #drop(results: readonly AttemptResult[], tell: (results: readonly AttemptResult[]) => void): void {
    for (const result of results) this.#waiting.delete(result);
    tell(results);
  }

  /** Waits in short steps: a timer as long as the patience would outlive its process's work. */
  async #inTime(recording: Promise<unknown>): Promise<void> {
    const { clock, overflowAfterMs } = this.#deps;
    const deadlineMs = clock.monotonicMs() + overflowAfterMs;
    const answered = recording.then(() => true);
    while (!(await Promise.race([answered, clock.sleep(pollMs).then(() => false)])))
      if (clock.monotonicMs() >= deadlineMs) throw new LedgerSilent("the ledger does not answer");
  }
}
