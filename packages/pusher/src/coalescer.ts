/**
 * Thins out news of many subjects: of each at most one per interval, and always the newest. The first goes out at once; what comes too soon
 * waits, and a newer one takes its place, so that the last news of a subject is never lost. Pure: it is told the time.
 */
export class Coalescer<News> {
  readonly #intervalMs: number;
  readonly #waiting = new Map<string, News>();
  /** When the next news of a subject may go out. */
  readonly #openAtMs = new Map<string, number>();

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  offer(subject: string, news: News): void {
    this.#waiting.set(subject, news);
  }

  /** News that was taken and could not be delivered: due again after `waitMs`, unless newer news came meanwhile. */
  putBack(subject: string, news: News, nowMs: number, waitMs: number): void {
    if (!this.#waiting.has(subject)) this.#waiting.set(subject, news);
    this.#openAtMs.set(subject, nowMs + waitMs);
  }

  /** What may go out now, taken out. */
  takeDue(nowMs: number): readonly (readonly [subject: string, news: News])[] {
    const due = [...this.#waiting].filter(([subject]) => this.#opensAtMs(subject) <= nowMs);
    this.#forgetQuiet(nowMs);
    for (const [subject] of due) {
      this.#waiting.delete(subject);
      this.#openAtMs.set(subject, nowMs + this.#intervalMs);
    }
    return due;
  }

  /** All that waits, due or not, taken out. */
  takeAll(): readonly (readonly [subject: string, news: News])[] {
    const all = [...this.#waiting];
    this.#waiting.clear();
    return all;
  }

  /** When something will be due; null when nothing waits. */
  nextDueAtMs(): number | null {
    const times = [...this.#waiting.keys()].map((subject) => this.#opensAtMs(subject));
    return times.length === 0 ? null : Math.min(...times);
  }

  #opensAtMs(subject: string): number {
    return this.#openAtMs.get(subject) ?? Number.NEGATIVE_INFINITY;
  }

  /** A subject whose interval is over is as good as one never seen. */
  #forgetQuiet(nowMs: number): void {
    for (const [subject, openAtMs] of this.#openAtMs) if (openAtMs <= nowMs) this.#openAtMs.delete(subject);
  }
}
