const windowMs = 1000;

/** Events of the last second, exactly: an event counts until a full second has passed since it. Times must not go back; older ones are clamped. */
export class SlidingSecond {
  #times = new Float64Array(128);
  #head = 0;
  #size = 0;
  #lastMs = Number.NEGATIVE_INFINITY;
  #max = 0;

  /** How many events lie in the second that ends at `atMs`. */
  countAt(atMs: number): number {
    while (this.#size > 0 && this.#oldest() <= atMs - windowMs) {
      this.#head = (this.#head + 1) % this.#times.length;
      this.#size -= 1;
    }
    return this.#size;
  }

  add(atMs: number): void {
    this.#lastMs = Math.max(this.#lastMs, atMs);
    const count = this.countAt(this.#lastMs);
    if (count === this.#times.length) this.#grow();
    this.#times[(this.#head + this.#size) % this.#times.length] = this.#lastMs;
    this.#size += 1;
    this.#max = Math.max(this.#max, this.#size);
  }

  /** The most events that any second so far has held. */
  get max(): number {
    return this.#max;
  }

  #oldest(): number {
    return this.#times[this.#head] ?? Number.POSITIVE_INFINITY;
  }

  #grow(): void {
    const grown = new Float64Array(this.#times.length * 2);
    for (let index = 0; index < this.#size; index += 1) grown[index] = this.#times[(this.#head + index) % this.#times.length] ?? 0;
    this.#times = grown;
    this.#head = 0;
  }
}

/**
 * One business number's throughput: inbound and outbound messages of all types count together, and what was refused does not count.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/throughput
 */
export class Throughput {
  readonly #counted = new SlidingSecond();
  readonly #requests = new SlidingSecond();
  readonly #accepted = new SlidingSecond();

  /** Takes one place in the current second, or answers false: error 130429. */
  tryTake(capPerSecond: number, atMs: number): boolean {
    if (this.#counted.countAt(atMs) >= capPerSecond) return false;
    this.#counted.add(atMs);
    return true;
  }

  /** The auditor's own count, before and regardless of the limiter's verdict. */
  noteRequest(atMs: number): void {
    this.#requests.add(atMs);
  }

  noteAccepted(atMs: number): void {
    this.#accepted.add(atMs);
  }

  /** A user's message is never refused, yet takes from the same second. */
  noteInbound(atMs: number): void {
    this.#counted.add(atMs);
  }

  get maxRequestsPerSlidingSecond(): number {
    return this.#requests.max;
  }

  get maxAcceptedPerSlidingSecond(): number {
    return this.#accepted.max;
  }
}
