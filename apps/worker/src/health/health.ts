import type { Metrics } from "@herald/observability";

export type Reading = Readonly<Record<string, number>>;
export type HealthReport = {
  readonly role: string;
  readonly isReady: boolean;
  readonly polling: Readonly<Record<string, boolean>>;
  readonly loops: Readonly<Record<string, { readonly lastPassAtMs: number | null; readonly failuresInARow: number }>>;
  /** Age of the oldest waiting row, ms; absent while it cannot be read. */
  readonly lagMs: Reading;
};

/** What one process knows of itself. `expected` are the queues and loops that must run before it is ready. */
export class Health {
  readonly #role: string;
  readonly #nowMs: () => number;
  readonly #readLagMs: () => Promise<Reading>;
  readonly #polling = new Map<string, boolean>();
  readonly #loops = new Map<string, { lastPassAtMs: number | null; failuresInARow: number }>();
  readonly #passes;
  readonly #failures;
  readonly #lag;

  constructor(options: {
    readonly role: string;
    readonly expected: { readonly queues: readonly string[]; readonly loops: readonly string[] };
    readonly nowMs: () => number;
    readonly readLagMs: () => Promise<Reading>;
    readonly metrics: Metrics;
  }) {
    this.#role = options.role;
    this.#nowMs = options.nowMs;
    this.#readLagMs = options.readLagMs;
    for (const queue of options.expected.queues) this.#polling.set(queue, false);
    for (const loop of options.expected.loops) this.#loops.set(loop, { lastPassAtMs: null, failuresInARow: 0 });
    this.#passes = options.metrics.counter("herald_loop_done_total", "Things done by a background loop.", ["loop"]);
    this.#failures = options.metrics.counter("herald_loop_failures_total", "Passes of a background loop that failed.", ["loop"]);
    this.#lag = options.metrics.gauge("herald_lag_seconds", "Age of the oldest row that waits in a store's queue.", ["queue"]);
  }

  notePolling(queue: string, isPolling: boolean): void {
    this.#polling.set(queue, isPolling);
  }

  passed(loop: string, count: number): void {
    this.#loops.set(loop, { lastPassAtMs: this.#nowMs(), failuresInARow: 0 });
    this.#passes.add({ loop }, count);
  }

  failed(loop: string): void {
    const known = this.#loops.get(loop);
    this.#loops.set(loop, { lastPassAtMs: known?.lastPassAtMs ?? null, failuresInARow: (known?.failuresInARow ?? 0) + 1 });
    this.#failures.add({ loop }, 1);
  }

  get isReady(): boolean {
    return [...this.#polling.values()].every(Boolean) && [...this.#loops.values()].every((loop) => loop.failuresInARow === 0);
  }

  async report(): Promise<HealthReport> {
    const lagMs = await this.#readLagMs().catch((): Reading => ({}));
    for (const [queue, ageMs] of Object.entries(lagMs)) this.#lag.set({ queue }, ageMs / 1000);
    return {
      role: this.#role,
      isReady: this.isReady,
      polling: Object.fromEntries(this.#polling),
      loops: Object.fromEntries(this.#loops),
      lagMs,
    };
  }
}
