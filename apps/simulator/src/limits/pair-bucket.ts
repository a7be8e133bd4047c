export type PairLimit = { readonly intervalMs: number; readonly burst: number };

const firstSweepAt = 10_000;

/**
 * How often one business number may write to one user: one message per interval, and a burst that is borrowed from the time after it (45
 * at once, then nothing for 45 intervals). Beyond: error 131056. What was refused takes nothing.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/about-the-platform (pair rate limits)
 */
export class PairBuckets {
  /** When all that a pair has borrowed is paid back; a pair without debt is not kept. */
  readonly #paidBackAtMs = new Map<string, number>();
  #sweepAt = firstSweepAt;

  allows(phoneNumberId: string, userId: string, limit: PairLimit, atMs: number): boolean {
    const debtMs = (this.#paidBackAtMs.get(keyOf(phoneNumberId, userId)) ?? atMs) - atMs;
    return debtMs <= (limit.burst - 1) * limit.intervalMs;
  }

  take(phoneNumberId: string, userId: string, limit: PairLimit, atMs: number): void {
    const key = keyOf(phoneNumberId, userId);
    this.#paidBackAtMs.set(key, Math.max(atMs, this.#paidBackAtMs.get(key) ?? 0) + limit.intervalMs);
    if (this.#paidBackAtMs.size >= this.#sweepAt) this.#sweep(atMs);
  }

  /** Pairs that still owe time. */
  get size(): number {
    return this.#paidBackAtMs.size;
  }

  #sweep(atMs: number): void {
    for (const [key, paidBackAtMs] of this.#paidBackAtMs) if (paidBackAtMs <= atMs) this.#paidBackAtMs.delete(key);
    this.#sweepAt = Math.max(firstSweepAt, this.#paidBackAtMs.size * 2);
  }
}

const keyOf = (phoneNumberId: string, userId: string): string => `${phoneNumberId} ${userId}`;
