import type { ClockReading } from "./gate.ts";

/**
 * Keeps an interval that contains (database clock − monotonic clock). Each exchange narrows it: the reading was taken between asking and answering.
 * Age widens it, because clocks drift. A reading outside it means that the database's clock was stepped, and slots mapped before are void.
 */
export class ClockMap {
  #lowMs = Number.NEGATIVE_INFINITY;
  #highMs = Number.POSITIVE_INFINITY;
  #seenAtMs = 0;
  readonly #driftShare: number;
  readonly #toleranceMs: number;

  constructor(options: { readonly driftPpm?: number; readonly toleranceMs?: number } = {}) {
    this.#driftShare = (options.driftPpm ?? 500) / 1e6;
    this.#toleranceMs = options.toleranceMs ?? 2;
  }

  /** Answers false when the database's clock was stepped. */
  observe(reading: ClockReading): boolean {
    const widening = Math.max(0, reading.answeredMs - this.#seenAtMs) * this.#driftShare;
    const low = this.#lowMs - widening;
    const high = this.#highMs + widening;
    const newLow = reading.databaseMs - reading.answeredMs;
    const newHigh = reading.databaseMs - reading.askedMs;
    const isStep = newLow > high + this.#toleranceMs || newHigh < low - this.#toleranceMs;
    this.#lowMs = isStep ? newLow : Math.min(Math.max(low, newLow), newHigh);
    this.#highMs = isStep ? newHigh : Math.max(Math.min(high, newHigh), newLow);
    this.#seenAtMs = reading.answeredMs;
    return !isStep;
  }

  get uncertaintyMs(): number {
    return this.#highMs - this.#lowMs;
  }

  /** The monotonic time of a moment of the database's clock. */
  toMonotonicMs(databaseMs: number): number {
    return databaseMs - (this.#lowMs + this.#highMs) / 2;
  }
}
