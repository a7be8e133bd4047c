import type { PlannedUpdate } from "./updates.ts";

/** Updates kept back on purpose, in the order their moments came, let go all at once or at a steady rate. */
export class HeldUpdates {
  #updates: PlannedUpdate[] = [];
  #from = 0;
  /** Null while nothing is let go. */
  #release: { readonly perSecond: number; readonly sinceMs: number; given: number } | null = null;

  get size(): number {
    return this.#updates.length - this.#from;
  }

  add(update: PlannedUpdate): void {
    this.#updates.push(update);
  }

  clear(): void {
    [this.#updates, this.#from, this.#release] = [[], 0, null];
  }

  /** `perSecond` null: all at once. */
  release(perSecond: number | null, nowMs: number): void {
    this.#release = { perSecond: perSecond ?? Number.POSITIVE_INFINITY, sinceMs: nowMs, given: 0 };
  }

  /** What may go by now. */
  take(nowMs: number): PlannedUpdate[] {
    if (this.#release === null) return [];
    const { perSecond, sinceMs, given } = this.#release;
    const allowed = perSecond === Number.POSITIVE_INFINITY ? this.size : Math.floor(((nowMs - sinceMs) * perSecond) / 1000) - given;
    const taken = this.#updates.slice(this.#from, this.#from + allowed);
    this.#from += taken.length;
    this.#release.given += taken.length;
    if (this.size === 0) this.clear();
    return taken;
  }

  /** When the next one may go; infinite when nothing is let go. */
  get nextAtMs(): number {
    if (this.#release === null || this.size === 0) return Number.POSITIVE_INFINITY;
    const { perSecond, sinceMs, given } = this.#release;
    return sinceMs + ((given + 1) * 1000) / perSecond;
  }
}
