const tickMs = 10;

/**
 * How late this process's event loop has been at worst. A simulator that lags measures itself, not the product. Counted from the moment
 * of creation or reset, so a stall before the first tick is not missed (which `monitorEventLoopDelay` does).
 */
export class LagMeter {
  #lastTickMs = performance.now();
  #maxMs = 0;
  readonly #timer = setInterval(() => this.#tick(), tickMs).unref();

  /** Milliseconds, to a tenth. */
  get maxMs(): number {
    this.#note(performance.now());
    return Math.round(this.#maxMs * 10) / 10;
  }

  reset(): void {
    this.#lastTickMs = performance.now();
    this.#maxMs = 0;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const nowMs = performance.now();
    this.#note(nowMs);
    this.#lastTickMs = nowMs;
  }

  #note(nowMs: number): void {
    this.#maxMs = Math.max(this.#maxMs, nowMs - this.#lastTickMs - tickMs);
  }
}
