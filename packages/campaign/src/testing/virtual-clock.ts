import type { Clock } from "@herald/kernel";

type Timer = { readonly atMs: number; readonly order: number; readonly wake: () => void };

/** More promise turns than any chain between two sleeps takes. */
const turnsUntilQuiet = 200;
const startOfTimeMs = Date.UTC(2026, 0, 5, 12);

/**
 * Time that moves only when everybody waits. A second of an engine takes milliseconds, and the same test always runs the same way.
 * Timers that are due together wake in the order in which they were set.
 */
export class VirtualClock implements Clock {
  #nowMs = 0;
  #order = 0;
  #timers: Timer[] = [];

  readonly nowMs = (): number => startOfTimeMs + this.#nowMs;
  readonly monotonicMs = (): number => this.#nowMs;
  readonly sleep = (durationMs: number): Promise<void> =>
    new Promise((wake) => {
      const timer = { atMs: this.#nowMs + Math.max(0, durationMs), order: this.#order, wake };
      this.#order += 1;
      const place = this.#timers.findLastIndex((other) => other.atMs <= timer.atMs);
      this.#timers.splice(place + 1, 0, timer);
    });

  /** The process stands still while the world goes on: timers that came due meanwhile wake late. */
  stall(durationMs: number): void {
    this.#nowMs += durationMs;
  }

  /** Moves time until the work is done; fails when that takes longer than `limitMs`, or when nobody would ever wake it. */
  async run<T>(work: Promise<T>, limitMs = 600_000): Promise<T> {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    done.catch(() => undefined);
    const deadlineMs = this.#nowMs + limitMs;
    for (await quiet(); !isDone; await quiet()) {
      if (!this.#wakeNext(deadlineMs)) throw new Error(`not done after ${limitMs} ms of virtual time`);
    }
    return done;
  }

  /** Moves time by this much, and lets everything happen that is due by then. */
  async pass(durationMs: number): Promise<void> {
    const untilMs = this.#nowMs + durationMs;
    for (await quiet(); this.#wakeNext(untilMs); ) await quiet();
    this.#nowMs = Math.max(this.#nowMs, untilMs);
    await quiet();
  }

  /** Moves time until the condition holds. */
  async until(isTrue: () => boolean, limitMs = 60_000): Promise<void> {
    const deadlineMs = this.#nowMs + limitMs;
    for (await quiet(); !isTrue(); await quiet())
      if (!this.#wakeNext(deadlineMs)) throw new Error(`did not come true within ${limitMs} ms of virtual time`);
  }

  #wakeNext(deadlineMs: number): boolean {
    const next = this.#timers[0];
    if (!next || next.atMs > deadlineMs) return false;
    this.#timers.shift();
    this.#nowMs = Math.max(this.#nowMs, next.atMs);
    next.wake();
    return true;
  }
}

async function quiet(): Promise<void> {
  for (let turn = 0; turn < turnsUntilQuiet; turn += 1) await Promise.resolve();
}
