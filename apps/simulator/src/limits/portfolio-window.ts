import { Heap } from "../heap.ts";

type Place = { readonly userId: string; readonly untilMs: number };

/**
 * The users whom one business portfolio has delivered to outside a service window during the moving window (24 hours). A user takes a
 * place when a message is accepted that will be delivered, and keeps it until `windowMs` after the last delivery; one held for quality
 * keeps its place until it is released or dropped. Since the place is taken before the delivery, the limit cannot be exceeded by receipts
 * that are still to come.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/messaging-limits
 */
export class PortfolioWindow {
  /** End of a user's place; infinite while its message is held. */
  readonly #untilMs = new Map<string, number>();
  readonly #ends = new Heap<Place>((place) => place.untilMs);
  #maxCounted = 0;
  #overLimit = 0;

  /** Users holding a place at `atMs`. */
  countAt(atMs: number): number {
    for (let next = this.#ends.peek(); next !== undefined && next.untilMs <= atMs; next = this.#ends.peek()) {
      this.#ends.pop();
      if (this.#untilMs.get(next.userId) === next.untilMs) this.#untilMs.delete(next.userId);
    }
    return this.#untilMs.size;
  }

  /** Whether a message to this user needs no new place or finds one. */
  hasRoom(userId: string, limit: number, atMs: number): boolean {
    return this.countAt(atMs) < limit || this.#untilMs.has(userId);
  }

  /** `untilMs` infinite: until further notice. A place is never shortened by a later message. */
  take(userId: string, untilMs: number, atMs: number): void {
    const heldUntilMs = this.#untilMs.get(userId) ?? 0;
    if (untilMs <= heldUntilMs && heldUntilMs !== Number.POSITIVE_INFINITY) return;
    this.#untilMs.set(userId, untilMs);
    if (untilMs !== Number.POSITIVE_INFINITY) this.#ends.push({ userId, untilMs });
    this.#maxCounted = Math.max(this.#maxCounted, this.countAt(atMs));
  }

  /** Gives back the place of a held message that was dropped. */
  free(userId: string): void {
    if (this.#untilMs.get(userId) === Number.POSITIVE_INFINITY) this.#untilMs.delete(userId);
  }

  /** A send that found no place, whatever it was answered. */
  noteOverLimit(): void {
    this.#overLimit += 1;
  }

  /** Users whose message has been delivered by `atMs`; linear, for reports only. */
  deliveredAt(atMs: number, windowMs: number): number {
    this.countAt(atMs);
    let delivered = 0;
    for (const untilMs of this.#untilMs.values()) if (untilMs - windowMs <= atMs) delivered += 1;
    return delivered;
  }

  get maxCounted(): number {
    return this.#maxCounted;
  }

  get overLimit(): number {
    return this.#overLimit;
  }
}
